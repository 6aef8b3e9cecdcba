#include "mail_text.h"

#include "cleanup.h"
#include "mails.h"
#include "text.h"

#include <stdio.h>
#include <string.h>

enum { MAIL_MOST = 64 * 1024 };

static const char *template_of(const char *name, const char *language)
{
    char wanted[64];
    snprintf(wanted, sizeof(wanted), "%s.%s", name, language);
    for (size_t i = 0; i < mails_files_count; i++)
        if (strcmp(mails_files[i].name, wanted) == 0)
            return mails_files[i].text;
    return NULL;
}

static const char *value_of(const struct mail_value *values, const char *name, size_t n)
{
    for (; values->name; values++)
        if (strncmp(values->name, name, n) == 0 && !values->name[n])
            return values->value;
    return NULL;
}

static char *filled(const char *from, size_t length, const struct mail_value *values)
{
    AUTO_TEXT struct text t = TEXT(MAIL_MOST);
    const char *end = from + length;

    while (from < end) {
        const char *open = memmem(from, (size_t)(end - from), "{{", 2);
        const char *close = open ? memmem(open, (size_t)(end - open), "}}", 2) : NULL;
        if (!close) {
            text_add_bytes(&t, from, (size_t)(end - from));
            break;
        }
        const char *value = value_of(values, open + 2, (size_t)(close - open - 2));
        if (!value)
            return NULL;
        text_add_bytes(&t, from, (size_t)(open - from));
        text_add(&t, value);
        from = close + 2;
    }
    return text_take(&t);
}

bool mail_text(const char *name, const char *language, const struct mail_value *values, char **ret_subject, char **ret_body,
               struct problem *reterr)
{
    static const char label[] = "Subject: ";
    const char *template = template_of(name, language);
    const char *line_end = template ? strchr(template, '\n') : NULL;

    if (!line_end || strncmp(template, label, strlen(label)) != 0 || line_end[1] != '\n')
        return fail_internal(reterr, "mail %s.%s: no such template, or no subject", name, language);
    const char *words = template + strlen(label);
    AUTO(free) char *subject = filled(words, (size_t)(line_end - words), values);
    AUTO(free) char *body = filled(line_end + 2, strlen(line_end + 2), values);
    if (!subject || !body)
        return fail_internal(reterr, "mail %s.%s: a value is missing, or it is too long", name, language);
    for (char *c = subject; (c = strpbrk(c, "\r\n"));)
        *c = ' ';
    *ret_subject = TAKE(subject);
    *ret_body = TAKE(body);
    return true;
}
