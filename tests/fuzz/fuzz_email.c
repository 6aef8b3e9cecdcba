/* The rule for e-mail addresses. What passes must be safe to stand in a header and in a URL.
 * sources: core/email_address.c
 * pkgs: */
#include "../../core/email_address.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    char *text = malloc(size + 1);

    memcpy(text, data, size);
    text[size] = '\0';
    if (email_address_valid(text)) {
        if (strlen(text) > 254 || strpbrk(text, " <>\"\r\n\t,;:\\()[]"))
            abort();
        for (const char *c = text; *c; c++)
            if ((unsigned char)*c >= 128)
                abort();
    }
    free(text);
    return 0;
}
