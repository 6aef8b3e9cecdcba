-- name: services_list
-- A page of the services that are offered, by name. One more than asked for tells whether there is a next page; its cursor begins with
-- $7, which says of what list it is. The last column: whether the service that the cursor names is still there.
WITH wanted AS NOT MATERIALIZED (
  SELECT s.id, s.name FROM service s
   WHERE s.withdrawn_at IS NULL
     AND ($1::text IS NULL OR s.topic_id = $1) AND ($2::text IS NULL OR s.situation_id = $2)
     AND ($3::text IS NULL OR s.audience IN ($3, 'both')) AND ($4::text IS NULL OR s.letter = $4)
), page AS (
  SELECT w.id, row_number() OVER (ORDER BY w.name COLLATE "de-x-icu", w.id) AS place
    FROM wanted w
   WHERE $5::uuid IS NULL OR (w.name COLLATE "de-x-icu", w.id) > (SELECT c.name, c.id FROM service c WHERE c.id = $5::uuid)
   ORDER BY w.name COLLATE "de-x-icu", w.id LIMIT $6::integer + 1
), next AS (
  SELECT $7 || id AS cursor FROM page WHERE place = $6::integer AND (SELECT count(*) FROM page) > $6::integer
)
SELECT json_build_object(
         'items', (SELECT coalesce(json_agg(y.json ORDER BY p.place), '[]') FROM page p JOIN service_summary y USING (id)
                    WHERE p.place <= $6::integer),
         'next_cursor', (SELECT cursor FROM next),
         'total', (SELECT count(*) FROM wanted)),
       (SELECT cursor FROM next),
       $5::uuid IS NULL OR EXISTS (SELECT 1 FROM service WHERE id = $5::uuid);

-- name: services_get
SELECT json_build_object(
         'id', s.id, 'leika_key', s.leika_key, 'name', s.name, 'short_description', s.short_description, 'description', s.description,
         'service_group', s.service_group,
         'topic', CASE WHEN t.id IS NOT NULL THEN json_build_object('id', t.id, 'name', t.name) END,
         'situation', CASE WHEN l.id IS NOT NULL THEN json_build_object('id', l.id, 'name', l.name) END,
         'legal_basis', s.legal_basis, 'cost_text', s.cost_text, 'cost_cents', s.cost_cents, 'level', s.level, 'audience', s.audience,
         'approval', s.approval, 'other_states', s.other_states, 'roles', s.roles,
         'online', service_online(s.url, s.form_version), 'url', s.url, 'form_version', s.form_version,
         'desk', CASE WHEN d.id IS NOT NULL THEN json_build_object('name', d.name, 'email', d.email, 'phone', d.phone,
                   'address', d.address, 'opening_hours', d.opening_hours, 'url', d.url) END,
         'changed_at', s.changed_at)
  FROM service s
  LEFT JOIN service_topic t ON t.id = s.topic_id
  LEFT JOIN service_situation l ON l.id = s.situation_id
  LEFT JOIN service_desk d ON d.id = s.desk_id
 WHERE s.id = $1::uuid AND s.withdrawn_at IS NULL;

-- name: services_form_get
-- The current form.
SELECT json_build_object('version', f.version, 'schema', f.schema)
  FROM service s JOIN service_form f ON f.service_id = s.id AND f.version = s.form_version
 WHERE s.id = $1::uuid AND s.withdrawn_at IS NULL;

-- name: services_start
-- What decides whether a caller may start it. The level as a number: 0 low, 1 substantial, 2 high (enum level).
SELECT array_position(ARRAY['low', 'substantial', 'high'], s.level) - 1, s.audience = 'organisations', s.form_version IS NOT NULL, s.url
  FROM service s WHERE s.id = $1::uuid AND s.withdrawn_at IS NULL;

-- name: service_topics_list
-- The overview: what there is under each topic, each situation within it and each letter. One pass over the catalogue counts them all.
WITH counted AS MATERIALIZED (
  SELECT s.topic_id, s.situation_id, s.letter, count(*) AS services,
         grouping(s.topic_id) = 0 AND grouping(s.situation_id) = 1 AS of_topic, grouping(s.situation_id) = 0 AS of_situation,
         grouping(s.letter) = 0 AS of_letter
    FROM service s WHERE s.withdrawn_at IS NULL
   GROUP BY GROUPING SETS ((s.topic_id, s.situation_id), (s.topic_id), (s.letter), ())
)
SELECT json_build_object(
         'total', (SELECT services FROM counted WHERE NOT of_topic AND NOT of_situation AND NOT of_letter),
         'items', (SELECT coalesce(json_agg(json_build_object(
                             'id', t.id, 'name', t.name, 'services', c.services,
                             'situations', (SELECT coalesce(json_agg(json_build_object('id', l.id, 'name', l.name, 'services', i.services)
                                                                     ORDER BY l.name COLLATE "de-x-icu"), '[]')
                                              FROM counted i JOIN service_situation l ON l.id = i.situation_id
                                             WHERE i.of_situation AND i.topic_id = t.id))
                           ORDER BY t.name COLLATE "de-x-icu"), '[]')
                     FROM counted c JOIN service_topic t ON t.id = c.topic_id WHERE c.of_topic),
         'letters', (SELECT coalesce(json_agg(json_build_object('letter', letter, 'services', services) ORDER BY letter = '0', letter), '[]')
                       FROM counted WHERE of_letter));
