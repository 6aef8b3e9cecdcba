-- A person's account: registration, login, sessions, mailed links, profile.

CREATE TABLE account (
  id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  kind            text NOT NULL CHECK (kind IN ('basic', 'plus')),
  state           text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'blocked')),
  email           text NOT NULL,
  password_hash   text NOT NULL CHECK (password_hash LIKE '$argon2id$%'),
  language        text NOT NULL CHECK (language IN ('de', 'en')),
  consent_version text NOT NULL,
  consented_at    timestamptz NOT NULL,
  created_at      timestamptz NOT NULL DEFAULT clock(),
  version         integer NOT NULL DEFAULT 1  -- of what GET /me shows; goes up with each change of it
);
-- The one place that decides whose an address is; one namespace for all kinds of accounts.
CREATE UNIQUE INDEX account_email ON account (lower(email));
GRANT SELECT, INSERT, UPDATE, DELETE ON account TO portal_daemon;

CREATE TABLE person_profile (
  account_id     uuid PRIMARY KEY REFERENCES account ON DELETE CASCADE,
  title          text,
  first_name     text NOT NULL,
  last_name      text NOT NULL,
  birth_date     date,
  place_of_birth text,
  birth_name     text,
  nationality    text,
  phone          text,
  street         text,
  house_number   text,
  postal_code    text,
  town           text,
  country        text,
  locked         text[] NOT NULL DEFAULT '{}',  -- names of API fields that came from the identity card
  CHECK (num_nulls(street, house_number, postal_code, town, country) IN (0, 5))
);
GRANT SELECT, INSERT, UPDATE, DELETE ON person_profile TO portal_daemon;

