"""Letters of a rota: it was made, hours are to be taken over, hours are nobody's (ADR 74)."""

from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path

from plp.delivery import pages
from plp.delivery.letters import Context, LetterTemplate, send_letter
from plp.delivery.texts import strip_slots
from plp.documents.dates import date_format
from plp.mandates.models import Rota, Shift
from plp.mandates.rota_patterns import Hours, WeekPattern
from plp.people.models import Person
from plp.people.queries import contacts_of
from plp.toolbox.clock import local
from plp.toolbox.crypto import is_valid_signature, sign

TEXTS = Path(__file__).parent / "texts"
PURPOSE = "rota.shift"
MOST_GAPS = 10  # that a letter names
ROTA_MADE = LetterTemplate(TEXTS, "rota_made", "partnership.rota_made", urgent=False)
SHIFT_ASKED = LetterTemplate(TEXTS, "shift_asked", "partnership.shift_asked")
SHIFT_TAKEN = LetterTemplate(TEXTS, "shift_taken", "partnership.shift_answered")
SHIFT_DECLINED = LetterTemplate(TEXTS, "shift_declined", "partnership.shift_answered")
SHIFT_GIVEN = LetterTemplate(TEXTS, "shift_given", "partnership.shift_given", lasts=timedelta(days=1))
ROTA_UNMANNED = LetterTemplate(TEXTS, "rota_unmanned", "partnership.rota_unmanned")


def hours_in_words(starts_at: datetime, ends_at: datetime) -> str:
    """Hours on the Belgian clock: the day once where they begin and end on the same one."""
    begins, ends = local(starts_at), local(ends_at)
    if begins.date() != ends.date():
        return f"{date_format(begins, 'DATETIME_FORMAT')} – {date_format(ends, 'DATETIME_FORMAT')}"
    hours = " – ".join(date_format(hour, "TIME_FORMAT") for hour in (begins, ends))
    return f"{date_format(begins, 'DATE_FORMAT')}, {hours}"


def _text_to_sign(shift: Shift) -> str:
    """What a link is signed over: it opens nothing once another person is asked, or another has the hours."""
    return f"{shift.pk.hex}:{shift.offered_to_id or shift.person_id}"


def shift_answer_path(shift: Shift) -> str:
    """The address of the page on which whoever was asked says yes or no. No sign-in is needed."""
    return pages.SHIFT_ANSWER.path(shift.pk.hex, sign(_text_to_sign(shift), purpose=PURPOSE))


def is_valid_shift_answer_signature(shift: Shift, signature: str) -> bool:
    """Whether the link is one that we gave to whoever is asked now, or who said yes and has the hours."""
    return is_valid_signature(_text_to_sign(shift), signature, purpose=PURPOSE)


def send_rota_letters(
    rota: Rota, people: Collection[Person], pattern: WeekPattern, *, by: Person, at: datetime
) -> None:
    """Write to each who stands on a new pattern, and where they see their hours."""

    def new_rota_letter_values(language: str) -> dict[str, str]:
        days = {"first": date_format(pattern.first, "DATE_FORMAT"), "last": date_format(pattern.last, "DATE_FORMAT")}
        return {"area": rota.area.name(language), **days, "link": pages.ROTA.link(rota.area_id)}

    _send_rota_letter(ROTA_MADE, people, new_rota_letter_values, by=by, at=at)


def send_shift_offer(shift: Shift, *, by: Person, at: datetime) -> None:
    """Ask whoever is offered hours, with what they give for them if anything, and a link for yes or no."""
    if shift.offered_to is not None:
        path = pages.SHIFT_ANSWER.link(shift.pk.hex, sign(_text_to_sign(shift), purpose=PURPOSE))
        _send_rota_letter(
            SHIFT_ASKED,
            [shift.offered_to],
            lambda language: _rota_letter_values(shift, by, language, path),
            by=by,
            at=at,
        )


def send_takeover_answer(shift: Shift, asker: Person, *, accepts: bool, by: Person, at: datetime) -> None:
    """Tell whoever asked whether their hours are somebody else's now."""
    letter = SHIFT_TAKEN if accepts else SHIFT_DECLINED
    path = pages.ROTA.link(shift.rota.area_id)
    _send_rota_letter(letter, [asker], lambda language: _rota_letter_values(shift, by, language, path), by=by, at=at)


def send_handover_letter(shift: Shift, *, by: Person, at: datetime) -> None:
    """Tell whoever is on call from now on."""
    if shift.person is not None:
        path = pages.ROTA.link(shift.rota.area_id)
        _send_rota_letter(
            SHIFT_GIVEN, [shift.person], lambda language: _rota_letter_values(shift, by, language, path), by=by, at=at
        )


def send_unmanned_hours_letter(
    rota: Rota, hours: Collection[Hours], people: Collection[Person], *, at: datetime
) -> None:
    """Tell whoever makes the rota which hours of the next week nobody has."""

    def unmanned_hours_letter_values(language: str) -> dict[str, str]:
        lines = "\n".join(f"- {hours_in_words(*gap)}" for gap in list(hours)[:MOST_GAPS])
        return {"area": rota.area.name(language), "hours": lines, "link": pages.ROTA.link(rota.area_id)}

    _send_rota_letter(ROTA_UNMANNED, people, unmanned_hours_letter_values, by=None, at=at)


def _rota_letter_values(shift: Shift, named: Person, language: str, link: str) -> dict[str, str]:
    return {
        "name": strip_slots(named.name),
        "area": shift.rota.area.name(language),
        "hours": hours_in_words(shift.starts_at, shift.ends_at),
        "link": link,
    }


def _send_rota_letter(
    letter: LetterTemplate, people: Collection[Person], values: Context, *, by: Person | None, at: datetime
) -> None:
    readers = contacts_of(Person.objects.filter(pk__in=[person.pk for person in people]))
    send_letter(letter, to=readers, context=values, area=None, by=by, at=at)
