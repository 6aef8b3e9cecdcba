-- name: throttle_take
SELECT throttle_take($1, CASE WHEN $2::boolean THEN address_key($3) ELSE source_key($3::inet) END, $4::integer, make_interval(secs => $5::integer));

-- name: schema_version
SELECT coalesce(max(version), 0) FROM schema_migration;

-- name: job_begin
-- One process at a time, and once in a period: no row where another one has done it.
INSERT INTO job AS j (name, ran_at, rows) VALUES ($1, clock(), 0)
ON CONFLICT (name) DO UPDATE SET ran_at = clock() WHERE j.ran_at NOT BETWEEN clock() - make_interval(secs => $2::integer) AND clock()
RETURNING name;

-- name: job_end
UPDATE job SET rows = rows + $2::bigint WHERE name = $1;

-- name: job_list
SELECT name, extract(epoch FROM ran_at)::bigint, rows FROM job ORDER BY name;

-- The purges take ten thousand rows at most, so that they end in time, and pass over rows that somebody holds: those can wait,
-- and nobody waits for a purge that waits for them.

-- name: purge_registrations
WITH gone AS (
  DELETE FROM registration WHERE id IN (
    SELECT id FROM registration WHERE created_at <= clock() - interval '24 hours' LIMIT 10000 FOR UPDATE SKIP LOCKED) RETURNING 1)
SELECT count(*) FROM gone;

-- name: purge_sessions
WITH gone AS (
  DELETE FROM session WHERE id IN (
    SELECT id FROM session WHERE last_action_at <= clock() - session_idle() OR created_at <= clock() - session_absolute()
     LIMIT 10000 FOR UPDATE SKIP LOCKED) RETURNING 1)
SELECT count(*) FROM gone;

-- name: purge_mailed_tokens
-- A confirmed e-mail change waits for the login for thirty days.
WITH gone AS (
  DELETE FROM mailed_token WHERE id IN (
    SELECT id FROM mailed_token
     WHERE expires_at <= clock() AND (purpose <> 'email_change' OR used_at IS NULL OR used_at <= clock() - interval '30 days')
     LIMIT 10000 FOR UPDATE SKIP LOCKED) RETURNING 1)
SELECT count(*) FROM gone;

-- name: purge_outbox
WITH gone AS (
  DELETE FROM outbox WHERE id IN (
    SELECT id FROM outbox WHERE coalesce(sent_at, given_up_at) <= clock() - interval '7 days' LIMIT 10000 FOR UPDATE SKIP LOCKED) RETURNING 1)
SELECT count(*) FROM gone;

-- name: purge_audit
SELECT audit_purge();

-- name: purge_throttle
WITH gone AS (
  DELETE FROM throttle WHERE (scope, key) IN (
    SELECT scope, key FROM throttle WHERE cardinality(hits) = 0 OR hits[cardinality(hits)] <= clock() - interval '1 day'
     LIMIT 10000 FOR UPDATE SKIP LOCKED) RETURNING 1)
SELECT count(*) FROM gone;

-- name: password_tried
SELECT retry_after, tried_at FROM login_tried($1, $2::inet);

-- name: password_right
SELECT login_forgiven($1, $2::inet, $3::timestamptz);

-- name: schema_migrated
INSERT INTO schema_migration (version, name) VALUES ($1::integer, $2);
