#include "migrate.h"

#include "bootstrap.h"
#include "db.h"
#include "migrations.h"

static long number_of(size_t i)
{
    return strtol(migrations_files[i].name, NULL, 10);
}

long migrations_latest(void)
{
    return number_of(migrations_files_count - 1);
}

static void close_auto(struct db *db)
{
    db_close(db);
}

/* The last migration that the database has seen; 0 for a new one. */
static bool version_of(struct db *db, long *ret_version, struct problem *reterr)
{
    AUTO(PQclear) PGresult *table = PQexec(db->conn, "SELECT to_regclass('schema_migration') IS NOT NULL");
    AUTO(PQclear) PGresult *rows = NULL;

    *ret_version = 0;
    if (PQresultStatus(table) != PGRES_TUPLES_OK || !cell_true(table, 0, 0))
        return true;
    if (!db_run(db, Q_SCHEMA_VERSION, &rows, reterr))
        return false;
    *ret_version = cell_long(rows, 0, 0);
    return true;
}

static bool apply(struct db *db, size_t i, FILE *say, struct problem *reterr)
{
    AUTO_TX struct tx tx = { 0 };
    const char *name = migrations_files[i].name;

    if (!tx_begin(&tx, db, reterr) || !db_script(db, name, migrations_files[i].text, reterr) ||
        !db_run(db, Q_SCHEMA_MIGRATED, NULL, reterr, DEC(number_of(i)), name) || !tx_commit(&tx, reterr))
        return fail(reterr, PROBLEM_INTERNAL, "Migration %s failed and was rolled back", name);
    fprintf(say, "applied  %s\n", name);
    return true;
}

bool migrate(FILE *say, struct problem *reterr)
{
    __attribute__((cleanup(close_auto))) struct db db = { 0 };
    long version;
    size_t applied = 0;

    /* Without a statement time-out: a migration of a large table takes its time. */
    if (!db_open(&db, 0, reterr) || !db_script(&db, "lock", "SELECT pg_advisory_lock(7031026)", reterr) ||
        !db_script(&db, "bootstrap", bootstrap_files[0].text, reterr) || !version_of(&db, &version, reterr))
        return false;
    if (version > migrations_latest())
        return fail(reterr, PROBLEM_INTERNAL, "The database is at migration %ld, this program knows %ld only: it is too old", version,
                    migrations_latest());
    for (size_t i = 0; i < migrations_files_count; i++)
        if (number_of(i) > version) {
            if (!apply(&db, i, say, reterr))
                return false;
            applied++;
        }
    fprintf(say, applied ? "The database is at migration %ld.\n" : "The database is at migration %ld already.\n", migrations_latest());
    return true;
}

bool migrate_status(FILE *say, struct problem *reterr)
{
    __attribute__((cleanup(close_auto))) struct db db = { 0 };
    long version;

    if (!db_open(&db, 0, reterr) || !version_of(&db, &version, reterr))
        return false;
    for (size_t i = 0; i < migrations_files_count; i++)
        fprintf(say, "%s  %s\n", number_of(i) <= version ? "applied" : "to come", migrations_files[i].name);
    return true;
}
