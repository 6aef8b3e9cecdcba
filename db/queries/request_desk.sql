-- name: desk_request_list
-- Requests to the desks of a member of staff or of a program, the latest first. `q` is a part of the number, as people type it, or of the
-- service's name. The counts say what each state would leave.
WITH desks AS MATERIALIZED (SELECT desk_id FROM desks_of($1::uuid, $2::uuid)), found AS MATERIALIZED (
  SELECT r.id, r.state, r.submitted_at
    FROM request r JOIN service s ON s.id = r.service_id
   WHERE r.desk_id IN (SELECT desk_id FROM desks)
     AND ($4::uuid IS NULL OR r.service_id = $4::uuid)
     AND ($5::text IS NULL OR position(lower($5) IN lower(s.name)) > 0
          OR ($6 <> '' AND position($6 IN replace(r.number, '-', '')) > 0))
), page AS (
  SELECT f.id, row_number() OVER (ORDER BY f.submitted_at DESC, f.id DESC) AS place
    FROM found f
   WHERE ($3::text IS NULL OR f.state = $3)
     AND ($7::uuid IS NULL OR (f.submitted_at, f.id) < (SELECT c.submitted_at, c.id FROM request c WHERE c.id = $7::uuid))
   ORDER BY f.submitted_at DESC, f.id DESC LIMIT $8::integer + 1
), next AS (
  SELECT id FROM page WHERE place = $8::integer AND (SELECT count(*) FROM page) > $8::integer
)
SELECT json_build_object(
         'items', (SELECT coalesce(json_agg(json_build_object(
                             'id', r.id, 'number', r.number, 'service', json_build_object('id', s.id, 'name', s.name),
                             'desk', json_build_object('id', k.id, 'name', k.name), 'state', r.state,
                             'submitted_at', r.submitted_at, 'changed_at', r.changed_at,
                             'person', o.first_name || ' ' || o.last_name) ORDER BY p.place), '[]')
                     FROM page p JOIN request r USING (id) JOIN service s ON s.id = r.service_id JOIN service_desk k ON k.id = r.desk_id
                     LEFT JOIN person_profile o ON o.account_id = r.account_id
                    WHERE p.place <= $8::integer),
         'next_cursor', (SELECT id FROM next),
         'counts', (SELECT json_object_agg(t.state, (SELECT count(*) FROM found f WHERE f.state = t.state))
                      FROM unnest(ARRAY['submitted', 'received', 'processing', 'action_required', 'completed', 'withdrawn']) WITH ORDINALITY AS t (state, place))),
       (SELECT id FROM next),
       $7::uuid IS NULL OR EXISTS (SELECT 1 FROM request WHERE id = $7::uuid AND desk_id IN (SELECT desk_id FROM desks));

-- name: desk_request_get
-- Whose account it was, as it is now: nobody's where it was deleted.
SELECT json_build_object(
         'id', v.id, 'number', v.number, 'service', v.service, 'desk', v.desk, 'state', v.state, 'submitted_at', v.submitted_at,
         'changed_at', v.changed_at, 'form', v.form, 'data', v.data, 'files', v.files, 'events', v.events,
         'person', CASE WHEN a.id IS NOT NULL THEN json_build_object('first_name', o.first_name, 'last_name', o.last_name, 'email', a.email,
                                                                     'level', v.level) END,
         'may_become', (SELECT coalesce(json_agg(t.state ORDER BY t.place) FILTER (WHERE request_may_become(v.state, t.state, 'desk')), '[]')
                          FROM unnest(ARRAY['received', 'processing', 'action_required', 'completed']) WITH ORDINALITY AS t (state, place)),
         'may_write', d.may_write),
       v.version
  FROM request_page v
  JOIN desks_of($1::uuid, $2::uuid) d ON d.desk_id = v.desk_id
  LEFT JOIN account a ON a.id = v.account_id
  LEFT JOIN person_profile o ON o.account_id = a.id
 WHERE v.id = $3::uuid;

-- name: desk_request_owner_hold
-- Held against a deletion, before the request is: that is the order in which a deletion takes them. Its pseudonym would not reach the
-- audit row otherwise.
SELECT id FROM account WHERE id = (SELECT account_id FROM request WHERE id = $1::uuid) FOR KEY SHARE;

-- name: desk_request_hold
-- For its desk to change.
SELECT r.version, request_may_become(r.state, $4, 'desk'), d.may_write
  FROM request r JOIN desks_of($1::uuid, $2::uuid) d ON d.desk_id = r.desk_id
 WHERE r.id = $3::uuid FOR UPDATE OF r;

-- name: desk_request_change
-- The trail of the request says who did it; the person's activity only that the desk did. Whom to tell, where there is an account.
WITH changed AS (
  UPDATE request SET state = $4, version = version + 1, changed_at = clock() WHERE id = $3::uuid RETURNING id, account_id, number, service_id
), told AS (
  INSERT INTO request_event (request_id, state, text, by, account_id, client_id)
  SELECT id, $4, $5, CASE WHEN $2::uuid IS NULL THEN 'staff' ELSE 'client' END, $1::uuid, $2::uuid FROM changed
), written AS (
  INSERT INTO audit_event (subject, by, event, new)
  SELECT c.account_id, 'desk', 'request_changed', jsonb_build_object('number', c.number, 'service', s.name, 'state', $4::text)
    FROM changed c JOIN service s ON s.id = c.service_id WHERE c.account_id IS NOT NULL
)
SELECT c.number, s.name, a.email, a.language
  FROM changed c JOIN service s ON s.id = c.service_id LEFT JOIN account a ON a.id = c.account_id;
