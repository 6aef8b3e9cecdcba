-- Online services: desks, the catalogue, forms, integrators' clients, drafts, requests and files.

-- The authority's office that runs services and answers requests.
CREATE TABLE service_desk (
  id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name          text NOT NULL UNIQUE CHECK (name <> ''),
  email         text NOT NULL,
  phone         text,
  address       text,
  opening_hours text,
  url           text,
  created_at    timestamptz NOT NULL DEFAULT clock()
);
GRANT SELECT, INSERT, UPDATE, DELETE ON service_desk TO portal_daemon;

-- People who work there, with their own accounts. A reader sees requests, a clerk answers them too.
CREATE TABLE desk_staff (
  desk_id    uuid NOT NULL REFERENCES service_desk ON DELETE CASCADE,
  account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  role       text NOT NULL CHECK (role IN ('reader', 'clerk')),
  created_at timestamptz NOT NULL DEFAULT clock(),
  PRIMARY KEY (account_id, desk_id)
);
CREATE INDEX desk_staff_desk ON desk_staff (desk_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON desk_staff TO portal_daemon;

-- Programs of a desk (OAuth 2.0 client credentials). A revoked one stays, for the trail.
CREATE TABLE api_client (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name       text NOT NULL UNIQUE CHECK (name <> ''),
  desk_id    uuid NOT NULL REFERENCES service_desk,
  scopes     text[] NOT NULL CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY['requests.read', 'requests.write']),
  created_at timestamptz NOT NULL DEFAULT clock(),
  revoked_at timestamptz
);
GRANT SELECT, INSERT, UPDATE ON api_client TO portal_daemon;

