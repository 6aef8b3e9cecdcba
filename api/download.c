#include "download.h"

#include "../core/request_pdf.h"
#include "../core/text.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* RFC 8187, 3.2.1: what stands for itself */
static bool is_plain(unsigned char sign)
{
    return sign < 0x80 && (isalnum(sign) || (sign && strchr("!#$&+-.^_`|~", sign)));
}

void download_name(struct call *call, const char *name)
{
    AUTO_TEXT struct text t = TEXT(sizeof(call->disposition) - 1);
    AUTO(free) char *whole = NULL;

    text_add(&t, "attachment; filename=\"");
    for (const unsigned char *at = (const unsigned char *)name; *at; at++)
        if ((*at & 0xc0) != 0x80) /* one sign for each character */
            text_addf(&t, "%c", is_plain(*at) || *at == ' ' ? *at : '_');
    text_add(&t, "\"; filename*=UTF-8''");
    for (const unsigned char *at = (const unsigned char *)name; *at; at++)
        text_addf(&t, is_plain(*at) ? "%c" : "%%%02X", *at);
    whole = text_take(&t);
    snprintf(call->disposition, sizeof(call->disposition), "%s", whole ? whole : "attachment");
}

bool download_file(struct call *call, const struct file *file)
{
    static const char *const types[] = { "application/pdf", "image/jpeg", "image/png" };

    call->content_type = "application/octet-stream";
    for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
        if (strcmp(file->type, types[i]) == 0)
            call->content_type = types[i];
    download_name(call, file->name);
    call->body_length = file->size;
    return file_read(file, &call->body, &call->problem);
}

bool download_request(struct call *call, const char *request_json, const char *language)
{
    json_auto_t *request = json_loads(request_json, 0, NULL);
    char name[60];

    snprintf(name, sizeof(name), "%.40s.pdf", json_string_value(json_object_get(request, "number")));
    download_name(call, name);
    call->content_type = "application/pdf";
    return request_pdf(request_json, language, &call->body, &call->body_length, &call->problem);
}
