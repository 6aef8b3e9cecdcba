#include "server.h"

#include "answer.h"
#include "dispatch.h"
#include "site.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

enum {
    STACK_BYTES = 512 * 1024,     /* virtual; a call touches far less */
    CONNECTION_BYTES = 16 * 1024, /* of request line and headers; more is refused by libmicrohttpd (431) */
};

static struct _u_instance public_port, operations_port;
static struct sockaddr_in public_at, operations_at; /* Ulfius keeps the pointer */
static atomic_bool stopping;

static bool port_init(struct _u_instance *port, struct sockaddr_in *at, const char *address, int number, int longest, const struct settings *settings,
                      int (*callback)(const struct _u_request *, struct _u_response *, void *), struct problem *reterr)
{
    *at = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons((uint16_t)number) };
    if (inet_pton(AF_INET, address, &at->sin_addr) != 1)
        return fail(reterr, PROBLEM_INTERNAL, "%.40s is no IPv4 address to listen on", address);
    if (ulfius_init_instance(port, (unsigned)number, at, NULL) != U_OK)
        return fail(reterr, PROBLEM_INTERNAL, "Port %d of %.40s cannot be prepared", number, address);
    port->max_post_body_size = (size_t)longest + 1; /* one more, so that dispatch can tell too long from just right */
    port->allowed_post_processor = U_POST_PROCESS_NONE;
    port->check_utf8 = 0; /* it would drop a bad value without a word; uri.c refuses it */
    answer_defaults(port->default_headers, strncmp(settings->public_url, "https:", 6) == 0);
    return ulfius_set_default_endpoint(port, callback, NULL) == U_OK || fail_internal(reterr, "no endpoint");
}

/* One thread per connection: a login that waits for its hash holds up nobody else, and many idle connections cost little
 * because their stacks are small. poll rather than select, which ends at descriptor 1023. */
static bool port_open(struct _u_instance *port, int connections, int per_source, int timeout_s)
{
    struct MHD_OptionItem options[] = {
        { MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)&mhd_request_completed, NULL },
        { MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)&ulfius_uri_logger, NULL },
        { MHD_OPTION_SOCK_ADDR, 0, port->bind_address },
        { MHD_OPTION_CONNECTION_TIMEOUT, timeout_s, NULL },
        { MHD_OPTION_CONNECTION_LIMIT, connections, NULL },
        { MHD_OPTION_PER_IP_CONNECTION_LIMIT, per_source, NULL },
        { MHD_OPTION_THREAD_STACK_SIZE, STACK_BYTES, NULL },
        { MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_BYTES, NULL },
        { MHD_OPTION_LISTEN_BACKLOG_SIZE, 1024, NULL },
        { MHD_OPTION_LISTENING_ADDRESS_REUSE, 1, NULL },
        { MHD_OPTION_END, 0, NULL },
    };
    unsigned flags = MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL | MHD_USE_ITC;
    return ulfius_start_framework_with_mhd_options(port, flags, options) == U_OK;
}

bool server_start(const struct settings *settings, struct problem *reterr)
{
    int longest = settings->file_bytes > settings->body_bytes ? settings->file_bytes : settings->body_bytes; /* the route is not known yet */

    dispatch_start(settings);
    if (!port_init(&public_port, &public_at, settings->address, settings->port, longest, settings, dispatch_public, reterr) ||
        !port_init(&operations_port, &operations_at, settings->operations_address, settings->operations_port, settings->body_bytes, settings,
                   dispatch_operations, reterr))
        return false;
    if (!port_open(&operations_port, 64, 0, settings->connection_timeout_s))
        return fail(reterr, PROBLEM_INTERNAL, "Port %d (PORTAL_OPERATIONS_PORT) cannot be opened; is it taken?", settings->operations_port);
    if (!port_open(&public_port, settings->connections, settings->connections_per_source, settings->connection_timeout_s))
        return fail(reterr, PROBLEM_INTERNAL, "Port %d (PORTAL_PORT) cannot be opened; is it taken?", settings->port);
    return true;
}

void server_stop(int drain_s)
{
    stopping = true;
    if (public_port.mhd_daemon) {
        MHD_socket listening = MHD_quiesce_daemon(public_port.mhd_daemon);
        for (int i = 0; i < drain_s * 20 && dispatch_running() > 0; i++)
            usleep(50 * 1000);
        if (listening != MHD_INVALID_SOCKET)
            close(listening);
    }
    if (public_port.mhd_daemon)
        ulfius_stop_framework(&public_port);
    if (operations_port.mhd_daemon)
        ulfius_stop_framework(&operations_port);
    ulfius_clean_instance(&public_port);
    ulfius_clean_instance(&operations_port);
}

bool server_stopping(void)
{
    return stopping;
}
