-- name: submission_hold
-- Everything that a submission needs, held until it ends: of two at once the second one finds no draft any more.
SELECT d.id, d.version, d.form_version, f.version, f.schema, d.data, s.desk_id, s.name, k.email, k.name, a.email, a.language, clock()::date
  FROM request_draft d
  JOIN account a ON a.id = d.account_id
  JOIN service s ON s.id = d.service_id
  JOIN service_form f ON f.service_id = s.id AND f.version = s.form_version
  LEFT JOIN service_desk k ON k.id = s.desk_id
 WHERE d.account_id = $1::uuid AND d.service_id = $2::uuid AND s.withdrawn_at IS NULL
   FOR UPDATE OF d;

-- name: submission_files
-- The files of a draft, held, so that none goes while it is sent.
SELECT id FROM file WHERE draft_id = $1::uuid FOR UPDATE;

-- name: submission_make
-- Files that the answers name go with the request; others were left over, and go with the draft.
WITH made AS (
  INSERT INTO request (service_id, desk_id, form_version, account_id, level, data)
  SELECT d.service_id, s.desk_id, d.form_version, d.account_id, $2, d.data
    FROM request_draft d JOIN service s ON s.id = d.service_id WHERE d.id = $1::uuid
  RETURNING id, number, account_id, service_id
), moved AS (
  UPDATE file SET draft_id = NULL, request_id = (SELECT id FROM made) WHERE draft_id = $1::uuid AND id = ANY ($3::uuid[])
), told AS (
  INSERT INTO request_event (request_id, state, by) SELECT id, 'submitted', 'owner' FROM made
), written AS (
  INSERT INTO audit_event (subject, by, event, new, source, device)
  SELECT m.account_id, 'owner', 'request_submitted', jsonb_build_object('number', m.number, 'service', s.name), $4::inet, $5
    FROM made m JOIN service s ON s.id = m.service_id
)
SELECT id, number FROM made;

-- name: submission_done
DELETE FROM request_draft WHERE id = $1::uuid;

-- name: request_list
-- The caller's, the latest first. The cursor is a request of the same account. One more than asked for tells whether there is a next page.
-- What is not sent yet stands on the first page.
WITH page AS (
  SELECT r.id, r.number, r.state, r.submitted_at, r.changed_at, r.service_id,
         row_number() OVER (ORDER BY r.submitted_at DESC, r.id DESC) AS place
    FROM request r
   WHERE r.account_id = $1::uuid AND ($2::text IS NULL OR r.state = $2)
     AND ($3::uuid IS NULL OR (r.submitted_at, r.id) < (SELECT c.submitted_at, c.id FROM request c WHERE c.id = $3::uuid AND c.account_id = $1::uuid))
   ORDER BY r.submitted_at DESC, r.id DESC LIMIT $4::integer + 1
), next AS (
  SELECT id FROM page WHERE place = $4::integer AND (SELECT count(*) FROM page) > $4::integer
)
SELECT json_build_object(
         'items', (SELECT coalesce(json_agg(json_build_object(
                             'id', p.id, 'number', p.number, 'service', json_build_object('id', s.id, 'name', s.name), 'state', p.state,
                             'submitted_at', p.submitted_at, 'changed_at', p.changed_at) ORDER BY p.place), '[]')
                     FROM page p JOIN service s ON s.id = p.service_id WHERE p.place <= $4::integer),
         'drafts', (SELECT coalesce(json_agg(json_build_object('service', json_build_object('id', s.id, 'name', s.name), 'changed_at', d.changed_at)
                                             ORDER BY d.changed_at DESC, d.id), '[]')
                      FROM request_draft d JOIN service s ON s.id = d.service_id
                     WHERE d.account_id = $1::uuid AND $2::text IS NULL AND $3::uuid IS NULL),
         'next_cursor', (SELECT id FROM next)),
       (SELECT id FROM next),
       $3::uuid IS NULL OR EXISTS (SELECT 1 FROM request WHERE id = $3::uuid AND account_id = $1::uuid);

-- name: request_get
SELECT json_build_object(
         'id', v.id, 'number', v.number, 'service', v.service, 'desk', v.desk, 'state', v.state, 'submitted_at', v.submitted_at,
         'changed_at', v.changed_at, 'form', v.form, 'data', v.data, 'files', v.files, 'events', v.events,
         'may_withdraw', request_may_become(v.state, 'withdrawn', 'owner')),
       v.version
  FROM request_page v WHERE v.id = $2::uuid AND v.account_id = $1::uuid;

-- name: request_hold
-- For its owner to change.
SELECT r.version, request_may_become(r.state, 'withdrawn', 'owner')
  FROM request r
 WHERE r.id = $2::uuid AND r.account_id = $1::uuid FOR UPDATE;

-- name: request_withdraw
WITH changed AS (
  UPDATE request SET state = 'withdrawn', version = version + 1, changed_at = clock() WHERE id = $1::uuid RETURNING id, account_id, number, service_id
), told AS (
  INSERT INTO request_event (request_id, state, by) SELECT id, 'withdrawn', 'owner' FROM changed
)
INSERT INTO audit_event (subject, by, event, new, source, device)
SELECT c.account_id, 'owner', 'request_withdrawn', jsonb_build_object('number', c.number, 'service', s.name), $2::inet, $3
  FROM changed c JOIN service s ON s.id = c.service_id;
