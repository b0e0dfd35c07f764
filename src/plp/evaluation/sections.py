"""What is written by hand in a report: the three questions, the objectives, and the officer's numbers (R138, R139).

Keys are stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy as _

MOST_WORDS = 4_000
MOST_NUMBER = 1_000_000


@dataclass(frozen=True)
class ReportSection:
    """One part that is written: its title, and what helps to write it."""

    title: Any
    help: Any


SECTIONS: Mapping[str, ReportSection] = MappingProxyType(
    {
        "agreements": ReportSection(
            _("Were the agreements kept?"),
            _("Think of the number and the quality of the messages, the plan, the reports to the police, the advice."),
        ),
        "objectives": ReportSection(
            _("Did the work help the objectives?"),
            _("Think of what members do to protect themselves, of the feeling of safety, of contacts in the street."),
        ),
        "members": ReportSection(
            _("How do the members experience it?"),
            _("Think of the survey, the meetings, the questions and opinions that came in."),
        ),
        "next": ReportSection(
            _("Objectives for the coming year"),
            _("What do you want to reach together? They come first in the next evaluation."),
        ),
    }
)

# What only the police can count: typed once, blank where nobody counted.
NUMBERS: Mapping[str, Any] = MappingProxyType(
    {
        "reports_members": _("Reports to the police by members"),
        "reports_others": _("Reports to the police by others in the area"),
        "burglaries": _("Burglaries in dwellings, completed"),
        "attempts": _("Burglaries in dwellings, attempted"),
    }
)
OF_PERSONS = frozenset({"reports_members", "reports_others"})  # few of them would point at whoever reported (T16, T53)
