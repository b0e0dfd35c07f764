"""The survey of an area: its questions and the codes of its homes (R17). Pure."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy as _

from plp.toolbox.crypto import digest
from plp.toolbox.ids import READABLE

CODE_LENGTH = 9  # signs of a code: 44 bits

# Question: its answers. Keys are stored.
QUESTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"support": ("yes", "no", "unsure"), "join": ("yes", "no", "unsure"), "help": ("yes", "no", "unsure")}
)
QUESTION_LABELS: Mapping[str, Any] = MappingProxyType(
    {
        "support": _("Are you in favour of a local prevention partnership in your area?"),
        "join": _("Would you join it?"),
        "help": _("Would you help, for example in the steering committee?"),
    }
)
ANSWER_LABELS: Mapping[str, Any] = MappingProxyType({"yes": _("Yes"), "no": _("No"), "unsure": _("I do not know yet")})


def home_code(survey: Any, home: str) -> str:
    """The code of one home in one survey, always the same: ``home`` is the register's key of the address.

    Made with the key outside the database, so neither the table of codes nor a letter tells the address.
    """
    number = int(digest(f"{survey}:{home}", purpose="survey.home"), 16)
    signs = []
    for _place in range(CODE_LENGTH):
        number, remainder = divmod(number, len(READABLE))
        signs.append(READABLE[remainder])
    return "".join(signs)


def grouped_code(code: str) -> str:
    """A code as it is printed: three groups of three."""
    return " ".join(code[start : start + 3] for start in range(0, CODE_LENGTH, 3))


def normalise_code(typed: str) -> str:
    """A code as it was typed, brought to its one form; empty when it cannot be one."""
    code = "".join(sign for sign in typed.lower() if sign not in " -.\t\n")
    return code if len(code) == CODE_LENGTH and set(code) <= set(READABLE) else ""


def code_digest(code: str) -> str:
    """What is stored of a code."""
    return digest(code, purpose="survey.code")
