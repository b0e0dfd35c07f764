"""What the pages of a report show: fields under their headings, refusals at their field, answers to start from."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from plp.documents import Document, Grid, Value, compose, pdf
from plp.documents.blocks import PageBreak
from plp.documents.dates import date_format, hour_text
from plp.places.models import Area
from plp.sandbox.refusals import NotReadNow, TooHeavy
from plp.sandbox.virus_scan import Infected, NotScanned
from plp.sightings.models import Referral, Sighting
from plp.sightings.queries import referral_document, reported_facts_of
from plp.sightings.refusals import NoPicture, TellsOrigin
from plp.toolbox.moves import Refused
from plp.toolbox.texts import text

TEXTS = Path(__file__).parent / "texts"
PICTURES_REFUSED = (NoPicture, Infected, NotScanned, TooHeavy, NotReadNow)
TEMPLATES: dict[str, Any] = {
    "thanks": gettext_lazy("Thank you, we keep an eye on it"),
    "patrol": gettext_lazy("A patrol has been there"),
    "call": gettext_lazy("Please call us"),
    "statement": gettext_lazy("Please come to make a statement"),
}


def field_of_refusal(refused: Refused, typed: Mapping[str, Any]) -> str | None:
    """The field at which a refusal stands; ``None`` for the form as a whole. Words stand where they were typed."""
    if isinstance(refused, PICTURES_REFUSED):
        return "pictures"
    if isinstance(refused, TellsOrigin):
        return next((name for name, value in typed.items() if refused.details["words"] in str(value)), None)
    return None


def answer_template_text(template_key: str, sighting: Sighting) -> str:
    """An answer to start from, in the language of the report; empty for an unknown name."""
    return text(TEXTS, f"answer_{template_key}", sighting.language) if template_key in TEMPLATES else ""


def place_and_kind_text(sighting: Sighting) -> str:
    """Municipality and kind: what a list may show."""
    return f"{sighting.municipality.bilingual_name(get_language() or 'fr')} – {sighting.get_kind_display()}"


def list_row_text(sighting: Sighting) -> str:
    """Municipality, kind, day and hour: all by which a list tells reports apart, for every other word is sealed."""
    return f"{place_and_kind_text(sighting)}, {day_and_hour_text(sighting)}"


def day_and_hour_text(sighting: Sighting) -> str:
    """Day, and hour where known."""
    day = date_format(sighting.day, "DATE_FORMAT")
    return f"{day}, {hour_text(sighting.clock)}" if sighting.clock else day


def draft_summary_line(answers: dict[str, Any], municipality: Area) -> str:
    """The answers to the three questions in one line, above the fields of the last step."""
    day = date_format(date.fromisoformat(answers["day"]), "DATE_FORMAT")
    moment = f"{day}, {answers['clock']}" if answers["clock"] else day
    place = f"{answers['place']} {municipality.bilingual_name(get_language() or 'fr')}"
    return f"{Sighting.Kind(answers['kind']).label} · {place} · {moment}"


def sighting_sheets_pdf(*sightings: Sighting, at: datetime) -> bytes:
    """Reports on paper, each on a page of its own, to be taken into the police's own system."""
    documents = [_sighting_sheet(sighting) for sighting in sightings]
    blocks = list(documents[0].blocks)
    for document in documents[1:]:
        blocks += [PageBreak(), *document.blocks]
    return pdf(replace(documents[0], blocks=tuple(blocks)), at=at)


def service_sheet_pdf(referral: Referral, *, at: datetime) -> bytes:
    """What a service of the municipality reads, on paper."""
    sighting, language = referral.sighting, get_language() or "fr"
    told = referral_document(referral)
    who = f"{told['reporter']['name']}, {told['reporter']['reach']}" if told["reporter"] else _("not told")
    places: dict[str, Value] = {
        "reference": sighting.reference,
        "place": told["place"] or _("erased"),
        "day": date_format(sighting.day, "DATE_FORMAT"),
        "reporter": who,
        "words": told["words"] or _("erased"),
    }
    source = text(TEXTS, "service_sheet", language, **{name: f"{{{name}}}" for name in places})
    return pdf(compose(source, places, language=language, title=f"{_('Report')} {sighting.reference}"), at=at)


def _sighting_sheet(sighting: Sighting) -> Document:
    language = get_language() or "fr"
    rows = [(str(label), words) for _heading, told in reported_facts_of(sighting) for label, words in told]
    who = ", ".join(words for words in (sighting.reporter_name, sighting.reporter_reach) if words)
    places: dict[str, Value] = {
        "reference": sighting.reference,
        "filed": date_format(sighting.filed_at, "DATE_FORMAT"),
        "kind": str(sighting.get_kind_display()),
        "moment": day_and_hour_text(sighting),
        "place": sighting.place or _("erased"),
        "reporter": who or _("not told"),
        "pictures": str(sighting.photos.count()),
        "facts": Grid((_("Field"), _("What was told")), tuple(rows)),
    }
    title = f"{_('Report')} {sighting.reference}"
    source = text(TEXTS, "sheet", language, **{name: f"{{{name}}}" for name in places})  # filled by ``compose``
    return compose(source, places, language=language, title=title)
