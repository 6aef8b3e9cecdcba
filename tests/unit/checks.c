#include "../../core/checks.h"

#include "tap.h"

static const struct { bool (*check)(const char *); const char *value; bool good; const char *why; } cases[] = {
    { check_line, "Müller, Meier KG", true, "a name with an umlaut and a comma" },
    { check_line, "O'Brien \"Bob\"", true, "quotes" },
    { check_line, "李小龍", true, "other scripts" },
    { check_line, "", false, "nothing" },
    { check_line, " \t ", false, "a blank and a tab" },
    { check_line, "   ", false, "blanks alone" },
    { check_line, "a\nb", false, "two lines" },
    { check_line, "a\rBcc: x", false, "a carriage return" },
    { check_line, "a\x1b[31m", false, "an escape sequence" },
    { check_line, "a\xC2\x85", false, "a next-line character" },
    { check_line, "abc\xE2\x80\xAEtxt", false, "a reversal of the reading direction" },
    { check_text, "two\nlines\tand a tab", true, "text of two lines" },
    { check_text, "bell\a", false, "a bell" },
    { check_text, "\n\n", false, "empty lines alone" },
    { check_date, "2026-11-23", true, "a date" },
    { check_date, "2024-02-29", true, "a leap day" },
    { check_date, "2023-02-29", false, "no leap day" },
    { check_date, "1900-02-29", false, "no leap day in 1900" },
    { check_date, "2000-02-29", true, "but one in 2000" },
    { check_date, "2026-13-01", false, "a thirteenth month" },
    { check_date, "2026-00-01", false, "a month 0" },
    { check_date, "2026- 1-01", false, "a blank for a digit" },
    { check_date, "2026-11-231", false, "one digit more" },
    { check_date, "0000-01-01", false, "the year 0" },
    { check_uuid, "a0000000-0000-4000-8000-000000000001", true, "an id" },
    { check_uuid, "A0000000-0000-4000-8000-00000000000F", true, "an id in capitals" },
    { check_uuid, "a0000000-0000-4000-8000-00000000000", false, "one digit less" },
    { check_uuid, "a0000000-0000-4000-8000-0000000000011", false, "one digit more" },
    { check_uuid, "a0000000_0000-4000-8000-000000000001", false, "another sign" },
    { check_uuid, "", false, "no id" },
};

int main(void)
{
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        ok(cases[i].check(cases[i].value) == cases[i].good, "%s is %s", cases[i].why, cases[i].good ? "fine" : "refused");
    return done();
}
