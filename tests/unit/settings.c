#include "../../core/settings.h"

#include "tap.h"

#include <stdlib.h>

static const struct { const char *name, *value, *says; } wrong[] = {
    { "PORTAL_PORT", "abc", "PORTAL_PORT is 'abc': it has to be a number from 1 to 65535" },
    { "PORTAL_PORT", "0", "PORTAL_PORT is '0'" },
    { "PORTAL_PORT", "65536", "PORTAL_PORT is '65536'" },
    { "PORTAL_PORT", "80x", "PORTAL_PORT is '80x'" },
    { "PORTAL_PORT", "", "PORTAL_PORT is ''" },
    { "PORTAL_SMTP_TLS", "ssl", "PORTAL_SMTP_TLS is 'ssl': it has to be one of none|starttls|tls" },
    { "PORTAL_SMTP_TLS", "", "PORTAL_SMTP_TLS" },
    { "PORTAL_SMTP_TLS", "none|tls", "PORTAL_SMTP_TLS" },
    { "PORTAL_DEMONSTRATION", "yes", "PORTAL_DEMONSTRATION is 'yes': it has to be one of true|false" },
    { "PORTAL_PUBLIC_URL", "portal.example", "PORTAL_PUBLIC_URL" },
    { "PORTAL_PUBLIC_URL", "https://portal.example/", "PORTAL_PUBLIC_URL" },
    { "PORTAL_PUBLIC_URL", "ftp://portal.example", "PORTAL_PUBLIC_URL" },
    { "PORTAL_CONTACT_EMAIL", "nobody", "PORTAL_CONTACT_EMAIL" },
    { "PORTAL_TRUSTED_PROXIES", "10.0.0.0/99", "PORTAL_TRUSTED_PROXIES" },
    { "PORTAL_NAME", "", "PORTAL_NAME has to be a text of 1 to 60 bytes" },
    { "PORTAL_NONSENSE", "1", "PORTAL_NONSENSE is no setting" },
    { "PORTAL_POR", "1", "PORTAL_POR is no setting" },
};

int main(void)
{
    struct settings s;
    struct problem p = { 0 };

    ok(settings_read(&s, &p), "the defaults are all right");
    ok(s.port == 8080 && !s.demonstration && s.hash_queue == 64, "... and read");
    is(s.public_url, "http://localhost:8080", "... also texts");
    for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
        setenv(wrong[i].name, wrong[i].value, 1);
        p = (struct problem){ 0 };
        ok(!settings_read(&s, &p) && strncmp(p.detail, wrong[i].says, strlen(wrong[i].says)) == 0, "%s='%s' is named", wrong[i].name, wrong[i].value);
        unsetenv(wrong[i].name);
    }
    setenv("PORTAL_PORT", "9090", 1);
    setenv("PORTAL_DEMONSTRATION", "true", 1);
    setenv("PORTAL_SMTP_TLS", "tls", 1);
    setenv("PORTAL_PUBLIC_URL", "https://portal.example:8443", 1);
    ok(settings_read(&s, &p) && s.port == 9090 && s.demonstration, "what is set is read");
    is(s.smtp_tls, "tls", "... a choice");
    is(s.public_url, "https://portal.example:8443", "... an origin");
    return done();
}
