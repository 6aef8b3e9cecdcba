#include "password_reset.h"

#include "db.h"
#include "throttle.h"

#include <ctype.h>
#include <string.h>

bool password_reset_add(const struct password_resets_create_input *in, const struct origin *from, struct problem *reterr)
{
    return throttle_reset(from, reterr) &&
           query_run(Q_PASSWORD_RESET_ADD, NULL, reterr, in->email, from->source, *from->device ? from->device : NULL);
}

void one_time_password_hash(const char *typed, char ret_hash[SECRET_HASH_ROOM])
{
    char plain[ONE_TIME_PASSWORD_ROOM];
    size_t n = 0;

    for (const char *c = typed; *c && n < sizeof(plain) - 1; c++) {
        char upper = (char)toupper((unsigned char)*c);
        if (!strchr("- \t", upper))
            plain[n++] = upper == 'O' ? '0' : strchr("IL", upper) ? '1' : upper;
    }
    plain[n] = '\0';
    secret_hash(plain, ret_hash);
}
