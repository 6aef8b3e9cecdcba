#pragma once
#include <stdbool.h>

/* Every way in which a call can fail: name, HTTP status, slug (`type` of RFC 9457), title. */
#define PROBLEMS(X)                                                                                        \
    X(BAD_INPUT, 400, "bad_input", "Some of the values need another look")                                 \
    X(MALFORMED, 400, "malformed", "The request cannot be read")                                           \
    X(LOGIN_NEEDED, 401, "login_needed", "Please log in")                                                  \
    X(SESSION_ENDED, 401, "session_ended", "The session has ended")                                        \
    X(LOGIN_FAILED, 401, "login_failed", "E-mail address or password is not right")                        \
    X(WRONG_PASSWORD, 403, "wrong_password", "The password is not right")                                  \
    X(FORBIDDEN, 403, "forbidden", "You may not do this")                                                  \
    X(FOREIGN_ORIGIN, 403, "foreign_origin", "Pages of other sites may not do this")                       \
    X(NEW_PASSWORD_NEEDED, 403, "new_password_needed", "A new password comes first")                       \
    X(NOT_READY, 403, "not_ready", "Something comes first")                                               \
    X(NOT_FOUND, 404, "not_found", "There is nothing here")                                                \
    X(METHOD_NOT_ALLOWED, 405, "method_not_allowed", "This cannot be done here")                           \
    X(CONFLICT, 409, "conflict", "This clashes with something else")                                       \
    X(FORM_CHANGED, 409, "form_changed", "The form has changed in the meantime")                           \
    X(LINK_USED, 409, "link_used", "The link has done its work already")                                   \
    X(LINK_NOT_VALID, 410, "link_not_valid", "The link is not valid, or no longer")                        \
    X(PRECONDITION_FAILED, 412, "precondition_failed", "It has been changed in the meantime")              \
    X(TOO_LARGE, 413, "too_large", "The request is too large")                                             \
    X(MEDIA_TYPE, 415, "media_type", "The body has to be of another type")                                 \
    X(PRECONDITION_REQUIRED, 428, "precondition_required", "Say which version you have read, by If-Match") \
    X(TOO_MANY, 429, "too_many", "Too many tries")                                                         \
    X(INTERNAL, 500, "internal", "Something went wrong here")                                              \
    X(BUSY, 503, "busy", "Very many people are here right now")                                            \
    X(UNAVAILABLE, 503, "unavailable", "Please try again in a moment")

#define X(name, status, slug, title) PROBLEM_##name,
enum problem_kind { PROBLEM_NONE, PROBLEMS(X) PROBLEM_KINDS };
#undef X

/* Every way in which one input can be at fault: code, what it says to a developer. The SPA has its own words for them. */
#define FIELD_FAULTS(X)                                                        \
    X("missing", "This is required")                                           \
    X("unknown", "This is not part of the contract")                           \
    X("type", "This is of another type than the contract says")                \
    X("length", "This is too short or too long")                               \
    X("range", "This is too small or too large")                               \
    X("format", "This does not have the form that the contract says")          \
    X("not_allowed", "This is none of the values that the contract names")     \
    X("differs", "This is not the same as the first time")                     \
    X("same", "This is what it was before")                                    \
    X("wrong", "This is not right")                                            \
    X("locked", "This comes from the identity card and cannot be changed")     \
    X("outdated", "There is a newer version of this")                          \
    X("empty", "There is nothing in it")                                       \
    X("content", "This is not what it claims to be, or of a type not taken")   \
    X("duplicate", "This was given more than once")                            \
    X("more", "There are more faults than are listed")                         \
    X("too_short", "The password is too short")                                \
    X("too_long", "The password is too long")                                  \
    X("whitespace", "The password holds white space")                          \
    X("angle_brackets", "The password holds < or >")                           \
    X("too_simple", "The password holds fewer than two groups of characters")  \
    X("leaked", "The password is on a list of common or leaked passwords")     \
    X("personal", "The password holds the name or the e-mail address")

enum { PROBLEM_FIELDS = 24, PROBLEM_ROOM = 1500 };

struct problem {
    enum problem_kind kind;
    int retry_after;                                            /* seconds; 0 where waiting does not help */
    char detail[160];                                           /* for the caller; never SQL, paths or secrets */
    char cause[256];                                            /* for the log; never sent, one line */
    struct { int name; const char *code; } fields[PROBLEM_FIELDS]; /* inputs at fault; a name is where it begins in `names` */
    int fields_count, names_used;
    char names[PROBLEM_ROOM];
};

const char *problem_field_name(const struct problem *problem, int field);
int problem_status(enum problem_kind kind);
const char *problem_title(enum problem_kind kind);
const char *problem_slug(enum problem_kind kind);
const char *problem_field_detail(const char *code);

/* Fills *reterr and returns false, so that callers can write `return fail(...)`. Fields and cause that stand there stay. */
__attribute__((format(printf, 3, 4))) bool fail(struct problem *reterr, enum problem_kind kind, const char *detail, ...);

/* PROBLEM_INTERNAL with its cause for the log, freed of line breaks. */
__attribute__((format(printf, 2, 3))) bool fail_internal(struct problem *reterr, const char *cause, ...);

/* A problem that waiting mends. */
bool fail_for(struct problem *reterr, enum problem_kind kind, int retry_after, const char *detail);

/* Adds one input at fault; `name` is copied, `code` is one of FIELD_FAULTS. Where there is no more room the last says "more". */
bool fail_field(struct problem *reterr, const char *name, const char *code);
