#!/usr/bin/env bash
# 2,000 clients that send a byte now and then hold open their connections, and stop nobody else.
. "$(dirname "$0")/../lib/portal.sh"
. "$(dirname "$0")/../lib/checks.sh"

register_and_activate mara@people.example 'Sonnen-Blume-17'
cat >"$work/slow.py" <<'PYTHON'
"""Opens 2,000 connections: a third say nothing, a third are stuck in their headers, a third in their body."""
import resource, socket, sys, time
resource.setrlimit(resource.RLIMIT_NOFILE, (8192, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
starts = [b'', b'GET /api/v1/portal HTTP/1.1\r\nHost: x\r\nX-Slow: ',
          b'POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{"email": "']
clients = []
for n in range(2000):
    client = socket.create_connection(('127.0.0.1', int(sys.argv[1])), timeout=5)
    client.sendall(starts[n % 3])
    clients.append(client)
print('open', flush=True)
while True:
    time.sleep(1)
    for n, client in enumerate(clients):
        try:
            if n % 3 and n % 10 == 0:
                client.sendall(b'a')
        except OSError:
            pass
PYTHON
# The program stands ready for them: each source may hold as many as there are here.
/usr/bin/python3 "$work/slow.py" "$port" >"$work/slow" 2>&1 & slow=$!
for _ in $(seq 200); do grep -q open "$work/slow" && break; sleep 0.1; done
holds 'two thousand connections are open' grep -q open "$work/slow"
times=()
for _ in 1 2 3 4 5; do
    times+=("$(curl -sS -o "$work/login" -w '%{time_total} %{http_code}' "$api/sessions" -H 'Content-Type: application/json' -H "X-Forwarded-For: $(fresh_source)" \
        -d '{"email": "mara@people.example", "password": "Sonnen-Blume-17"}')")
done
is 'five logins get in' "$(printf '%s\n' "${times[@]}" | grep -c ' 201$')" 5
holds "none takes longer than two seconds (${times[*]})" eval '! printf "%s\n" "${times[@]}" | awk "\$1 > 2" | grep -q .'
expect GET "$operations/readyz" '' 200
memory=$(awk '/^VmRSS/ { print $2 }' "/proc/$portal_pid/status")
[[ $program = *san* ]] || holds "memory stays bounded ($((memory / 1024)) MB)" test "$memory" -lt 204800
kill "$slow"; wait "$slow" 2>/dev/null
holds 'their threads end with them' eventually eval '[ "$(awk "/^Threads/ { print \$2 }" "/proc/$portal_pid/status")" -lt 100 ]'
expect GET /portal '' 200

done_testing
