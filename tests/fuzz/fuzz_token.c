/* A bearer token from outside. Nothing that the fuzzer makes up may pass: it does not know the key.
 * sources: api/token.c core/checks.c core/email_address.c core/problem.c
 * pkgs: libjwt glib-2.0 */
#include "../../api/token.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static const struct key_pair keys = { { "0123456789012345678901234567890123456789012" }, { "9876543210987654321098765432109876543210987" } };
    static bool started;
    struct token token;
    struct problem p = { 0 };
    char *text = malloc(size + 1);

    if (!started)
        token_keys(&keys, "https://portal.example");
    started = true;
    memcpy(text, data, size);
    text[size] = '\0';
    if (token_read(text, &token, &p))
        abort();
    free(text);
    return 0;
}
