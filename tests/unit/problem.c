#include "../../core/problem.h"

#include "tap.h"

int main(void)
{
    struct problem p = { 0 };

    for (int kind = 1; kind < PROBLEM_KINDS; kind++)
        ok(problem_status(kind) >= 400 && problem_status(kind) < 600 && *problem_title(kind), "%s has a status and a title", problem_slug(kind));

    ok(!fail(&p, PROBLEM_CONFLICT, "taken: %d", 7), "fail is false");
    is(p.detail, "taken: 7", "... with its detail");
    fail_internal(&p, "line one\nline two\r");
    is(p.cause, "line one line two ", "a cause is one line in the log");
    is(strstr(p.detail, "line"), NULL, "... and never reaches the caller");

    p = (struct problem){ 0 };
    for (int i = 0; i < PROBLEM_FIELDS + 5; i++)
        fail_field(&p, "name", "length");
    ok(p.fields_count == PROBLEM_FIELDS, "faults have a ceiling");
    is(p.fields[PROBLEM_FIELDS - 1].code, "more", "... that says so");
    ok(*problem_field_detail("length"), "every code has words");
    is(problem_field_detail("nonsense"), "", "an unknown one has none");
    return done();
}
