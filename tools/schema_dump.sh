#!/bin/sh
# schema_dump.sh: the schema of the database that PGHOST and PGDATABASE name, as db/schema.sql keeps it. Without what differs between
# versions of pg_dump. `tools/schema_dump.sh >db/schema.sql` after a new migration; tests/api/sql.t compares the two.
set -eu
echo '-- The whole schema as the migrations leave it. Made by tools/schema_dump.sh; change db/migrations, not this.'
pg_dump --schema-only --no-comments | sed -E '/^--/d; /^SET /d; /^SELECT pg_catalog.set_config/d; /^\\(un)?restrict /d; /^$/d'
