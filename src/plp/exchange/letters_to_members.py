"""What members are told when their partnership moves: before, if it stays after all, and once it is there."""

from datetime import datetime
from pathlib import Path

from django.utils.formats import date_format

from plp.delivery import pages
from plp.delivery.letters import LetterTemplate, send_letter
from plp.exchange.models import PartnershipMove
from plp.membership.queries import member_contacts
from plp.partnership.letters import emergency_number_values, public_contact_text
from plp.people.models import Person

TEXTS = Path(__file__).parent / "texts"


def _move_letter_template(name: str) -> LetterTemplate:
    return LetterTemplate(TEXTS, name, f"exchange.{name}", urgent=False, by_hand=True, counts_for_area=True)


MOVES, STAYS, ARRIVED = _move_letter_template("moves"), _move_letter_template("stays"), _move_letter_template("arrived")


def tell_members_of_coming_move(move: PartnershipMove, *, by: Person | None, at: datetime) -> int:
    """The day, to whom, and how to say no. Answers how many letters were queued."""
    return _queue_move_letter(MOVES, move, by, at)


def tell_members_move_is_off(move: PartnershipMove, *, by: Person | None, at: datetime) -> int:
    """That nothing changes after all."""
    return _queue_move_letter(STAYS, move, by, at)


def tell_members_after_move(move: PartnershipMove, *, by: Person | None, at: datetime) -> int:
    """By the new installation: it is here, and this is where one finds it."""
    return _queue_move_letter(ARRIVED, move, by, at)


def _queue_move_letter(template: LetterTemplate, move: PartnershipMove, by: Person | None, at: datetime) -> int:
    partnership = move.partnership
    if partnership is None:
        return 0
    return send_letter(
        template,
        to=member_contacts(partnership),
        context=lambda language: {
            "partnership": partnership.name(language),
            "here": move.partner.area.name(language),
            "there": move.partner.name,
            "day": date_format(move.day, "DATE_FORMAT") if move.day else "",
            "settings": pages.MEMBER_ENTRY.link(),
            "page": pages.PARTNERSHIP.link(partnership.key),
            "contact": public_contact_text(partnership) or pages.PARTNERSHIP.link(partnership.key),
            **emergency_number_values(partnership, language),
        },
        area=partnership.area,
        by=by,
        at=at,
    )
