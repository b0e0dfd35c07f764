"""The words for the short keys that rules and queries answer with."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

OBSTACLE_WORDS = {
    "clauses": _("the agreement of every partner to every clause"),
    "contacts": _("the contact details of every partner"),
    "plan": _("the communication plan"),
    "financing": _("the financing plan"),
    "rules": _("the internal rules"),
    "circular": _("the same ministerial circular in the charter and in the internal rules"),
}


def obstacles_in_words(keys: Iterable[str]) -> str:
    """The obstacles, parted by commas, in the active language."""
    return ", ".join(str(OBSTACLE_WORDS[key]) for key in keys)
