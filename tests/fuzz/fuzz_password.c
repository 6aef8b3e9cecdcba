/* The rules for passwords, classic and modern. What passes must have a normal form.
 * sources: core/password_policy.c core/problem.c
 * pkgs: glib-2.0 */
#include "../../core/password_policy.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static struct leaked_passwords *leaked;
    static const struct password_owner owner = { "ada.lovelace@example.org", "Ada Augusta", "King-Lovelace" };
    struct problem p = { 0 };
    char *text = malloc(size + 1);

    if (!leaked && !leaked_passwords_new("", &leaked, &p))
        abort();
    memcpy(text, data, size);
    text[size] = '\0';
    for (int i = 0; i < 2; i++) {
        struct password_policy policy = password_policy(i ? "modern" : "classic");
        struct problem fault = { 0 };
        if (password_check(&policy, leaked, text, &owner, "password", &fault)) {
            char *normal = password_normal(text);
            if (!normal)
                abort();
            free(normal);
        }
    }
    free(text);
    return 0;
}
