#pragma once
#include "problem.h"

#include <stdbool.h>

/* Everything that an operator can set, by environment variables alone: PORTAL_<NAME>. Read once, at the start.
 * The database is set by libpq's own variables (PGHOST, PGDATABASE, PGUSER, PGSSLMODE ...).
 *
 * X(member, NAME, kind, default, low, high, meaning); choices stand in `meaning` before the colon. */
#define SETTINGS(X)                                                                                                           \
    X(environment, "ENVIRONMENT", CHOICE, "development", 0, 0, "development|production: development makes missing keys itself") \
    X(address, "ADDRESS", TEXT, "127.0.0.1", 1, 60, "IPv4 address that the public port listens on")                           \
    X(port, "PORT", NUMBER, "8080", 1, 65535, "the public port: API and pages")                                               \
    X(operations_address, "OPERATIONS_ADDRESS", TEXT, "127.0.0.1", 1, 60, "IPv4 address of the operations port")               \
    X(operations_port, "OPERATIONS_PORT", NUMBER, "8081", 1, 65535, "the port of /healthz, /readyz and /metrics")              \
    X(public_url, "PUBLIC_URL", ORIGIN, "http://localhost:8080", 1, 200, "the origin that people see, without a slash at the end") \
    X(spa, "SPA", TEXT, "", 0, 4000, "folder of the built pages; empty: API alone")                                           \
    X(keys, "KEYS", TEXT, "keys", 1, 4000, "folder of the key files; see `serviceportal keys --help`")                         \
    X(trusted_proxies, "TRUSTED_PROXIES", NETWORKS, "", 0, 2000, "networks whose X-Forwarded-For is believed, between commas")  \
    X(log, "LOG", TEXT, "console", 1, 4000, "`console` or a file's path")                                                     \
    X(log_level, "LOG_LEVEL", CHOICE, "info", 0, 0, "info|warning|error: what is logged at least")                            \
    X(database_pool, "DATABASE_POOL", NUMBER, "24", 1, 200, "connections to the database at most")                             \
    X(database_wait_ms, "DATABASE_WAIT_MS", NUMBER, "2000", 1, 60000, "how long a call waits for a connection")                \
    X(statement_timeout_ms, "STATEMENT_TIMEOUT_MS", NUMBER, "5000", 10, 600000, "when a statement is ended")                   \
    X(connections, "CONNECTIONS", NUMBER, "4000", 10, 100000, "open connections of clients at most")                          \
    X(connections_per_source, "CONNECTIONS_PER_SOURCE", NUMBER, "0", 0, 100000, "the same for one peer address; 0: no bound (behind a proxy)") \
    X(connection_timeout_s, "CONNECTION_TIMEOUT_S", NUMBER, "30", 1, 3600, "seconds until a silent connection is closed")      \
    X(body_bytes, "BODY_BYTES", NUMBER, "65536", 1024, 16777216, "bytes of a request's body at most")                         \
    X(file_bytes, "FILE_BYTES", NUMBER, "10485760", 65536, 104857600, "bytes of one file at most")                            \
    X(request_files, "REQUEST_FILES", NUMBER, "20", 1, 1000, "files of one request at most")                                  \
    X(request_bytes, "REQUEST_BYTES", NUMBER, "52428800", 65536, 2147483647, "bytes of all files of one request at most")       \
    X(json_depth, "JSON_DEPTH", NUMBER, "8", 2, 64, "levels of a JSON body at most")                                          \
    X(hash_threads, "HASH_THREADS", NUMBER, "0", 0, 256, "threads that hash passwords; 0: as many as cores")                  \
    X(hash_queue, "HASH_QUEUE", NUMBER, "64", 1, 100000, "hashes that may wait; more get 503")                                \
    X(drain_s, "DRAIN_S", NUMBER, "10", 0, 600, "seconds that calls under way get to end after SIGTERM")                      \
    X(smtp_host, "SMTP_HOST", TEXT, "127.0.0.1", 1, 253, "the mail server")                                                   \
    X(smtp_port, "SMTP_PORT", NUMBER, "25", 1, 65535, "its port")                                                             \
    X(smtp_tls, "SMTP_TLS", CHOICE, "none", 0, 0, "none|starttls|tls: how the way to it is encrypted")                        \
    X(smtp_user, "SMTP_USER", TEXT, "", 0, 253, "its user; empty: no login")                                                  \
    X(smtp_password_file, "SMTP_PASSWORD_FILE", TEXT, "", 0, 4000, "file with that user's password")                          \
    X(smtp_ca_file, "SMTP_CA_FILE", TEXT, "", 0, 4000, "PEM file of the authorities that vouch for the mail server; empty: the system's") \
    X(mail_from, "MAIL_FROM", EMAIL, "portal@localhost.localdomain", 3, 254, "sender of all mails")                           \
    X(contact_email, "CONTACT_EMAIL", EMAIL, "service@localhost.localdomain", 3, 254, "where the contact form goes, and what the pages show") \
    X(contact_phone, "CONTACT_PHONE", TEXT, "", 0, 60, "shown in the footer")                                                 \
    X(contact_hours, "CONTACT_HOURS", TEXT, "", 0, 120, "when the phone is answered")                                         \
    X(name, "NAME", TEXT, "Serviceportal", 1, 60, "the portal's name")                                                        \
    X(official_bar, "OFFICIAL_BAR", TEXT, "", 0, 120, "words of the bar above the header; empty: no bar")                     \
    X(operator_name, "OPERATOR_NAME", TEXT, "", 0, 120, "who runs the portal, for imprint and privacy notice")                \
    X(operator_address, "OPERATOR_ADDRESS", TEXT, "", 0, 240, "their postal address")                                         \
    X(demonstration, "DEMONSTRATION", SWITCH, "false", 0, 0, "true|false: the pages say that this is a demonstration")        \
    X(consent_version, "CONSENT_VERSION", TEXT, "2026-11", 1, 40, "version of the consent to data processing")                \
    X(password_profile, "PASSWORD_PROFILE", CHOICE, "classic", 0, 0, "classic|modern: 8 to 40 characters in groups, or 15 to 128 of any") \
    X(leaked_passwords, "LEAKED_PASSWORDS", TEXT, "/usr/share/john/password.lst", 0, 4000, "list of common passwords, one in a line; empty: none") \
    X(mail_overdue_s, "MAIL_OVERDUE_S", NUMBER, "900", 10, 864000, "age of the oldest mail owed at which /readyz says 503")

enum setting_kind { SETTING_TEXT, SETTING_NUMBER, SETTING_SWITCH, SETTING_CHOICE, SETTING_ORIGIN, SETTING_EMAIL, SETTING_NETWORKS };

#define SETTING_TYPE_TEXT const char *
#define SETTING_TYPE_NUMBER int
#define SETTING_TYPE_SWITCH bool
#define SETTING_TYPE_CHOICE const char *
#define SETTING_TYPE_ORIGIN const char *
#define SETTING_TYPE_EMAIL const char *
#define SETTING_TYPE_NETWORKS const char *

#define X(member, name, kind, initial, low, high, meaning) SETTING_TYPE_##kind member;
struct settings { SETTINGS(X) };
#undef X

/* Fills *ret_settings from the environment; texts belong to the environment or to the program. The first wrong or unknown variable
 * ends it: the problem's detail names the variable and says what would be right. */
bool settings_read(struct settings *ret_settings, struct problem *reterr);

/* Every setting with default, present value and meaning, for people. No value is secret: secrets stand in files. */
void settings_print(void);
