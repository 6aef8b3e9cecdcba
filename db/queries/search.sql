-- name: services_search
-- A page of what a search finds (search_ranked), best first; otherwise as services_list.
WITH wanted AS MATERIALIZED (
  SELECT s.id, row_number() OVER (ORDER BY f.score DESC, s.name COLLATE "de-x-icu", s.id) AS place
    FROM search_ranked($8) f JOIN service s ON s.id = f.service_id
   WHERE s.withdrawn_at IS NULL
     AND ($1::text IS NULL OR s.topic_id = $1) AND ($2::text IS NULL OR s.situation_id = $2)
     AND ($3::text IS NULL OR s.audience IN ($3, 'both')) AND ($4::text IS NULL OR s.letter = $4)
), page AS (
  SELECT w.id, row_number() OVER (ORDER BY w.place) AS place
    FROM wanted w WHERE w.place > coalesce((SELECT c.place FROM wanted c WHERE c.id = $5::uuid), 0)
   ORDER BY w.place LIMIT $6::integer + 1
), next AS (
  SELECT $7 || id AS cursor FROM page WHERE place = $6::integer AND (SELECT count(*) FROM page) > $6::integer
)
SELECT json_build_object(
         'items', (SELECT coalesce(json_agg(y.json ORDER BY p.place), '[]') FROM page p JOIN service_summary y USING (id)
                    WHERE p.place <= $6::integer),
         'next_cursor', (SELECT cursor FROM next),
         'total', (SELECT count(*) FROM wanted)),
       (SELECT cursor FROM next),
       $5::uuid IS NULL OR EXISTS (SELECT 1 FROM wanted WHERE id = $5::uuid);

-- name: services_suggest
SELECT json_build_object('items', coalesce(json_agg(json_build_object('id', s.id, 'name', s.name, 'topic', t.name) ORDER BY f.place), '[]'))
  FROM search_suggest($1, $2::integer) f JOIN service s ON s.id = f.service_id LEFT JOIN service_topic t ON t.id = s.topic_id;

-- name: synonyms_clear
DELETE FROM search_synonym;

-- name: synonyms_add
-- One line of the operator's list. True where it says something: a word without a letter or digit, or one that means itself, is refused;
-- the same line twice is one.
WITH wanted AS (
  SELECT $1::text AS word, $2::text AS means, search_phrase($1) AS key, search_phrase($2) AS meaning
), added AS (
  INSERT INTO search_synonym (word, means, key) SELECT word, means, key FROM wanted WHERE key <> '' AND meaning <> '' AND key <> meaning
  ON CONFLICT DO NOTHING
)
SELECT key <> '' AND meaning <> '' AND key <> meaning FROM wanted;
