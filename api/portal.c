#include "../core/portal.h"
#include "../core/session.h"
#include "contract.h"

/* Made anew each time: it is small, and asked for once per visit. */
bool portal_get(struct call *call)
{
    const struct settings *s = portal()->settings;
    const struct password_policy *policy = &portal()->policy;

    json_auto_t *body = json_pack(
        "{ss, ss, sb, ss, ss, s{ss, si, si}, s{si, si, si}, s{ss, ss, ss}, s{ss, ss}}", "name", s->name, "official_bar", s->official_bar,
        "demonstration", (int)s->demonstration, "public_url", s->public_url, "consent_version", s->consent_version, "password_policy",
        "profile", s->password_profile, "min_length", policy->min, "max_length", policy->max, "session", "idle_seconds", SESSION_IDLE_S,
        "absolute_seconds", SESSION_ABSOLUTE_S, "warning_seconds", SESSION_WARNING_S, "contact", "email", s->contact_email, "phone",
        s->contact_phone, "hours", s->contact_hours, "operator", "name", s->operator_name, "address", s->operator_address);
    call->body = body ? json_dumps(body, JSON_COMPACT) : NULL;
    return call->body || fail_internal(&call->problem, "out of memory");
}
