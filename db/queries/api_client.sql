-- name: api_client_login
-- By the hash of the secret. The scopes asked for ($3, blanks between; NULL: all) are given only if the client has each of them.
SELECT c.id, array_to_string(ARRAY(SELECT s FROM unnest(c.scopes) s WHERE asked.scopes IS NULL OR s = ANY (asked.scopes)), ' '),
       coalesce(asked.scopes <@ c.scopes, true),
       floor(extract(epoch FROM clock()))::bigint
  FROM api_client c JOIN api_client_secret s ON s.client_id = c.id,
       (SELECT CASE WHEN $3::text IS NULL THEN NULL ELSE regexp_split_to_array(trim($3), ' +') END AS scopes) AS asked
 WHERE c.id = $1::uuid AND c.revoked_at IS NULL AND s.hash = decode($2, 'hex') AND (s.expires_at IS NULL OR s.expires_at > clock());

-- name: api_client_check
-- Every call with a client's token. What the client may do now counts, not only what it could when the token was made.
SELECT $2 = ANY (scopes) FROM api_client
 WHERE id = $1::uuid AND revoked_at IS NULL AND clock() < to_timestamp($3::bigint) AND clock() >= to_timestamp($4::bigint);

-- name: api_client_create
WITH made AS (
  INSERT INTO api_client (name, desk_id, scopes) SELECT $1, d.id, regexp_split_to_array($3, ' ') FROM service_desk d WHERE d.name = $2 RETURNING id
)
INSERT INTO api_client_secret (client_id, hash) SELECT id, decode($4, 'hex') FROM made RETURNING client_id;

-- name: api_client_rotate
-- The youngest secret stays for a while, older ones end.
WITH client AS (
  SELECT id FROM api_client WHERE name = $1 AND revoked_at IS NULL FOR UPDATE
), youngest AS (
  SELECT s.hash FROM api_client_secret s JOIN client ON s.client_id = client.id ORDER BY s.created_at DESC, s.hash LIMIT 1
), ended AS (
  DELETE FROM api_client_secret s USING client WHERE s.client_id = client.id AND s.hash NOT IN (SELECT hash FROM youngest)
), kept AS (
  UPDATE api_client_secret SET expires_at = least(coalesce(expires_at, 'infinity'), clock() + make_interval(hours => $3::integer))
   WHERE hash IN (SELECT hash FROM youngest)
)
INSERT INTO api_client_secret (client_id, hash) SELECT id, decode($2, 'hex') FROM client RETURNING client_id;

-- name: api_client_revoke
UPDATE api_client SET revoked_at = clock() WHERE name = $1 AND revoked_at IS NULL RETURNING id;

-- name: api_client_list
SELECT c.name, c.id, d.name, array_to_string(c.scopes, ' '), to_char(c.created_at, 'YYYY-MM-DD'),
       CASE WHEN c.revoked_at IS NULL
            THEN (SELECT count(*) FROM api_client_secret s WHERE s.client_id = c.id AND (s.expires_at IS NULL OR s.expires_at > clock())) || ' valid secret(s)'
            ELSE 'revoked ' || to_char(c.revoked_at, 'YYYY-MM-DD') END
  FROM api_client c JOIN service_desk d ON d.id = c.desk_id ORDER BY c.name;
