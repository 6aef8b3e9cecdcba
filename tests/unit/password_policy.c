#include "../../core/password_policy.h"

#include "tap.h"

#include <stdlib.h>
#include <unistd.h>

static const struct password_owner ada = { "ada.lovelace@example.org", "Ada Augusta", "King-Lovelace" };

/* The codes of all faults, between commas. */
static const char *faults(const char *profile, const struct leaked_passwords *leaked, const char *password)
{
    static char codes[256];
    struct password_policy policy = password_policy(profile);
    struct problem p = { 0 };
    bool good = password_check(&policy, leaked, password, &ada, "password", &p);

    *codes = '\0';
    for (int i = 0; i < p.fields_count; i++)
        snprintf(codes + strlen(codes), sizeof(codes) - strlen(codes), "%s%s", i ? "," : "", p.fields[i].code);
    return good == !*codes ? codes : "contradicts itself";
}

static const struct { const char *password, *faults, *why; } classic[] = {
    { "Abcdefgh", "too_simple", "upper and lower case are one group" },
    { "abcdefg1", "too_simple", "lower case alone is no group" },
    { "ABCDEFG1", "too_simple", "upper case alone is none either" },
    { "Abcdefg1", "", "letters of both cases and a digit" },
    { "Abcdefg!", "", "letters of both cases and a special character" },
    { "abcdef1!", "", "a digit and a special character" },
    { "1234567!", "", "a digit and a special character, without letters" },
    { "\xC3\xA4" "BCDEFG1", "", "an umlaut is a lower-case letter" },
    { "\xC3\x9C" "bcdefg1", "", "... and an upper-case one" },
    { "STRA\xC3\x9F" "E-1", "", "sharp s is a lower-case letter" },
    { "Abcdef1", "too_short", "seven characters" },
    { "\xC3\xA4\xC3\xB6\xC3\xBC\xC3\x84\xC3\x96\xC3\x9C" "1!", "", "eight characters in fourteen bytes" },
    { "\xC3\xA4\xC3\xB6\xC3\xBC\xC3\x84\xC3\x96\xC3\x9C" "1", "too_short", "seven characters in thirteen bytes" },
    { "\xF0\x9F\x94\x91\xF0\x9F\x94\x91\xF0\x9F\x94\x91\xF0\x9F\x94\x91" "abc1", "", "characters outside the first plane count once" },
    { "Aa1!Aa1!Aa1!Aa1!Aa1!Aa1!Aa1!Aa1!Aa1!Aa1!", "", "forty characters" },
    { "Aa1!Aa1!Aa1!Aa1!Aa1!Aa1!Aa1!Aa1!Aa1!Aa1!x", "too_long", "forty-one" },
    { "a\xCC\x88" "BCDEFG1", "", "eight characters once composed (NFC)" },
    { "a\xCC\x88" "BCDEF1", "too_short", "... seven once composed" },
    { "Abc defg1", "whitespace", "a blank" },
    { "Abc\tdefg1", "whitespace", "a tab" },
    { "Abc\xC2\xA0" "defg1", "whitespace", "a no-break space" },
    { "Abc\vdefg1", "whitespace", "a vertical tab" },
    { "Abc\xC2\x85" "defg1", "whitespace", "a next-line character" },
    { "Abcdefg\xC2\xB2", "", "a superscript two is a special character" },
    { "Abc<defg1", "angle_brackets", "<" },
    { "Abc>defg1", "angle_brackets", ">" },
    { "<a >", "too_short,whitespace,angle_brackets,too_simple", "all at once" },
    { "Trustno1-Leaked", "leaked", "one of the list" },
    { "TRUSTNO1-leaked", "leaked", "... in whatever case" },
    { "x-Ada.Lovelace-1", "personal", "the address's local part" },
    { "Augusta-1815", "personal", "one of the first names" },
    { "xLOVELACEx1a", "personal", "a part of a double name" },
    { "Ada-1815-x", "", "a name of three letters is in many words" },
    { "Abc\xff" "defg1", "format", "what is no UTF-8" },
};
static const struct { const char *password, *faults, *why; } modern[] = {
    { "abcdefghijklmn", "too_short", "fourteen characters" },
    { "abcdefghijklmno", "", "fifteen of one kind" },
    { "correct horse < battery", "", "blanks and brackets" },
    { "my lovelace password", "personal", "one's own name" },
};

int main(void)
{
    char path[] = "/tmp/leaked-XXXXXX";
    int file = mkstemp(path);
    struct leaked_passwords *leaked = NULL, *none = NULL;
    struct problem p = { 0 };

    ok(file >= 0 && dprintf(file, "#!comment: a list\n123456\ntrustno1-leaked\r\n\n\xff\xfe\n#hash\n") > 0, "a list is written");
    ok(leaked_passwords_new(path, &leaked, &p), "... and read");
    ok(leaked_passwords_hold(leaked, "123456") && leaked_passwords_hold(leaked, "#hash"), "... with all its lines");
    ok(!leaked_passwords_hold(leaked, "#!comment: a list") && !leaked_passwords_hold(leaked, ""), "... but for comments and empty ones");
    ok(leaked_passwords_new("", &none, &p) && !leaked_passwords_hold(none, "123456"), "no list holds nothing");
    ok(!leaked_passwords_new("/nowhere/list", &none, &p) && strstr(p.detail, "/nowhere/list"), "a missing one is named");

    for (size_t i = 0; i < sizeof(classic) / sizeof(*classic); i++)
        is(faults("classic", leaked, classic[i].password), classic[i].faults, "classic: %s", classic[i].why);
    for (size_t i = 0; i < sizeof(modern) / sizeof(*modern); i++)
        is(faults("modern", leaked, modern[i].password), modern[i].faults, "modern: %s", modern[i].why);

    char *one = password_normal("a\xCC\x88"), *other = password_normal("\xC3\xA4");
    is(one, other, "two keyboards mean the same");
    ok(password_normal("\xff") == NULL, "what is no UTF-8 has no normal form");
    free(one);
    free(other);
    leaked_passwords_free(leaked);
    leaked_passwords_free(none);
    unlink(path);
    close(file);
    return done();
}
