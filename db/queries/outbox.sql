-- name: outbox_add
INSERT INTO outbox (kind, recipient, reply_to, subject, body) VALUES ($1, $2, $3, $4, $5);

-- name: outbox_take
-- Lends one mail that is due to this worker for two minutes: no connection is held while it is sent, and if the worker
-- dies the mail is due again. Other workers skip the row.
UPDATE outbox SET tries = tries + 1, next_try_at = clock() + interval '2 minutes'
 WHERE id = (SELECT id FROM outbox WHERE sent_at IS NULL AND given_up_at IS NULL AND next_try_at <= clock()
              ORDER BY next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, recipient, reply_to, subject, body, tries;

-- name: outbox_sent
-- Whom it went to and what it said are nobody's business any more.
UPDATE outbox SET sent_at = clock(), recipient = NULL, reply_to = NULL, subject = NULL, body = NULL, last_error = NULL
 WHERE id = $1::uuid;

-- name: outbox_retry
-- Growing pauses: 10 s, 20 s, 40 s ... at most an hour. After three days, or where the other side refuses for good, it is given up,
-- and forgotten like a sent one.
UPDATE outbox o
   SET last_error = CASE WHEN end_of.it THEN NULL ELSE $2 END,
       next_try_at = clock() + least(interval '10 seconds' * power(2, least(tries, 12) - 1), interval '1 hour'),
       given_up_at = CASE WHEN end_of.it THEN clock() END,
       recipient = CASE WHEN NOT end_of.it THEN recipient END,
       reply_to = CASE WHEN NOT end_of.it THEN reply_to END,
       subject = CASE WHEN NOT end_of.it THEN subject END,
       body = CASE WHEN NOT end_of.it THEN body END
  FROM (SELECT $3::boolean OR created_at < clock() - interval '3 days' FROM outbox WHERE id = $1::uuid) AS end_of (it)
 WHERE o.id = $1::uuid;

-- name: outbox_state
-- For readiness and metrics: how many are owed, and the seconds that the oldest one is overdue.
SELECT count(*), coalesce(floor(extract(epoch FROM clock() - min(created_at))), 0)::bigint
  FROM outbox WHERE sent_at IS NULL AND given_up_at IS NULL;
