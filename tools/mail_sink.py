#!/usr/bin/env python3
"""mail_sink.py --smtp PORT --page PORT --folder FOLDER: a mail server for trying the portal out. It takes every mail, keeps it as a text
file, and shows the latest ones as a page whose links can be clicked. It sends nothing on.
"""
import argparse
import asyncio
import email.policy
import html
import re
from datetime import datetime
from pathlib import Path

from aiosmtpd.smtp import SMTP

SHOWN = 50
arguments = argparse.ArgumentParser(description=__doc__)
arguments.add_argument('--smtp', type=int, required=True)
arguments.add_argument('--page', type=int, required=True)
arguments.add_argument('--folder', type=Path, required=True)
options = arguments.parse_args()


class Keeper:
    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        body = mail.get_body(('plain',))
        text = f'To: {", ".join(envelope.rcpt_tos)}\nSubject: {mail["Subject"]}\n\n{body.get_content() if body else ""}'
        (options.folder / f'{datetime.now():%Y-%m-%dT%H-%M-%S.%f}.txt').write_text(text)
        return '250 OK'


def article(text):
    head, _, body = text.partition('\n\n')
    to, subject = (line.partition(': ')[2] for line in head.split('\n', 1))
    linked = re.sub(r'(https?://[^\s<]+)', r'<a href="\1" target="_blank" rel="noopener">\1</a>', html.escape(body))
    return f'<article><h2>{html.escape(subject)}</h2><p>{html.escape(to)}</p><pre>{linked}</pre></article>'


def page():
    mails = sorted(options.folder.glob('*.txt'), reverse=True)[:SHOWN]
    articles = ''.join(article(m.read_text()) for m in mails) or '<p>No mail yet. This page renews itself.</p>'
    return ('<!DOCTYPE html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Mails</title>'
            '<meta http-equiv="refresh" content="5"><style>:root{color-scheme:light dark}body{font:1rem/1.5 sans-serif;max-width:46rem;margin:2rem auto;'
            'padding:0 1rem}article{border-top:1px solid;padding:1rem 0}h2{margin:0;font-size:1.1rem}p{margin:0}pre{white-space:pre-wrap;'
            f'overflow-wrap:anywhere;font:inherit}}</style><h1>Mails of the demonstration</h1>{articles}</html>')


async def answer(reader, writer):
    try:
        await reader.readuntil(b'\r\n\r\n')
        body = page().encode()
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\nConnection: close\r\n'
                     b'Content-Length: %d\r\n\r\n' % len(body) + body)
        await writer.drain()
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
        pass
    finally:
        writer.close()


async def main():
    loop = asyncio.get_running_loop()
    await loop.create_server(lambda: SMTP(Keeper(), hostname='localhost'), '127.0.0.1', options.smtp)
    await asyncio.start_server(answer, '127.0.0.1', options.page)
    await asyncio.Event().wait()


asyncio.run(main())
