"""A mail to the operator, straight to the mail server: the first that takes it, encrypted as its setting says."""

import smtplib
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from django.conf import settings

from plp.channels.email.smtp import tls_context
from plp.channels.email.url import BadUrl, read

PATIENCE = 15.0  # seconds


def tell(to: Sequence[str], subject: str, body: str) -> bool:
    """Send it; answers whether a server took it."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = settings.MAIL_FROM, ", ".join(to), subject
    mail["Date"], mail["Message-ID"], mail["Auto-Submitted"] = formatdate(), make_msgid(domain="plp"), "auto-generated"
    mail.set_content(body)
    return any(
        _sent(name, url, mail)
        for name, url in (("PLP_SMTP_URL", settings.SMTP_URL), ("PLP_SMTP_URL_2", settings.SMTP_URL_2))
        if url
    )


def _sent(name: str, url: str, mail: EmailMessage) -> bool:
    try:
        server = read(url, name)
    except BadUrl:
        return False
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
            line.send_message(mail)
    except (OSError, smtplib.SMTPException):
        return False
    return True
