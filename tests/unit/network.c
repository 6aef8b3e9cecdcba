#include "../../core/network.h"

#include "tap.h"

static void sources(void)
{
    static const struct { const char *peer, *forwarded, *trusted, *want, *why; } cases[] = {
        { "192.0.2.1", NULL, "", "192.0.2.1", "without a proxy the peer counts" },
        { "192.0.2.1", "198.51.100.7", "", "192.0.2.1", "nobody is believed by default" },
        { "192.0.2.1", "198.51.100.7", "10.0.0.0/8", "192.0.2.1", "a stranger is not believed" },
        { "10.1.2.3", "198.51.100.7", "10.0.0.0/8", "198.51.100.7", "a trusted proxy is" },
        { "10.1.2.3", "203.0.113.9, 198.51.100.7", "10.0.0.0/8", "198.51.100.7", "what the client put in front counts for nothing" },
        { "10.1.2.3", "198.51.100.7, 10.9.9.9", "10.0.0.0/8", "198.51.100.7", "a second trusted proxy is passed over" },
        { "10.1.2.3", "rubbish", "10.0.0.0/8", "10.1.2.3", "what is no address ends the search" },
        { "10.1.2.3", "198.51.100.7, rubbish", "10.0.0.0/8", "10.1.2.3", "... also where something follows" },
        { "10.1.2.3", "", "10.0.0.0/8", "10.1.2.3", "an empty header says nothing" },
        { "10.1.2.3", " , ", "10.0.0.0/8", "10.1.2.3", "neither do commas" },
        { "::1", "2001:db8::1", "::1/128", "2001:db8::1", "IPv6" },
        { "::ffff:10.1.2.3", "198.51.100.7", "10.0.0.0/8", "198.51.100.7", "an IPv4 address in IPv6 clothes" },
        { "10.1.2.3", "10.1.2.4", "10.0.0.0/8", "10.1.2.4", "where all are trusted, the first one is the client" },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        char got[46];
        source_of(cases[i].peer, cases[i].forwarded, cases[i].trusted, got, sizeof(got));
        is(got, cases[i].want, "%s", cases[i].why);
    }
}

static void lists(void)
{
    static const struct { const char *list; bool valid; } cases[] = {
        { "", true }, { "10.0.0.0/8", true }, { "10.0.0.0/8, ::1/128", true }, { "192.0.2.1", true }, { "10.0.0.0/33", false },
        { "10.0.0.0/", false }, { "10.0.0.0/8x", false }, { "localhost", false }, { "::1/129", false }, { "10.0.0.0/-1", false },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        ok(networks_valid(cases[i].list) == cases[i].valid, "'%s' is %sa list of networks", cases[i].list, cases[i].valid ? "" : "not ");
    ok(networks_hold("192.0.2.128/25", "192.0.2.200"), "the upper half holds .200");
    ok(!networks_hold("192.0.2.128/25", "192.0.2.100"), "... and not .100");
    ok(networks_hold("0.0.0.0/0", "192.0.2.1"), "everything holds everything");
    ok(!networks_hold("0.0.0.0/0", "::1"), "... of its family");
}

int main(void)
{
    sources();
    lists();
    return done();
}
