-- The search of services: words without accents, their stems, where they stand, and what an operator says that they mean.
-- docs/operators.md tells people what it finds; the head of each part says how.

-- Similar words and parts of words; how many letters two words differ by. Trusted extensions: the owner of the database may create them.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;

-- None of these functions is STRICT: strict ones are not taken apart into the query that calls them, and that is much slower.

-- --- Words -------------------------------------------------------------------------------------------------------------------------------

-- Lower case without accents: Führungszeugnis, FÜHRUNGSZEUGNIS and Fuhrungszeugnis become one; ß is ss.
CREATE FUNCTION search_plain(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT replace(lower(regexp_replace(normalize(replace($1, 'ẞ', 'ss'), NFKD), '[\u0300-\u036f]+', '', 'g')), 'ß', 'ss');
$$;

-- Umlauts that are written out become the same too: ae is a, oe is o, ue is u. So Steuer becomes steur, on both sides.
CREATE FUNCTION search_fold(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT left(regexp_replace($1, '([aou])e', '\1', 'g'), 60);
$$;

-- The stem of a plain word. Before German stemming, a noun that is made from a verb becomes the verb: Verlängerung is found by verlängern.
CREATE FUNCTION search_stem(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT search_fold(coalesce((ts_lexize('pg_catalog.german_stem', regexp_replace(regexp_replace(left($1, 100),
           '([a-z]{3}e[lr])ung(en)?$', '\1n'), '([a-z]{3})ung(en)?$', '\1en')))[1], $1));
$$;

-- Words that say nothing about what is looked for; written as search_fold leaves them.
CREATE FUNCTION search_stop(text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT $1 = ANY ('{aber,alle,als,also,am,an,auch,auf,aus,bei,beim,bin,bis,da,damit,das,dass,dem,den,denn,der,des,dich,die,dies,diese,dieser,dir,doch,
    du,durch,ein,eine,einem,einen,einer,eines,er,es,etwas,fur,gegen,hat,habe,haben,hier,ich,ihr,ihre,ihren,im,in,ins,ist,ja,kann,kein,keine,
    man,mein,meine,meinem,meinen,meiner,mich,mir,mit,muss,nach,nicht,noch,nur,ob,oder,ohne,sein,seine,sich,sie,sind,so,soll,
    uber,um,und,uns,unser,unsere,unter,vom,von,vor,wann,war,was,wegen,welche,wenn,wer,werden,wie,will,wir,wird,wo,wollen,zu,zum,zur}'::text[]);
$$;

-- Words that people add to any service, and numbers: they help where they stand in a name, and are not missed where they do not.
CREATE FUNCTION search_weak(text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT $1 = ANY ('{antrag,antrage,beantragen,beantragt,bekommen,brauche,brauchen,einreichen,formular,geld,holen,kosten,kriegen,lassen,machen,neu,neue,neun,
    neuer,neues,online,preis,stadt,stellen,termin}'::text[]) OR $1 ~ '^[0-9]{1,4}$';
$$;

-- The words of a text, from the left; the plain one is what stems are made from.
CREATE FUNCTION search_words(text) RETURNS TABLE (n bigint, word text, plain text) LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 5 AS $$
  SELECT n, search_fold(m[1]), m[1] FROM regexp_matches(search_plain($1), '[a-z0-9]+', 'g') WITH ORDINALITY AS found (m, n);
$$;

-- --- What is kept -----------------------------------------------------------------------------------------------------------------------

-- Every word that stands in a service; `named` where it stands in a name. A word that stands nowhere any more is harmless.
CREATE TABLE search_word (
  word  text COLLATE "C" PRIMARY KEY,
  stem  text COLLATE "C" NOT NULL,
  named boolean NOT NULL
);
CREATE INDEX search_word_stem ON search_word (stem);
CREATE INDEX search_word_similar ON search_word USING gin (word gin_trgm_ops) WITH (fastupdate = off);

-- The words of a service that is offered: A in its name, B in its bundle's name, C in its short description, D in its description.
CREATE TABLE service_search (
  service_id uuid PRIMARY KEY,
  names      text[] NOT NULL,    -- the words of its name, without those that say nothing, in order
  length     smallint NOT NULL,  -- of its name
  words      tsvector NOT NULL
);
CREATE INDEX service_search_words ON service_search USING gin (words) WITH (fastupdate = off);

-- What suggestions come from: each word of a name, and the first one, two and three letters of each. The best services of a key stand
-- together in the index, so that eight of them cost the same among a hundred services and among a hundred thousand.
CREATE TABLE search_key (
  key        text COLLATE "C" NOT NULL,
  rank       integer NOT NULL,  -- lower is better: names that begin with it come first, and of these the short ones
  service_id uuid NOT NULL,
  PRIMARY KEY (key, rank, service_id)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON search_word, service_search, search_key TO portal_daemon;

-- The operator's list (serviceportal catalogue synonyms): who types `word` may mean `means`. Both may be several words.
CREATE TABLE search_synonym (
  word  text NOT NULL,
  means text NOT NULL,
  key   text COLLATE "C" NOT NULL CHECK (key <> ''),  -- the word's words in one: P-Konto, P Konto and Pkonto are the same
  PRIMARY KEY (key, means)
);
GRANT SELECT, INSERT, DELETE ON search_synonym TO portal_daemon;
CREATE FUNCTION search_phrase(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(string_agg(word, '' ORDER BY n), '') FROM search_words($1);
$$;

-- --- Keeping it ---------------------------------------------------------------------------------------------------------------------------

CREATE FUNCTION search_keys(names text[], length integer) RETURNS TABLE (key text, rank integer) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT key, min(least(n - 1, 15) * 1000 + least(length, 999))::integer
    FROM unnest(names) WITH ORDINALITY AS name (word, n), LATERAL (VALUES (word), (left(word, 1)), (left(word, 2)), (left(word, 3))) AS k (key)
   GROUP BY key;
$$;

CREATE FUNCTION search_remove(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  WITH gone AS (DELETE FROM service_search WHERE service_id = ANY (ids) RETURNING *)
  DELETE FROM search_key k USING gone g, LATERAL search_keys(g.names, g.length) AS o (key, rank)
   WHERE k.key = o.key COLLATE "C" AND k.rank = o.rank AND k.service_id = g.service_id;
$$;

CREATE FUNCTION search_add(ids uuid[]) RETURNS void LANGUAGE sql AS $$
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

-- One run for each statement: an import of thousands of rows by one statement costs one.
CREATE FUNCTION search_service_changed() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER search_inserted AFTER INSERT ON service REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search_service_changed();
CREATE TRIGGER search_updated AFTER UPDATE ON service REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION search_service_changed();
CREATE TRIGGER search_deleted AFTER DELETE ON service REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION search_service_changed();
SELECT search_add(array_agg(id)) FROM service HAVING count(*) > 0;

-- --- Reading a search ---------------------------------------------------------------------------------------------------------------------

-- Words that are written almost as the typed one, and by how many letters they differ. By the index on trigrams alone: the planner does not
-- know how much dearer it is to compare a long word with every other.
CREATE FUNCTION search_alike(typed text, named_only boolean) RETURNS TABLE (word text, steps real) LANGUAGE sql STABLE ROWS 4
SET enable_seqscan = off SET enable_indexscan = off AS $$
  SELECT a.word, a.steps
    FROM (SELECT w.word, least(levenshtein(w.word, typed), levenshtein(left(w.word, length(typed)), typed) + 0.5)::real AS steps
            FROM search_word w WHERE w.word % typed AND w.named >= named_only) AS a
   WHERE a.steps <= 1 + length(typed) / 4 ORDER BY a.steps, a.word LIMIT 4;
$$;

-- The words of the catalogue that a typed word may stand for, best first: itself, its stem, a beginning, a part of a compound (Ausweis in
-- Personalausweis; of either a hundred), its own parts (Parkausweis in Anwohnerparkausweis); where there is none of these and it may be a
-- guess, words that are written alike.
CREATE FUNCTION search_expand(typed text, typed_stem text, named_only boolean, guess boolean) RETURNS TABLE (word text, weight real) LANGUAGE plpgsql STABLE ROWS 10 AS $$
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

-- What may be meant: variant 0 is what was typed, each other one has a phrase of it replaced by what a synonym says. Weak words may be missing.
-- `n` is a multiple of 100 for words that were typed themselves. While somebody types, the last word is open: it may be the beginning of any other.
CREATE FUNCTION search_variants(query text, typing boolean) RETURNS TABLE (variant integer, n integer, word text, stem text, weak boolean, open boolean)
LANGUAGE sql STABLE AS $$
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

-- --- Results ------------------------------------------------------------------------------------------------------------------------------

-- All services that a search finds. Those that have every word (of what was typed, or of what a synonym makes of it); where there are
-- hardly any, behind them those that fit nearly as well by some of the words. The score is what part of the words they have, weighed by how
-- rare a word is, how well it fits and where it stands, and how much of the name the words make up; with every word there is 1 more.
-- To compile it takes longer than to run it, and to compare every service with hundreds of words longer than to look them up.
CREATE FUNCTION search_ranked(query text) RETURNS TABLE (service_id uuid, score real) LANGUAGE plpgsql STABLE
SET jit = off SET enable_seqscan = off AS $$
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

-- --- Suggestions --------------------------------------------------------------------------------------------------------------------------

-- The best services under some keys, of those that fit the filter where there is one; keys that begin as the typed word does go before parts
-- of compounds. With a filter the best three hundred are looked at first; only where they do not hold enough, all are.
CREATE FUNCTION search_keyed(typed text, keys text[], filter tsquery, wanted integer) RETURNS TABLE (service_id uuid, rank integer) LANGUAGE plpgsql STABLE ROWS 8 AS $$
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

-- A word of a search, and the keys under which services stand that have it; of an open one perhaps only the beginning has been typed.
CREATE TYPE search_term AS (variant integer, place integer, word text, keys text[], weak boolean, open boolean);

-- Services that have all of some terms in their names. The longest word leads, being the rarest in German, and the others are looked for
-- in what stands under its keys.
CREATE FUNCTION search_suggest_terms(terms search_term[], wanted integer) RETURNS TABLE (service_id uuid, rank integer) LANGUAGE plpgsql STABLE ROWS 8 AS $$
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

-- Services for what has been typed so far, best first: what fits the words; before it what an operator's synonym makes of them, behind it
-- what a synonym that is only begun would; where that is little, what fits the words that matter, then what fits one of them.
-- Plans are kept: to make one for each letter would take longer than to run it.
CREATE FUNCTION search_suggest(query text, wanted integer) RETURNS TABLE (place bigint, service_id uuid) LANGUAGE plpgsql STABLE ROWS 8
SET plan_cache_mode = force_generic_plan AS $$
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
