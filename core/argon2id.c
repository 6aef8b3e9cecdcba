#include "argon2id.h"

#include "cleanup.h"
#include "secret.h"

#include <argon2.h>
#include <glib.h>
#include <stdio.h>
#include <string.h>

/* OWASP's parameters. A hash that was made with lower ones is made anew at the next login. */
enum { MEMORY_KIB = 19456, PASSES = 2, LANES = 1, SALT_BYTES = 16, TAG_BYTES = 32, TAG_MOST = 64 };

/* Strings of others may ask for much; a stored hash never comes from outside, but a ceiling costs nothing. */
enum { MEMORY_KIB_MOST = 1 << 20, PASSES_MOST = 64, LANES_MOST = 16 };

struct phc {
    unsigned memory, passes, lanes;
    unsigned char salt[TAG_MOST], tag[TAG_MOST];
    size_t salt_length, tag_length;
};

static __thread unsigned char *kept;
static __thread size_t kept_bytes;

static int keep(uint8_t **ret_memory, size_t bytes)
{
    if (kept_bytes < bytes) {
        free(kept);
        kept = malloc(bytes);
        kept_bytes = kept ? bytes : 0;
    }
    *ret_memory = kept;
    return kept ? ARGON2_OK : ARGON2_MEMORY_ALLOCATION_ERROR;
}

static void keep_on(uint8_t *memory, size_t bytes)
{
    (void)memory, (void)bytes; /* libargon2 has wiped it */
}

void argon2id_done(void)
{
    free(kept);
    kept = NULL;
    kept_bytes = 0;
}

/* Fills tag with the hash of the password. */
static bool hash(const struct phc *phc, const char *password, unsigned char *tag)
{
    argon2_context context = {
        .out = tag, .outlen = (uint32_t)phc->tag_length, .pwd = (uint8_t *)password, .pwdlen = (uint32_t)strlen(password),
        .salt = (uint8_t *)phc->salt, .saltlen = (uint32_t)phc->salt_length, .t_cost = phc->passes, .m_cost = phc->memory, .lanes = phc->lanes,
        .threads = 1, .version = ARGON2_VERSION_13, .allocate_cbk = keep, .free_cbk = keep_on, .flags = ARGON2_DEFAULT_FLAGS,
    };
    return argon2id_ctx(&context) == ARGON2_OK;
}

/* Base64 without padding, as PHC strings have it. False where it is none, or is too long. */
static bool decode(const char *text, size_t n, unsigned char *ret_bytes, size_t *ret_length)
{
    char padded[TAG_MOST * 2 + 4];
    gsize length;

    if (n == 0 || n > TAG_MOST || n % 4 == 1)
        return false;
    snprintf(padded, sizeof(padded), "%.*s%s", (int)n, text, n % 4 == 2 ? "==" : n % 4 == 3 ? "=" : "");
    g_base64_decode_inplace(padded, &length);
    memcpy(ret_bytes, padded, length);
    *ret_length = length;
    return true;
}

/* $argon2id$v=19$m=19456,t=2,p=1$salt$tag */
static bool phc_read(const char *text, struct phc *ret_phc)
{
    int at = 0;

    if (sscanf(text, "$argon2id$v=19$m=%u,t=%u,p=%u$%n", &ret_phc->memory, &ret_phc->passes, &ret_phc->lanes, &at) != 3 || at == 0 ||
        ret_phc->memory > MEMORY_KIB_MOST || ret_phc->passes > PASSES_MOST || ret_phc->lanes > LANES_MOST)
        return false;
    const char *salt = text + at, *tag = strchr(salt, '$');
    return tag && decode(salt, (size_t)(tag - salt), ret_phc->salt, &ret_phc->salt_length) &&
           decode(tag + 1, strlen(tag + 1), ret_phc->tag, &ret_phc->tag_length);
}

static char *encoded(const unsigned char *bytes, size_t n)
{
    char *text = g_base64_encode(bytes, n);
    text[strcspn(text, "=")] = '\0';
    return text;
}

static void phc_write(const struct phc *phc, char ret_text[PHC_ROOM])
{
    AUTO(free) char *salt = encoded(phc->salt, phc->salt_length);
    AUTO(free) char *tag = encoded(phc->tag, phc->tag_length);
    snprintf(ret_text, PHC_ROOM, "$argon2id$v=19$m=%u,t=%u,p=%u$%s$%s", phc->memory, phc->passes, phc->lanes, salt, tag);
}

static struct phc today(void)
{
    struct phc phc = { .memory = MEMORY_KIB, .passes = PASSES, .lanes = LANES, .salt_length = SALT_BYTES, .tag_length = TAG_BYTES };
    random_bytes(phc.salt, SALT_BYTES);
    return phc;
}

bool argon2id_make(const char *password, char ret_phc[PHC_ROOM])
{
    struct phc phc = today();
    if (!hash(&phc, password, phc.tag))
        return false;
    phc_write(&phc, ret_phc);
    return true;
}

bool argon2id_fits(const char *text, const char *password, bool *ret_fits)
{
    struct phc phc;
    unsigned char tag[TAG_MOST];
    unsigned difference = 0;

    if (!phc_read(text, &phc) || !hash(&phc, password, tag))
        return false;
    for (size_t i = 0; i < phc.tag_length; i++) /* looks at every byte, whatever the first ones say */
        difference |= tag[i] ^ phc.tag[i];
    *ret_fits = difference == 0;
    return true;
}

bool argon2id_outdated(const char *text)
{
    struct phc phc;
    return !phc_read(text, &phc) || phc.memory < MEMORY_KIB || phc.passes < PASSES;
}

void argon2id_nobody(char ret_phc[PHC_ROOM])
{
    struct phc phc = today();
    random_bytes(phc.tag, TAG_BYTES);
    phc_write(&phc, ret_phc);
}
