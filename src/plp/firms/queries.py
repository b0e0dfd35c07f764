"""Reads about firms and their screens."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from plp.firms.models import Firm, Screen
from plp.firms.rules import is_firm_open
from plp.toolbox.crypto import all_digests, digest


def enterprise_number_digest(number: str) -> str:
    """The look-up key of an enterprise number."""
    return digest(number, purpose="enterprise")


def firms_with_number(number: str) -> QuerySet[Firm]:
    """Every establishment of an enterprise number (ten digits)."""
    return Firm.objects.filter(digest__in=all_digests(number, purpose="enterprise"))


def firm_at_same_door(firm: Firm, firms: Iterable[Firm]) -> Firm | None:
    """The one of ``firms`` at the very door of ``firm``, itself left out; ``None`` if there is none."""
    door = (firm.street_id, firm.house.lower().replace(" ", ""))
    others = (other for other in firms if other.pk != firm.pk)
    return next((other for other in others if (other.street_id, other.house.lower().replace(" ", "")) == door), None)


def keys_of_open_firms(firms: QuerySet[Firm], *, at: datetime) -> list[UUID]:
    """The keys of those that are open at ``at``: one query, no name is opened."""
    return [key for key, hours in firms.exclude(hours=[]).values_list("pk", "hours") if is_firm_open(hours, at)]


def paired_screens_of(firm: Firm) -> QuerySet[Screen]:
    """The paired screens of a firm, the oldest first."""
    return firm.screens.exclude(paired_at=None).order_by("paired_at")


def screen_with_token(token: str) -> Screen | None:
    """The paired screen whose browser holds ``token``; ``None`` once it was taken off."""
    keys = all_digests(token, purpose="screen")
    return Screen.objects.filter(token_digest__in=keys).select_related("firm").first() if token else None
