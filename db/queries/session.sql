-- name: login_begin
-- Counts the try and finds the account in one go. Always one row: no account where the address is unknown or has to wait.
SELECT t.retry_after, t.tried_at, a.id, a.password_hash, a.kind,
       EXISTS (SELECT 1 FROM mailed_token m WHERE m.account_id = a.id AND m.purpose = 'email_change' AND m.used_at IS NOT NULL)
  FROM login_tried($1, $2::inet) AS t
  LEFT JOIN account a ON lower(a.email) = lower($1) AND a.state = 'active' AND t.retry_after = 0;

-- name: login_failed
-- The owner sees tries of others in the activity. An unknown address has nobody to see it; so that this cannot be told by the time,
-- nobody waits for the disk here.
WITH quick AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
INSERT INTO audit_event (subject, by, event, source, device)
SELECT a.id, 'unknown', 'login_failed', $2::inet, $3 FROM quick, (SELECT id FROM account WHERE id = $1::uuid FOR KEY SHARE) AS a;

-- name: one_time_password_use
-- Once: of two logins at once one finds the row. The account is held first, as by a change of the password: the two cannot wait for each other.
WITH held AS (
  SELECT t.id FROM mailed_token t JOIN account a ON a.id = t.account_id
   WHERE t.account_id = $1::uuid AND t.purpose = 'one_time_password' AND t.hash = decode($2, 'hex') AND t.expires_at > clock()
     FOR NO KEY UPDATE OF a
)
DELETE FROM mailed_token WHERE id = (SELECT id FROM held) RETURNING id;

-- name: session_open
-- Only if the password that was checked still holds. Takes the counted try back.
WITH opened AS (
  INSERT INTO session (account_id, secret_hash, opened_by, level, new_password_due, device, source)
  SELECT id, decode($3, 'hex'), $4, CASE kind WHEN 'plus' THEN 'substantial' ELSE 'low' END, $5::boolean, $6, $7::inet
    FROM account WHERE id = $1::uuid AND password_hash = $2 AND state = 'active'
     FOR NO KEY UPDATE -- waits for a change of the password and for a deletion at the same moment: the login has then failed
  RETURNING *
), seen AS (
  INSERT INTO audit_event (subject, by, event, new, source, device)
  SELECT account_id, 'owner', 'login', jsonb_build_object('opened_by', opened_by), source, device FROM opened
)
SELECT o.id, floor(extract(epoch FROM clock()))::bigint,
       json_build_object('id', o.id, 'opened_by', o.opened_by, 'level', o.level, 'created_at', o.created_at,
                         'idle_seconds_left', extract(epoch FROM session_idle())::integer,
                         'seconds_left', extract(epoch FROM session_absolute())::integer)
  FROM opened o, login_forgiven($8, $7::inet, $9::timestamptz) AS forgiven;

-- name: account_rehash
-- Today's parameters are stronger than those of the stored hash.
UPDATE account SET password_hash = $3 WHERE id = $1::uuid AND password_hash = $2;

-- name: session_check
-- Every call with a token: is its session alive, whose is it, and is it time to write down that its user acts?
-- The token's own expiry is decided here as well, so that one clock decides all.
SELECT s.account_id, a.kind, s.new_password_due, s.last_action_at <= s.moment - interval '30 seconds', s.level
  FROM live_session s JOIN account a ON a.id = s.account_id
 WHERE s.id = $1::uuid AND a.state = 'active'
   AND s.moment < to_timestamp($2::bigint) AND s.moment >= to_timestamp($3::bigint);

-- name: session_touch
-- Of calls side by side one writes and none waits: not for each other, and not for the disk. A crash may cost a session these 30 seconds.
UPDATE session SET last_action_at = clock()
 WHERE id = (SELECT id FROM session WHERE id = $1::uuid AND last_action_at <= clock() - interval '30 seconds' FOR UPDATE SKIP LOCKED)
   AND set_config('synchronous_commit', 'off', true) = 'off';

-- name: session_by_secret
-- For the exchange of the cookie for a token.
SELECT s.id, s.account_id, a.kind, s.new_password_due
  FROM live_session s JOIN account a ON a.id = s.account_id
 WHERE s.secret_hash = decode($1, 'hex') AND a.state = 'active';

-- name: session_current
SELECT json_build_object('id', id, 'opened_by', opened_by, 'level', level, 'created_at', created_at,
                         'idle_seconds_left', idle_seconds_left, 'seconds_left', seconds_left),
       floor(extract(epoch FROM moment))::bigint
  FROM live_session WHERE id = $1::uuid;

-- name: session_list
SELECT json_build_object('items', coalesce(json_agg(json_build_object(
         'id', id, 'current', id = $2::uuid, 'opened_by', opened_by, 'level', level, 'created_at', created_at,
         'last_action_at', last_action_at, 'device', device, 'source', host(source)) ORDER BY last_action_at DESC, id), '[]'))
  FROM live_session WHERE account_id = $1::uuid;

-- name: session_end
-- Ends one session of the account and writes it down; no row where it is none of the account's.
WITH ended AS (DELETE FROM session WHERE account_id = $1::uuid AND id = $2::uuid RETURNING account_id)
INSERT INTO audit_event (subject, by, event, source, device)
SELECT account_id, 'owner', $3, $4::inet, $5 FROM ended RETURNING id;

-- name: session_end_others
WITH ended AS (DELETE FROM session WHERE account_id = $1::uuid AND id <> $2::uuid RETURNING id)
INSERT INTO audit_event (subject, by, event, new, source, device)
SELECT held.id, 'owner', 'other_sessions_ended', jsonb_build_object('sessions', (SELECT count(*) FROM ended)), $3::inet, $4
  FROM (SELECT id FROM account WHERE id = $1::uuid FOR KEY SHARE) AS held;
