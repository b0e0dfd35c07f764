"""The channel ``email``."""

import asyncio
from collections.abc import Mapping, Sequence
from email.headerregistry import Address
from email.utils import parseaddr
from typing import Any, ClassVar

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plp.channels.email.addresses import normalise_email_address
from plp.channels.email.inbox import BadInboxUrl, InboxUnreachable, open_inbox, parse_inbox_url
from plp.channels.email.mime import EncodedMail
from plp.channels.email.server_url import BadServerUrl, SmtpServer, parse_server_url
from plp.channels.email.smtp import SmtpSession, connect
from plp.delivery.channel import (
    HURRY,
    Abilities,
    AddressForm,
    BadAddress,
    ConnectionFailed,
    Outcome,
    Prepared,
    Text,
)


class NotAnEmailAddress(BadAddress):
    """What was typed is no usable e-mail address."""

    sentence = _("Type an e-mail address, for example name@example.be.")


class Email:
    """One mail per recipient, plain text and simple HTML."""

    key: ClassVar[str] = "email"
    label: ClassVar[Any] = _("E-mail")
    abilities: ClassVar[Abilities] = Abilities(html=True, concurrency=500, bundles=True)
    address_form: ClassVar[AddressForm] = AddressForm(
        label=_("Your e-mail address"),
        hint=_("We send a code to it to be sure that it is yours."),
        input_type="email",
        autocomplete="email",
        example="jean.dupont@example.be",
        turn=1,
        on_paper=_("E-mail, address: ____"),
    )
    outcomes: ClassVar[Mapping[str, Outcome]] = {}

    def normalise(self, raw: str) -> str:
        """Local part as typed, domain in lower-case ASCII. Raises ``NotAnEmailAddress``."""
        address = normalise_email_address(raw)
        if address is None:
            raise NotAnEmailAddress
        return address

    def prepare(self, text: Text) -> Prepared:
        """The mail of a language, but for what differs per recipient."""
        return EncodedMail(text, sender_address(), answers_are_read=bool(settings.IMAP_URL))

    def count_suppliers(self) -> int:
        """One or two servers; a setting that cannot be read counts as one, which fails."""
        try:
            return max(1, len(configured_servers()))
        except BadServerUrl:
            return 1

    async def open(self, supplier: int = 0) -> SmtpSession:
        """A connection to one of the servers. Raises ``ConnectionFailed``."""
        try:
            servers = configured_servers()
        except BadServerUrl as wrong:
            raise ConnectionFailed("smtp-setting") from wrong
        if not servers:
            raise ConnectionFailed("smtp-no-server")
        patience = max(1.0, min(30.0, settings.DELIVERY_LEASE_SECONDS * 0.7))
        is_last = supplier == len(servers) - 1
        return await connect(
            servers[supplier],
            sender=sender_address().addr_spec,
            helo=sender_address().domain,
            timeout=patience,
            hurry=patience if is_last else min(HURRY, patience),
            cafile=settings.SMTP_CA_FILE,
            bounces_to=settings.BOUNCES_TO,
        )

    def site_of(self, address: str) -> str:
        """The domain of a mailbox."""
        return address.rpartition("@")[2]

    def check(self) -> Sequence[str]:
        """Whether the server of the settings, and the mailbox of answers, can be reached and take our sign-in."""
        try:
            configured_servers()
        except BadServerUrl as wrong:
            return [str(wrong)]
        return [*asyncio.run(_server_faults(self)), *_inbox_faults()]


def configured_servers() -> list[SmtpServer]:
    """The servers of ``PLP_SMTP_URL`` and ``PLP_SMTP_URL_2``. Raises ``BadServerUrl``."""
    urls = (("PLP_SMTP_URL", settings.SMTP_URL), ("PLP_SMTP_URL_2", settings.SMTP_URL_2))
    return [parse_server_url(url, name) for name, url in urls if url]


def sender_address() -> Address:
    """Who the mails are from: ``PLP_MAIL_FROM``, name and address."""
    name, address = parseaddr(settings.MAIL_FROM)
    return Address(display_name=name, addr_spec=address)


async def _server_faults(channel: Email) -> list[str]:
    """What is wrong with each server."""
    wrong = []
    for number in range(channel.count_suppliers()):
        name = "PLP_SMTP_URL_2" if number else "PLP_SMTP_URL"
        try:
            connection = await channel.open(number)
        except ConnectionFailed as failure:
            words = gettext("The mail server cannot be used (%(reason)s): check %(name)s and that the server runs.")
            wrong.append(words % {"reason": failure.reason, "name": name})
        else:
            await connection.close()
    return wrong


def _inbox_faults() -> list[str]:
    """What is wrong with the mailbox of answers, if there is one."""
    if not settings.IMAP_URL:
        return []
    try:
        with open_inbox(parse_inbox_url(settings.IMAP_URL), cafile=settings.IMAP_CA_FILE):
            return []
    except BadInboxUrl as wrong:
        return [str(wrong)]
    except InboxUnreachable as failure:
        words = gettext("The mailbox of answers cannot be read (%(reason)s): check %(name)s and the server.")
        return [words % {"reason": failure.reason, "name": "PLP_IMAP_URL"}]
