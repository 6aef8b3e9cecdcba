#include "email_address.h"

#include <ctype.h>
#include <string.h>

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#define DIGITS "0123456789"

/* atom ("." atom)*, RFC 5321, 4.1.2 */
static bool local_valid(const char *local, size_t n)
{
    if (n < 1 || n > 64 || local[0] == '.' || local[n - 1] == '.')
        return false;
    for (size_t i = 0; i < n; i++)
        if (!memchr(LETTERS DIGITS "!#$%&'*+-/=?^_`{|}~.", local[i], sizeof(LETTERS DIGITS "!#$%&'*+-/=?^_`{|}~.") - 1) ||
            (local[i] == '.' && local[i + 1] == '.'))
            return false;
    return true;
}

/* Labels of letters, digits and inner hyphens, at least two; the last one is no number. */
static bool domain_valid(const char *domain)
{
    for (int labels = 1;; labels++) {
        size_t n = strspn(domain, LETTERS DIGITS "-");
        if (n < 1 || n > 63 || domain[0] == '-' || domain[n - 1] == '-')
            return false;
        if (!domain[n])
            return labels > 1 && strspn(domain, DIGITS) < n;
        if (domain[n] != '.')
            return false;
        domain += n + 1;
    }
}

bool email_address_valid(const char *address)
{
    const char *at = strchr(address, '@');
    return at && strlen(address) <= 254 && local_valid(address, (size_t)(at - address)) && domain_valid(at + 1);
}
