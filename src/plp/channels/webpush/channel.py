"""The channel ``webpush``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from plp.channels.webpush.subscriptions import normalise_subscription
from plp.delivery.channel import (
    Abilities,
    AddressForm,
    BadAddress,
    ConnectionFailed,
    Outcome,
    Prepared,
    Slot,
    Text,
    slots_of,
)

if TYPE_CHECKING:
    from plp.channels.webpush.push_connection import PushConnection


class NoSubscription(BadAddress):
    """No subscription of a browser whose push service is on the list."""

    sentence = _("Your browser did not give us an address for notifications. Try another browser, or choose e-mail.")


@dataclass(frozen=True)
class NotificationText:
    """A text as a notification."""

    title: str
    body: str
    slots: frozenset[Slot]


class WebPush:
    """Notifications without an app: free, at once, and encrypted up to the browser."""

    key: ClassVar[str] = "webpush"
    label: ClassVar[Any] = _("Notification on a device")
    abilities: ClassVar[Abilities] = Abilities(max_length=900, titles=True, concurrency=4)
    address_form: ClassVar[AddressForm] = AddressForm(
        label=_("This device"),
        hint=_("Your browser asks you whether it may show notifications."),
        typed=False,
        on_paper=_("Notification on my device: I switch it on on my page"),
    )
    outcomes: ClassVar[Mapping[str, Outcome]] = {}

    def normalise(self, raw: str) -> str:
        """The subscription that a browser gave, as JSON. Raises ``NoSubscription``."""
        try:
            return normalise_subscription(raw.strip(), settings.PUSH_HOSTS)
        except ValueError as wrong:
            raise NoSubscription from wrong

    def prepare(self, text: Text) -> Prepared:
        """Nothing to encrypt before the receiver is known."""
        return NotificationText(text.subject or "PLP", text.body, slots_of(text))

    async def open(self) -> "PushConnection":
        """A connection to whichever services the receivers use. Raises ``ConnectionFailed`` where none is allowed."""
        if not settings.PUSH_HOSTS:
            raise ConnectionFailed("webpush-off")
        from plp.channels.webpush.push_connection import PushConnection  # noqa: PLC0415 - its libraries weigh 19 MB
        from plp.channels.webpush.push_requests import PushRequestWriter  # noqa: PLC0415 - as above

        patience = max(1.0, min(30.0, settings.DELIVERY_LEASE_SECONDS * 0.7))
        return PushConnection(PushRequestWriter(), hosts=settings.PUSH_HOSTS, patience=patience)

    def check(self) -> Sequence[str]:
        """Nothing can be wrong before somebody subscribes; without hosts nobody can."""
        return ()
