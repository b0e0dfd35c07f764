"""The survey of the members: its questions, its breakdowns, the form of its codes (R139, R141). Pure.

Keys are stored.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from plp.toolbox.crypto import digest
from plp.toolbox.ids import readable_code

ANSWERS: Mapping[str, Any] = MappingProxyType(
    {"yes": _("Yes"), "rather": _("Mostly yes"), "hardly": _("Mostly no"), "no": _("No"), "unsure": _("No opinion")}
)

QUESTIONS: Mapping[str, Any] = MappingProxyType(
    {
        "enough": _("Do you get enough messages?"),
        "clear": _("Are the messages clear, and of use to you?"),
        "feedback": _("Do you hear what became of an alarm?"),
        "effort": _("Do you protect your home or shop better than a year ago?"),
        "report": _("Would you call the police sooner than before when you see something suspicious?"),
        "safe": _("Do you feel safe in your neighbourhood?"),
        "ties": _("Do you know the people of the neighbourhood better through the partnership?"),
        "stay": _("Do you want to stay a member?"),
    }
)

QUESTIONS_OF_TRADERS: Mapping[str, Any] = MappingProxyType(  # what they are asked instead
    {
        "effort": _("Do you protect your shop better than a year ago?"),
        "report": _("Do you and your staff know better how to react when you see something suspicious?"),
        "safe": _("Do you feel safe in your shop and in the street?"),
        "ties": _("Do you know the other traders better through the partnership?"),
    }
)

QUESTIONS_OF_SECTOR: Mapping[str, Any] = MappingProxyType(  # what those who work in a sector are asked instead
    {
        "effort": _("Do you protect your place of work better than a year ago?"),
        "safe": _("Do you feel safe at work and in the street?"),
        "ties": _("Do you know the others of the sector better through the partnership?"),
    }
)
QUESTIONS_BY_KIND: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {"plp_i": QUESTIONS_OF_TRADERS, "sectoral": QUESTIONS_OF_SECTOR}
)


def question_labels(kind: str) -> dict[str, Any]:
    """The questions as members of a partnership of ``kind`` are asked them, by their keys."""
    return {**QUESTIONS, **QUESTIONS_BY_KIND.get(kind, {})}


MEDIA: Mapping[str, Any] = MappingProxyType({"screen": _("on screen"), "paper": _("on paper")})
SINCE: Mapping[str, Any] = MappingProxyType(
    {"new": _("less than one year"), "some": _("one to three years"), "long": _("more than three years")}
)
SINCE_ASKED = _("How long have you been a member?")

# Breakdown: its parts. "all" has one, so that the whole is counted like the rest.
BREAKDOWNS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {"all": MappingProxyType({"all": _("all forms")}), "medium": MEDIA, "since": SINCE}
)
BREAKDOWN_NAMES: Mapping[str, Any] = MappingProxyType(
    {"all": capfirst(_("all forms")), "medium": _("On screen or on paper"), "since": _("By years of membership")}
)


def survey_form_code(survey_key: Any, number: int) -> str:
    """The code of one copy of a survey's form, always the same. Made with the key outside the database."""
    return readable_code(int(digest(f"{survey_key}:{number}", purpose="evaluation.form"), 16))


def survey_code_digest(code: str) -> str:
    """What is stored of a code."""
    return digest(code, purpose="evaluation.code")
