#include "../../core/mail_text.h"

#include "mails.h"
#include "tap.h"

#include <stdlib.h>

/* Whether every placeholder of a text is one that callers give, and stands in the other text as well. */
static bool agrees(const char *text, const char *other)
{
    static const char known[] = " {{portal}} {{portal_url}} {{link}} {{password}} {{name}} {{email}} {{subject}} {{message}} {{number}} {{service}} {{desk}} {{request}} ";
    for (const char *at = text; (at = strstr(at, "{{")); at += 2) {
        char wanted[64];
        snprintf(wanted, sizeof(wanted), "%.*s}}", (int)strcspn(at, "}"), at);
        if (!strstr(known, wanted) || !strstr(other, wanted))
            return false;
    }
    return true;
}

static const char *text_of(const char *name)
{
    for (size_t i = 0; i < mails_files_count; i++)
        if (strcmp(mails_files[i].name, name) == 0)
            return mails_files[i].text;
    return NULL;
}

static void languages(void)
{
    for (size_t i = 0; i < mails_files_count; i++) {
        char other[64];
        size_t n = strlen(mails_files[i].name) - 2;
        snprintf(other, sizeof(other), "%.*s%s", (int)n, mails_files[i].name, strcmp(mails_files[i].name + n, "de") == 0 ? "en" : "de");
        const char *twin = text_of(other);
        ok(twin != NULL, "%s has its twin", mails_files[i].name);
        ok(twin && agrees(mails_files[i].text, twin), "... with the same placeholders, all of them known");
    }
}

int main(void)
{
    struct problem p = { 0 };
    char *subject = NULL, *body = NULL;
    struct mail_value values[] = { { "portal", "Portal" }, { "portal_url", "https://portal.example" },
                                   { "link", "https://portal.example/activate#token=x" }, { NULL, NULL } };

    languages();
    ok(mail_text("activation", "en", values, &subject, &body, &p), "a template is filled");
    is(subject, "Activate your account at Portal", "... its subject");
    ok(body && strstr(body, "Hello,") && strstr(body, "#token=x\n") && !strstr(body, "{{"), "... its body");
    free(subject);
    free(body);

    values[0].value = "Line one\r\nBcc: all@example.org";
    ok(mail_text("activation", "de", values, &subject, &body, &p) && !strpbrk(subject, "\r\n"), "a subject is one line, whatever the value");
    free(subject);
    free(body);

    values[0].value = "{{link}}";
    ok(mail_text("activation", "de", values, &subject, &body, &p) && strstr(subject, "{{link}}"), "a value is not looked into");
    free(subject);
    free(body);

    ok(!mail_text("activation", "fr", values, &subject, &body, &p), "no such language is a fault of ours");
    ok(!mail_text("nonsense", "de", values, &subject, &body, &p), "no such template as well");
    values[2].name = NULL;
    ok(!mail_text("activation", "de", values, &subject, &body, &p), "a value that is missing as well");
    return done();
}
