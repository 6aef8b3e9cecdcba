-- name: catalogue_import_begin
-- The file as it is read: each row with why it is refused, if it is. Refused rows stay until the end, so that the services that they mean do not vanish.
CREATE TEMPORARY TABLE catalogue_row (
  line integer NOT NULL, fault text, leika_key text, name text, short_description text, description text, service_group text, topic text,
  situation text, legal_basis text, cost_text text, cost_cents integer, level text, audience text, approval text, other_states boolean,
  roles text[], url text, form json, desk text, topic_id text, situation_id text, desk_id uuid, form_version integer,
  outcome text  -- new or changed
) ON COMMIT DROP;

-- name: catalogue_import_index
-- From the beginning: one that is made after changes in the same transaction would not be used in it.
CREATE INDEX ON catalogue_row (leika_key);

-- name: catalogue_import_lock_try
-- One import at a time; the lock ends with the transaction.
SELECT pg_try_advisory_xact_lock(7031027);

-- name: catalogue_import_lock
SELECT pg_advisory_xact_lock(7031027);

-- name: catalogue_import_copy
COPY catalogue_row (line, fault, leika_key, name, short_description, description, service_group, topic, situation, legal_basis, cost_text, cost_cents,
                    level, audience, approval, other_states, roles, url, form, desk, topic_id, situation_id) FROM STDIN;

-- name: catalogue_import_keys
-- Rows without a key get one from their name, which is the same at each import; further rows of that name are counted.
UPDATE catalogue_row r SET leika_key = k.key
  FROM (SELECT line, 'own-' || left(encode(sha256(convert_to(name, 'UTF8')), 'hex'), 16)
                     || CASE WHEN n > 1 THEN '-' || n ELSE '' END AS key
          FROM (SELECT line, name, row_number() OVER (PARTITION BY name ORDER BY line) AS n
                  FROM catalogue_row WHERE leika_key IS NULL AND name IS NOT NULL) AS numbered) AS k
 WHERE k.line = r.line;

-- name: catalogue_import_analyze
-- So that what follows is planned for as many rows as there are.
ANALYZE catalogue_row;

-- name: catalogue_import_desks
UPDATE catalogue_row r SET desk_id = d.id FROM service_desk d WHERE d.name = r.desk;

-- name: catalogue_import_refuse
-- What a row alone does not tell.
UPDATE catalogue_row r SET fault = f.fault
  FROM (SELECT r.line, CASE
                 WHEN s.catalogue <> $1 THEN format('the key %s belongs to the catalogue ''%s''', r.leika_key, s.catalogue)
                 WHEN r.desk IS NOT NULL AND r.desk_id IS NULL THEN format('there is no desk ''%s''', r.desk)
                 WHEN r.line > min(r.line) OVER same THEN format('the key %s stands in line %s already', r.leika_key, min(r.line) OVER same) END AS fault
          FROM catalogue_row r LEFT JOIN service s ON s.leika_key = r.leika_key
         WHERE r.fault IS NULL WINDOW same AS (PARTITION BY r.leika_key)) AS f
 WHERE f.line = r.line AND f.fault IS NOT NULL;

-- name: catalogue_import_refused
SELECT line, fault, name FROM catalogue_row WHERE fault IS NOT NULL ORDER BY line;

-- name: catalogue_import_topics
-- A name that is written in another way follows the file; of several in one file the first counts.
INSERT INTO service_topic AS t (id, name)
  SELECT DISTINCT ON (topic_id) topic_id, topic FROM catalogue_row WHERE fault IS NULL AND topic_id IS NOT NULL ORDER BY topic_id, line
ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE t.name <> excluded.name;

-- name: catalogue_import_situations
INSERT INTO service_situation AS t (id, name)
  SELECT DISTINCT ON (situation_id) situation_id, situation FROM catalogue_row WHERE fault IS NULL AND situation_id IS NOT NULL ORDER BY situation_id, line
ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE t.name <> excluded.name;

-- name: catalogue_import_add
WITH added AS (
  INSERT INTO service (catalogue, leika_key, name, short_description, description, service_group, topic_id, situation_id, legal_basis, cost_text,
                       cost_cents, level, audience, approval, other_states, roles, url, form_version, desk_id)
    SELECT $1, r.leika_key, r.name, r.short_description, r.description, r.service_group, r.topic_id, r.situation_id, r.legal_basis, r.cost_text,
           r.cost_cents, r.level, r.audience, r.approval, r.other_states, r.roles, r.url, CASE WHEN r.form IS NOT NULL THEN 1 END, r.desk_id
      FROM catalogue_row r WHERE r.fault IS NULL AND NOT EXISTS (SELECT 1 FROM service s WHERE s.leika_key = r.leika_key)
  RETURNING leika_key
)
UPDATE catalogue_row r SET outcome = 'new' FROM added a WHERE a.leika_key = r.leika_key AND r.fault IS NULL;

