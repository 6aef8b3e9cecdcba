-- name: draft_get
-- All that a draft is shown with, whether it was saved or not: the service with its current form, what was typed and into which form, its
-- files, and the profile that fills in what nobody has typed yet. A service that was withdrawn or lost its form still shows a draft.
SELECT s.name, f.version, f.schema, coalesce(d.version, 0), d.data, o.schema, to_json(d.changed_at) #>> '{}', p.json, clock()::date,
       (SELECT coalesce(json_agg(json_build_object('id', t.id, 'name', t.name, 'type', t.type, 'size', t.size) ORDER BY t.created_at, t.id), '[]')
          FROM file t WHERE t.draft_id = d.id)
  FROM service s
  JOIN account_page p ON p.account_id = $1::uuid
  LEFT JOIN request_draft d ON d.service_id = s.id AND d.account_id = $1::uuid
  JOIN service_form f ON f.service_id = s.id AND f.version = coalesce(s.form_version, d.form_version)
  LEFT JOIN service_form o ON o.service_id = s.id AND o.version = d.form_version AND o.version <> f.version
 WHERE s.id = $2::uuid AND (d.id IS NOT NULL OR s.withdrawn_at IS NULL);

-- name: draft_form
-- What may be typed into now.
SELECT f.version, f.schema, clock()::date
  FROM service s JOIN service_form f ON f.service_id = s.id AND f.version = s.form_version
 WHERE s.id = $1::uuid AND s.withdrawn_at IS NULL;

-- name: draft_save
-- No row where the version has moved on: another window saved, or the draft was sent or deleted meanwhile. Two that save the first version
-- at once are told apart by the unique key.
WITH first AS (
  INSERT INTO request_draft (account_id, service_id, form_version, data)
  SELECT id, $2::uuid, $4::integer, $5::jsonb FROM (SELECT id FROM account WHERE id = $1::uuid FOR KEY SHARE) AS held WHERE $3::integer = 0
  ON CONFLICT (account_id, service_id) DO NOTHING RETURNING id
), next AS (
  UPDATE request_draft SET form_version = $4::integer, data = $5::jsonb, version = version + 1, changed_at = clock()
   WHERE account_id = $1::uuid AND service_id = $2::uuid AND version = $3::integer AND $3::integer > 0 RETURNING id
)
SELECT id FROM first UNION ALL SELECT id FROM next;

-- name: draft_delete
-- Nothing to delete is fine where there could be a draft.
WITH gone AS (DELETE FROM request_draft WHERE account_id = $1::uuid AND service_id = $2::uuid RETURNING 1)
SELECT EXISTS (SELECT 1 FROM gone) OR EXISTS (SELECT 1 FROM service WHERE id = $2::uuid AND withdrawn_at IS NULL AND form_version IS NOT NULL);

-- name: draft_hold
-- The draft that a file is put into, made where there is none, and held until the transaction ends: so files are counted one after the other.
INSERT INTO request_draft (account_id, service_id, form_version, data)
SELECT a.id, s.id, s.form_version, '{}'
  FROM (SELECT id FROM account WHERE id = $1::uuid FOR KEY SHARE) AS a, service s
 WHERE s.id = $2::uuid AND s.withdrawn_at IS NULL AND s.form_version IS NOT NULL
ON CONFLICT (account_id, service_id) DO UPDATE SET version = request_draft.version + 1, changed_at = clock()
RETURNING id;
