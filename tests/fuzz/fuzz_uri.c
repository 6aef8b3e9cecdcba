/* A request's target.
 * sources: api/uri.c core/problem.c core/text.c
 * pkgs: glib-2.0 */
#include "../../api/uri.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct uri uri;
    struct problem p = { 0 };
    char *target = malloc(size + 1);

    memcpy(target, data, size);
    target[size] = '\0';
    if (uri_read(&uri, target, &p) && uri_fits(uri.path, "/sessions/{id}"))
        (void)uri_variables(&uri, uri.path, "/sessions/{id}", &p);
    free(target);
    return 0;
}
