#include "draft.h"

#include "form.h"
#include "pool.h"

#include <jansson.h>
#include <string.h>

/* Columns of the query draft_get. */
enum { NAME, FORM_VERSION, SCHEMA, VERSION, DATA, OLD_SCHEMA, CHANGED_AT, PROFILE, TODAY, FILES };

enum { AS_TEXT = JSON_COMPACT | JSON_REAL_PRECISION(15) }; /* 0.1 stays 0.1 */

static json_t *cell_json(const PGresult *row, int column)
{
    const char *text = cell(row, 0, column);
    return text ? json_loads(text, 0, NULL) : NULL;
}

/* Where the value is the id of a file: its name. */
static json_t *named(json_t *value, const json_t *files)
{
    size_t i;
    json_t *file;

    json_array_foreach(files, i, file)
        if (json_equal(value, json_object_get(file, "id")))
            return json_object_get(file, "name");
    return value;
}

/* Files that have no place any more are told by their names. */
static void name_files(json_t *left_over, const json_t *files)
{
    size_t i, n;
    json_t *one, *id;

    json_array_foreach(left_over, i, one) {
        json_t *value = json_object_get(one, "value");
        json_array_foreach(value, n, id)
            json_array_set(value, n, named(id, files));
        json_object_set(one, "value", named(value, files));
    }
}

/* What is saved, as it is or as far as it fits into a form that has changed; where nothing is, what the profile fills in. */
static bool shown(const PGresult *row, json_t **ret_data, json_t **ret_left_over, json_t **ret_labels, struct problem *reterr)
{
    json_auto_t *schema = cell_json(row, SCHEMA), *old = cell_json(row, OLD_SCHEMA), *saved = cell_json(row, DATA);
    json_auto_t *profile = cell_json(row, PROFILE);

    *ret_left_over = *ret_labels = NULL;
    if (old)
        return form_fit(old, schema, saved, ret_data, ret_left_over, reterr);
    *ret_data = json_incref(saved);
    return saved || form_prefill(schema, profile, cell(row, 0, TODAY), ret_data, ret_labels, reterr);
}

static bool page_make(const char *service, const PGresult *row, char **ret_json, struct problem *reterr)
{
    json_auto_t *data = NULL, *left_over = NULL, *labels = NULL, *files = cell_json(row, FILES);
    bool saved = cell(row, 0, DATA) != NULL, changed = cell(row, 0, OLD_SCHEMA) != NULL;

    if (!shown(row, &data, &left_over, &labels, reterr))
        return false;
    name_files(left_over, files);
    json_auto_t *body = json_pack("{s{ss, ss}, sI, sb, sb, ss?, sO, so, sO, so}", "service", "id", service, "name", cell(row, 0, NAME),
                                  "form_version", (json_int_t)cell_long(row, 0, FORM_VERSION), "saved", (int)saved, "form_changed", (int)changed,
                                  "changed_at", cell(row, 0, CHANGED_AT), "data", data, "left_over", left_over ? json_incref(left_over) : json_array(),
                                  "files", files, "prefilled", labels ? json_incref(labels) : json_array());
    *ret_json = body ? json_dumps(body, AS_TEXT) : NULL;
    return *ret_json || fail_internal(reterr, "a draft cannot be shown");
}

static bool page_read(struct db *db, const struct caller *caller, const char *service, char **ret_json, long *ret_version, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;

    if (!db_run(db, Q_DRAFT_GET, &rows, reterr, caller->account, service))
        return false;
    if (PQntuples(rows) == 0)
        return fail(reterr, PROBLEM_NOT_FOUND, "There is no form of that service");
    if (!page_make(service, rows, ret_json, reterr))
        return false;
    *ret_version = cell_long(rows, 0, VERSION);
    return true;
}

bool draft_get(const struct caller *caller, const char *service, char **ret_json, long *ret_version, struct problem *reterr)
{
    AUTO(pool_give) struct db *db = NULL;
    return pool_take(&db, reterr) && page_read(db, caller, service, ret_json, ret_version, reterr);
}

/* What is typed, by the form that is current; *ret_data is its text. */
static bool check(struct db *db, const struct request_drafts_save_input *in, char **ret_data, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;

    if (!db_run(db, Q_DRAFT_FORM, &rows, reterr, in->service_id))
        return false;
    if (PQntuples(rows) == 0)
        return fail(reterr, PROBLEM_NOT_FOUND, "There is no form of that service");
    if (cell_long(rows, 0, 0) != in->form_version)
        return fail(reterr, PROBLEM_FORM_CHANGED, "Version %ld is the current one: read the draft again", cell_long(rows, 0, 0));
    json_auto_t *schema = cell_json(rows, 1);
    if (!form_data_check(schema, in->data, FORM_DRAFT, cell(rows, 0, 2), reterr))
        return false;
    *ret_data = json_dumps(in->data, AS_TEXT);
    return *ret_data || fail_internal(reterr, "out of memory");
}

bool draft_save(const struct caller *caller, const struct request_drafts_save_input *in, char **ret_json, long *ret_version,
                struct problem *reterr)
{
    AUTO(pool_give) struct db *db = NULL;
    AUTO(PQclear) PGresult *rows = NULL;
    AUTO(free) char *data = NULL;
    AUTO(free) char *json = NULL;
    AUTO_TX struct tx tx = { 0 };
    long read = strtol(in->if_match + 1, NULL, 10), version;

    if (!pool_take(&db, reterr) || !tx_begin(&tx, db, reterr) || !check(db, in, &data, reterr) ||
        !db_run(db, Q_DRAFT_SAVE, &rows, reterr, caller->account, in->service_id, DEC(read), DEC(in->form_version), data))
        return false;
    if (PQntuples(rows) == 0)
        return fail(reterr, PROBLEM_PRECONDITION_FAILED, "Read the draft again, then save it");
    if (!page_read(db, caller, in->service_id, &json, &version, reterr) || !tx_commit(&tx, reterr))
        return false;
    *ret_version = version;
    *ret_json = TAKE(json);
    return true;
}

bool draft_delete(const struct caller *caller, const char *service, struct problem *reterr)
{
    AUTO(PQclear) PGresult *rows = NULL;
    return query_run(Q_DRAFT_DELETE, &rows, reterr, caller->account, service) &&
           (cell_true(rows, 0, 0) || fail(reterr, PROBLEM_NOT_FOUND, "There is no form of that service"));
}
