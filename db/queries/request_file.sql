-- name: file_room
-- How many files a draft has, and their bytes.
SELECT count(*), coalesce(sum(size), 0) FROM file WHERE draft_id = $1::uuid;

-- name: file_add
INSERT INTO file (draft_id, name, type, size, sha512) VALUES ($1::uuid, $2, $3, $4::bigint, decode($5, 'hex'))
RETURNING id, json_build_object('id', id, 'name', name, 'type', type, 'size', size);

-- name: file_chunk_add
INSERT INTO file_chunk (file_id, n, bytes) VALUES ($1::uuid, $2::integer, decode($3, 'hex'));

-- name: file_chunk_get
SELECT encode(bytes, 'hex') FROM file_chunk WHERE file_id = $1::uuid AND n = $2::integer;

-- name: file_of_draft
SELECT f.id, f.name, f.type, f.size
  FROM file f JOIN request_draft d ON d.id = f.draft_id
 WHERE f.id = $3::uuid AND d.account_id = $1::uuid AND d.service_id = $2::uuid;

-- name: file_of_request
SELECT f.id, f.name, f.type, f.size
  FROM file f JOIN request r ON r.id = f.request_id
 WHERE f.id = $3::uuid AND r.account_id = $1::uuid AND r.id = $2::uuid;

-- name: file_of_desk
SELECT f.id, f.name, f.type, f.size
  FROM file f JOIN request r ON r.id = f.request_id
 WHERE f.id = $4::uuid AND r.id = $3::uuid AND r.desk_id IN (SELECT desk_id FROM desks_of($1::uuid, $2::uuid));

-- name: file_remove
-- The draft shows its files, so its version goes up.
WITH of AS (
  UPDATE request_draft d SET version = version + 1, changed_at = clock()
   WHERE account_id = $1::uuid AND service_id = $2::uuid AND EXISTS (SELECT 1 FROM file f WHERE f.id = $3::uuid AND f.draft_id = d.id) RETURNING d.id
)
DELETE FROM file f USING of WHERE f.id = $3::uuid AND f.draft_id = of.id RETURNING f.id;
