#include "secret.h"

#include <ctype.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

void random_bytes(unsigned char *at, size_t n)
{
    if (getrandom(at, n, 0) != (ssize_t)n)
        abort(); /* a guessable secret would be worse */
}

/* The next `bits` bits of a string of bytes, from the left; zeros past its end. */
static unsigned bits_at(const unsigned char *bytes, size_t n, size_t position, unsigned bits)
{
    unsigned value = 0;
    for (size_t i = position; i < position + bits; i++)
        value = value << 1 | (i / 8 < n ? bytes[i / 8] >> (7 - i % 8) & 1u : 0);
    return value;
}

void secret_new(char ret_secret[SECRET_ROOM])
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    unsigned char bytes[32];

    random_bytes(bytes, sizeof(bytes));
    for (size_t i = 0; i < SECRET_ROOM - 1; i++)
        ret_secret[i] = digits[bits_at(bytes, sizeof(bytes), i * 6, 6)];
    ret_secret[SECRET_ROOM - 1] = '\0';
}

void secret_hash(const char *secret, char ret_hash[SECRET_HASH_ROOM])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char digest[32];

    if (gnutls_hash_fast(GNUTLS_DIG_SHA256, secret, strlen(secret), digest) < 0)
        abort();
    for (size_t i = 0; i < sizeof(digest); i++) { /* each call does this for its log line: snprintf would cost more than the hash */
        ret_hash[2 * i] = digits[digest[i] >> 4];
        ret_hash[2 * i + 1] = digits[digest[i] & 15];
    }
    ret_hash[2 * sizeof(digest)] = '\0';
}

void one_time_password_new(char ret_password[ONE_TIME_PASSWORD_ROOM])
{
    static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    unsigned char bytes[16];
    char *to = ret_password;

    random_bytes(bytes, sizeof(bytes));
    for (size_t i = 0; i < 26; i++) {
        if (i > 0 && i % 4 == 0)
            *to++ = '-';
        *to++ = digits[bits_at(bytes, sizeof(bytes), i * 5, 5)];
    }
    *to = '\0';
}

void one_time_password_hash(const char *typed, char ret_hash[SECRET_HASH_ROOM])
{
    char plain[ONE_TIME_PASSWORD_ROOM];
    size_t n = 0;

    for (const char *c = typed; *c && n < sizeof(plain) - 1; c++) {
        char upper = (char)toupper((unsigned char)*c);
        if (!strchr("- \t\r\n", upper))
            plain[n++] = upper == 'O' ? '0' : strchr("IL", upper) ? '1' : upper;
    }
    plain[n] = '\0';
    secret_hash(plain, ret_hash);
}
