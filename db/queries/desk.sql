-- name: desk_staff_check
SELECT EXISTS (SELECT 1 FROM desk_staff WHERE account_id = $1::uuid);

-- name: desk_save
-- xmax is 0 in a row that was inserted just now.
INSERT INTO service_desk (name, email, phone, address, opening_hours, url) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (name) DO UPDATE SET email = excluded.email, phone = excluded.phone, address = excluded.address,
                                 opening_hours = excluded.opening_hours, url = excluded.url
RETURNING xmax = 0;

-- name: desk_list
SELECT d.name, d.email, (SELECT count(*) FROM service s WHERE s.desk_id = d.id AND s.withdrawn_at IS NULL),
       (SELECT count(*) FROM desk_staff f WHERE f.desk_id = d.id)
  FROM service_desk d ORDER BY d.name;

-- name: desk_staff_add
-- Which of the two is missing, if one is, and whether it is done.
WITH desk AS (SELECT id FROM service_desk WHERE name = $1), person AS (SELECT id FROM account WHERE lower(email) = lower($2) FOR KEY SHARE), added AS (
  INSERT INTO desk_staff (desk_id, account_id, role) SELECT desk.id, person.id, $3 FROM desk, person
  ON CONFLICT (account_id, desk_id) DO UPDATE SET role = excluded.role RETURNING 1
)
SELECT EXISTS (SELECT 1 FROM desk), EXISTS (SELECT 1 FROM person), EXISTS (SELECT 1 FROM added);

-- name: desk_staff_remove
DELETE FROM desk_staff s USING service_desk d, account a
 WHERE d.id = s.desk_id AND a.id = s.account_id AND d.name = $1 AND lower(a.email) = lower($2) RETURNING 1;

-- name: desk_staff_list
SELECT a.email, s.role, p.first_name || ' ' || p.last_name
  FROM desk_staff s JOIN service_desk d ON d.id = s.desk_id JOIN account a ON a.id = s.account_id JOIN person_profile p ON p.account_id = a.id
 WHERE d.name = $1 ORDER BY p.last_name, p.first_name, a.email;
