#include "../../core/email_address.h"

#include "tap.h"

#define L63 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define D61 "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static const struct { const char *address; bool valid; } cases[] = {
    { "ada@example.org", true },
    { "a@b.de", true },
    { "ada.lovelace+portal@mail.example.org", true },
    { "o'brien@example.org", true },
    { "ADA@EXAMPLE.ORG", true },
    { "x_y-z@a-b.example", true },
    { "1@2.example", true },
    { "ada@xn--mller-kva.example", true },
    { L63 "a@example.org", true },
    { L63 "@" L63 "." L63 "." D61 "b", true }, /* 254 */
    { L63 "@" L63 "." L63 "." D61 "bb", false },
    { L63 "aa@example.org", false },
    { "ada@" L63 "a.org", false },
    { "", false },
    { "ada", false },
    { "@example.org", false },
    { "ada@", false },
    { "ada@localhost", false },
    { "ada@example", false },
    { "ada@example.", false },
    { "ada@.example.org", false },
    { "ada@exam..ple.org", false },
    { "ada@-example.org", false },
    { "ada@example-.org", false },
    { "ada@192.0.2.1", false },
    { "ada@[192.0.2.1]", false },
    { ".ada@example.org", false },
    { "ada.@example.org", false },
    { "a..da@example.org", false },
    { "ada@home@example.org", false },
    { "ada lovelace@example.org", false },
    { "ada@example.org ", false },
    { " ada@example.org", false },
    { "ada@exam ple.org", false },
    { "<ada@example.org>", false },
    { "a<d>a@example.org", false },
    { "\"ada\"@example.org", false },
    { "mller\xC3\xBC@example.org", false },
    { "ada@m\xC3\xBCller.example", false },
    { "ada@example.org\r\nBcc: x@example.org", false },
    { "ada\t@example.org", false },
    { "ada,bob@example.org", false },
    { "ada;bob@example.org", false },
    { "ada(comment)@example.org", false },
};

int main(void)
{
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        ok(email_address_valid(cases[i].address) == cases[i].valid, "%.40s is %s", cases[i].address[strcspn(cases[i].address, "\r\n\t")] ? "one with a control character" : cases[i].address,
           cases[i].valid ? "taken" : "refused");
    return done();
}
