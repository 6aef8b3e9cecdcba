#pragma once
#include <stdbool.h>
#include <stddef.h>

/* The mail server: texts belong to the settings. */
struct smtp_server {
    const char *host;
    int port;
    const char *tls;             /* none, starttls, tls */
    const char *user, *password; /* or NULL */
    const char *ca_file;         /* PEM file of the authorities that may vouch for the server; NULL: the system's */
};

enum smtp_result { SMTP_SENT, SMTP_LATER, SMTP_NEVER };

/* Sends one composed mail; at most 30 seconds. SMTP_NEVER: the server refuses this recipient or this mail for good. Any other failure
 * is SMTP_LATER, also a 5xx about the portal itself. ret_error says why it was not sent, and names no address. */
enum smtp_result smtp_send(const struct smtp_server *server, const char *from, const char *to, const char *text, size_t length,
                           char *ret_error, size_t error_room);
