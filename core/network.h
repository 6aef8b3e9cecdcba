#pragma once
#include <stdbool.h>
#include <stddef.h>

/* Network addresses, and where a call really comes from. */

/* Whether `list` names networks between commas ("10.0.0.0/8, ::1/128"); an empty list is one. */
bool networks_valid(const char *list);

/* Whether the address (numbers, IPv4 or IPv6) lies in one of the networks. */
bool networks_hold(const char *list, const char *address);

/* The client's address in ret_source (room for INET6_ADDRSTRLEN): the peer's, unless the peer is a trusted proxy. Then
 * X-Forwarded-For is read from its end, trusted proxies are passed over, and the first other address is the client. What is
 * no address there ends the search: the last one that was believed counts. */
void source_of(const char *peer, const char *forwarded_for, const char *trusted, char *ret_source, size_t room);
