/* From a draft to a request. See request.h. */
#include "form.h"
#include "outbox.h"
#include "pool.h"
#include "request.h"
#include "start.h"
#include "text.h"

#include <stdio.h>
#include <string.h>

/* Columns of the query submission_hold. */
enum { DRAFT, VERSION, DATA_FORM, FORM, SCHEMA, DATA, DESK, SERVICE, DESK_EMAIL, DESK_NAME, EMAIL, LANGUAGE, TODAY };

static bool check_start(struct db *db, const struct caller *caller, const char *service, struct problem *reterr)
{
    AUTO_START struct start start = { 0 };

    if (!start_decide(db, caller, service, &start, reterr))
        return false;
    if (!start.form)
        return fail(reterr, PROBLEM_NOT_FOUND, "There is no form of that service");
    return start_ready(&start) || fail(reterr, PROBLEM_NOT_READY, "POST /services/{service_id}/starts says what is missing");
}

/* Whether the draft is the one that the caller has read, and can be sent at all. */
static bool check_draft(const PGresult *rows, const char *if_match, struct problem *reterr)
{
    long read = strtol(if_match + 1, NULL, 10), version = PQntuples(rows) > 0 ? cell_long(rows, 0, VERSION) : 0;

    if (read != version)
        return fail(reterr, PROBLEM_PRECONDITION_FAILED, "%s", version ? "Read the draft again, then send it" : "There is no such draft any more");
    if (version == 0)
        return fail(reterr, PROBLEM_NOT_FOUND, "Nothing is saved that could be sent");
    if (cell_long(rows, 0, DATA_FORM) != cell_long(rows, 0, FORM))
        return fail(reterr, PROBLEM_FORM_CHANGED, "Version %ld is the current one: read the draft again", cell_long(rows, 0, FORM));
    return cell(rows, 0, DESK) || fail(reterr, PROBLEM_CONFLICT, "No desk takes requests for this service");
}

/* --- The answers ------------------------------------------------------------------------------------------------------------------------- */

/* The files that the answers name, as an array of SQL; each has to be one of the draft's. */
static bool name_files(const json_t *named, const PGresult *held, char **ret_files, struct problem *reterr)
{
    AUTO_TEXT struct text ids = TEXT(64 * 1024);
    const char *label;
    json_t *id;

    text_add(&ids, "{");
    json_object_foreach((json_t *)named, label, id) {
        bool there = false;
        for (int i = 0; i < PQntuples(held); i++)
            there |= json_is_string(id) && strcmp(json_string_value(id), PQgetvalue(held, i, 0)) == 0;
        if (there)
            text_addf(&ids, "%s%s", ids.len > 1 ? "," : "", json_string_value(id));
        else
            fail_field(reterr, label, "missing");
    }
    text_add(&ids, "}");
    *ret_files = text_take(&ids);
    return *ret_files || fail_internal(reterr, "out of memory");
}

/* All faults of the answers at once. *ret_files: what of the draft's files goes along. */
static bool check_answers(struct db *db, const PGresult *rows, char **ret_files, struct problem *reterr)
{
    AUTO(PQclear) PGresult *held = NULL;
    json_auto_t *data = json_loads(PQgetvalue(rows, 0, DATA), 0, NULL), *schema = json_loads(PQgetvalue(rows, 0, SCHEMA), 0, NULL);
    json_auto_t *named = data && schema ? form_files(schema, data) : NULL;

    if (!named)
        return fail_internal(reterr, "a draft cannot be read");
    if (!db_run(db, Q_SUBMISSION_FILES, &held, reterr, cell(rows, 0, DRAFT)))
        return false;
    form_data_check(schema, data, FORM_COMPLETE, cell(rows, 0, TODAY), reterr);
    return name_files(named, held, ret_files, reterr) && reterr->kind == PROBLEM_NONE;
}

/* --- What follows -------------------------------------------------------------------------------------------------------------------------- */

/* To the person and to the desk, without anything of the answers. */
static bool tell(struct db *db, const PGresult *draft, const PGresult *made, struct problem *reterr)
{
    struct mail_value values[] = { { "number", cell(made, 0, 1) }, { "service", cell(draft, 0, SERVICE) }, { "request", cell(made, 0, 0) },
                                   { "desk", cell(draft, 0, DESK_NAME) }, { NULL, NULL } };
    return outbox_add(db, "request_submitted", cell(draft, 0, LANGUAGE), cell(draft, 0, EMAIL), NULL, values, reterr) &&
           outbox_add(db, "request_arrived", "de", cell(draft, 0, DESK_EMAIL), NULL, values, reterr);
}

static const char *level_name(enum level level)
{
    return level == LEVEL_HIGH ? "high" : level == LEVEL_SUBSTANTIAL ? "substantial" : "low";
}

/* The draft becomes a request; *ret_rows: its id and number. */
static bool make(struct db *db, const struct caller *caller, const PGresult *draft, const char *files, PGresult **ret_rows, struct problem *reterr)
{
    const char *id = cell(draft, 0, DRAFT);
    return db_run(db, Q_SUBMISSION_MAKE, ret_rows, reterr, id, level_name(caller->level), files, caller->from.source, caller_device(caller)) &&
           db_run(db, Q_SUBMISSION_DONE, NULL, reterr, id) && tell(db, draft, *ret_rows, reterr);
}

static bool submit(struct db *db, const struct caller *caller, const struct requests_create_input *in, char **ret_json, long *ret_version,
                   struct problem *reterr)
{
    AUTO(PQclear) PGresult *draft = NULL;
    AUTO(PQclear) PGresult *made = NULL;
    AUTO(PQclear) PGresult *page = NULL;
    AUTO(free) char *files = NULL;

    if (!db_run(db, Q_ACCOUNT_HOLD, NULL, reterr, caller->account) ||
        !db_run(db, Q_SUBMISSION_HOLD, &draft, reterr, caller->account, in->service_id) || !check_draft(draft, in->if_match, reterr) ||
        !check_answers(db, draft, &files, reterr) || !make(db, caller, draft, files, &made, reterr) ||
        !db_run(db, Q_REQUEST_GET, &page, reterr, caller->account, PQgetvalue(made, 0, 0)) || !cell_copy(page, 0, 0, ret_json, reterr))
        return false;
    *ret_version = cell_long(page, 0, 1);
    return true;
}

bool request_submit(const struct caller *caller, const struct requests_create_input *in, char **ret_json, long *ret_version,
                    struct problem *reterr)
{
    AUTO(pool_give) struct db *db = NULL;
    AUTO(free) char *json = NULL;
    AUTO_TX struct tx tx = { 0 };
    long version;

    if (!pool_take(&db, reterr) || !tx_begin(&tx, db, reterr) || !check_start(db, caller, in->service_id, reterr) ||
        !submit(db, caller, in, &json, &version, reterr) || !tx_commit(&tx, reterr))
        return false;
    *ret_version = version;
    *ret_json = TAKE(json);
    return true;
}
