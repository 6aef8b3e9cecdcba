#pragma once
#include "problem.h"

#include <stdbool.h>
#include <stddef.h>

/* What a password has to be. `classic`: 8 to 40 characters, no white space, no < or >, two of three groups (lower AND upper case letters,
 * digits, special characters). `modern`: 15 to 128 characters of any kind. Both refuse leaked ones and the person's own name or address.
 * Characters are Unicode characters of the text in NFC. */
struct password_policy { bool groups; int min, max; };

/* profile: "classic" or "modern". */
struct password_policy password_policy(const char *profile);

/* A list of common or leaked passwords; upper and lower case are the same. Eight bytes of memory each. */
struct leaked_passwords;

/* Reads a file with one password in a line; lines that begin with #!comment: are passed over. An empty path gives an empty list.
 * A problem's detail is a sentence for the operator. */
bool leaked_passwords_new(const char *path, struct leaked_passwords **ret_list, struct problem *reterr);
void leaked_passwords_free(struct leaked_passwords *list);
bool leaked_passwords_hold(const struct leaked_passwords *list, const char *password);

/* Whose password it is to be; NULL for what is not known. */
struct password_owner { const char *email, *first_name, *last_name; };

/* Adds every fault of the password to *reterr, under the field's name. True where there is none. The text is valid UTF-8. */
bool password_check(const struct password_policy *policy, const struct leaked_passwords *leaked, const char *password,
                    const struct password_owner *owner, const char *field, struct problem *reterr);

/* The form that is hashed (NFC), so that two keyboards mean the same. The caller frees it; NULL where the text is no UTF-8. */
char *password_normal(const char *password);
