#include "network.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct address { int family; unsigned char bytes[16]; };

static bool address_read(const char *text, struct address *ret_address)
{
    static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };
    struct address a = { .family = AF_INET };

    if (inet_pton(AF_INET, text, a.bytes) != 1) {
        a.family = AF_INET6;
        if (inet_pton(AF_INET6, text, a.bytes) != 1)
            return false;
        if (memcmp(a.bytes, mapped, sizeof(mapped)) == 0) { /* ::ffff:192.0.2.1 is an IPv4 address in disguise */
            memmove(a.bytes, a.bytes + 12, 4);
            a.family = AF_INET;
        }
    }
    *ret_address = a;
    return true;
}

static bool network_read(const char *text, struct address *ret_address, int *ret_bits)
{
    char address[INET6_ADDRSTRLEN];
    size_t n = strcspn(text, "/");
    char *end = NULL;

    if (n >= sizeof(address))
        return false;
    memcpy(address, text, n);
    address[n] = '\0';
    if (!address_read(address, ret_address))
        return false;
    int most = ret_address->family == AF_INET ? 32 : 128;
    long bits = text[n] ? strtol(text + n + 1, &end, 10) : most;
    *ret_bits = (int)bits;
    return bits >= 0 && bits <= most && (!end || (end != text + n + 1 && !*end));
}

static bool network_holds(const struct address *network, int bits, const struct address *a)
{
    if (network->family != a->family || memcmp(network->bytes, a->bytes, (size_t)bits / 8) != 0)
        return false;
    int rest = bits % 8;
    unsigned mask = rest ? 0xff00u >> rest & 0xffu : 0;
    return ((network->bytes[bits / 8 % 16] ^ a->bytes[bits / 8 % 16]) & mask) == 0;
}

/* The next piece between commas, freed of blanks; false at the end or where a piece is too long (then *fault is set). */
static bool next_piece(const char **at, char *ret_piece, size_t room, bool *fault)
{
    *at += strspn(*at, ", \t");
    size_t n = strcspn(*at, ", \t");
    if (n == 0 || (*fault = n >= room))
        return false;
    memcpy(ret_piece, *at, n);
    ret_piece[n] = '\0';
    *at += n;
    return true;
}

bool networks_valid(const char *list)
{
    char piece[64];
    bool fault = false;
    struct address a;
    int bits;

    while (next_piece(&list, piece, sizeof(piece), &fault))
        if (!network_read(piece, &a, &bits))
            return false;
    return !fault;
}

bool networks_hold(const char *list, const char *address)
{
    char piece[64];
    bool fault = false;
    struct address network, a;
    int bits;

    if (!address_read(address, &a))
        return false;
    while (next_piece(&list, piece, sizeof(piece), &fault))
        if (network_read(piece, &network, &bits) && network_holds(&network, bits, &a))
            return true;
    return false;
}

void source_of(const char *peer, const char *forwarded_for, const char *trusted, char *ret_source, size_t room)
{
    char piece[INET6_ADDRSTRLEN];
    struct address a;

    snprintf(ret_source, room, "%s", peer);
    const char *end = forwarded_for ? forwarded_for + strlen(forwarded_for) : NULL;
    while (end && end > forwarded_for && networks_hold(trusted, ret_source)) {
        const char *start = end;
        while (start > forwarded_for && start[-1] != ',')
            start--;
        const char *first = start + strspn(start, " \t");
        size_t n = (size_t)(end - first);
        while (n > 0 && (first[n - 1] == ' ' || first[n - 1] == '\t'))
            n--;
        if (first > end || n == 0 || n >= sizeof(piece))
            return;
        memcpy(piece, first, n);
        piece[n] = '\0';
        if (!address_read(piece, &a))
            return;
        inet_ntop(a.family, a.bytes, ret_source, (socklen_t)room);
        end = start > forwarded_for ? start - 1 : start;
    }
}
