"""Reads about drills of a message: who takes part, and what arrived. They are counted here and in no other figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from plp.delivery.models import Message
from plp.delivery.queries import message_tally
from plp.membership.queries import member_contacts
from plp.partnership.models import Partnership
from plp.people.models import ContactPoint
from plp.people.queries import contacts_not_muted

DRILL_PURPOSE = "notices.drill"
MOST_SHOWN = 3


@dataclass(frozen=True)
class MessageDrill:
    """One drill: where, when, to how many persons, and how many copies left or arrived."""

    partnership: Partnership
    at: datetime
    audience: int
    reached: int


def contacts_of_members_in_drills(partnership: Partnership) -> QuerySet[ContactPoint]:
    """The contacts of the members who agreed to drills, and want messages at all."""
    contacts = member_contacts(partnership).filter(person__preference__joins_drills=True)
    return contacts_not_muted(contacts, "drill")


def count_members_in_drills(partnerships: Sequence[Partnership]) -> int:
    """How many members of these partnerships agreed to drills: one query each."""
    persons = {
        key
        for partnership in partnerships
        for key in contacts_of_members_in_drills(partnership).order_by().values_list("person")
    }
    return len(persons)


def _message_drills(partnerships: Sequence[Partnership]) -> QuerySet[Message]:
    paths = [partnership.area.path for partnership in partnerships]
    return Message.objects.filter(purpose=DRILL_PURPOSE, on_behalf_of__in=paths).order_by("-created_at")


def last_message_drill(partnership: Partnership) -> Message | None:
    """The last drill of a partnership."""
    return _message_drills([partnership]).first()


def last_message_drills_with_reach(partnerships: Sequence[Partnership]) -> list[MessageDrill]:
    """The last drills of these partnerships with what became of them, the newest first: a query for each."""
    by_area = {partnership.area.path: partnership for partnership in partnerships}
    return [
        MessageDrill(by_area[drill.on_behalf_of], drill.created_at, drill.audience, message_tally(drill).reached)
        for drill in _message_drills(partnerships)[:MOST_SHOWN]
    ]
