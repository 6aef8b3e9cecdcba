-- name: account_get
SELECT json, version FROM account_page WHERE account_id = $1::uuid;

-- name: account_lock
-- What a change of the profile needs to know. Locked field names stand between commas. The account is held until the transaction ends, and
-- what follows sees all that those have done who held it before: a login leaves no session behind that a change of the password overlooks.
SELECT a.version, ',' || array_to_string(p.locked, ',') || ',', clock()::date
  FROM account a JOIN person_profile p ON p.account_id = a.id
 WHERE a.id = $1::uuid
   FOR NO KEY UPDATE OF a;

-- name: account_facts
-- What has to be known before a password is hashed; held by nobody meanwhile.
SELECT a.email, a.password_hash, p.first_name, p.last_name, a.language
  FROM account a JOIN person_profile p ON p.account_id = a.id
 WHERE a.id = $1::uuid;

-- name: profile_change
-- What is not given stays; each flag says whether the value after it is. The audit row holds what really changed.
WITH old AS (
  SELECT p.*, a.language FROM person_profile p JOIN account a ON a.id = p.account_id WHERE p.account_id = $1::uuid
), new AS (
  UPDATE person_profile SET
    first_name     = coalesce($2, first_name),
    last_name      = coalesce($3, last_name),
    title          = CASE WHEN $4::boolean THEN $5 ELSE title END,
    birth_date     = CASE WHEN $6::boolean THEN $7::date ELSE birth_date END,
    place_of_birth = CASE WHEN $8::boolean THEN $9 ELSE place_of_birth END,
    birth_name     = CASE WHEN $10::boolean THEN $11 ELSE birth_name END,
    nationality    = CASE WHEN $12::boolean THEN $13 ELSE nationality END,
    phone          = CASE WHEN $14::boolean THEN $15 ELSE phone END,
    street         = CASE WHEN $16::boolean THEN $17 ELSE street END,
    house_number   = CASE WHEN $16::boolean THEN $18 ELSE house_number END,
    postal_code    = CASE WHEN $16::boolean THEN $19 ELSE postal_code END,
    town           = CASE WHEN $16::boolean THEN $20 ELSE town END,
    country        = CASE WHEN $16::boolean THEN $21 ELSE country END
  WHERE account_id = $1::uuid RETURNING *
), renewed AS (
  UPDATE account SET version = version + 1, language = coalesce($22, language) WHERE id = $1::uuid RETURNING language
), difference AS (
  SELECT jsonb_object_agg(o.key, o.value) AS old, jsonb_object_agg(o.key, n.value) AS new
    FROM jsonb_each((SELECT to_jsonb(old) FROM old)) o
    JOIN jsonb_each((SELECT to_jsonb(new) || jsonb_build_object('language', r.language) FROM new, renewed r)) n USING (key)
   WHERE o.value IS DISTINCT FROM n.value
)
INSERT INTO audit_event (subject, by, event, old, new, source, device)
SELECT $1::uuid, 'owner', 'profile_changed', d.old, d.new, $23::inet, $24 FROM difference d WHERE d.old IS NOT NULL;

-- name: password_change
-- The other sessions end, mailed links and one-time passwords are cancelled. No row where another change came first.
WITH changed AS (
  UPDATE account SET password_hash = $3 WHERE id = $1::uuid AND password_hash = $2 RETURNING id
), ended AS (
  DELETE FROM session WHERE account_id = (SELECT id FROM changed) AND id <> $4::uuid
), freed AS (
  UPDATE session SET new_password_due = false WHERE account_id = (SELECT id FROM changed) AND id = $4::uuid
), cancelled AS (
  DELETE FROM mailed_token WHERE account_id = (SELECT id FROM changed) AND purpose <> 'activation'
)
INSERT INTO audit_event (subject, by, event, source, device)
SELECT id, 'owner', 'password_changed', $5::inet, $6 FROM changed RETURNING id;

-- name: account_delete
-- All that belongs to the account goes with it (ON DELETE CASCADE), so do registrations under way for its address.
WITH gone AS (DELETE FROM account WHERE id = $1::uuid AND password_hash = $2 RETURNING id, email),
     also AS (DELETE FROM registration WHERE lower(email) = (SELECT lower(email) FROM gone)),
     asked AS (DELETE FROM password_reset WHERE lower(email) = (SELECT lower(email) FROM gone))
SELECT audit_pseudonymise(id) FROM gone;

