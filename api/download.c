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

/* A file on its way, with the piece that is being sent. */
struct download { struct file file; size_t from, size; char piece[FILE_PIECE]; };

static void download_done(void *of)
{
    struct download *download = of;
    file_done(&download->file);
    free(download);
}

static bool download_read(void *of, uint64_t at, char *to, size_t room, size_t *ret_size)
{
    struct download *download = of;
    struct problem ignored = { 0 }; /* the answer has begun: all that can be done is to break it off */

    if (at < download->from || at >= download->from + download->size) {
        download->from = at - at % FILE_PIECE;
        if (!file_piece(&download->file, at, download->piece, &download->size, &ignored))
            return false;
    }
    size_t left = download->from + download->size - at;
    *ret_size = left < room ? left : room;
    memcpy(to, download->piece + (at - download->from), *ret_size);
    return true;
}

static const char *type_of(const struct file *file)
{
    static const char *const types[] = { "application/pdf", "image/jpeg", "image/png" };

    for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
        if (strcmp(file->type, types[i]) == 0)
            return types[i];
    return "application/octet-stream";
}

bool download_file(struct call *call, struct file *file)
{
    struct download *download = malloc(sizeof(*download));

    if (!download)
        return fail_internal(&call->problem, "out of memory");
    download->file = *file;
    *file = (struct file){ 0 };
    download->from = 0;
    if (!file_piece(&download->file, 0, download->piece, &download->size, &call->problem)) {
        download_done(download);
        return false;
    }
    call->content_type = type_of(&download->file);
    download_name(call, download->file.name);
    call->stream = (struct call_stream){ .size = download->file.size, .read = download_read, .done = download_done, .of = download };
    return true;
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
