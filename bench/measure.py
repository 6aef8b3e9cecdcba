#!/usr/bin/env python3
"""Measures the table of figures; bench/run.sh prepares what it needs. Every comparison takes both sides in turn, several times, in one run,
and quotes the median of the pairs: the machine may be noisy, its noise hits both."""
import csv
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / 'build'
PASSWORD = 'Regen-Schirm-26'
ACCOUNTS = 400
CATALOGUE = Path(os.environ.get('CATALOGUE', ROOT.parent / 'shared' / 'data' / 'ozg_leika_catalogue_2019_nrw.csv'))
work = Path(tempfile.mkdtemp(prefix='portal-bench.'))
rows = []


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


PORT, OPERATIONS, REFERENCE = free_port(), free_port(), free_port()
KEY = work / 'keys' / 'token.key'


def sql(statement):
    return subprocess.run(['psql', '-qXAt', '-v', 'ON_ERROR_STOP=1', '-U', 'portal_owner', '-c', statement], check=True, capture_output=True,
                          text=True).stdout


def environment():
    return {k: v for k, v in os.environ.items() if not k.startswith('PORTAL_')} | {
        'PGUSER': 'portal', 'PORTAL_PORT': str(PORT), 'PORTAL_OPERATIONS_PORT': str(OPERATIONS), 'PORTAL_PUBLIC_URL': f'http://127.0.0.1:{PORT}',
        'PORTAL_KEYS': str(KEY.parent), 'PORTAL_SPA': str(BUILD / 'site'), 'PORTAL_LOG': str(work / 'log'), 'PORTAL_TRUSTED_PROXIES': '127.0.0.1'}


def portal_start():
    return subprocess.Popen([BUILD / 'serviceportal', 'serve'], env=environment(), stdout=subprocess.DEVNULL)


def reference_start():
    return subprocess.Popen([BUILD / 'bench-reference', str(REFERENCE), str(KEY)], env=os.environ | {'PGUSER': 'portal'})