-- name: export_seen
-- Held against a deletion: its pseudonym would not reach this row.
INSERT INTO audit_event (subject, by, event, source, device)
SELECT id, 'owner', 'export_downloaded', $2::inet, $3 FROM (SELECT id FROM account WHERE id = $1::uuid FOR KEY SHARE) AS held;

-- name: account_export
-- Everything that the portal holds on a person. The secrets themselves are not kept, and so are not in it.
SELECT json_build_object(
  'made_at', clock(),
  'account', p.json,
  'consent', json_build_object('version', a.consent_version, 'given_at', a.consented_at),
  'sessions', (SELECT coalesce(json_agg(json_build_object(
       'id', s.id, 'current', s.id = $2::uuid, 'opened_by', s.opened_by, 'level', s.level, 'created_at', s.created_at,
       'last_action_at', s.last_action_at, 'device', s.device, 'source', host(s.source)) ORDER BY s.last_action_at DESC, s.id), '[]')
     FROM live_session s WHERE s.account_id = a.id),
  'activity', (SELECT coalesce(json_agg(json_build_object(
       'id', e.id, 'at', e.at, 'event', e.event, 'by', e.by, 'old', e.old, 'new', e.new, 'source', host(e.source), 'device', e.device)
       ORDER BY e.at DESC, e.id DESC), '[]')
     FROM audit_event e WHERE e.subject = a.id),
  'mails', (SELECT coalesce(json_agg(json_build_object('subject', o.subject, 'created_at', o.created_at) ORDER BY o.created_at), '[]')
     FROM outbox o WHERE o.sent_at IS NULL AND o.given_up_at IS NULL AND lower(o.recipient) = lower(a.email)),
  'links', (SELECT coalesce(json_agg(json_build_object('purpose', t.purpose, 'value', t.value, 'created_at', t.created_at,
       'expires_at', t.expires_at) ORDER BY t.created_at), '[]')
     FROM mailed_token t WHERE t.account_id = a.id),
  'drafts', (SELECT coalesce(json_agg(json_build_object('service', json_build_object('id', s.id, 'name', s.name), 'created_at', d.created_at,
       'changed_at', d.changed_at, 'data', d.data, 'files', (SELECT coalesce(json_agg(json_build_object('id', t.id, 'name', t.name,
         'type', t.type, 'size', t.size) ORDER BY t.created_at, t.id), '[]') FROM file t WHERE t.draft_id = d.id)) ORDER BY d.created_at, d.id), '[]')
     FROM request_draft d JOIN service s ON s.id = d.service_id WHERE d.account_id = a.id),
  'requests', (SELECT coalesce(json_agg(json_build_object('id', v.id, 'number', v.number, 'service', v.service, 'desk', v.desk, 'state', v.state,
       'submitted_at', v.submitted_at, 'changed_at', v.changed_at, 'data', v.data, 'files', v.files, 'events', v.events)
       ORDER BY v.submitted_at, v.id), '[]')
     FROM request_page v WHERE v.account_id = a.id))
  FROM account a JOIN account_page p ON p.account_id = a.id WHERE a.id = $1::uuid;

-- name: activity_list
-- The page after the cursor, which is an event of the same account. One more than asked for tells whether there is a next page.
WITH page AS (
  SELECT e.*, row_number() OVER (ORDER BY e.at DESC, e.id DESC) AS place
    FROM audit_event e
   WHERE e.subject = $1::uuid
     AND ($2::uuid IS NULL OR (e.at, e.id) < (SELECT c.at, c.id FROM audit_event c WHERE c.id = $2::uuid AND c.subject = $1::uuid))
   ORDER BY e.at DESC, e.id DESC LIMIT $3::integer + 1
)
SELECT json_build_object(
         'items', coalesce(json_agg(json_build_object('id', id, 'at', at, 'event', event, 'by', by, 'old', old, 'new', new,
                                                      'source', host(source), 'device', device) ORDER BY place)
                             FILTER (WHERE place <= $3::integer), '[]'),
         'next_cursor', CASE WHEN count(*) > $3::integer THEN (SELECT id FROM page WHERE place = $3::integer) END),
       CASE WHEN count(*) > $3::integer THEN (SELECT id FROM page WHERE place = $3::integer) END
  FROM page;

-- name: account_hold
-- Held against a deletion until the transaction ends, before anything of the account's is taken: that is the order of a deletion too.
SELECT id FROM account WHERE id = $1::uuid FOR KEY SHARE;
