"""The channel ``sms``."""

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from unicodedata import normalize

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plp.channels.sms import smpp
from plp.channels.sms.gateway_connection import GatewayConnection
from plp.channels.sms.kannel import Gateway, parse_gateway_url
from plp.channels.sms.receipt_sessions import ReceiptSessions
from plp.channels.sms.smpp import Smsc
from plp.channels.sms.smpp_session import SmppSession
from plp.channels.sms.suppliers.account import SupplierAccount, parse_supplier_url
from plp.channels.sms.suppliers.connection import SupplierConnection
from plp.delivery.channel import (
    HURRY,
    Abilities,
    AddressForm,
    BadAddress,
    ConnectionFailed,
    Envelope,
    Limits,
    Outcome,
    Prepared,
    Receipt,
    Slot,
    Text,
    fill,
    slots_of,
)
from plp.delivery.phone_numbers import MobileFault, parse_mobile_number
from plp.toolbox.gsm import split_sms

RANGE = 6  # characters of a number: country, network and the first digits of it
NO_ANSWERS = _(
    "Answers do not come in by SMPP: give PLP_SMS_SENDER a name instead of a number, or send through Kannel."
)
SENDER = re.compile(r"\+?[0-9]{3,15}|[A-Za-z0-9 .-]{3,11}")  # what networks show (3GPP TS 23.040)


class NotABelgianMobile(BadAddress):
    """What was typed is no Belgian mobile number."""

    sentence = _("Type a Belgian mobile number, for example 0475 12 34 56.")


class LandlineGiven(BadAddress):
    """A landline shows no SMS."""

    sentence = _("This is a landline: it cannot show an SMS. Type a mobile number, or ask to be called instead.")


class ServiceNumber(BadAddress):
    """An emergency, short, free or premium number: nobody's own, or one that makes us pay (T40)."""

    sentence = _("This is a service number. Type your own mobile number, for example 0475 12 34 56.")


class NumberElsewhere(BadAddress):
    """A mobile number of a country or range that the operator did not switch on (``PLP_SMS_PREFIXES``)."""

    sentence = _("We cannot send an SMS to this number. Type a Belgian mobile number, or choose e-mail.")


REFUSALS: Mapping[MobileFault, type[BadAddress]] = {
    "unreadable": NotABelgianMobile,
    "landline": LandlineGiven,
    "service": ServiceNumber,
    "elsewhere": NumberElsewhere,
}


@dataclass(frozen=True)
class SmsText:
    """A text as SMS: its body alone."""

    body: str
    slots: frozenset[Slot]


