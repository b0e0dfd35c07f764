"""Which ranges of numbers may get an SMS: Belgian mobiles, so that nobody makes us pay for a premium line (G20)."""

from collections.abc import Sequence

from plp.delivery.channel import DeliveryFailed

ANYWHERE = ("+",)  # beginnings of every number


def raise_if_number_outside_ranges(number: str, prefixes: Sequence[str]) -> None:
    """The last look before an SMS leaves: a range may have been switched off since the number was typed (T40).

    Raises ``DeliveryFailed``.
    """
    if not number.startswith(tuple(prefixes)):
        raise DeliveryFailed("sms-number-refused", temporary=False)
