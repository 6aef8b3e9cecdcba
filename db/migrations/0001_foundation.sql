-- What every subject stands on: the clock, the audit trail, the outbox, the throttle and the jobs.
-- The daemon's rights stand beside each table: the role portal_daemon owns nothing and cannot change the schema.

GRANT USAGE ON SCHEMA public TO portal_daemon;

-- One clock decides every time rule. Tests shift it; the daemon may only read it.
CREATE TABLE clock_shift (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  shift    interval NOT NULL
);
INSERT INTO clock_shift (shift) VALUES ('0');
GRANT SELECT ON clock_shift TO portal_daemon;

CREATE FUNCTION clock() RETURNS timestamptz LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN now() + (SELECT shift FROM clock_shift);
END $$;

-- Who did what to whom, when and from where. Append only: a change or a deletion is possible through the two functions below alone.
CREATE TABLE audit_event (
  id      uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  at      timestamptz NOT NULL DEFAULT clock(),
  subject uuid NOT NULL,  -- the account that it happened to, or the pseudonym in its place
  by      text NOT NULL CHECK (by IN ('owner', 'unknown', 'system')),
  event   text NOT NULL,
  old     jsonb,
  new     jsonb,
  source  inet,
  device  text
);
CREATE INDEX audit_event_subject ON audit_event (subject, at DESC, id DESC);
CREATE INDEX audit_event_at ON audit_event (at);
GRANT SELECT, INSERT ON audit_event TO portal_daemon;

-- The account is gone: its rows stay for their time, tied to nobody.
CREATE FUNCTION audit_pseudonymise(account uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH pseudonym AS MATERIALIZED (SELECT gen_random_uuid() AS id)
  UPDATE audit_event SET subject = pseudonym.id, old = NULL, new = NULL, source = NULL, device = NULL
    FROM pseudonym WHERE subject = account;
$$;
CREATE FUNCTION audit_purge() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH gone AS (DELETE FROM audit_event WHERE id IN (SELECT id FROM audit_event WHERE at < clock() - interval '1 year' LIMIT 10000) RETURNING 1)
  SELECT count(*) FROM gone;
$$;
REVOKE ALL ON FUNCTION audit_pseudonymise(uuid), audit_purge() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_pseudonymise(uuid), audit_purge() TO portal_daemon;

-- Mail owed: written with the change that owes it, sent by a worker. A sent mail keeps its times alone.
CREATE TABLE outbox (
  id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  kind        text NOT NULL,
  recipient   text,
  reply_to    text,
  subject     text,
  body        text,
  created_at  timestamptz NOT NULL DEFAULT clock(),
  next_try_at timestamptz NOT NULL DEFAULT clock(),
  tries       integer NOT NULL DEFAULT 0,
  last_error  text,
  sent_at     timestamptz,
  given_up_at timestamptz,
  CHECK (sent_at IS NOT NULL OR given_up_at IS NOT NULL
         OR (recipient IS NOT NULL AND subject IS NOT NULL AND body IS NOT NULL))
);
CREATE INDEX outbox_owed ON outbox (next_try_at) WHERE sent_at IS NULL AND given_up_at IS NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON outbox TO portal_daemon;

-- Counters of abuse: the times of the last tries, for each scope and key. Shared by all processes; a crash may forget them.
CREATE UNLOGGED TABLE throttle (
  scope text NOT NULL,
  key   text NOT NULL,
  hits  timestamptz[] NOT NULL,
  PRIMARY KEY (scope, key)
) WITH (fillfactor = 50);
GRANT SELECT, INSERT, UPDATE, DELETE ON throttle TO portal_daemon;

-- A network address as a key: IPv6 by its /64, since one customer owns all of it.
CREATE FUNCTION source_key(source inet) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN family(source) = 6 THEN network(set_masklen(source, 64))::text ELSE host(source) END;
$$;
-- An e-mail address as a key, so that the counters name nobody.
CREATE FUNCTION address_key(email text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN encode(sha256(convert_to(lower(email), 'UTF8')), 'hex');
END $$;

-- Adds a try at `at` and gives the tries within the span, this one last. The row stays locked until the transaction ends.
-- plpgsql keeps the plan; a function in SQL would be planned anew at every login.
CREATE FUNCTION throttle_hit(the_scope text, the_key text, span interval, at timestamptz) RETURNS timestamptz[]
LANGUAGE plpgsql AS $$
DECLARE
  result timestamptz[];
BEGIN
  INSERT INTO throttle AS t (scope, key, hits) VALUES (the_scope, the_key, ARRAY[at])
  ON CONFLICT (scope, key) DO UPDATE
    SET hits = ARRAY(SELECT hit FROM unnest(t.hits) AS hit WHERE hit > at - span ORDER BY hit) || at
  RETURNING t.hits INTO result;
  RETURN result;
END $$;
-- Seconds to wait until fewer than `most` of the hits lie within the span; 0 where the last one is within the bound.
CREATE FUNCTION throttle_wait(hits timestamptz[], most integer, span interval, at timestamptz) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN cardinality(hits) <= most OR hits[cardinality(hits) - most] <= at - span THEN 0
              ELSE greatest(1, ceil(extract(epoch FROM hits[cardinality(hits) - most] + span - at)))::integer END;
$$;
-- One try for one key: 0 where it is within the bound, else the seconds to wait; a refused try does not count.
CREATE FUNCTION throttle_take(the_scope text, the_key text, most integer, span interval) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  at   timestamptz := clock();
  wait integer := throttle_wait(throttle_hit(the_scope, the_key, span, at), most, span, at);
BEGIN
  IF wait > 0 THEN
    UPDATE throttle SET hits = trim_array(hits, 1) WHERE scope = the_scope AND key = the_key;
  END IF;
  RETURN wait;
END $$;

-- A periodic job runs once for all processes.
CREATE TABLE job (
  name    text PRIMARY KEY,
  ran_at  timestamptz NOT NULL,
  rows    bigint NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON job TO portal_daemon;
