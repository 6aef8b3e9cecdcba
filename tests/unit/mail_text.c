#include "../../core/mail_text.h"

#include "mails.h"
#include "tap.h"

#include <stdlib.h>

/* Whether a template has a placeholder. */
static bool uses(const char *text, const char *name)
{
    char wanted[64];
    snprintf(wanted, sizeof(wanted), "{{%s}}", name);
    return strstr(text, wanted) != NULL;
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
    static const char *const names[] = { "link", "password", "name", "email", "subject", "message" };
    for (size_t i = 0; i < mails_files_count; i++) {
        char other[64];
        size_t n = strlen(mails_files[i].name) - 2;
        snprintf(other, sizeof(other), "%.*s%s", (int)n, mails_files[i].name, strcmp(mails_files[i].name + n, "de") == 0 ? "en" : "de");
        const char *twin = text_of(other);
        ok(twin != NULL, "%s has its twin", mails_files[i].name);
        for (size_t k = 0; twin && k < sizeof(names) / sizeof(*names); k++)
            if (uses(mails_files[i].text, names[k]) != uses(twin, names[k]))
                ok(false, "%s and %s both use %s", mails_files[i].name, other, names[k]);
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