-- By their SHA-256 alone; random, so that a fast hash suffices. Two are valid at a time while a client is being moved to the new one.
CREATE TABLE api_client_secret (
  hash       bytea PRIMARY KEY,
  client_id  uuid NOT NULL REFERENCES api_client ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT clock(),
  expires_at timestamptz
);
CREATE INDEX api_client_secret_client ON api_client_secret (client_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON api_client_secret TO portal_daemon;

-- Ids of topics and situations are made from their names and stand in addresses: /services?topic=familie-kind
CREATE TABLE service_topic (
  id   text PRIMARY KEY CHECK (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name text NOT NULL UNIQUE
);
CREATE TABLE service_situation (
  id   text PRIMARY KEY CHECK (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name text NOT NULL UNIQUE
);
GRANT SELECT, INSERT, UPDATE, DELETE ON service_topic, service_situation TO portal_daemon;

-- Where a name stands in a list from A to Z: its first letter without accents, 0 where it begins with something else.
CREATE FUNCTION name_letter(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(substring(upper(left(normalize(name, NFKD), 1)) COLLATE "C" FROM '^[A-Z]$'), '0');
$$;

-- What an authority offers. Rows come from catalogue imports. What vanishes from its catalogue is withdrawn and not found any more; it is
-- deleted only where no draft and no request refers to it.
CREATE TABLE service (
  id                uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  catalogue         text NOT NULL,  -- the import that it belongs to: another catalogue's import leaves it alone
  leika_key         text NOT NULL UNIQUE CHECK (leika_key ~ '^(99[0-9]{12}|own-[a-z0-9-]{8,60})$'),
  name              text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 400),
  letter            text NOT NULL GENERATED ALWAYS AS (name_letter(name)) STORED,
  short_description text,
  description       text,           -- plain text; blank lines part paragraphs, lines that begin with "- " are a list, "## " is a heading
  service_group     text,           -- the bundle that it belongs to (OZG service), for the search
  topic_id          text REFERENCES service_topic,
  situation_id      text REFERENCES service_situation,
  legal_basis       text,
  cost_text         text,
  cost_cents        integer CHECK (cost_cents >= 0),  -- what a payment will ask for; NULL where cost_text alone says it
  level             text NOT NULL DEFAULT 'low' CHECK (level IN ('low', 'substantial', 'high')),
  audience          text NOT NULL DEFAULT 'both' CHECK (audience IN ('people', 'organisations', 'both')),
  approval          text NOT NULL DEFAULT 'automatic' CHECK (approval IN ('automatic', 'desk')),  -- of an organisation's subscription
  other_states      boolean NOT NULL DEFAULT false,   -- open to accounts of other federal states
  roles             text[] NOT NULL DEFAULT '{}',     -- within the service, for members of organisations
  url               text CHECK (url ~ '^https?://'),  -- an external service; NULL where it has a form or cannot be started online
  form_version      integer,                          -- the current one of service_form
  desk_id           uuid REFERENCES service_desk,
  withdrawn_at      timestamptz,
  changed_at        timestamptz NOT NULL DEFAULT clock(),
  version           integer NOT NULL DEFAULT 1,       -- goes up with each change
  CHECK (url IS NULL OR form_version IS NULL)
);
CREATE INDEX service_desk_id ON service (desk_id);
-- The order of lists: German, whatever the database's locale.
CREATE INDEX service_name ON service (name COLLATE "de-x-icu", id) WHERE withdrawn_at IS NULL;
CREATE INDEX service_topic_id ON service (topic_id, situation_id);
CREATE INDEX service_situation_id ON service (situation_id);

-- What lists and results show of a service, as the contract names it. `service_online` says how it can be started.
CREATE FUNCTION service_online(url text, form_version integer) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN form_version IS NOT NULL THEN 'form' WHEN url IS NOT NULL THEN 'external' ELSE 'none' END;
$$;
CREATE VIEW service_summary (id, json) AS
  SELECT s.id, json_build_object(
           'id', s.id, 'name', s.name, 'short_description', s.short_description,
           'topic', CASE WHEN t.id IS NOT NULL THEN json_build_object('id', t.id, 'name', t.name) END,
           'audience', s.audience, 'level', s.level, 'cost_text', s.cost_text, 'cost_cents', s.cost_cents,
           'online', service_online(s.url, s.form_version), 'desk', d.name)
    FROM service s LEFT JOIN service_topic t ON t.id = s.topic_id LEFT JOIN service_desk d ON d.id = s.desk_id
   WHERE s.withdrawn_at IS NULL;
GRANT SELECT ON service_summary TO portal_daemon;
GRANT SELECT, INSERT, UPDATE, DELETE ON service TO portal_daemon;

-- A form is never changed, only followed by a new version: requests keep the one that they were filled in with.
-- json rather than jsonb: the order of the fields is the order of the page.
CREATE TABLE service_form (
  service_id uuid NOT NULL REFERENCES service ON DELETE CASCADE,
  version    integer NOT NULL CHECK (version > 0),
  schema     json NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock(),
  PRIMARY KEY (service_id, version)
);
GRANT SELECT, INSERT, DELETE ON service_form TO portal_daemon;

-- Goes up with each import that changed something: the ETag of lists and suggestions.
CREATE TABLE catalogue_state (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  version  bigint NOT NULL
);
INSERT INTO catalogue_state (version) VALUES (1);
GRANT SELECT, UPDATE ON catalogue_state TO portal_daemon;

-- What somebody has typed and not submitted: one for each person and service.
CREATE TABLE request_draft (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  account_id   uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  service_id   uuid NOT NULL REFERENCES service,
  form_version integer NOT NULL,  -- the one that it was typed into
  data         jsonb NOT NULL,
  version      integer NOT NULL DEFAULT 1,
  created_at   timestamptz NOT NULL DEFAULT clock(),
  changed_at   timestamptz NOT NULL DEFAULT clock(),
  UNIQUE (account_id, service_id),
  FOREIGN KEY (service_id, form_version) REFERENCES service_form
);
CREATE INDEX request_draft_service ON request_draft (service_id);
CREATE INDEX request_draft_changed_at ON request_draft (changed_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON request_draft TO portal_daemon;

-- Names a request to people: eight characters without those that are mixed up (Crockford's base32), from the bytes of a random UUID that
-- are random throughout.
CREATE FUNCTION request_number() RETURNS text LANGUAGE sql VOLATILE AS $$
  SELECT string_agg(CASE WHEN n = 4 THEN '-' ELSE '' END
                    || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', get_byte(bytes, CASE WHEN n < 6 THEN n ELSE n + 4 END) % 32 + 1, 1), '' ORDER BY n)
    FROM (SELECT uuid_send(gen_random_uuid()) AS bytes OFFSET 0) AS random, generate_series(0, 7) AS n;
$$;

-- Submitted: it belongs to the authority and outlives the account, tied to nobody.
CREATE TABLE request (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  number       text NOT NULL UNIQUE DEFAULT request_number(),
  service_id   uuid NOT NULL REFERENCES service,
  desk_id      uuid NOT NULL REFERENCES service_desk,  -- the service's at the time of submission
  form_version integer NOT NULL,
  account_id   uuid REFERENCES account ON DELETE SET NULL,
  level        text NOT NULL CHECK (level IN ('low', 'substantial', 'high')),  -- of the session that submitted it
  data         jsonb NOT NULL,
  state        text NOT NULL DEFAULT 'submitted'
               CHECK (state IN ('submitted', 'received', 'processing', 'action_required', 'completed', 'withdrawn')),
  submitted_at timestamptz NOT NULL DEFAULT clock(),
  changed_at   timestamptz NOT NULL DEFAULT clock(),
  version      integer NOT NULL DEFAULT 1,
  FOREIGN KEY (service_id, form_version) REFERENCES service_form
);
CREATE INDEX request_account ON request (account_id, submitted_at DESC, id DESC);
CREATE INDEX request_desk ON request (desk_id, submitted_at DESC, id DESC);
CREATE INDEX request_service ON request (service_id);
GRANT SELECT, INSERT, UPDATE ON request TO portal_daemon;

-- Where a request may go from each state; completed and withdrawn are ends. `by` is who may do it.
CREATE FUNCTION request_may_become(old text, new text, by text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN old IN ('completed', 'withdrawn') THEN false
              WHEN by = 'owner' THEN new = 'withdrawn'
              WHEN new IN ('submitted', 'withdrawn') OR new = old THEN false
              WHEN new = 'received' THEN old = 'submitted'
              ELSE true END;
$$;

-- What happened to a request, append only.
CREATE TABLE request_event (
  n          bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,  -- their order, also where two have the same time
  request_id uuid NOT NULL REFERENCES request ON DELETE CASCADE,
  at         timestamptz NOT NULL DEFAULT clock(),
  state      text NOT NULL,
  text       text,  -- what the desk says to the person
  by         text NOT NULL CHECK (by IN ('owner', 'staff', 'client')),
  account_id uuid REFERENCES account ON DELETE SET NULL,  -- of staff
  client_id  uuid REFERENCES api_client
);
CREATE INDEX request_event_request ON request_event (request_id, n);
CREATE INDEX request_event_account ON request_event (account_id);
GRANT SELECT, INSERT ON request_event TO portal_daemon;

-- Attachments, in pieces of at most 1 MB, so that every process sees them and one backup holds all.
CREATE TABLE file (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  draft_id   uuid REFERENCES request_draft ON DELETE CASCADE,
  request_id uuid REFERENCES request ON DELETE CASCADE,
  name       text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
  type       text NOT NULL,   -- found in the content, not taken from the sender
  size       bigint NOT NULL CHECK (size > 0),
  sha512     bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock(),
  CHECK (num_nonnulls(draft_id, request_id) = 1)
);
CREATE INDEX file_draft ON file (draft_id);
CREATE INDEX file_request ON file (request_id);
CREATE TABLE file_chunk (
  file_id uuid NOT NULL REFERENCES file ON DELETE CASCADE,
  n       integer NOT NULL CHECK (n >= 0),
  bytes   bytea NOT NULL,
  PRIMARY KEY (file_id, n)
);
ALTER TABLE file_chunk ALTER bytes SET STORAGE EXTERNAL;  -- PDF, JPEG and PNG are packed already
GRANT SELECT, INSERT, UPDATE, DELETE ON file, file_chunk TO portal_daemon;

-- What its owner, its desk and the export show of a request. The form keeps the order of its fields, since it is json.
CREATE VIEW request_page AS
  SELECT r.id, r.number, r.account_id, r.desk_id, r.version, r.state, r.level, r.submitted_at, r.changed_at, r.data, f.schema AS form,
         json_build_object('id', s.id, 'name', s.name) AS service,
         json_build_object('name', d.name, 'email', d.email, 'phone', d.phone) AS desk,
         (SELECT coalesce(json_agg(json_build_object('id', t.id, 'name', t.name, 'type', t.type, 'size', t.size) ORDER BY t.created_at, t.id), '[]')
            FROM file t WHERE t.request_id = r.id) AS files,
         (SELECT coalesce(json_agg(json_build_object('at', e.at, 'state', e.state, 'text', e.text,
                                                     'by', CASE WHEN e.by = 'owner' THEN 'owner' ELSE 'desk' END) ORDER BY e.n), '[]')
            FROM request_event e WHERE e.request_id = r.id) AS events
    FROM request r JOIN service s ON s.id = r.service_id JOIN service_desk d ON d.id = r.desk_id
    JOIN service_form f ON f.service_id = r.service_id AND f.version = r.form_version;
GRANT SELECT ON request_page TO portal_daemon;

-- The desks that a caller may see, and whether it may answer there: staff by account, programs by client.
CREATE FUNCTION desks_of(account uuid, client uuid) RETURNS TABLE (desk_id uuid, may_write boolean) LANGUAGE sql STABLE AS $$
  SELECT s.desk_id, s.role = 'clerk' FROM desk_staff s WHERE s.account_id = account
  UNION ALL
  SELECT c.desk_id, 'requests.write' = ANY (c.scopes) FROM api_client c WHERE c.id = client AND c.revoked_at IS NULL;
$$;

-- A desk's work shows in the activity of the person.
ALTER TABLE audit_event DROP CONSTRAINT audit_event_by_check;
ALTER TABLE audit_event ADD CONSTRAINT audit_event_by_check CHECK (by IN ('owner', 'unknown', 'system', 'desk'));

-- The account's page names the desks where its owner works.
CREATE OR REPLACE VIEW account_page (account_id, version, json) AS
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
                               'town', p.town, 'country', p.country) END,
           'desks', (SELECT coalesce(json_agg(json_build_object('id', d.id, 'name', d.name, 'role', s.role) ORDER BY d.name), '[]')
                       FROM desk_staff s JOIN service_desk d ON d.id = s.desk_id WHERE s.account_id = a.id))
    FROM account a JOIN person_profile p ON p.account_id = a.id;
