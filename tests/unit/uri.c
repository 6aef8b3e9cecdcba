#include "../../api/uri.h"

#include "tap.h"

static void queries(void)
{
    static const struct { const char *target; bool good; const char *name, *value; } cases[] = {
        { "/a", true, "x", NULL },
        { "/a?x=1", true, "x", "1" },
        { "/a?x=1&y=2", true, "y", "2" },
        { "/a?x=a%20b+c", true, "x", "a b c" },
        { "/a?x=%C3%BC", true, "x", "\xC3\xBC" },
        { "/a?x", true, "x", "" },
        { "/a?x=", true, "x", "" },
        { "/a?&&x=1&", true, "x", "1" },
        { "/a?x=1&x=2", false, "", "" },
        { "/a?x=1&%78=2", false, "", "" },
        { "/a?x=%00", false, "", "" },
        { "/a?x=%", false, "", "" },
        { "/a?x=%4", false, "", "" },
        { "/a?x=%zz", false, "", "" },
        { "/a?x=%ff", false, "", "" },
        { "/a?x=%C3", false, "", "" },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct uri uri;
        struct problem p = { 0 };
        bool good = uri_read(&uri, cases[i].target, &p);
        ok(good == cases[i].good, "%s is %s", cases[i].target, cases[i].good ? "fine" : "refused");
        if (good && cases[i].good)
            is(uri_query(&uri, cases[i].name), cases[i].value, "... %s", cases[i].name);
    }
}

static void paths(void)
{
    static const struct { const char *path, *pattern; bool fits; const char *value; } cases[] = {
        { "/sessions", "/sessions", true, NULL },
        { "/sessions/", "/sessions", false, NULL },
        { "/session", "/sessions", false, NULL },
        { "/sessions/7", "/sessions/{id}", true, "7" },
        { "/sessions/", "/sessions/{id}", false, NULL },
        { "/sessions/7/x", "/sessions/{id}", false, NULL },
        { "/sessions/7/token", "/sessions/{id}/token", true, "7" },
        { "/sessions/a%2Fb", "/sessions/{id}", true, "a/b" },
        { "", "/sessions", false, NULL },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct uri uri;
        struct problem p = { 0 };
        ok(uri_fits(cases[i].path, cases[i].pattern) == cases[i].fits, "'%s' %s %s", cases[i].path, cases[i].fits ? "fits" : "does not fit",
           cases[i].pattern);
        if (cases[i].value && uri_read(&uri, cases[i].path, &p) && uri_variables(&uri, uri.path, cases[i].pattern, &p))
            is(uri_variable(&uri, "id"), cases[i].value, "... with its value");
    }
    struct uri uri;
    struct problem p = { 0 };
    ok(uri_read(&uri, "/sessions/%00", &p) && !uri_variables(&uri, uri.path, "/sessions/{id}", &p), "a NUL in a path is refused");
}

int main(void)
{
    char huge[URI_ROOM + 64];
    struct uri uri;
    struct problem p = { 0 };

    queries();
    paths();
    memset(huge, 'a', sizeof(huge));
    huge[0] = '/';
    huge[sizeof(huge) - 1] = '\0';
    ok(!uri_read(&uri, huge, &p), "an address longer than the room is refused");
    return done();
}
