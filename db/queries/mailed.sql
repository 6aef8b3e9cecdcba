-- name: password_reset_add
-- One identical row, whether the address is known or not.
INSERT INTO password_reset (email, source, device) VALUES ($1, $2::inet, $3);

-- name: password_reset_undecided
SELECT r.id, a.id, a.email, a.language, r.source, r.device
  FROM password_reset r LEFT JOIN account a ON lower(a.email) = lower(r.email) AND a.state = 'active'
 ORDER BY r.created_at LIMIT 1
   FOR UPDATE OF r SKIP LOCKED;

-- name: password_reset_remove
DELETE FROM password_reset WHERE id = $1::uuid;

-- name: one_time_password_add
-- A newer one cancels the older, and an e-mail change under way.
WITH cancelled AS (DELETE FROM mailed_token WHERE account_id = $1::uuid AND purpose IN ('one_time_password', 'email_change')),
added AS (
  INSERT INTO mailed_token (account_id, purpose, hash, expires_at)
  VALUES ($1::uuid, 'one_time_password', decode($2, 'hex'), clock() + interval '60 minutes') RETURNING account_id
)
INSERT INTO audit_event (subject, by, event, source, device)
SELECT account_id, 'unknown', 'one_time_password_requested', $3::inet, $4 FROM added;

-- name: email_change_add
-- The account is held by account_lock. No row where the password that was checked has been changed meanwhile: that cancels changes under way.
WITH renewed AS (
  UPDATE account SET version = version + 1 WHERE id = $1::uuid AND password_hash = $7 RETURNING id
), cancelled AS (
  DELETE FROM mailed_token WHERE account_id = (SELECT id FROM renewed) AND purpose = 'email_change'
), added AS (
  INSERT INTO mailed_token (account_id, purpose, hash, value, expires_at)
  SELECT id, 'email_change', decode($2, 'hex'), $3, clock() + interval '24 hours' FROM renewed RETURNING account_id
)
INSERT INTO audit_event (subject, by, event, old, new, source, device)
SELECT account_id, 'owner', 'email_change_requested', jsonb_build_object('email', $4::text), jsonb_build_object('email', $3::text),
       $5::inet, $6
  FROM added RETURNING id;

-- name: email_known
-- Whether an address belongs to an account already, and its language.
SELECT language FROM account WHERE lower(email) = lower($1);

-- name: email_change_confirm
-- Of two clicks at once one gets the row.
WITH confirmed AS (
  UPDATE mailed_token SET used_at = clock()
   WHERE hash = decode($1, 'hex') AND purpose = 'email_change' AND used_at IS NULL AND expires_at > clock()
  RETURNING account_id, value
)
INSERT INTO audit_event (subject, by, event, new, source, device)
SELECT account_id, 'unknown', 'email_change_confirmed', jsonb_build_object('email', value), $2::inet, $3 FROM confirmed
RETURNING id;

-- name: email_change_claim
-- The confirmed change that the login makes active.
DELETE FROM mailed_token WHERE account_id = $1::uuid AND purpose = 'email_change' AND used_at IS NOT NULL RETURNING value;

-- name: email_change_refused
-- The new address was taken in between: its owner reads so in the activity.
INSERT INTO audit_event (subject, by, event, new, source, device)
VALUES ($1::uuid, 'system', 'email_change_refused', jsonb_build_object('email', $2::text), $3::inet, $4);

-- name: email_change_apply
-- account_email refuses an address that was taken in between.
WITH old AS (SELECT id, email, language FROM account WHERE id = $1::uuid),
changed AS (
  UPDATE account SET email = $2, version = version + 1 WHERE id = $1::uuid RETURNING id
), vanished AS (
  DELETE FROM registration WHERE lower(email) = lower($2)
), seen AS (
  INSERT INTO audit_event (subject, by, event, old, new, source, device)
  SELECT c.id, 'owner', 'email_changed', jsonb_build_object('email', o.email), jsonb_build_object('email', $2::text), $3::inet, $4
    FROM changed c JOIN old o USING (id)
)
SELECT o.email, o.language FROM old o JOIN changed USING (id);
