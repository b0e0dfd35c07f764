"""A drill of a message: it reaches only members who agreed to drills, says so above all else, and counts as no message.

Nobody types it: its words are the same each time, so nothing of it is released or relayed.
"""

from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plp.delivery import pages
from plp.delivery.letters import LetterTemplate, send_letter
from plp.journal.actions import note
from plp.mandates.queries import NotAllowed, may
from plp.notices.actions.help_calls import CRY_DESKS
from plp.notices.queries.drills import DRILL_PURPOSE, contacts_of_members_in_drills, last_message_drill
from plp.partnership.gates import require_living
from plp.partnership.letters import emergency_number_values
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.moves import Refused

DRILL = LetterTemplate(
    Path(__file__).parents[1] / "texts", "drill", DRILL_PURPOSE, urgent=False, titled=True, counts_for_area=True
)
APART = timedelta(days=7)  # between two drills of a partnership


class DrillTooSoon(Refused):
    """The last drill was not a week ago."""

    sentence = _("The last drill message went less than a week ago. Wait, so that drills stay rare.")


class NobodyInDrills(Refused):
    """No member agreed to drills, or none of them can be written to."""

    sentence = _("No member has agreed to drills yet: each finds the tick under “What I receive”.")


@transaction.atomic
def send_drill_to_consenting_members(*, partnership: Partnership, by: Person, at: datetime) -> int:
    """Write to the members who agreed to drills; answer how many copies. Paper and calls are spared.

    Raises ``NotAllowed``, ``DrillTooSoon`` or ``NobodyInDrills``.
    """
    if not any(may(by, permission, partnership.area, at=at) for permission in CRY_DESKS):
        raise NotAllowed
    require_living(partnership)
    last = last_message_drill(partnership)
    if last is not None and at - last.created_at < APART:
        raise DrillTooSoon
    copies = send_letter(
        DRILL,
        to=contacts_of_members_in_drills(partnership),
        context=lambda language: {
            "partnership": partnership.name(language),
            "settings": pages.MEMBER_ENTRY.link(),
            **emergency_number_values(partnership, language),
        },
        area=partnership.area,
        by=by,
        at=at,
    )
    if not copies:
        raise NobodyInDrills
    note(verb="notice.drilled", by=by, at=at, area=partnership.area.path, target=partnership, copies=copies)
    return copies