def answers(port, path):
    try:
        with urllib.request.urlopen(f'http://127.0.0.1:{port}{path}', timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def wait_for(port, path):
    """Polls every half millisecond by bare sockets, so that the waiting costs the other side nothing."""
    request = f'GET {path} HTTP/1.0\r\n\r\n'.encode()
    while True:
        try:
            with socket.create_connection(('127.0.0.1', port), 1) as s:
                s.sendall(request)
                if s.recv(64).startswith((b'HTTP/1.1 200', b'HTTP/1.0 200')):
                    return
        except OSError:
            pass
        time.sleep(0.0005)


def end(process):
    process.send_signal(signal.SIGTERM)
    process.wait(20)


def call(method, path, body=None, headers=None):
    request = urllib.request.Request(f'http://127.0.0.1:{PORT}/api/v1{path}', method=method, data=json.dumps(body).encode() if body else None,
                                     headers={'Content-Type': 'application/json'} | (headers or {}))
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.loads(answer.read() or 'null')
    except urllib.error.HTTPError as error:
        return error.code, None


def source(n):
    return f'10.{n // 65536 % 250}.{n // 256 % 256}.{n % 256}'


def requests_file(name, requests):
    path = work / name
    path.write_bytes(b''.join(r + b'\n%%\n' for r in requests))
    return path


def login_request(email, n):
    body = json.dumps({'email': email, 'password': PASSWORD}).encode()
    return (f'POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nX-Forwarded-For: {source(n)}\r\n'
            f'Content-Length: {len(body)}\r\n\r\n').encode() + body


def get_request(path, token):
    return f'GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n'.encode()


def load(port, connections, seconds, rate, requests):
    out = subprocess.run([BUILD / 'bench-load', str(port), str(connections), str(seconds), str(rate), requests], check=True, capture_output=True,
                         text=True).stdout.split()
    return {'per_second': float(out[0]), 'median': float(out[1]), 'p99': float(out[2]), 'bad': int(out[3]),
            'p95': float(out[4])}


def good(result, what):
    if result['bad']:
        sys.exit(f'bench: {result["bad"]} answers of {what} were not 2xx: the figure would mean nothing')
    return result


def row(what, target, value, met, note=''):
    rows.append((what, target, value, 'yes' if met else 'NO', note))
    print(f'  {what}: {value} (target {target}) {note}', file=sys.stderr, flush=True)


def yield_to_all():
    """The portal's hashes run at the lowest priority (core/hash_child.h), and so does what they are measured against: whatever else the
    machine does takes from both alike."""
    os.nice(19)
    group = Path('/proc/self/autogroup')
    if group.exists():
        group.write_text('19')


def bench_logins(threads, logins):
    ratios = []
    for _ in range(6):
        bare = float(subprocess.run([BUILD / 'bench-argon2', str(threads), '4'], check=True, capture_output=True, text=True,
                                    start_new_session=True, preexec_fn=yield_to_all).stdout)
        ratios.append(good(load(PORT, 4 * threads, 4, 0, logins), 'logins')['per_second'] / bare)
    value = statistics.median(ratios)
    row('logins per second against argon2id alone', '0.95', f'{value:.3f}', value >= 0.95, f'{min(ratios):.2f} to {max(ratios):.2f}')


def bench_reads(ours, bare):
    ratios = []
    for _ in range(6):
        reference = good(load(REFERENCE, 16, 2, 0, bare), 'the reference')['per_second']
        portal = good(load(PORT, 16, 2, 0, ours), 'GET /me')['per_second']
        ratios.append(portal / reference)
    value = statistics.median(ratios)
    row('GET /me per second against the bare reference', '0.90', f'{value:.3f}', value >= 0.9, f'{min(ratios):.2f} to {max(ratios):.2f}')


def bench_services():
    """Pages of services that say as much as real ones do."""
    ids = sql("""WITH desk AS (INSERT INTO service_desk (name, email, phone, address, opening_hours)
                   VALUES ('Bürgerbüro', 'amt@bench.example', '+49 3641 49-0', 'Am Markt 1, 07743 Jena', 'Mo-Fr 8-18 Uhr') RETURNING id),
                 topic AS (INSERT INTO service_topic VALUES ('steuern-bench', 'Steuern (Bench)') RETURNING id)
                 INSERT INTO service (catalogue, leika_key, name, short_description, description, topic_id, legal_basis, cost_text, desk_id, url)
                   SELECT 'bench', 'own-bench' || lpad(i::text, 8, '0'), 'Hundesteuer anmelden ' || i, 'Melden Sie Ihren Hund an.',
                          repeat('Wer einen Hund hält, meldet ihn an. ', 40), topic.id, '§ 3 KAG', 'kostenfrei', desk.id, 'https://bench.example/'
                     FROM generate_series(1, 200) i, desk, topic RETURNING id""").split()
    ours, bare = (requests_file(f'services-{base[1:4]}', [f'GET {base}/{id} HTTP/1.1\r\nHost: x\r\n\r\n'.encode() for id in ids])
                  for base in ('/api/v1/services', '/services'))
    ratios = []
    for _ in range(6):
        reference = good(load(REFERENCE, 16, 2, 0, bare), 'the reference')['per_second']
        ratios.append(good(load(PORT, 16, 2, 0, ours), 'service pages')['per_second'] / reference)
    value = statistics.median(ratios)
    row('service pages per second against the bare reference', '0.75', f'{value:.3f}', value >= 0.75, f'{min(ratios):.2f} to {max(ratios):.2f}')


def catalogue_in(first, last):
    """The large catalogue, so many times over, each time under other keys."""
    columns = 'topic, situation, ozg_id, service_group, leika_key, name, kind, legal_basis, law, law_short'
    subprocess.run(['psql', '-qX', '-v', 'ON_ERROR_STOP=1', '-U', 'portal_owner'], check=True, text=True, input=f"""
        CREATE TEMP TABLE line ({columns.replace(',', ' text,')} text, n serial);
        \\copy line ({columns}) FROM '{CATALOGUE}' WITH (FORMAT csv, HEADER)
        INSERT INTO service (catalogue, leika_key, name, service_group, legal_basis)
          SELECT 'large', 'own-large-' || copy || '-' || n, name, service_group, legal_basis FROM line, generate_series({first}, {last}) AS copy;""")
    subprocess.run(['psql', '-qX', '-U', 'postgres', '-c', 'VACUUM ANALYZE service, service_search, search_word, search_key'], check=True)


def synonyms_in():
    with open(ROOT / 'db' / 'fixtures' / 'catalogue' / 'synonyms.csv', encoding='utf-8', newline='') as file:
        for line in csv.DictReader(file):
            word, means = (line[name].replace("'", "''") for name in ('word', 'means'))
            sql(f"INSERT INTO search_synonym SELECT '{word}', '{means}', search_phrase('{word}') ON CONFLICT DO NOTHING")


def bench_import():
    """The large catalogue by the command, into a catalogue of its own: all of it new, then all of it unchanged."""
    if not CATALOGUE.exists():
        print(f'  the import is not measured: there is no {CATALOGUE} (CATALOGUE names another file with its columns)', file=sys.stderr)
        return
    new, same = [], []
    for _ in range(3):
        for times, said in ((new, ' new, 0 changed, 0 unchanged'), (same, ': 0 new, 0 changed')):
            began = time.perf_counter()
            out = subprocess.run([BUILD / 'serviceportal', 'catalogue', 'import', CATALOGUE, '--catalogue', 'import', '--strict'], check=True,
                                 capture_output=True, text=True, env=environment()).stdout
            times.append(time.perf_counter() - began)
            if said not in out:
                sys.exit(f'bench: the import said "{out}": the figure would mean nothing')
        sql("DELETE FROM service WHERE catalogue = 'import'")
    value = statistics.median(new)
    row('import of the 5,251 rows', '3 s', f'{value:.2f} s', value <= 3,
        f'{min(new):.2f} to {max(new):.2f}; once more, unchanged: {statistics.median(same):.2f}')


def bench_suggestions():
    """Each letter of each search of the table of relevance, as people type it, one request after each."""
    if not CATALOGUE.exists():
        print(f'  suggestions are not measured: there is no {CATALOGUE} (CATALOGUE names another file with its columns)', file=sys.stderr)
        return
    with open(ROOT / 'tests' / 'data' / 'search_relevance.csv', encoding='utf-8', newline='') as file:
        typed = [line['query'][:end] for line in csv.DictReader(file) for end in range(1, len(line['query']) + 1)]
    requests = requests_file('suggestions', [f'GET /api/v1/services/suggest?q={urllib.parse.quote(q)} HTTP/1.1\r\nHost: x\r\n\r\n'.encode() for q in typed])
    synonyms_in()
    found = []
    for first, last in ((1, 1), (2, 20)):
        catalogue_in(first, last)
        good(load(PORT, 4, 4, 0, requests), 'suggestions')
        found.append(good(load(PORT, 4, len(typed) / 50, 50, requests), 'suggestions'))
    few, many = found
    row('suggestions with 5,251 services, 95th percentile at 50 a second', '5 ms', f'{few["p95"]:.1f} ms', few['p95'] <= 5,
        f'median {few["median"]:.1f} ms; {len(typed)} beginnings of searches')
    row('the same with 105,000 services, against that', 'at most 3', f'{many["p95"] / few["p95"]:.2f}', many['p95'] <= 3 * few['p95'],
        f'{many["p95"]:.1f} ms, median {many["median"]:.1f} ms')


def bench_mixed(ours, logins, threads):
    most = statistics.median(good(load(PORT, 16, 2, 0, ours), 'GET /me')['per_second'] for _ in range(3))
    alone = good(load(PORT, 4 * threads, 4, 0, logins), 'logins')['per_second']
    ratios, notes = [], []
    for _ in range(4):
        quiet = good(load(PORT, 16, 4, most / 4, ours), 'GET /me')['p99']
        storm = subprocess.Popen([BUILD / 'bench-load', str(PORT), str(4 * threads), '6', '0', logins], stdout=subprocess.PIPE, text=True)
        time.sleep(1)
        busy = good(load(PORT, 16, 4, most / 4, ours), 'GET /me')['p99']
        out = storm.communicate()[0].split()
        if int(out[3]):
            sys.exit(f'bench: {out[3]} logins of the storm failed: the figure would mean nothing')
        ratios.append(busy / quiet)
        notes.append(f'{quiet:.1f}->{busy:.1f} ms at {float(out[0]) / alone:.2f} of the logins')
    value = statistics.median(ratios)
    row('99th percentile of GET /me while logins run, against quiet', 'at most 3', f'{value:.2f}', value <= 3, ', '.join(notes))


def bench_unknown():
    known, unknown = [], []
    for i in range(200):
        for times, email in ((known, f'person{i}@bench.example'), (unknown, f'nobody{i}@bench.example')):
            start = time.perf_counter()
            status, _ = call('POST', '/sessions', {'email': email, 'password': 'Falsch-Geraten-1'}, {'X-Forwarded-For': source(100000 + 2 * i)})
            times.append(time.perf_counter() - start)
            if status != 401:
                sys.exit(f'bench: a wrong login answered {status}')
    difference = statistics.median(unknown) / statistics.median(known) - 1
    row('median login time, unknown address against wrong password', 'within 5 %', f'{difference * 100:+.1f} %', abs(difference) <= 0.05)


def resident(process):
    """The portal and its processes that hash, in MB."""
    children = subprocess.run(['pgrep', '-P', str(process.pid)], capture_output=True, text=True).stdout.split()
    return sum(int(re.search(r'VmRSS:\s+(\d+)', Path(f'/proc/{pid}/status').read_text()).group(1)) for pid in [process.pid, *children]) / 1024


def bench_memory(logins, threads):
    portal = portal_start()
    wait_for(OPERATIONS, '/readyz')
    time.sleep(1)
    fresh = resident(portal)
    held = []
    for _ in range(1000):
        s = socket.create_connection(('127.0.0.1', PORT))
        s.sendall(b'GET /api/v1/portal HTTP/1.1\r\nHost: x\r\n\r\n')
        if not s.recv(4096).startswith(b'HTTP/1.1 200'):
            sys.exit('bench: an idle connection was refused')
        held.append(s)
    full = resident(portal)
    good(load(PORT, 2 * threads, 2, 0, logins), 'logins')
    time.sleep(3)  # idle processes that hash give their memory back (core/hash_child.c)
    used = resident(portal)
    for s in held:
        s.close()
    end(portal)
    row('memory after start', '30 MB', f'{fresh:.1f} MB', fresh <= 30)
    row('memory with 1,000 idle connections', '100 MB', f'{full:.1f} MB', full <= 100, 'each has asked once; nobody has logged in')
    row('the same, seconds after people have logged in', '100 MB', f'{used:.1f} MB', used <= 100, 'with the processes that hash')


def start_time(start, port, path):
    began = time.perf_counter()
    process = start()
    wait_for(port, path)
    took = time.perf_counter() - began
    end(process)
    return took


def bench_start():
    ours, ratios = [], []
    for _ in range(9):
        bare = start_time(reference_start, REFERENCE, '/')
        ours.append(start_time(portal_start, OPERATIONS, '/readyz'))
        ratios.append(ours[-1] / bare)
    ratio, took = statistics.median(ratios), statistics.median(ours) * 1000
    row('start until /readyz, against the reference', 'at most 3; 200 ms', f'{ratio:.2f}; {took:.0f} ms', ratio <= 3 and took <= 200)


def bench_first_load():
    size = int(subprocess.run(['node', 'bench/first_load.mjs', f'http://127.0.0.1:{PORT}'], cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    row("SPA's first load over the wire", '200 kB', f'{size / 1000:.0f} kB', size <= 200000, 'nothing from another origin')


def main():
    threads = os.cpu_count()
    wanted = sys.argv[1:] or ['reads', 'services', 'mixed', 'logins', 'unknown', 'load', 'import', 'suggestions', 'memory', 'start']
    KEY.parent.mkdir()
    KEY.write_text('0123456789012345678901234567890123456789012\n')
    phc = subprocess.run([BUILD / 'bench-argon2', '--phc'], check=True, capture_output=True, text=True).stdout.strip()
    sql(f"""WITH a AS (INSERT INTO account (kind, email, password_hash, language, consent_version, consented_at)
              SELECT 'basic', 'person' || i || '@bench.example', '{phc}', 'de', '2026-11', clock() FROM generate_series(0, {ACCOUNTS - 1}) i RETURNING id)
            INSERT INTO person_profile (account_id, first_name, last_name) SELECT id, 'Mara', 'Vogt' FROM a""")
    portal, reference = portal_start(), reference_start()
    try:
        wait_for(OPERATIONS, '/readyz')
        wait_for(REFERENCE, '/')
        logins = requests_file('logins', [login_request(f'person{i}@bench.example', i) for i in range(ACCOUNTS)])
        tokens = [call('POST', '/sessions', {'email': f'person{i}@bench.example', 'password': PASSWORD}, {'X-Forwarded-For': source(i)})[1]['token']
                  for i in range(32)]
        ours = requests_file('ours', [get_request('/api/v1/me', t) for t in tokens])
        bare = requests_file('bare', [get_request('/', t) for t in tokens])
        figures = {
            'reads': lambda: bench_reads(ours, bare),
            'services': bench_services,
            'mixed': lambda: bench_mixed(ours, logins, threads),
            'logins': lambda: bench_logins(threads, logins),
            'unknown': bench_unknown,
            'load': bench_first_load,
            'import': bench_import,
            'suggestions': bench_suggestions,
        }
        for name, measure in figures.items():
            if name in wanted:
                measure()
    finally:
        end(portal)
        end(reference)
    if 'memory' in wanted:
        bench_memory(work / 'logins', threads)
    if 'start' in wanted:
        bench_start()
    print('| what | must reach | measured | met | |\n| --- | --- | --- | --- | --- |')
    for one in rows:
        print('| ' + ' | '.join(one) + ' |')


try:
    main()
finally:
    shutil.rmtree(work)