-- Registrations under way. Many may wait for one address: account_email decides when a link is used.
CREATE TABLE registration (
  id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  token_hash      bytea UNIQUE,  -- NULL until the worker has decided what to mail
  email           text NOT NULL,
  password_hash   text NOT NULL CHECK (password_hash LIKE '$argon2id$%'),
  title           text,
  first_name      text NOT NULL,
  last_name       text NOT NULL,
  language        text NOT NULL,
  consent_version text NOT NULL,
  source          inet,
  created_at      timestamptz NOT NULL DEFAULT clock()
);
CREATE INDEX registration_email ON registration (lower(email));
CREATE INDEX registration_new ON registration (created_at) WHERE token_hash IS NULL;
CREATE INDEX registration_created_at ON registration (created_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON registration TO portal_daemon;

-- Someone asked for a one-time password. Whether the address is known is decided by the worker, away from the call.
CREATE TABLE password_reset (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  email      text NOT NULL,
  source     inet,
  device     text,
  created_at timestamptz NOT NULL DEFAULT clock()
);
CREATE INDEX password_reset_created_at ON password_reset (created_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON password_reset TO portal_daemon;

-- Secrets that went out by mail, by their SHA-256 alone. used_at tells a link that has done its work from one that never was.
CREATE TABLE mailed_token (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  purpose    text NOT NULL CHECK (purpose IN ('activation', 'one_time_password', 'email_change')),
  hash       bytea NOT NULL UNIQUE,
  value      text,  -- the new address of an e-mail change
  created_at timestamptz NOT NULL DEFAULT clock(),
  expires_at timestamptz NOT NULL,
  used_at    timestamptz
);
CREATE INDEX mailed_token_account ON mailed_token (account_id, purpose);
CREATE INDEX mailed_token_expires_at ON mailed_token (expires_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON mailed_token TO portal_daemon;

CREATE TABLE session (
  id               uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  account_id       uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  secret_hash      bytea NOT NULL UNIQUE,
  opened_by        text NOT NULL CHECK (opened_by IN ('password', 'one_time_password', 'eid')),
  level            text NOT NULL CHECK (level IN ('low', 'substantial', 'high')),
  new_password_due boolean NOT NULL DEFAULT false,
  created_at       timestamptz NOT NULL DEFAULT clock(),
  last_action_at   timestamptz NOT NULL DEFAULT clock(),
  device           text,
  source           inet
) WITH (fillfactor = 80);
CREATE INDEX session_account ON session (account_id);
CREATE INDEX session_last_action_at ON session (last_action_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON session TO portal_daemon;

CREATE FUNCTION session_idle() RETURNS interval LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT interval '20 minutes' $$;
CREATE FUNCTION session_absolute() RETURNS interval LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT interval '12 hours' $$;

-- Sessions that have not ended. `moment` is clock(), asked once. Begun seconds count: what lives has at least one left.
CREATE VIEW live_session AS
  SELECT s.*, c.moment,
         ceil(extract(epoch FROM s.last_action_at + session_idle() - c.moment))::integer AS idle_seconds_left,
         ceil(extract(epoch FROM s.created_at + session_absolute() - c.moment))::integer AS seconds_left
    FROM session s CROSS JOIN (SELECT clock() AS moment OFFSET 0) AS c
   WHERE s.last_action_at > c.moment - session_idle() AND s.created_at > c.moment - session_absolute();
GRANT SELECT ON live_session TO portal_daemon;

-- Failed logins. Counts the try before the password is looked at, so that tries side by side cannot slip through; a login that
-- succeeds takes its try back (login_forgiven). The bound for an address from anywhere holds for sources that have failed for it
-- themselves: its owner, coming from elsewhere, is never locked out.
CREATE FUNCTION login_tried(email text, source inet, OUT retry_after integer, OUT tried_at timestamptz)
LANGUAGE plpgsql AS $$
DECLARE
  address     text := address_key(email);
  origin      text := source_key(source);
  of_address  timestamptz[];
  of_pair     timestamptz[];
  of_source   timestamptz[];
BEGIN
  tried_at := clock();
  of_address := throttle_hit('login_address', address, '1 hour', tried_at);
  of_pair := throttle_hit('login_pair', address || ' ' || origin, '1 hour', tried_at);
  of_source := throttle_hit('login_source', origin, '1 minute', tried_at);
  retry_after := greatest(
    throttle_wait(of_pair, 5, '1 minute', tried_at),
    throttle_wait(of_source, 20, '1 minute', tried_at),
    CASE WHEN cardinality(of_pair) > 1 THEN throttle_wait(of_address, 50, '1 hour', tried_at) ELSE 0 END);
  IF retry_after > 0 THEN
    PERFORM login_forgiven(email, source, tried_at);
  END IF;
END $$;
-- One after the other, in the order of login_tried: two that hold each other's next row would wait for ever.
CREATE FUNCTION login_forgiven(email text, source inet, tried_at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  address text := address_key(email);
  origin  text := source_key(source);
BEGIN
  UPDATE throttle SET hits = array_remove(hits, tried_at) WHERE scope = 'login_address' AND key = address;
  UPDATE throttle SET hits = array_remove(hits, tried_at) WHERE scope = 'login_pair' AND key = address || ' ' || origin;
  UPDATE throttle SET hits = array_remove(hits, tried_at) WHERE scope = 'login_source' AND key = origin;
END $$;

-- What GET /me and the export show, as the contract names it.
CREATE VIEW account_page (account_id, version, json) AS
  SELECT a.id, a.version,
         json_build_object(
           'id', a.id, 'kind', a.kind, 'email', a.email,
           'pending_email', (SELECT t.value FROM mailed_token t
                              WHERE t.account_id = a.id AND t.purpose = 'email_change'
                                AND (t.used_at IS NOT NULL OR t.expires_at > clock())
                              ORDER BY t.created_at DESC LIMIT 1),
           'language', a.language, 'created_at', a.created_at, 'locked', p.locked,
           'title', p.title, 'first_name', p.first_name, 'last_name', p.last_name, 'birth_date', p.birth_date,
           'place_of_birth', p.place_of_birth, 'birth_name', p.birth_name, 'nationality', p.nationality, 'phone', p.phone,
           'address', CASE WHEN p.street IS NOT NULL THEN
             json_build_object('street', p.street, 'house_number', p.house_number, 'postal_code', p.postal_code,
                               'town', p.town, 'country', p.country) END)
    FROM account a JOIN person_profile p ON p.account_id = a.id;
GRANT SELECT ON account_page TO portal_daemon;
