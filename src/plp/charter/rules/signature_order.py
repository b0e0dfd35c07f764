"""In which order the four sign, and whose turn it is (R93)."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext_lazy as _

AUTHORITIES = ("municipality", "chief", "officer", "coordinator")

# The orders that a zone can choose from; the key is kept in no table, only the order itself.
ORDERS = {
    "any": (_("In any order"), ()),
    "citizens": (_("The coordinator first, the mayor last"), tuple(reversed(AUTHORITIES))),
    "authorities": (_("The mayor first, the coordinator last"), AUTHORITIES),
}


def signing_order_key(order: Sequence[str]) -> str:
    """The key of an order; ``any`` when it is none of ours."""
    return next((key for key, (_label, slots) in ORDERS.items() if slots == tuple(order)), "any")


def is_turn_to_sign(slot: str, *, order: Sequence[str], signed: Collection[str]) -> bool:
    """Whether it is the turn of ``slot``: everybody before it in ``order`` has signed, and it has not."""
    if slot in signed:
        return False
    before = order[: order.index(slot)] if slot in order else ()
    return all(earlier in signed for earlier in before)
