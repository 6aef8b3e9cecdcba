#pragma once
#include <stdbool.h>

/* One function for each `format` of the contract. The value is valid UTF-8. */
bool check_line(const char *value);  /* one line: no control characters, not blank */
bool check_text(const char *value);  /* the same, but lines may break and tabs are fine */
bool check_email(const char *value); /* see core/email_address.h */
bool check_date(const char *value);  /* YYYY-MM-DD that exists, from the year 1 on (RFC 3339, full-date) */
bool check_uuid(const char *value);  /* lower or upper case, with hyphens */