-- name: catalogue_import_forms
-- A form that is not the latest one of its service is its next version. Compared as text: the order of the fields is the order of the page.
WITH form AS (
  SELECT r.line, s.id, r.form, f.version, f.schema
    FROM catalogue_row r JOIN service s ON s.leika_key = r.leika_key
         LEFT JOIN LATERAL (SELECT l.version, l.schema FROM service_form l WHERE l.service_id = s.id ORDER BY l.version DESC LIMIT 1) f ON true
   WHERE r.fault IS NULL AND r.form IS NOT NULL
), added AS (
  INSERT INTO service_form (service_id, version, schema)
    SELECT id, coalesce(version, 0) + 1, form FROM form WHERE schema::text IS DISTINCT FROM form::text
  RETURNING service_id, version
)
UPDATE catalogue_row r SET form_version = coalesce(a.version, f.version)
  FROM form f LEFT JOIN added a ON a.service_id = f.id WHERE r.line = f.line;

-- name: catalogue_import_change
-- A withdrawn service that is in the file again is offered again.
WITH changed AS (
  UPDATE service s
     SET name = r.name, short_description = r.short_description, description = r.description, service_group = r.service_group, topic_id = r.topic_id,
         situation_id = r.situation_id, legal_basis = r.legal_basis, cost_text = r.cost_text, cost_cents = r.cost_cents, level = r.level,
         audience = r.audience, approval = r.approval, other_states = r.other_states, roles = r.roles, url = r.url, form_version = r.form_version,
         desk_id = r.desk_id, withdrawn_at = NULL, changed_at = clock(), version = s.version + 1
    FROM catalogue_row r
   WHERE s.leika_key = r.leika_key AND r.fault IS NULL AND r.outcome IS NULL
     AND (s.name, s.short_description, s.description, s.service_group, s.topic_id, s.situation_id, s.legal_basis, s.cost_text, s.cost_cents, s.level,
          s.audience, s.approval, s.other_states, s.roles, s.url, s.form_version, s.desk_id, s.withdrawn_at IS NULL)
         IS DISTINCT FROM
         (r.name, r.short_description, r.description, r.service_group, r.topic_id, r.situation_id, r.legal_basis, r.cost_text, r.cost_cents, r.level,
          r.audience, r.approval, r.other_states, r.roles, r.url, r.form_version, r.desk_id, true)
  RETURNING s.leika_key
)
UPDATE catalogue_row r SET outcome = 'changed' FROM changed c WHERE c.leika_key = r.leika_key AND r.fault IS NULL;

-- name: catalogue_import_vanished_lock
-- Nobody can begin a draft of them from now on: what refers to them is known once and for all.
SELECT 1 FROM service s
 WHERE s.catalogue = $1 AND NOT EXISTS (SELECT 1 FROM catalogue_row r WHERE r.leika_key = s.leika_key) ORDER BY s.id FOR UPDATE;

-- name: catalogue_import_delete
-- Also those that were withdrawn by an earlier import and that nothing refers to any more; these have vanished before and are not counted.
WITH gone AS (
  DELETE FROM service s
   WHERE s.catalogue = $1 AND NOT EXISTS (SELECT 1 FROM catalogue_row r WHERE r.leika_key = s.leika_key)
     AND NOT EXISTS (SELECT 1 FROM request_draft d WHERE d.service_id = s.id) AND NOT EXISTS (SELECT 1 FROM request q WHERE q.service_id = s.id)
  RETURNING s.withdrawn_at IS NULL AS offered
)
SELECT count(*) FROM gone WHERE offered;

-- name: catalogue_import_withdraw
WITH gone AS (
  UPDATE service s SET withdrawn_at = clock(), changed_at = clock(), version = version + 1
   WHERE s.catalogue = $1 AND s.withdrawn_at IS NULL AND NOT EXISTS (SELECT 1 FROM catalogue_row r WHERE r.leika_key = s.leika_key)
  RETURNING 1
)
SELECT count(*) FROM gone;

-- name: catalogue_import_topics_tidy
DELETE FROM service_topic t WHERE NOT EXISTS (SELECT 1 FROM service s WHERE s.topic_id = t.id);

-- name: catalogue_import_situations_tidy
DELETE FROM service_situation t WHERE NOT EXISTS (SELECT 1 FROM service s WHERE s.situation_id = t.id);

-- name: catalogue_import_counts
SELECT count(*) FILTER (WHERE outcome = 'new'), count(*) FILTER (WHERE outcome = 'changed'),
       count(*) FILTER (WHERE fault IS NULL AND outcome IS NULL), count(*) FILTER (WHERE fault IS NOT NULL) FROM catalogue_row;

-- name: catalogue_import_done
UPDATE catalogue_state SET version = version + 1;
