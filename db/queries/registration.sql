-- name: registration_add
-- One identical row, whether the address is known or not: the worker decides what to mail.
INSERT INTO registration (email, password_hash, title, first_name, last_name, language, consent_version, source)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8::inet);

-- name: registration_undecided
-- The next registration that nobody has looked at; other workers skip it until this transaction ends.
SELECT r.id, r.email, r.language, a.email AS owner_email, a.language AS owner_language
  FROM registration r LEFT JOIN account a ON lower(a.email) = lower(r.email)
 WHERE r.token_hash IS NULL
 ORDER BY r.created_at LIMIT 1
   FOR UPDATE OF r SKIP LOCKED;

-- name: registration_decide
UPDATE registration SET token_hash = decode($2, 'hex') WHERE id = $1::uuid;

-- name: registration_remove
DELETE FROM registration WHERE id = $1::uuid;

-- name: registration_hold
-- All registrations of an address, held in one order, before the account_email index is touched: whoever comes second waits here
-- and not in the middle, where two would wait for each other. $1 is the hash of a link, or NULL where $2 is the address.
SELECT 1 FROM registration
 WHERE lower(email) = (SELECT lower(email) FROM registration WHERE token_hash = decode($1, 'hex') UNION ALL SELECT lower($2) WHERE $1 IS NULL)
 ORDER BY id FOR UPDATE;

-- name: registration_claim
-- Takes the registration of a link. Two clicks at once: the second one waits here, and then finds nothing.
DELETE FROM registration
 WHERE token_hash = decode($1, 'hex') AND created_at > clock() - interval '24 hours'
RETURNING email, password_hash, title, first_name, last_name, language, consent_version, source, created_at;

-- name: registration_remove_rest
-- The address is taken now: whoever else waits for it waits in vain.
DELETE FROM registration WHERE lower(email) = lower($1);

-- name: registration_activate
-- account_email refuses a second account for the address. The token stays for a day, so that a second click gets its own answer.
WITH new_account AS (
  INSERT INTO account (kind, email, password_hash, language, consent_version, consented_at)
  VALUES ('basic', $1, $2, $3, $4, $5::timestamptz) RETURNING id
), profile AS (
  INSERT INTO person_profile (account_id, title, first_name, last_name) SELECT id, $6, $7, $8 FROM new_account
), used AS (
  INSERT INTO mailed_token (account_id, purpose, hash, expires_at, used_at)
  SELECT id, 'activation', decode($9, 'hex'), clock() + interval '24 hours', clock() FROM new_account
)
INSERT INTO audit_event (subject, by, event, new, source, device)
SELECT id, 'owner', 'account_activated', jsonb_build_object('email', $1::text), $10::inet, $11 FROM new_account;

-- name: mailed_token_used
-- Whether a link has done its work already.
SELECT 1 FROM mailed_token WHERE hash = decode($1, 'hex') AND purpose = $2 AND used_at IS NOT NULL;