class Sms:
    """Short text messages from a known sender name, never a hidden number (R118)."""

    key: ClassVar[str] = "sms"
    label: ClassVar[Any] = _("SMS")
    abilities: ClassVar[Abilities] = Abilities(receipts=True, replies=True, max_length=612, cost=7, concurrency=4)
    address_form: ClassVar[AddressForm] = AddressForm(
        label=_("Your mobile number"),
        hint=_("We send a code to it to be sure that it is yours."),
        input_type="tel",
        autocomplete="tel",
        example="0475 12 34 56",
        turn=1,
        on_paper=_("SMS, number: ____"),
    )
    outcomes: ClassVar[Mapping[str, Outcome]] = {}

    def __init__(self) -> None:
        self.receipt_sessions = ReceiptSessions()

    def normalise(self, raw: str) -> str:
        """``+324…`` (E.164). Raises one of ``REFUSALS``."""
        number, fault = parse_mobile_number(raw, settings.SMS_PREFIXES)
        if fault:
            raise REFUSALS[fault]
        return number

    def prepare(self, text: Text) -> Prepared:
        """Nothing to encode before the copy is complete: one letter of a name may change its alphabet."""
        return SmsText(text.body, slots_of(text))

    def count_suppliers(self) -> int:
        """One or two; a setting that cannot be read counts as one, which fails."""
        try:
            return max(1, len(configured_gateways()))
        except ValueError:
            return 1

    async def open(self, supplier: int = 0) -> GatewayConnection | SmppSession | SupplierConnection:
        """A connection to one of the gateways. Raises ``ConnectionFailed``."""
        try:
            gateways = configured_gateways()
        except ValueError as wrong:
            raise ConnectionFailed("sms-setting") from wrong
        if not gateways:
            raise ConnectionFailed("sms-not-set-up")
        patience = max(1.0, min(30.0, settings.DELIVERY_LEASE_SECONDS * 0.7))
        hurry = min(HURRY, patience) if supplier < len(gateways) - 1 else None
        gateway = gateways[supplier]
        connection: GatewayConnection | SmppSession | SupplierConnection
        common: dict[str, Any] = {
            "sender": settings.SMS_SENDER,
            "patience": patience,
            "hurry": hurry,
            "prefixes": settings.SMS_PREFIXES,
        }
        if isinstance(gateway, Smsc):
            connection = SmppSession(gateway, **common)
        elif isinstance(gateway, SupplierAccount):
            connection = SupplierConnection(gateway, origin=callback_origin(), **common)
        else:
            connection = GatewayConnection(gateway, origin=callback_origin(), **common)
        await connection.connect()
        return connection

    def limits(self) -> Limits:
        """The operator's settings."""
        return Limits(
            cents=settings.SMS_CENTS,
            day=settings.SMS_CENTS_A_DAY // settings.SMS_CENTS,
            area=settings.SMS_PARTS_A_QUARTER,
            number=settings.SMS_PARTS_A_NUMBER,
            codes=settings.SMS_CODES_AN_HOUR,
        )

    def count_parts(self, envelope: Envelope) -> int:
        """How many messages the network makes of it."""
        return max(1, len(split_sms(normalize("NFC", fill(envelope.prepared.body, envelope.values)))))

    def number_range_of(self, address: str) -> str:
        """``+32475`` of ``+32475123456``: who walks through numbers stays in one range for long."""
        return address[:RANGE]

    async def read_receipts(self) -> Sequence[Receipt]:
        """Of operators by SMPP, each over a session that listens; Kannel calls ``/api/receipts/sms/…`` by itself."""
        return await self.receipt_sessions.acknowledge_and_read(_smpp_operators_sending_receipts())

    def check(self) -> Sequence[str]:
        """Whether the sender is one people can know, and a gateway is set, in reach and takes our password."""
        if not SENDER.fullmatch(settings.SMS_SENDER):
            return [gettext("PLP_SMS_SENDER must be a number, or a name of 3 to 11 letters and digits.")]
        try:
            gateways = configured_gateways()
        except ValueError as wrong:
            return [str(wrong)]
        if any(isinstance(gateway, Smsc) for gateway in gateways) and settings.SMS_SENDER.removeprefix("+").isdecimal():
            return [str(NO_ANSWERS)]
        if not gateways:
            return [gettext("No SMS gateway is set: give PLP_SMS_URL, or leave SMS out of the communication plans.")]
        return asyncio.run(_gateway_faults(self))


def callback_origin() -> str:
    """Where a gateway or supplier finds us."""
    origin: str = settings.SMS_CALLBACK_ORIGIN or settings.ORIGIN
    return origin


def configured_gateways() -> list[Gateway | Smsc | SupplierAccount]:
    """The gateways of ``PLP_SMS_URL`` and ``PLP_SMS_URL_2``. Raises ``ValueError`` with a sentence."""
    urls = (("PLP_SMS_URL", settings.SMS_URL), ("PLP_SMS_URL_2", settings.SMS_URL_2))
    return [PARSERS.get(url.partition(":")[0], parse_supplier_url)(url, name) for name, url in urls if url]


PARSERS: Mapping[str, Callable[[str, str], Gateway | Smsc | SupplierAccount]] = {  # by scheme; any other is a supplier
    "http": parse_gateway_url,
    "https": parse_gateway_url,
    "smpp": smpp.parse_operator_url,
    "smpps": smpp.parse_operator_url,
}


def supplier_accounts() -> list[SupplierAccount]:
    """The suppliers among them; none where a setting cannot be read."""
    try:
        return [gateway for gateway in configured_gateways() if isinstance(gateway, SupplierAccount)]
    except ValueError:
        return []


def _smpp_operators_sending_receipts() -> list[Smsc]:
    try:
        return [gateway for gateway in configured_gateways() if isinstance(gateway, Smsc) and gateway.receipts]
    except ValueError:
        return []


async def _gateway_faults(channel: Sms) -> list[str]:
    """What is wrong with each gateway."""
    wrong = []
    for number in range(channel.count_suppliers()):
        name = "PLP_SMS_URL_2" if number else "PLP_SMS_URL"
        try:
            connection = await channel.open(number)
            try:
                if not isinstance(connection, SmppSession):  # which stands only with a right password
                    await connection.check_account()
            finally:
                await connection.close()
        except ConnectionFailed as failure:
            words = gettext("The SMS gateway cannot be used (%(reason)s): check %(name)s and that the gateway runs.")
            wrong.append(words % {"reason": failure.reason, "name": name})
    return wrong
