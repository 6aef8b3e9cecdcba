#pragma once
#include <stdbool.h>

/* An e-mail address as the portal takes it (RFC 5321 without quotes and without UTF-8): ASCII, a dot-atom of 1 to 64 characters, `@`, and a
 * domain of at least two labels of letters, digits and hyphens; 254 characters at most. So no spaces, no `<` or `>`, no umlauts. */
bool email_address_valid(const char *address);
