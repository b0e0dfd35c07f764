"""The letters as documents: one text a rung and language, every value set in as it is, never as markup."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from plp.delivery import pages
from plp.delivery.phone_numbers import format_phone_number
from plp.documents import Document, Grid, Lines, Missing, PrintOrder, Value, compose, pdfs, placeholder_names
from plp.documents.dates import date_format
from plp.measures.ladders import MEMBER, Effect
from plp.measures.models import Appeal, File, Measure
from plp.measures.queries import offices_held_then_in_words
from plp.measures.rules import last_appeal_day
from plp.measures.states import Appealing, MeasureGround, MeasureStep
from plp.membership.member_papers import address_lines
from plp.partnership.signs import sign_and_name
from plp.places.queries import zone_around
from plp.toolbox.clock import local

TEXTS = Path(__file__).parent / "texts"
DAYS_OF_YEAR = 365  # every term of a ladder is of whole years


def measure_paper(measure: Measure, language: str, *, with_address: bool = False) -> Document:
    """The letter of a measure; before the last signature as it will be. ``with_address``: as it is posted."""
    file = measure.file
    with override(language):
        moment = measure.taken_at or measure.proposed_at
        values: dict[str, Value] = {
            **_common_letter_values(measure, moment, language, with_address=with_address),
            "grounds": Lines([str(MeasureGround(key).label) for key in measure.grounds]),
            "when": (
                _("This concerns %s.") % date_format(measure.happened_on, "DATE_FORMAT")
                if measure.happened_on
                else _("This concerns the past months.")
            ),
            "came": " ".join(filter(None, (_talk_sentence(measure), _noted_by_sentence(measure)))),
            "talk": _last_talk_sentence(measure),
            "effect": _suspension_effect_text(file.ladder) if measure.rung.effect == Effect.SUSPENDS else "",
            "last_day": date_format(last_appeal_day(moment, measure.rung.appeal_days), "DATE_FORMAT"),
            "signatures": _signatures_value(measure),
            "link": pages.OWN_MEASURES.link(),
        }
    return _compose_measure_letter(measure.rung.paper, values, measure, language, str(measure.rung.title))


def appeal_paper(appeal: Appeal, language: str, *, with_address: bool = False) -> Document:
    """The letter that says what was decided on an appeal. ``with_address``: as it is posted."""
    measure = appeal.measure
    with override(language):
        if appeal.state == Appealing.UPHELD:
            outcome = _("Your appeal is accepted. Your function is given back to you from today on.")
        else:
            outcome = _("Your appeal is rejected. The decision stays as it is.")
        values: dict[str, Value] = {
            **_common_letter_values(measure, appeal.decided_at or appeal.noted_at, language, with_address=with_address),
            "sent_on": date_format(appeal.sent_on, "DATE_FORMAT"),
            "way": appeal.get_way_display(),
            "outcome": outcome,
            "decider": appeal.decided_name,
        }
        title = _("Decision on your appeal")
    return _compose_measure_letter("appeal_paper", values, measure, language, title)


def measure_letter_pdf(letter: Document, file: File, *, at: datetime) -> bytes:
    """``letter`` to whom ``file`` is about: for an envelope with a window, in large print for whoever reads with
    difficulty. Raises as ``documents.pdf``.
    """
    large_print = file.person.preference.needs_large_type
    footer = _partnership_as_sender(file, letter.language)
    order = PrintOrder(letter, footer=footer, large_print=large_print, window=settings.LETTER_WINDOW)
    return pdfs([order], at=at)[0]


def _compose_measure_letter(
    name: str, values: dict[str, Value], measure: Measure, language: str, title: str
) -> Document:
    source = (TEXTS / f"{name}.{language}.md").read_text(encoding="utf-8")
    used = {key: values[key] for key in placeholder_names(source)}
    return compose(source, used, language=language, title=title, kind=measure.file.partnership.kind)


def _common_letter_values(measure: Measure, moment: datetime, language: str, *, with_address: bool) -> dict[str, Value]:
    years, partnership = measure.rung.kept_days // DAYS_OF_YEAR, measure.file.partnership
    zone, telephone = zone_around(partnership.area), format_phone_number(partnership.contact_phone)
    person = measure.file.person
    police = _("Police zone %s") % zone.name(language) if zone else ""
    return {
        "sender": "\n".join(filter(None, (_partnership_as_sender(measure.file, language), police))),
        "addressee": "\n".join(address_lines(person)) if with_address else person.name,
        "police": telephone or Missing(_("local police")),
        "partnership": partnership.name(language),
        "day": date_format(local(moment).date(), "DATE_FORMAT"),
        "kept": ngettext("%d year", "%d years", years) % years,
    }


def _partnership_as_sender(file: File, language: str) -> str:
    return sign_and_name(file.partnership.kind, file.partnership.name(language), language)


def _last_talk_sentence(measure: Measure) -> str:
    """Whether the last talk before a measure took place; nothing where none was noted."""
    talks = measure.file.measures.filter(step=MeasureStep.TALK, proposed_at__lte=measure.proposed_at)
    talk = talks.order_by("proposed_at").last()
    return _talk_sentence(talk) if talk else ""


def _talk_sentence(talk: Measure) -> str:
    if talk.happened_on is None:
        return ""
    day = date_format(talk.happened_on, "DATE_FORMAT")
    if talk.came:
        return _("On %s a talk with you took place.") % day
    return _("On %s you were invited to a talk. It did not take place.") % day


def _noted_by_sentence(measure: Measure) -> str:
    """Who noted the talk, and in which office; nothing once that person is forgotten."""
    by = measure.proposed_by
    if by is None:
        return ""
    office = offices_held_then_in_words(by, measure.rung, measure.file.partnership.area, at=measure.proposed_at)
    return _("Noted by %s.") % ", ".join(filter(None, (by.name, office)))


def _suspension_effect_text(ladder: str) -> str:
    if ladder == MEMBER.key:
        return _("You are excluded provisionally. You do not receive the messages of the partnership for now.")
    return _("You are suspended from your function. Others do its tasks for now. You remain a member.")


def _signatures_value(measure: Measure) -> Value:
    """Who signed, when; before anybody did, who will."""
    rows = [
        [one.get_slot_display(), one.name, date_format(local(one.signed_at), "DATETIME_FORMAT")]
        for one in sorted(measure.signatures.all(), key=lambda one: one.signed_at)
    ]
    signed = {one.slot for one in measure.signatures.all()}
    rows += [[str(role.label), "", ""] for role in measure.rung.signers if role not in signed]
    return Grid([_("Office"), _("Name"), _("Signed on")], rows) if rows else ""
