#!/usr/bin/env python3
"""smtp_sink.py PORT FOLDER [starttls|tls CERTIFICATE USER PASSWORD]: an SMTP server that keeps every mail as a file in FOLDER.

NNNNNN.eml is the mail as it came; NNNNNN.json says to whom it went, and what a person would read. A recipient whose local part is
`refused` is refused for good, one that is `later` for now. With TLS (CERTIFICATE holds the key too) it takes mail only over it, and
only from who logs in.
"""
import asyncio
import email.policy
import itertools
import json
import ssl
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

port, folder = int(sys.argv[1]), Path(sys.argv[2])


class Keeper:
    number = itertools.count(1)

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith('refused@'):
            return '550 5.1.1 No such mailbox'
        if address.startswith('later@'):
            return '451 4.7.1 Try again later'
        envelope.rcpt_tos.append(address)
        return '250 OK'

    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        text = mail.get_body(('plain',))
        kept = {'from': envelope.mail_from, 'to': envelope.rcpt_tos, 'headers': [[k, str(v)] for k, v in mail.items()],
                'subject': str(mail['Subject']), 'text': text.get_content() if text else ''}
        at = folder / f'{next(self.number):06}'
        at.with_suffix('.eml').write_bytes(envelope.content)
        at.with_suffix('.new').write_text(json.dumps(kept))
        at.with_suffix('.new').rename(at.with_suffix('.json'))
        return '250 OK'


def options():
    """What the SMTP class is told, and the TLS context for connections that begin with it."""
    if len(sys.argv) == 3:
        return {}, None
    tls, certificate, user, password = sys.argv[3:]
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)

    def known(server, session, envelope, mechanism, given):
        return AuthResult(success=isinstance(given, LoginPassword) and given == LoginPassword(user.encode(), password.encode()), handled=False)

    login = {'authenticator': known, 'auth_required': True, 'auth_require_tls': tls == 'starttls'}
    return (login | {'tls_context': context, 'require_starttls': True}, None) if tls == 'starttls' else (login, context)


async def main():
    loop = asyncio.get_running_loop()
    Keeper.number = itertools.count(1 + len(list(folder.glob('*.json'))))
    told, context = options()
    server = await loop.create_server(lambda: SMTP(Keeper(), enable_SMTPUTF8=True, hostname='sink.example', **told), '127.0.0.1', port, ssl=context)
    await server.serve_forever()


asyncio.run(main())
