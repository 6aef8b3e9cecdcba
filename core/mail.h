#pragma once
#include "problem.h"

#include <stddef.h>

/* A mail as it goes over the wire. */
struct mail {
    const char *id;       /* makes the Message-ID: the same at each try, so that a second copy can be told */
    const char *from, *from_name, *to;
    const char *reply_to; /* or NULL */
    const char *subject, *body;
};

/* RFC 5322 with a UTF-8 text: whatever the values hold, no header can be smuggled in. The caller frees *ret_text. */
bool mail_compose(const struct mail *mail, char **ret_text, size_t *ret_length, struct problem *reterr);
