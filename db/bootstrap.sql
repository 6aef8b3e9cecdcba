-- What `serviceportal migrate` needs before the first migration. Runs under its advisory lock.
CREATE TABLE IF NOT EXISTS schema_migration (
  version    integer PRIMARY KEY,
  name       text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT ON schema_migration TO portal_daemon;
