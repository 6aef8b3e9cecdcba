#include "request_file.h"

#include "file_type.h"
#include "pool.h"
#include "portal.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <stdio.h>
#include <string.h>

/* Bytes go to the database and come from it as hexadecimal digits, like every parameter as text. */
static void hex_put(const unsigned char *bytes, size_t n, char *to)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < n; i++) {
        *to++ = digits[bytes[i] >> 4];
        *to++ = digits[bytes[i] & 15];
    }
    *to = '\0';
}

static unsigned char digit_value(char digit)
{
    return (unsigned char)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

static void hex_get(const char *from, size_t n, char *to)
{
    for (size_t i = 0; i < n; i++)
        to[i] = (char)(digit_value(from[2 * i]) << 4 | digit_value(from[2 * i + 1]));
}

/* --- Taking one in ------------------------------------------------------------------------------------------------------------------- */

static bool pieces_put(struct db *db, const char *id, const unsigned char *bytes, size_t size, struct problem *reterr)
{
    AUTO(free) char *hex = malloc(2 * FILE_PIECE + 1);

    if (!hex)
        return fail_internal(reterr, "out of memory");
    for (size_t at = 0; at < size; at += FILE_PIECE) {
        hex_put(bytes + at, size - at < FILE_PIECE ? size - at : FILE_PIECE, hex);
        if (!db_run(db, Q_FILE_CHUNK_ADD, NULL, reterr, id, DEC((long)(at / FILE_PIECE)), hex))
            return false;
    }
    return true;
}

/* Whether the draft, which is held, has room for one more. */
static bool check_room(struct db *db, const char *draft, size_t size, struct problem *reterr)
{
    const struct settings *settings = portal()->settings;
    AUTO(PQclear) PGresult *rows = NULL;

    if (!db_run(db, Q_FILE_ROOM, &rows, reterr, draft))
        return false;
    if (cell_long(rows, 0, 0) < settings->request_files && cell_long(rows, 0, 1) + (long)size <= settings->request_bytes)
        return true;
    return fail_field(reterr, "file", "range");
}

static bool file_put(struct db *db, const char *draft, const char *name, const char *type, const void *bytes, size_t size, char **ret_json,
                     struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    unsigned char digest[64];
    char hash[2 * sizeof(digest) + 1];

    if (gnutls_hash_fast(GNUTLS_DIG_SHA512, bytes, size, digest) < 0)
        return fail_internal(reterr, "no SHA-512");
    hex_put(digest, sizeof(digest), hash);
    return db_run(db, Q_FILE_ADD, &rows, reterr, draft, name, type, DEC((long)size), hash) &&
           pieces_put(db, PQgetvalue(rows, 0, 0), bytes, size, reterr) && cell_copy(rows, 0, 1, ret_json, reterr);
}

bool file_add(const struct caller *caller, const char *service, const char *name, const void *bytes, size_t size, char **ret_json,
              struct problem *reterr)
{
    const char *type = size > 0 ? file_type(name, bytes, size) : NULL;
    AUTO(pool_give) struct db *db = NULL;
    AUTO(PQclear) PGresult *draft = NULL;
    AUTO(free) char *json = NULL;
    AUTO_TX struct tx tx = { 0 };

    if (!type)
        return fail_field(reterr, "file", size > 0 ? "content" : "empty");
    if (!pool_take(&db, reterr) || !tx_begin(&tx, db, reterr) || !db_run(db, Q_DRAFT_HOLD, &draft, reterr, caller->account, service))
        return false;
    if (PQntuples(draft) == 0)
        return fail(reterr, PROBLEM_NOT_FOUND, "There is no form of that service");
    if (!check_room(db, PQgetvalue(draft, 0, 0), size, reterr) ||
        !file_put(db, PQgetvalue(draft, 0, 0), name, type, bytes, size, &json, reterr) || !tx_commit(&tx, reterr))
        return false;
    *ret_json = TAKE(json);
    return true;
}

/* --- Finding and reading ------------------------------------------------------------------------------------------------------------- */

static bool file_found(const PGresult *rows, struct file *ret_file, struct problem *reterr)
{
    struct file file = { 0 };

    if (PQntuples(rows) == 0)
        return fail(reterr, PROBLEM_NOT_FOUND, "There is no such file");
    snprintf(file.id, sizeof(file.id), "%s", PQgetvalue(rows, 0, 0));
    snprintf(file.type, sizeof(file.type), "%s", PQgetvalue(rows, 0, 2));
    file.size = (size_t)cell_long(rows, 0, 3);
    if (!cell_copy(rows, 0, 1, &file.name, reterr))
        return false;
    *ret_file = file;
    return true;
}

bool file_of_draft(const struct caller *caller, const char *service, const char *file, struct file *ret_file, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    return query_run(Q_FILE_OF_DRAFT, &rows, reterr, caller->account, service, file) && file_found(rows, ret_file, reterr);
}

bool file_of_request(const struct caller *caller, const char *request, const char *file, struct file *ret_file, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    return query_run(Q_FILE_OF_REQUEST, &rows, reterr, caller->account, request, file) && file_found(rows, ret_file, reterr);
}

bool file_of_desk(const struct caller *caller, const char *request, const char *file, struct file *ret_file, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    return query_run(Q_FILE_OF_DESK, &rows, reterr, caller_account(caller), caller_client(caller), request, file) &&
           file_found(rows, ret_file, reterr);
}

bool file_piece(const struct file *file, size_t at, char *to, size_t *ret_size, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    size_t n = at / FILE_PIECE, left = file->size - n * FILE_PIECE, size = left < FILE_PIECE ? left : FILE_PIECE;

    if (!query_run(Q_FILE_CHUNK_GET, &rows, reterr, file->id, DEC((long)n)))
        return false;
    if (PQntuples(rows) == 0 || (size_t)PQgetlength(rows, 0, 0) != 2 * size)
        return fail(reterr, PROBLEM_NOT_FOUND, "There is no such file any more");
    hex_get(PQgetvalue(rows, 0, 0), size, to);
    *ret_size = size;
    return true;
}

void file_done(struct file *file)
{
    free(file->name);
    file->name = NULL;
}

bool file_remove(const struct caller *caller, const char *service, const char *file, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    return query_run(Q_FILE_REMOVE, &rows, reterr, caller->account, service, file) &&
           (PQntuples(rows) > 0 || fail(reterr, PROBLEM_NOT_FOUND, "There is no such file"));
}
