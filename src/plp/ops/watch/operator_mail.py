"""A mail to the operator, straight to the mail server: the first that takes it, encrypted as its setting says."""

import smtplib
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import urlsplit

from django.conf import settings

from plp.channels.email.server_url import BadServerUrl, parse_server_url
from plp.channels.email.smtp import tls_context
from plp.ops.cli import with_installed_program_name

PATIENCE = 15.0  # seconds


def mail_and_return_numbers_of_missed_addresses(to: Sequence[str], subject: str, body: str) -> list[int]:
    """Send it; answers which of the addresses (1, 2, ...) did not get it: all where no server took it, else those that
    the server refused.
    """
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = settings.MAIL_FROM, ", ".join(to), subject
    mail["Date"], mail["Auto-Submitted"] = formatdate(), "auto-generated"
    mail["Message-ID"] = make_msgid(domain=urlsplit(settings.ORIGIN).hostname)
    mail.set_content(with_installed_program_name(body))
    missed = set(to)
    for name, url in (("PLP_SMTP_URL", settings.SMTP_URL), ("PLP_SMTP_URL_2", settings.SMTP_URL_2)):
        if url and missed:
            missed = _send_by_server_and_return_refused_addresses(name, url, mail, missed)
    return [place for place, address in enumerate(to, 1) if address in missed]


def _send_by_server_and_return_refused_addresses(setting: str, url: str, mail: EmailMessage, to: set[str]) -> set[str]:
    """Send it to these addresses by one server; answers which of them it did not take."""
    try:
        server = parse_server_url(url, setting)
    except BadServerUrl:
        return to
    context = tls_context(settings.SMTP_CA_FILE) if server.tls != "none" else None
    try:
        if server.tls == "implicit":
            line: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=context)
        else:
            line = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
        with line:
            if server.tls == "starttls":
                line.starttls(context=context)
            if server.user:
                line.login(server.user, server.password)
            return set(line.send_message(mail, to_addrs=sorted(to)))
    except (OSError, smtplib.SMTPException):
        return to
