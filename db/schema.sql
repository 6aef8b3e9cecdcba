-- The whole schema as the migrations leave it. Made by tools/schema_dump.sh; change db/migrations, not this.
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE TYPE public.search_term AS (
	variant integer,
	place integer,
	word text,
	keys text[],
	weak boolean,
	open boolean
);
ALTER TYPE public.search_term OWNER TO portal_owner;
CREATE FUNCTION public.address_key(email text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$
BEGIN
  RETURN encode(sha256(convert_to(lower(email), 'UTF8')), 'hex');
END $$;
ALTER FUNCTION public.address_key(email text) OWNER TO portal_owner;
CREATE FUNCTION public.audit_pseudonymise(account uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  WITH pseudonym AS MATERIALIZED (SELECT gen_random_uuid() AS id)
  UPDATE audit_event SET subject = pseudonym.id, old = NULL, new = NULL, source = NULL, device = NULL
    FROM pseudonym WHERE subject = account;
$$;
ALTER FUNCTION public.audit_pseudonymise(account uuid) OWNER TO portal_owner;
CREATE FUNCTION public.audit_purge() RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  WITH gone AS (DELETE FROM audit_event WHERE id IN (SELECT id FROM audit_event WHERE at < clock() - interval '1 year' LIMIT 10000) RETURNING 1)
  SELECT count(*) FROM gone;
$$;
ALTER FUNCTION public.audit_purge() OWNER TO portal_owner;
CREATE FUNCTION public.clock() RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    AS $$
BEGIN
  RETURN now() + (SELECT shift FROM clock_shift);
END $$;
ALTER FUNCTION public.clock() OWNER TO portal_owner;
CREATE FUNCTION public.desks_of(account uuid, client uuid) RETURNS TABLE(desk_id uuid, may_write boolean)
    LANGUAGE sql STABLE
    AS $$
  SELECT s.desk_id, s.role = 'clerk' FROM desk_staff s WHERE s.account_id = account
  UNION ALL
  SELECT c.desk_id, 'requests.write' = ANY (c.scopes) FROM api_client c WHERE c.id = client AND c.revoked_at IS NULL;
$$;
ALTER FUNCTION public.desks_of(account uuid, client uuid) OWNER TO portal_owner;
CREATE FUNCTION public.login_forgiven(email text, source inet, tried_at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
  address text := address_key(email);
  origin  text := source_key(source);
BEGIN
  UPDATE throttle SET hits = array_remove(hits, tried_at) WHERE scope = 'login_address' AND key = address;
  UPDATE throttle SET hits = array_remove(hits, tried_at) WHERE scope = 'login_pair' AND key = address || ' ' || origin;
  UPDATE throttle SET hits = array_remove(hits, tried_at) WHERE scope = 'login_source' AND key = origin;
END $$;
ALTER FUNCTION public.login_forgiven(email text, source inet, tried_at timestamp with time zone) OWNER TO portal_owner;
CREATE FUNCTION public.login_tried(email text, source inet, OUT retry_after integer, OUT tried_at timestamp with time zone) RETURNS record
    LANGUAGE plpgsql
    AS $$
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
ALTER FUNCTION public.login_tried(email text, source inet, OUT retry_after integer, OUT tried_at timestamp with time zone) OWNER TO portal_owner;
CREATE FUNCTION public.name_letter(name text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $_$
  SELECT coalesce(substring(upper(left(normalize(name, NFKD), 1)) COLLATE "C" FROM '^[A-Z]$'), '0');
$_$;
ALTER FUNCTION public.name_letter(name text) OWNER TO portal_owner;
CREATE FUNCTION public.request_may_become(old text, new text, by text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  SELECT CASE WHEN old IN ('completed', 'withdrawn') THEN false
              WHEN by = 'owner' THEN new = 'withdrawn'
              WHEN new IN ('submitted', 'withdrawn') OR new = old THEN false
              WHEN new = 'received' THEN old = 'submitted'
              ELSE true END;
$$;
ALTER FUNCTION public.request_may_become(old text, new text, by text) OWNER TO portal_owner;
CREATE FUNCTION public.request_number() RETURNS text
    LANGUAGE sql
    AS $$
  SELECT string_agg(CASE WHEN n = 4 THEN '-' ELSE '' END
                    || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', get_byte(bytes, CASE WHEN n < 6 THEN n ELSE n + 4 END) % 32 + 1, 1), '' ORDER BY n)
    FROM (SELECT uuid_send(gen_random_uuid()) AS bytes OFFSET 0) AS random, generate_series(0, 7) AS n;
$$;
ALTER FUNCTION public.request_number() OWNER TO portal_owner;
CREATE FUNCTION public.search_add(ids uuid[]) RETURNS void
    LANGUAGE sql
    AS $$
  WITH found AS MATERIALIZED (
    SELECT s.id, char_length(s.name) AS length, f.weight, w.n, w.word, w.plain
      FROM service s, LATERAL (VALUES ('A', s.name), ('B', s.service_group), ('C', s.short_description), ('D', s.description)) AS f (weight, text),
           LATERAL search_words(f.text) AS w
     WHERE s.id = ANY (ids) AND s.withdrawn_at IS NULL AND NOT search_stop(w.word)
  ), learned AS (
    INSERT INTO search_word (word, stem, named) SELECT word, search_stem(min(plain)), bool_or(weight = 'A') FROM found GROUP BY word
    ON CONFLICT (word) DO UPDATE SET named = true WHERE EXCLUDED.named AND NOT search_word.named
  ), added AS (
    INSERT INTO service_search
    SELECT id, coalesce(array_agg(word ORDER BY n) FILTER (WHERE weight = 'A'), '{}'), length, string_agg(DISTINCT word || ':1' || weight, ' ')::tsvector
      FROM found GROUP BY id, length
    RETURNING *
  )
  INSERT INTO search_key SELECT k.key, k.rank, a.service_id FROM added a, LATERAL search_keys(a.names, a.length) AS k;
$$;
ALTER FUNCTION public.search_add(ids uuid[]) OWNER TO portal_owner;
CREATE FUNCTION public.search_alike(typed text, named_only boolean) RETURNS TABLE(word text, steps real)
    LANGUAGE sql STABLE ROWS 4
    SET enable_seqscan TO 'off'
    SET enable_indexscan TO 'off'
    AS $$
  SELECT a.word, a.steps
    FROM (SELECT w.word, least(levenshtein(w.word, typed), levenshtein(left(w.word, length(typed)), typed) + 0.5)::real AS steps
            FROM search_word w WHERE w.word % typed AND w.named >= named_only) AS a
   WHERE a.steps <= 1 + length(typed) / 4 ORDER BY a.steps, a.word LIMIT 4;
$$;
ALTER FUNCTION public.search_alike(typed text, named_only boolean) OWNER TO portal_owner;
CREATE FUNCTION public.search_expand(typed text, typed_stem text, named_only boolean, guess boolean) RETURNS TABLE(word text, weight real)
    LANGUAGE plpgsql STABLE ROWS 10
    AS $$
BEGIN
  RETURN QUERY
    SELECT DISTINCT ON (x.word) x.word, x.weight::real FROM (
      SELECT w.word, 1.0 AS weight FROM search_word w WHERE w.word = typed AND w.named >= named_only
      UNION ALL
      SELECT w.word, 0.9 FROM search_word w WHERE w.stem = typed_stem AND w.named >= named_only
      UNION ALL
      (SELECT w.word, 0.5 + 0.35 * length(typed) / length(w.word) FROM search_word w
        WHERE length(typed) >= 3 AND w.word > typed COLLATE "C" AND w.word < (typed || '{') COLLATE "C" AND w.named >= named_only
        ORDER BY length(w.word), w.word LIMIT 100)
      UNION ALL
      (SELECT w.word, 0.3 + 0.4 * length(typed_stem) / length(w.word) FROM search_word w
        WHERE length(typed_stem) >= 4 AND w.word LIKE '%' || typed_stem || '%' AND w.named >= named_only
          AND (length(typed_stem) >= 5 OR w.word LIKE '%' || typed OR w.word ^@ typed_stem)
        ORDER BY length(w.word), w.word LIMIT 100)) AS x
     ORDER BY x.word, x.weight DESC;
  IF FOUND OR NOT guess THEN
    RETURN;
  ELSIF length(typed) <= 2 THEN
    RETURN QUERY SELECT w.word, 0.5::real FROM search_word w WHERE w.word ^@ typed AND w.named ORDER BY length(w.word), w.word LIMIT 100;
  ELSIF length(typed) >= 4 THEN
    RETURN QUERY
      SELECT x.word, max(x.weight)::real FROM (
        SELECT a.word, 0.85 * (1 - a.steps / length(typed)) AS weight FROM search_alike(typed, named_only) a
        UNION ALL
        SELECT w.word, 0.6 * length(part) / length(typed)
          FROM generate_series(4, length(typed) - 3) AS size, LATERAL (VALUES (left(typed, size)), (right(typed, size))) AS p (part)
          JOIN search_word w ON w.word = part COLLATE "C" AND w.named >= named_only) AS x
       GROUP BY x.word;
  END IF;
END $$;
ALTER FUNCTION public.search_expand(typed text, typed_stem text, named_only boolean, guess boolean) OWNER TO portal_owner;
CREATE FUNCTION public.search_fold(text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $_$
  SELECT left(regexp_replace($1, '([aou])e', '\1', 'g'), 60);
$_$;
ALTER FUNCTION public.search_fold(text) OWNER TO portal_owner;
CREATE FUNCTION public.search_keyed(typed text, keys text[], filter tsquery, wanted integer) RETURNS TABLE(service_id uuid, rank integer)
    LANGUAGE plpgsql STABLE ROWS 8
    AS $$
DECLARE
  beginning text := left(typed, greatest(3, length(typed) - 3));
  got integer;
BEGIN
  IF filter IS NULL THEN
    RETURN QUERY
      SELECT k.service_id, min(k.rank) FROM unnest(keys) AS u (key),
             LATERAL (SELECT s.service_id, s.rank + CASE WHEN s.key ^@ beginning THEN 0 ELSE 5000 END AS rank
                        FROM search_key s WHERE s.key = u.key COLLATE "C" ORDER BY s.rank, s.service_id LIMIT wanted) AS k
       GROUP BY k.service_id ORDER BY min(k.rank), k.service_id LIMIT wanted;
  ELSE
    RETURN QUERY
      SELECT f.service_id, min(f.rank) FROM (
        SELECT k.service_id, k.rank FROM (
          SELECT s.service_id, s.rank + CASE WHEN s.key ^@ beginning THEN 0 ELSE 5000 END AS rank FROM unnest(keys) AS u (key),
                 LATERAL (SELECT * FROM search_key s WHERE s.key = u.key COLLATE "C" ORDER BY s.rank, s.service_id LIMIT 300) AS s
           ORDER BY 2, 1 LIMIT 300) AS k
         WHERE (SELECT o.words @@ filter FROM service_search o WHERE o.service_id = k.service_id) -- one by one, until there are enough
         ORDER BY k.rank, k.service_id LIMIT 2 * wanted) AS f
       GROUP BY f.service_id ORDER BY min(f.rank), f.service_id LIMIT wanted;
    GET DIAGNOSTICS got = ROW_COUNT;
    IF got < wanted AND EXISTS (SELECT 1 FROM search_key s WHERE s.key = ANY (keys COLLATE "C") OFFSET 300 LIMIT 1) THEN
      RETURN QUERY
        SELECT o.service_id, 20000 + o.length FROM service_search o
         WHERE o.words @@ (filter && (array_to_string(keys, ':A|') || ':A')::tsquery) ORDER BY o.length, o.service_id LIMIT wanted;
    END IF;
  END IF;
END $$;
ALTER FUNCTION public.search_keyed(typed text, keys text[], filter tsquery, wanted integer) OWNER TO portal_owner;
CREATE FUNCTION public.search_keys(names text[], length integer) RETURNS TABLE(key text, rank integer)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  SELECT key, min(least(n - 1, 15) * 1000 + least(length, 999))::integer
    FROM unnest(names) WITH ORDINALITY AS name (word, n), LATERAL (VALUES (word), (left(word, 1)), (left(word, 2)), (left(word, 3))) AS k (key)
   GROUP BY key;
$$;
ALTER FUNCTION public.search_keys(names text[], length integer) OWNER TO portal_owner;
CREATE FUNCTION public.search_phrase(text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $_$
  SELECT coalesce(string_agg(word, '' ORDER BY n), '') FROM search_words($1);
$_$;
ALTER FUNCTION public.search_phrase(text) OWNER TO portal_owner;
CREATE FUNCTION public.search_plain(text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $_$
  SELECT replace(lower(regexp_replace(normalize(replace($1, 'ẞ', 'ss'), NFKD), '[\u0300-\u036f]+', '', 'g')), 'ß', 'ss');
$_$;
ALTER FUNCTION public.search_plain(text) OWNER TO portal_owner;
CREATE FUNCTION public.search_ranked(query text) RETURNS TABLE(service_id uuid, score real)
    LANGUAGE plpgsql STABLE
    SET jit TO 'off'
    SET enable_seqscan TO 'off'
    AS $$
DECLARE
  variants integer[]; places integer[]; words text[]; weights real[]; needed boolean[]; sizes integer[];
  all_of tsquery; any_of tsquery;
BEGIN
  SELECT array_agg(v.variant), array_agg(v.n), array_agg(e.word), array_agg(e.weight), array_agg(NOT v.weak), array_agg(v.size)
    INTO variants, places, words, weights, needed, sizes
    FROM (SELECT *, row_number() OVER (PARTITION BY variant ORDER BY weak, length(word) DESC, n)::integer AS size FROM search_variants(query, false)) v
         LEFT JOIN LATERAL search_expand(v.word, v.stem, false, v.n % 100 = 0) e ON true;
  -- Where not all words are found, the four longest have to do: a search must not look at the whole catalogue.
  SELECT string_agg(DISTINCT w, '|')::tsquery INTO any_of FROM unnest(words, needed, sizes) AS e (w, must, size) WHERE must AND size <= 4;
  IF any_of IS NULL THEN
    RETURN;
  END IF;
  SELECT string_agg(every, '|')::tsquery INTO all_of
    FROM (SELECT '(' || string_agg(one, '&') || ')' AS every
            FROM (SELECT v, n, '(' || string_agg(w, '|') || ')' AS one FROM unnest(variants, places, words, needed) AS e (v, n, w, must)
                   WHERE must GROUP BY v, n) AS ones
           GROUP BY v HAVING bool_and(one IS NOT NULL)) AS alls;
  IF all_of IS NOT NULL AND (SELECT count(*) FROM (SELECT 1 FROM service_search s WHERE s.words @@ all_of LIMIT 3) AS few) = 3 THEN
    any_of := all_of;
  END IF;
  RETURN QUERY
    WITH term AS MATERIALIZED (
      SELECT * FROM unnest(variants, places, words, weights, needed) AS e (variant, place, word, weight, must)
    ), candidate AS MATERIALIZED (
      SELECT s.service_id, s.words, cardinality(s.names) AS names, s.length FROM service_search s WHERE s.words @@ any_of
    ), hit AS MATERIALIZED (
      SELECT c.service_id, t.variant, t.place, t.must, max(t.weight * CASE WHEN 'A' = ANY (l.weights) THEN 1 WHEN 'B' = ANY (l.weights) THEN 0.5
                                                                          WHEN 'C' = ANY (l.weights) THEN 0.3 ELSE 0.15 END) AS fit,
             count(*) FILTER (WHERE 'A' = ANY (l.weights) AND t.weight >= 0.5) AS named
        FROM candidate c, LATERAL unnest(c.words) AS l JOIN term t ON t.word = l.lexeme
       GROUP BY c.service_id, t.variant, t.place, t.must
    ), worth AS MATERIALIZED (
      SELECT w.*, sum(w.worth) FILTER (WHERE w.must) OVER (PARTITION BY w.variant) AS whole, count(*) FILTER (WHERE w.must) OVER (PARTITION BY w.variant) AS musts
        FROM (SELECT t.variant, t.place, t.must, ln(1 + (SELECT count(*) FROM candidate)::real / greatest(count(h.service_id), 1)) + 0.5 AS worth
                FROM (SELECT DISTINCT variant, place, must FROM term) t LEFT JOIN hit h USING (variant, place, must)
               GROUP BY t.variant, t.place, t.must) AS w
    ), scored AS (
      SELECT h.service_id, h.variant, count(*) FILTER (WHERE h.must)::real / w.musts AS had,
             sum(h.fit * w.worth * CASE WHEN h.must THEN 1 ELSE 0.2 END) / w.whole AS fit, sum(h.named) AS named
        FROM hit h JOIN worth w USING (variant, place) GROUP BY h.service_id, h.variant, w.whole, w.musts
    ), best AS (
      SELECT s.service_id, max(s.had) AS had,
             max(s.fit * CASE WHEN s.variant = 0 THEN 1 ELSE 0.97 END * 0.8
                 + 0.2 * least(1.0, s.named::real / greatest(c.names, 1)) - 0.00005 * c.length) AS score
        FROM scored s JOIN candidate c USING (service_id) GROUP BY s.service_id
    )
    SELECT b.service_id, ((b.had = 1)::integer + b.score)::real FROM best b WHERE b.had = 1 OR b.score >= 0.6 * (SELECT max(o.score) FROM best o);
END $$;
ALTER FUNCTION public.search_ranked(query text) OWNER TO portal_owner;
CREATE FUNCTION public.search_remove(ids uuid[]) RETURNS void
    LANGUAGE sql
    AS $$
  WITH gone AS (DELETE FROM service_search WHERE service_id = ANY (ids) RETURNING *)
  DELETE FROM search_key k USING gone g, LATERAL search_keys(g.names, g.length) AS o (key, rank)
   WHERE k.key = o.key COLLATE "C" AND k.rank = o.rank AND k.service_id = g.service_id;
$$;
ALTER FUNCTION public.search_remove(ids uuid[]) OWNER TO portal_owner;
CREATE FUNCTION public.search_service_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
  ids uuid[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(id) INTO ids FROM new_rows;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(id) INTO ids FROM old_rows;
  ELSE
    SELECT array_agg(n.id) INTO ids FROM new_rows n JOIN old_rows o USING (id)
     WHERE (n.name, n.service_group, n.short_description, n.description, n.withdrawn_at IS NULL)
           IS DISTINCT FROM (o.name, o.service_group, o.short_description, o.description, o.withdrawn_at IS NULL);
  END IF;
  IF ids IS NOT NULL AND TG_OP <> 'INSERT' THEN
    PERFORM search_remove(ids);
  END IF;
  IF ids IS NOT NULL AND TG_OP <> 'DELETE' THEN
    PERFORM search_add(ids);
  END IF;
  RETURN NULL;
END $$;
ALTER FUNCTION public.search_service_changed() OWNER TO portal_owner;
CREATE FUNCTION public.search_stem(text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $_$
  SELECT search_fold(coalesce((ts_lexize('pg_catalog.german_stem', regexp_replace(regexp_replace(left($1, 100),
           '([a-z]{3}e[lr])ung(en)?$', '\1n'), '([a-z]{3})ung(en)?$', '\1en')))[1], $1));
$_$;
ALTER FUNCTION public.search_stem(text) OWNER TO portal_owner;
CREATE FUNCTION public.search_stop(text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $_$
  SELECT $1 = ANY ('{aber,alle,als,also,am,an,auch,auf,aus,bei,beim,bin,bis,da,damit,das,dass,dem,den,denn,der,des,dich,die,dies,diese,dieser,dir,doch,
    du,durch,ein,eine,einem,einen,einer,eines,er,es,etwas,fur,gegen,hat,habe,haben,hier,ich,ihr,ihre,ihren,im,in,ins,ist,ja,kann,kein,keine,
    man,mein,meine,meinem,meinen,meiner,mich,mir,mit,muss,nach,nicht,noch,nur,ob,oder,ohne,sein,seine,sich,sie,sind,so,soll,
    uber,um,und,uns,unser,unsere,unter,vom,von,vor,wann,war,was,wegen,welche,wenn,wer,werden,wie,will,wir,wird,wo,wollen,zu,zum,zur}'::text[]);
$_$;
ALTER FUNCTION public.search_stop(text) OWNER TO portal_owner;
CREATE FUNCTION public.search_suggest(query text, wanted integer) RETURNS TABLE(place bigint, service_id uuid)
    LANGUAGE plpgsql STABLE ROWS 8
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
DECLARE
  typed text := search_phrase(query);
  terms search_term[];
  found uuid[];
BEGIN
  IF typed = '' THEN
    RETURN;
  END IF;
  SELECT array_agg(ROW(v.variant, v.n, v.word,
                       CASE WHEN v.open AND length(v.word) <= 3 THEN ARRAY[v.word] ELSE (SELECT array_agg(e.word) FROM search_expand(v.word, v.stem, true, v.n % 100 = 0) e) END,
                       v.weak, v.open)::search_term ORDER BY v.variant, v.n)
    INTO terms FROM search_variants(query, true) v;
  SELECT array_agg(b.service_id ORDER BY b.step, b.rank, b.service_id) INTO found FROM (
    SELECT s.service_id, min(CASE WHEN v.variant > 0 THEN 0 ELSE 1 END) AS step, min(s.rank) AS rank
      FROM (SELECT t.variant, array_agg(t ORDER BY t.place) AS terms FROM unnest(terms) t GROUP BY t.variant) AS v,
           LATERAL search_suggest_terms(v.terms, CASE WHEN v.variant > 0 THEN (wanted + 1) / 2 ELSE wanted END) s
     GROUP BY s.service_id) AS b;
  IF coalesce(cardinality(found), 0) < wanted AND length(typed) >= 3 THEN
    found := found || ARRAY(
      SELECT s.service_id FROM (
        SELECT DISTINCT y.means FROM search_synonym y WHERE y.key > typed COLLATE "C" AND y.key < (typed || '{') COLLATE "C" LIMIT 3) AS y,
        LATERAL search_suggest_terms(ARRAY(
          SELECT ROW(0, w.n, w.word, (SELECT array_agg(e.word) FROM search_expand(w.word, search_stem(w.plain), true, false) e), false, false)::search_term
            FROM search_words(y.means) w WHERE NOT search_stop(w.word)), wanted) s
       ORDER BY s.rank, s.service_id LIMIT wanted);
  END IF;
  IF coalesce(cardinality(found), 0) < 3 THEN
    found := found || ARRAY(
      SELECT s.service_id
        FROM (SELECT t.variant, array_agg(t ORDER BY t.place) AS terms FROM unnest(terms) t
               WHERE NOT t.weak AND NOT (t.open AND length(t.word) <= 3) GROUP BY t.variant) AS v,
             LATERAL search_suggest_terms(v.terms, wanted) s
       ORDER BY s.rank, s.service_id LIMIT wanted);
  END IF;
  IF coalesce(cardinality(found), 0) < 3 THEN
    found := found || ARRAY(
      SELECT s.service_id
        FROM (SELECT array_agg(t ORDER BY t.place) AS terms FROM unnest(terms) t WHERE NOT t.weak AND NOT (t.open AND length(t.word) <= 3)
               GROUP BY t.variant, CASE WHEN t.place % 100 = 0 THEN t.place ELSE 0 END) AS part,
             LATERAL search_suggest_terms(part.terms, wanted) s
       ORDER BY s.rank, s.service_id LIMIT wanted);
  END IF;
  RETURN QUERY SELECT row_number() OVER (ORDER BY min(f.n)), f.id FROM unnest(found) WITH ORDINALITY AS f (id, n) GROUP BY f.id ORDER BY min(f.n) LIMIT wanted;
END $$;
ALTER FUNCTION public.search_suggest(query text, wanted integer) OWNER TO portal_owner;
CREATE FUNCTION public.search_suggest_terms(terms public.search_term[], wanted integer) RETURNS TABLE(service_id uuid, rank integer)
    LANGUAGE plpgsql STABLE ROWS 8
    AS $$
DECLARE
  lead integer; filter text;
BEGIN
  IF cardinality(terms) = 0 OR EXISTS (SELECT 1 FROM unnest(terms) t WHERE t.keys IS NULL) THEN
    RETURN;
  END IF;
  SELECT t.n INTO lead FROM unnest(terms) WITH ORDINALITY AS t (variant, place, word, keys, weak, open, n)
   ORDER BY t.open AND length(t.word) <= 3, length(t.word) DESC, t.n LIMIT 1;
  SELECT string_agg(CASE WHEN t.open AND length(t.word) <= 3 THEN t.word || ':*A' ELSE (SELECT '(' || string_agg(k || ':A', '|') || ')' FROM unnest(t.keys) k) END, '&')
    INTO filter FROM unnest(terms) WITH ORDINALITY AS t (variant, place, word, keys, weak, open, n) WHERE t.n <> lead;
  RETURN QUERY SELECT * FROM search_keyed(terms[lead].word, terms[lead].keys, filter::tsquery, wanted);
END $$;
ALTER FUNCTION public.search_suggest_terms(terms public.search_term[], wanted integer) OWNER TO portal_owner;
CREATE FUNCTION public.search_variants(query text, typing boolean) RETURNS TABLE(variant integer, n integer, word text, stem text, weak boolean, open boolean)
    LANGUAGE sql STABLE
    AS $$
  WITH typed AS MATERIALIZED (
    SELECT w.n::integer, w.word, w.plain, typing AND w.n = max(w.n) OVER () AS open FROM search_words(query) w LIMIT 12
  ), phrase AS (
    SELECT f.n AS first, l.n AS last, (SELECT string_agg(t.word, '' ORDER BY t.n) FROM typed t WHERE t.n BETWEEN f.n AND l.n) AS key
      FROM typed f JOIN typed l ON l.n BETWEEN f.n AND f.n + 3
  ), known AS (
    SELECT p.first, p.last, s.means, row_number() OVER (ORDER BY p.last - p.first DESC, p.first, s.means)::integer AS variant
      FROM phrase p JOIN search_synonym s ON s.key = p.key COLLATE "C" LIMIT 5
  ), meant AS (
    SELECT 0 AS variant, t.n * 100 AS n, t.word, t.plain, t.open FROM typed t
    UNION ALL
    SELECT k.variant, t.n * 100, t.word, t.plain, t.open FROM known k JOIN typed t ON t.n NOT BETWEEN k.first AND k.last
    UNION ALL
    SELECT k.variant, (k.first * 100 + m.n)::integer, m.word, m.plain, false FROM known k, LATERAL search_words(k.means) m
  ), kept AS (
    SELECT DISTINCT ON (m.variant, m.word) m.*, search_weak(m.word) AS weak FROM meant m WHERE m.open OR NOT search_stop(m.word) ORDER BY m.variant, m.word, m.n
  )
  SELECT k.variant, k.n, k.word, search_stem(k.plain), k.weak AND EXISTS (SELECT 1 FROM kept o WHERE o.variant = k.variant AND NOT o.weak), k.open FROM kept k;
$$;
ALTER FUNCTION public.search_variants(query text, typing boolean) OWNER TO portal_owner;
CREATE FUNCTION public.search_weak(text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $_$
  SELECT $1 = ANY ('{antrag,antrage,beantragen,beantragt,bekommen,brauche,brauchen,einreichen,formular,geld,holen,kosten,kriegen,lassen,machen,neu,neue,neun,
    neuer,neues,online,preis,stadt,stellen,termin}'::text[]) OR $1 ~ '^[0-9]{1,4}$';
$_$;
ALTER FUNCTION public.search_weak(text) OWNER TO portal_owner;
CREATE FUNCTION public.search_words(text) RETURNS TABLE(n bigint, word text, plain text)
    LANGUAGE sql IMMUTABLE ROWS 5 PARALLEL SAFE
    AS $_$
  SELECT n, search_fold(m[1]), m[1] FROM regexp_matches(search_plain($1), '[a-z0-9]+', 'g') WITH ORDINALITY AS found (m, n);
$_$;
ALTER FUNCTION public.search_words(text) OWNER TO portal_owner;
CREATE FUNCTION public.service_online(url text, form_version integer) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  SELECT CASE WHEN form_version IS NOT NULL THEN 'form' WHEN url IS NOT NULL THEN 'external' ELSE 'none' END;
$$;
ALTER FUNCTION public.service_online(url text, form_version integer) OWNER TO portal_owner;
CREATE FUNCTION public.session_absolute() RETURNS interval
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT interval '12 hours' $$;
ALTER FUNCTION public.session_absolute() OWNER TO portal_owner;
CREATE FUNCTION public.session_idle() RETURNS interval
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT interval '20 minutes' $$;
ALTER FUNCTION public.session_idle() OWNER TO portal_owner;
CREATE FUNCTION public.source_key(source inet) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  SELECT CASE WHEN family(source) = 6 THEN network(set_masklen(source, 64))::text ELSE host(source) END;
$$;
ALTER FUNCTION public.source_key(source inet) OWNER TO portal_owner;
CREATE FUNCTION public.throttle_hit(the_scope text, the_key text, span interval, at timestamp with time zone) RETURNS timestamp with time zone[]
    LANGUAGE plpgsql
    AS $$
DECLARE
  result timestamptz[];
BEGIN
  INSERT INTO throttle AS t (scope, key, hits) VALUES (the_scope, the_key, ARRAY[at])
  ON CONFLICT (scope, key) DO UPDATE
    SET hits = ARRAY(SELECT hit FROM unnest(t.hits) AS hit WHERE hit > at - span ORDER BY hit) || at
  RETURNING t.hits INTO result;
  RETURN result;
END $$;
ALTER FUNCTION public.throttle_hit(the_scope text, the_key text, span interval, at timestamp with time zone) OWNER TO portal_owner;
CREATE FUNCTION public.throttle_take(the_scope text, the_key text, most integer, span interval) RETURNS integer
    LANGUAGE plpgsql
    AS $$
DECLARE
  at   timestamptz := clock();
  wait integer := throttle_wait(throttle_hit(the_scope, the_key, span, at), most, span, at);
BEGIN
  IF wait > 0 THEN
    UPDATE throttle SET hits = trim_array(hits, 1) WHERE scope = the_scope AND key = the_key;
  END IF;
  RETURN wait;
END $$;
ALTER FUNCTION public.throttle_take(the_scope text, the_key text, most integer, span interval) OWNER TO portal_owner;
CREATE FUNCTION public.throttle_wait(hits timestamp with time zone[], most integer, span interval, at timestamp with time zone) RETURNS integer
    LANGUAGE sql IMMUTABLE
    AS $$
  SELECT CASE WHEN cardinality(hits) <= most OR hits[cardinality(hits) - most] <= at - span THEN 0
              ELSE greatest(1, ceil(extract(epoch FROM hits[cardinality(hits) - most] + span - at)))::integer END;
$$;
ALTER FUNCTION public.throttle_wait(hits timestamp with time zone[], most integer, span interval, at timestamp with time zone) OWNER TO portal_owner;
CREATE TABLE public.account (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    kind text NOT NULL,
    state text DEFAULT 'active'::text NOT NULL,
    email text NOT NULL,
    password_hash text NOT NULL,
    language text NOT NULL,
    consent_version text NOT NULL,
    consented_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT public.clock() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT account_kind_check CHECK ((kind = ANY (ARRAY['basic'::text, 'plus'::text]))),
    CONSTRAINT account_language_check CHECK ((language = ANY (ARRAY['de'::text, 'en'::text]))),
    CONSTRAINT account_password_hash_check CHECK ((password_hash ~~ '$argon2id$%'::text)),
    CONSTRAINT account_state_check CHECK ((state = ANY (ARRAY['active'::text, 'blocked'::text])))
);
ALTER TABLE public.account OWNER TO portal_owner;
CREATE TABLE public.desk_staff (
    desk_id uuid NOT NULL,
    account_id uuid NOT NULL,
    role text NOT NULL,
    created_at timestamp with time zone DEFAULT public.clock() NOT NULL,
    CONSTRAINT desk_staff_role_check CHECK ((role = ANY (ARRAY['reader'::text, 'clerk'::text])))
);
ALTER TABLE public.desk_staff OWNER TO portal_owner;
CREATE TABLE public.mailed_token (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    account_id uuid NOT NULL,
    purpose text NOT NULL,
    hash bytea NOT NULL,
    value text,
    created_at timestamp with time zone DEFAULT public.clock() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT mailed_token_purpose_check CHECK ((purpose = ANY (ARRAY['activation'::text, 'one_time_password'::text, 'email_change'::text])))
);
ALTER TABLE public.mailed_token OWNER TO portal_owner;
CREATE TABLE public.person_profile (
    account_id uuid NOT NULL,
    title text,
    first_name text NOT NULL,
    last_name text NOT NULL,
    birth_date date,
    place_of_birth text,
    birth_name text,
    nationality text,
    phone text,
    street text,
    house_number text,
    postal_code text,
    town text,
    country text,
    locked text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT person_profile_check CHECK ((num_nulls(street, house_number, postal_code, town, country) = ANY (ARRAY[0, 5])))
);
ALTER TABLE public.person_profile OWNER TO portal_owner;
CREATE TABLE public.service_desk (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    phone text,
    address text,
    opening_hours text,
    url text,
    created_at timestamp with time zone DEFAULT public.clock() NOT NULL,
    CONSTRAINT service_desk_name_check CHECK ((name <> ''::text))
);
ALTER TABLE public.service_desk OWNER TO portal_owner;
CREATE VIEW public.account_page AS
 SELECT a.id AS account_id,
    a.version,
    json_build_object('id', a.id, 'kind', a.kind, 'email', a.email, 'pending_email', ( SELECT t.value
           FROM public.mailed_token t
          WHERE ((t.account_id = a.id) AND (t.purpose = 'email_change'::text) AND ((t.used_at IS NOT NULL) OR (t.expires_at > public.clock())))
          ORDER BY t.created_at DESC
         LIMIT 1), 'language', a.language, 'created_at', a.created_at, 'locked', p.locked, 'title', p.title, 'first_name', p.first_name, 'last_name', p.last_name, 'birth_date', p.birth_date, 'place_of_birth', p.place_of_birth, 'birth_name', p.birth_name, 'nationality', p.nationality, 'phone', p.phone, 'address',
        CASE
            WHEN (p.street IS NOT NULL) THEN json_build_object('street', p.street, 'house_number', p.house_number, 'postal_code', p.postal_code, 'town', p.town, 'country', p.country)
            ELSE NULL::json
        END, 'desks', ( SELECT COALESCE(json_agg(json_build_object('id', d.id, 'name', d.name, 'role', s.role) ORDER BY d.name), '[]'::json) AS "coalesce"
           FROM (public.desk_staff s
             JOIN public.service_desk d ON ((d.id = s.desk_id)))
          WHERE (s.account_id = a.id))) AS json
   FROM (public.account a
     JOIN public.person_profile p ON ((p.account_id = a.id)));
ALTER TABLE public.account_page OWNER TO portal_owner;
CREATE TABLE public.api_client (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    desk_id uuid NOT NULL,
    scopes text[] NOT NULL,
    created_at timestamp with time zone DEFAULT public.clock() NOT NULL,
    revoked_at timestamp with time zone,
    CONSTRAINT api_client_name_check CHECK ((name <> ''::text)),
    CONSTRAINT api_client_scopes_check CHECK (((cardinality(scopes) > 0) AND (scopes <@ ARRAY['requests.read'::text, 'requests.write'::text])))
);
ALTER TABLE public.api_client OWNER TO portal_owner;
CREATE TABLE public.api_client_secret (
    hash bytea NOT NULL,
    client_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT public.clock() NOT NULL,
    expires_at timestamp with time zone
);
ALTER TABLE public.api_client_secret OWNER TO portal_owner;
CREATE TABLE public.audit_event (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    at timestamp with time zone DEFAULT public.clock() NOT NULL,
    subject uuid NOT NULL,
    by text NOT NULL,
    event text NOT NULL,
    old jsonb,
    new jsonb,
    source inet,
    device text,
    CONSTRAINT audit_event_by_check CHECK ((by = ANY (ARRAY['owner'::text, 'unknown'::text, 'system'::text, 'desk'::text])))
);
ALTER TABLE public.audit_event OWNER TO portal_owner;
CREATE TABLE public.catalogue_state (
    only_row boolean DEFAULT true NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT catalogue_state_only_row_check CHECK (only_row)
);
ALTER TABLE public.catalogue_state OWNER TO portal_owner;
CREATE TABLE public.clock_shift (
    only_row boolean DEFAULT true NOT NULL,
    shift interval NOT NULL,
    CONSTRAINT clock_shift_only_row_check CHECK (only_row)
);
ALTER TABLE public.clock_shift OWNER TO portal_owner;
CREATE TABLE public.file (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    draft_id uuid,
    request_id uuid,
    name text NOT NULL,
    type text NOT NULL,
    size bigint NOT NULL,
    sha512 bytea NOT NULL,
    created_at timestamp with time zone DEFAULT public.clock() NOT NULL,
    CONSTRAINT file_check CHECK ((num_nonnulls(draft_id, request_id) = 1)),
    CONSTRAINT file_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200))),
    CONSTRAINT file_size_check CHECK ((size > 0))
);
ALTER TABLE public.file OWNER TO portal_owner;
CREATE TABLE public.file_chunk (
    file_id uuid NOT NULL,
    n integer NOT NULL,
    bytes bytea NOT NULL,
    CONSTRAINT file_chunk_n_check CHECK ((n >= 0))
);
ALTER TABLE ONLY public.file_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;
ALTER TABLE public.file_chunk OWNER TO portal_owner;
CREATE TABLE public.job (
    name text NOT NULL,
    ran_at timestamp with time zone NOT NULL,
    rows bigint NOT NULL
);
ALTER TABLE public.job OWNER TO portal_owner;
CREATE TABLE public.session (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    account_id uuid NOT NULL,
    secret_hash bytea NOT NULL,
    opened_by text NOT NULL,
    level text NOT NULL,
    new_password_due boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT public.clock() NOT NULL,
    last_action_at timestamp with time zone DEFAULT public.clock() NOT NULL,
    device text,
    source inet,
    CONSTRAINT session_level_check CHECK ((level = ANY (ARRAY['low'::text, 'substantial'::text, 'high'::text]))),
    CONSTRAINT session_opened_by_check CHECK ((opened_by = ANY (ARRAY['password'::text, 'one_time_password'::text, 'eid'::text])))
)
WITH (fillfactor='80');
ALTER TABLE public.session OWNER TO portal_owner;
CREATE VIEW public.live_session AS
 SELECT s.id,
    s.account_id,
    s.secret_hash,
    s.opened_by,
    s.level,
    s.new_password_due,
    s.created_at,
    s.last_action_at,
    s.device,
    s.source,
    c.moment,
    (ceil(EXTRACT(epoch FROM ((s.last_action_at + public.session_idle()) - c.moment))))::integer AS idle_seconds_left,
    (ceil(EXTRACT(epoch FROM ((s.created_at + public.session_absolute()) - c.moment))))::integer AS seconds_left
   FROM (public.session s
     CROSS JOIN ( SELECT public.clock() AS moment
         OFFSET 0) c)
  WHERE ((s.last_action_at > (c.moment - public.session_idle())) AND (s.created_at > (c.moment - public.session_absolute())));
ALTER TABLE public.live_session OWNER TO portal_owner;
CREATE TABLE public.outbox (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    kind text NOT NULL,
    recipient text,
    reply_to text,
    subject text,
    body text,
    created_at timestamp with time zone DEFAULT public.clock() NOT NULL,
    next_try_at timestamp with time zone DEFAULT public.clock() NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    last_error text,
    sent_at timestamp with time zone,
    given_up_at timestamp with time zone,
    CONSTRAINT outbox_check CHECK (((sent_at IS NOT NULL) OR (given_up_at IS NOT NULL) OR ((recipient IS NOT NULL) AND (subject IS NOT NULL) AND (body IS NOT NULL))))
);
ALTER TABLE public.outbox OWNER TO portal_owner;
CREATE TABLE public.password_reset (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    email text NOT NULL,
    source inet,
    device text,
    created_at timestamp with time zone DEFAULT public.clock() NOT NULL
);
ALTER TABLE public.password_reset OWNER TO portal_owner;
CREATE TABLE public.registration (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    token_hash bytea,
    email text NOT NULL,
    password_hash text NOT NULL,
    title text,
    first_name text NOT NULL,
    last_name text NOT NULL,
    language text NOT NULL,
    consent_version text NOT NULL,
    source inet,
    created_at timestamp with time zone DEFAULT public.clock() NOT NULL,
    CONSTRAINT registration_password_hash_check CHECK ((password_hash ~~ '$argon2id$%'::text))
);
ALTER TABLE public.registration OWNER TO portal_owner;
CREATE TABLE public.request (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    number text DEFAULT public.request_number() NOT NULL,
    service_id uuid NOT NULL,
    desk_id uuid NOT NULL,
    form_version integer NOT NULL,
    account_id uuid,
    level text NOT NULL,
    data jsonb NOT NULL,
    state text DEFAULT 'submitted'::text NOT NULL,
    submitted_at timestamp with time zone DEFAULT public.clock() NOT NULL,
    changed_at timestamp with time zone DEFAULT public.clock() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT request_level_check CHECK ((level = ANY (ARRAY['low'::text, 'substantial'::text, 'high'::text]))),
    CONSTRAINT request_state_check CHECK ((state = ANY (ARRAY['submitted'::text, 'received'::text, 'processing'::text, 'action_required'::text, 'completed'::text, 'withdrawn'::text])))
);
ALTER TABLE public.request OWNER TO portal_owner;
CREATE TABLE public.request_draft (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    account_id uuid NOT NULL,
    service_id uuid NOT NULL,
    form_version integer NOT NULL,
    data jsonb NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT public.clock() NOT NULL,
    changed_at timestamp with time zone DEFAULT public.clock() NOT NULL
);
ALTER TABLE public.request_draft OWNER TO portal_owner;
CREATE TABLE public.request_event (
    n bigint NOT NULL,
    request_id uuid NOT NULL,
    at timestamp with time zone DEFAULT public.clock() NOT NULL,
    state text NOT NULL,
    text text,
    by text NOT NULL,
    account_id uuid,
    client_id uuid,
    CONSTRAINT request_event_by_check CHECK ((by = ANY (ARRAY['owner'::text, 'staff'::text, 'client'::text])))
);
ALTER TABLE public.request_event OWNER TO portal_owner;
ALTER TABLE public.request_event ALTER COLUMN n ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.request_event_n_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.service (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    catalogue text NOT NULL,
    leika_key text NOT NULL,
    name text NOT NULL,
    letter text GENERATED ALWAYS AS (public.name_letter(name)) STORED NOT NULL,
    short_description text,
    description text,
    service_group text,
    topic_id text,
    situation_id text,
    legal_basis text,
    cost_text text,
    cost_cents integer,
    level text DEFAULT 'low'::text NOT NULL,
    audience text DEFAULT 'both'::text NOT NULL,
    approval text DEFAULT 'automatic'::text NOT NULL,
    other_states boolean DEFAULT false NOT NULL,
    roles text[] DEFAULT '{}'::text[] NOT NULL,
    url text,
    form_version integer,
    desk_id uuid,
    withdrawn_at timestamp with time zone,
    changed_at timestamp with time zone DEFAULT public.clock() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT service_approval_check CHECK ((approval = ANY (ARRAY['automatic'::text, 'desk'::text]))),
    CONSTRAINT service_audience_check CHECK ((audience = ANY (ARRAY['people'::text, 'organisations'::text, 'both'::text]))),
    CONSTRAINT service_check CHECK (((url IS NULL) OR (form_version IS NULL))),
    CONSTRAINT service_cost_cents_check CHECK ((cost_cents >= 0)),
    CONSTRAINT service_leika_key_check CHECK ((leika_key ~ '^(99[0-9]{12}|own-[a-z0-9-]{8,60})$'::text)),
    CONSTRAINT service_level_check CHECK ((level = ANY (ARRAY['low'::text, 'substantial'::text, 'high'::text]))),
    CONSTRAINT service_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 400))),
    CONSTRAINT service_url_check CHECK ((url ~ '^https?://'::text))
);
ALTER TABLE public.service OWNER TO portal_owner;
CREATE TABLE public.service_form (
    service_id uuid NOT NULL,
    version integer NOT NULL,
    schema json NOT NULL,
    created_at timestamp with time zone DEFAULT public.clock() NOT NULL,
    CONSTRAINT service_form_version_check CHECK ((version > 0))
);
ALTER TABLE public.service_form OWNER TO portal_owner;
CREATE VIEW public.request_page AS
 SELECT r.id,
    r.number,
    r.account_id,
    r.desk_id,
    r.version,
    r.state,
    r.level,
    r.submitted_at,
    r.changed_at,
    r.data,
    f.schema AS form,
    json_build_object('id', s.id, 'name', s.name) AS service,
    json_build_object('name', d.name, 'email', d.email, 'phone', d.phone) AS desk,
    ( SELECT COALESCE(json_agg(json_build_object('id', t.id, 'name', t.name, 'type', t.type, 'size', t.size) ORDER BY t.created_at, t.id), '[]'::json) AS "coalesce"
           FROM public.file t
          WHERE (t.request_id = r.id)) AS files,
    ( SELECT COALESCE(json_agg(json_build_object('at', e.at, 'state', e.state, 'text', e.text, 'by',
                CASE
                    WHEN (e.by = 'owner'::text) THEN 'owner'::text
                    ELSE 'desk'::text
                END) ORDER BY e.n), '[]'::json) AS "coalesce"
           FROM public.request_event e
          WHERE (e.request_id = r.id)) AS events
   FROM (((public.request r
     JOIN public.service s ON ((s.id = r.service_id)))
     JOIN public.service_desk d ON ((d.id = r.desk_id)))
     JOIN public.service_form f ON (((f.service_id = r.service_id) AND (f.version = r.form_version))));
ALTER TABLE public.request_page OWNER TO portal_owner;
CREATE TABLE public.schema_migration (
    version integer NOT NULL,
    name text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE public.schema_migration OWNER TO portal_owner;
CREATE TABLE public.search_key (
    key text NOT NULL COLLATE pg_catalog."C",
    rank integer NOT NULL,
    service_id uuid NOT NULL
);
ALTER TABLE public.search_key OWNER TO portal_owner;
CREATE TABLE public.search_synonym (
    word text NOT NULL,
    means text NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT search_synonym_key_check CHECK ((key <> ''::text))
);
ALTER TABLE public.search_synonym OWNER TO portal_owner;
CREATE TABLE public.search_word (
    word text NOT NULL COLLATE pg_catalog."C",
    stem text NOT NULL COLLATE pg_catalog."C",
    named boolean NOT NULL
);
ALTER TABLE public.search_word OWNER TO portal_owner;
CREATE TABLE public.service_search (
    service_id uuid NOT NULL,
    names text[] NOT NULL,
    length smallint NOT NULL,
    words tsvector NOT NULL
);
ALTER TABLE public.service_search OWNER TO portal_owner;
CREATE TABLE public.service_situation (
    id text NOT NULL,
    name text NOT NULL,
    CONSTRAINT service_situation_id_check CHECK ((id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text))
);
ALTER TABLE public.service_situation OWNER TO portal_owner;
CREATE TABLE public.service_topic (
    id text NOT NULL,
    name text NOT NULL,
    CONSTRAINT service_topic_id_check CHECK ((id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text))
);
ALTER TABLE public.service_topic OWNER TO portal_owner;
CREATE VIEW public.service_summary AS
 SELECT s.id,
    json_build_object('id', s.id, 'name', s.name, 'short_description', s.short_description, 'topic',
        CASE
            WHEN (t.id IS NOT NULL) THEN json_build_object('id', t.id, 'name', t.name)
            ELSE NULL::json
        END, 'audience', s.audience, 'level', s.level, 'cost_text', s.cost_text, 'cost_cents', s.cost_cents, 'online', public.service_online(s.url, s.form_version), 'desk', d.name) AS json
   FROM ((public.service s
     LEFT JOIN public.service_topic t ON ((t.id = s.topic_id)))
     LEFT JOIN public.service_desk d ON ((d.id = s.desk_id)))
  WHERE (s.withdrawn_at IS NULL);
ALTER TABLE public.service_summary OWNER TO portal_owner;
CREATE UNLOGGED TABLE public.throttle (
    scope text NOT NULL,
    key text NOT NULL,
    hits timestamp with time zone[] NOT NULL
)
WITH (fillfactor='50');
ALTER TABLE public.throttle OWNER TO portal_owner;
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.api_client
    ADD CONSTRAINT api_client_name_key UNIQUE (name);
ALTER TABLE ONLY public.api_client
    ADD CONSTRAINT api_client_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.api_client_secret
    ADD CONSTRAINT api_client_secret_pkey PRIMARY KEY (hash);
ALTER TABLE ONLY public.audit_event
    ADD CONSTRAINT audit_event_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.catalogue_state
    ADD CONSTRAINT catalogue_state_pkey PRIMARY KEY (only_row);
ALTER TABLE ONLY public.clock_shift
    ADD CONSTRAINT clock_shift_pkey PRIMARY KEY (only_row);
ALTER TABLE ONLY public.desk_staff
    ADD CONSTRAINT desk_staff_pkey PRIMARY KEY (account_id, desk_id);
ALTER TABLE ONLY public.file_chunk
    ADD CONSTRAINT file_chunk_pkey PRIMARY KEY (file_id, n);
ALTER TABLE ONLY public.file
    ADD CONSTRAINT file_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.job
    ADD CONSTRAINT job_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.mailed_token
    ADD CONSTRAINT mailed_token_hash_key UNIQUE (hash);
ALTER TABLE ONLY public.mailed_token
    ADD CONSTRAINT mailed_token_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.password_reset
    ADD CONSTRAINT password_reset_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.person_profile
    ADD CONSTRAINT person_profile_pkey PRIMARY KEY (account_id);
ALTER TABLE ONLY public.registration
    ADD CONSTRAINT registration_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.registration
    ADD CONSTRAINT registration_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.request_draft
    ADD CONSTRAINT request_draft_account_id_service_id_key UNIQUE (account_id, service_id);
ALTER TABLE ONLY public.request_draft
    ADD CONSTRAINT request_draft_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.request_event
    ADD CONSTRAINT request_event_pkey PRIMARY KEY (n);
ALTER TABLE ONLY public.request
    ADD CONSTRAINT request_number_key UNIQUE (number);
ALTER TABLE ONLY public.request
    ADD CONSTRAINT request_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.schema_migration
    ADD CONSTRAINT schema_migration_pkey PRIMARY KEY (version);
ALTER TABLE ONLY public.search_key
    ADD CONSTRAINT search_key_pkey PRIMARY KEY (key, rank, service_id);
ALTER TABLE ONLY public.search_synonym
    ADD CONSTRAINT search_synonym_pkey PRIMARY KEY (key, means);
ALTER TABLE ONLY public.search_word
    ADD CONSTRAINT search_word_pkey PRIMARY KEY (word);
ALTER TABLE ONLY public.service_desk
    ADD CONSTRAINT service_desk_name_key UNIQUE (name);
ALTER TABLE ONLY public.service_desk
    ADD CONSTRAINT service_desk_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.service_form
    ADD CONSTRAINT service_form_pkey PRIMARY KEY (service_id, version);
ALTER TABLE ONLY public.service
    ADD CONSTRAINT service_leika_key_key UNIQUE (leika_key);
ALTER TABLE ONLY public.service
    ADD CONSTRAINT service_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.service_search
    ADD CONSTRAINT service_search_pkey PRIMARY KEY (service_id);
ALTER TABLE ONLY public.service_situation
    ADD CONSTRAINT service_situation_name_key UNIQUE (name);
ALTER TABLE ONLY public.service_situation
    ADD CONSTRAINT service_situation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.service_topic
    ADD CONSTRAINT service_topic_name_key UNIQUE (name);
ALTER TABLE ONLY public.service_topic
    ADD CONSTRAINT service_topic_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_secret_hash_key UNIQUE (secret_hash);
ALTER TABLE ONLY public.throttle
    ADD CONSTRAINT throttle_pkey PRIMARY KEY (scope, key);
CREATE UNIQUE INDEX account_email ON public.account USING btree (lower(email));
CREATE INDEX api_client_secret_client ON public.api_client_secret USING btree (client_id);
CREATE INDEX audit_event_at ON public.audit_event USING btree (at);
CREATE INDEX audit_event_subject ON public.audit_event USING btree (subject, at DESC, id DESC);
CREATE INDEX desk_staff_desk ON public.desk_staff USING btree (desk_id);
CREATE INDEX file_draft ON public.file USING btree (draft_id);
CREATE INDEX file_request ON public.file USING btree (request_id);
CREATE INDEX mailed_token_account ON public.mailed_token USING btree (account_id, purpose);
CREATE INDEX mailed_token_expires_at ON public.mailed_token USING btree (expires_at);
CREATE INDEX outbox_owed ON public.outbox USING btree (next_try_at) WHERE ((sent_at IS NULL) AND (given_up_at IS NULL));
CREATE INDEX password_reset_created_at ON public.password_reset USING btree (created_at);
CREATE INDEX registration_created_at ON public.registration USING btree (created_at);
CREATE INDEX registration_email ON public.registration USING btree (lower(email));
CREATE INDEX registration_new ON public.registration USING btree (created_at) WHERE (token_hash IS NULL);
CREATE INDEX request_account ON public.request USING btree (account_id, submitted_at DESC, id DESC);
CREATE INDEX request_desk ON public.request USING btree (desk_id, submitted_at DESC, id DESC);
CREATE INDEX request_draft_changed_at ON public.request_draft USING btree (changed_at);
CREATE INDEX request_draft_service ON public.request_draft USING btree (service_id);
CREATE INDEX request_event_account ON public.request_event USING btree (account_id);
CREATE INDEX request_event_request ON public.request_event USING btree (request_id, n);
CREATE INDEX request_service ON public.request USING btree (service_id);
CREATE INDEX search_word_similar ON public.search_word USING gin (word public.gin_trgm_ops) WITH (fastupdate=off);
CREATE INDEX search_word_stem ON public.search_word USING btree (stem);
CREATE INDEX service_desk_id ON public.service USING btree (desk_id);
CREATE INDEX service_name ON public.service USING btree (name COLLATE "de-x-icu", id) WHERE (withdrawn_at IS NULL);
CREATE INDEX service_search_words ON public.service_search USING gin (words) WITH (fastupdate=off);
CREATE INDEX service_situation_id ON public.service USING btree (situation_id);
CREATE INDEX service_topic_id ON public.service USING btree (topic_id, situation_id);
CREATE INDEX session_account ON public.session USING btree (account_id);
CREATE INDEX session_last_action_at ON public.session USING btree (last_action_at);
CREATE TRIGGER search_deleted AFTER DELETE ON public.service REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_service_changed();
CREATE TRIGGER search_inserted AFTER INSERT ON public.service REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_service_changed();
CREATE TRIGGER search_updated AFTER UPDATE ON public.service REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.search_service_changed();
ALTER TABLE ONLY public.api_client
    ADD CONSTRAINT api_client_desk_id_fkey FOREIGN KEY (desk_id) REFERENCES public.service_desk(id);
ALTER TABLE ONLY public.api_client_secret
    ADD CONSTRAINT api_client_secret_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.api_client(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.desk_staff
    ADD CONSTRAINT desk_staff_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.desk_staff
    ADD CONSTRAINT desk_staff_desk_id_fkey FOREIGN KEY (desk_id) REFERENCES public.service_desk(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.file_chunk
    ADD CONSTRAINT file_chunk_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.file(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.file
    ADD CONSTRAINT file_draft_id_fkey FOREIGN KEY (draft_id) REFERENCES public.request_draft(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.file
    ADD CONSTRAINT file_request_id_fkey FOREIGN KEY (request_id) REFERENCES public.request(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.mailed_token
    ADD CONSTRAINT mailed_token_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.person_profile
    ADD CONSTRAINT person_profile_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.request
    ADD CONSTRAINT request_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.request
    ADD CONSTRAINT request_desk_id_fkey FOREIGN KEY (desk_id) REFERENCES public.service_desk(id);
ALTER TABLE ONLY public.request_draft
    ADD CONSTRAINT request_draft_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.request_draft
    ADD CONSTRAINT request_draft_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.service(id);
ALTER TABLE ONLY public.request_draft
    ADD CONSTRAINT request_draft_service_id_form_version_fkey FOREIGN KEY (service_id, form_version) REFERENCES public.service_form(service_id, version);
ALTER TABLE ONLY public.request_event
    ADD CONSTRAINT request_event_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.request_event
    ADD CONSTRAINT request_event_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.api_client(id);
ALTER TABLE ONLY public.request_event
    ADD CONSTRAINT request_event_request_id_fkey FOREIGN KEY (request_id) REFERENCES public.request(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.request
    ADD CONSTRAINT request_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.service(id);
ALTER TABLE ONLY public.request
    ADD CONSTRAINT request_service_id_form_version_fkey FOREIGN KEY (service_id, form_version) REFERENCES public.service_form(service_id, version);
ALTER TABLE ONLY public.service
    ADD CONSTRAINT service_desk_id_fkey FOREIGN KEY (desk_id) REFERENCES public.service_desk(id);
ALTER TABLE ONLY public.service_form
    ADD CONSTRAINT service_form_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.service(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.service
    ADD CONSTRAINT service_situation_id_fkey FOREIGN KEY (situation_id) REFERENCES public.service_situation(id);
ALTER TABLE ONLY public.service
    ADD CONSTRAINT service_topic_id_fkey FOREIGN KEY (topic_id) REFERENCES public.service_topic(id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;
GRANT USAGE ON SCHEMA public TO portal_daemon;
REVOKE ALL ON FUNCTION public.audit_pseudonymise(account uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.audit_pseudonymise(account uuid) TO portal_daemon;
REVOKE ALL ON FUNCTION public.audit_purge() FROM PUBLIC;
GRANT ALL ON FUNCTION public.audit_purge() TO portal_daemon;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account TO portal_daemon;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.desk_staff TO portal_daemon;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mailed_token TO portal_daemon;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.person_profile TO portal_daemon;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.service_desk TO portal_daemon;
GRANT SELECT ON TABLE public.account_page TO portal_daemon;
GRANT SELECT,INSERT,UPDATE ON TABLE public.api_client TO portal_daemon;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.api_client_secret TO portal_daemon;
GRANT SELECT,INSERT ON TABLE public.audit_event TO portal_daemon;
GRANT SELECT,UPDATE ON TABLE public.catalogue_state TO portal_daemon;
GRANT SELECT ON TABLE public.clock_shift TO portal_daemon;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.file TO portal_daemon;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.file_chunk TO portal_daemon;
GRANT SELECT,INSERT,UPDATE ON TABLE public.job TO portal_daemon;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.session TO portal_daemon;
GRANT SELECT ON TABLE public.live_session TO portal_daemon;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.outbox TO portal_daemon;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.password_reset TO portal_daemon;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.registration TO portal_daemon;
GRANT SELECT,INSERT,UPDATE ON TABLE public.request TO portal_daemon;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.request_draft TO portal_daemon;
GRANT SELECT,INSERT ON TABLE public.request_event TO portal_daemon;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.service TO portal_daemon;
GRANT SELECT,INSERT,DELETE ON TABLE public.service_form TO portal_daemon;
GRANT SELECT ON TABLE public.request_page TO portal_daemon;
GRANT SELECT ON TABLE public.schema_migration TO portal_daemon;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.search_key TO portal_daemon;
GRANT SELECT,INSERT,DELETE ON TABLE public.search_synonym TO portal_daemon;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.search_word TO portal_daemon;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.service_search TO portal_daemon;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.service_situation TO portal_daemon;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.service_topic TO portal_daemon;
GRANT SELECT ON TABLE public.service_summary TO portal_daemon;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.throttle TO portal_daemon;
