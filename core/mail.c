#include "mail.h"

#include "cleanup.h"

#include <gmime/gmime.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void unref(void *object)
{
    if (*(void **)object)
        g_object_unref(*(void **)object);
}
#define AUTO_OBJECT __attribute__((cleanup(unref)))

static void set_addresses(GMimeMessage *message, const struct mail *mail)
{
    g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_FROM, mail->from_name, mail->from);
    g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_TO, NULL, mail->to);
    if (mail->reply_to)
        g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_REPLY_TO, NULL, mail->reply_to);
}

static void set_headers(GMimeMessage *message, const struct mail *mail)
{
    char id[256];
    GDateTime *now = g_date_time_new_now_utc();

    snprintf(id, sizeof(id), "%s@%s", mail->id, strchr(mail->from, '@') ? strchr(mail->from, '@') + 1 : "localhost");
    g_mime_message_set_message_id(message, id);
    g_mime_message_set_subject(message, mail->subject, "UTF-8");
    g_mime_message_set_date(message, now);
    g_mime_object_set_header(GMIME_OBJECT(message), "Auto-Submitted", "auto-generated", NULL); /* RFC 3834: no automatic answers */
    g_date_time_unref(now);
}

/* Always UTF-8: g_mime_text_part_set_text would pick the narrowest charset by itself. */
static GMimePart *text_part(const char *body)
{
    GMimePart *part = g_mime_part_new_with_type("text", "plain");
    AUTO_OBJECT GMimeStream *stream = g_mime_stream_mem_new_with_buffer(body, strlen(body));
    AUTO_OBJECT GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);

    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
    g_mime_part_set_content(part, content);
    g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    return part;
}

bool mail_compose(const struct mail *mail, char **ret_text, size_t *ret_length, struct problem *reterr)
{
    pthread_once(&once, g_mime_init);
    AUTO_OBJECT GMimeMessage *message = g_mime_message_new(TRUE);
    AUTO_OBJECT GMimePart *part = text_part(mail->body);
    AUTO_OBJECT GMimeStream *stream = g_mime_stream_mem_new();

    set_addresses(message, mail);
    set_headers(message, mail);
    g_mime_message_set_mime_part(message, GMIME_OBJECT(part));

    GMimeFormatOptions *options = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
    gssize written = g_mime_object_write_to_stream(GMIME_OBJECT(message), options, stream);
    g_mime_format_options_free(options);
    GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    char *text = written > 0 ? malloc(bytes->len + 1) : NULL;
    if (!text)
        return fail_internal(reterr, "the mail cannot be composed");
    memcpy(text, bytes->data, bytes->len);
    text[bytes->len] = '\0';
    *ret_length = bytes->len;
    *ret_text = text;
    return true;
}
