"""What the pages on which a text is worded share."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from plp.charter.rules.text_differences import TextPiece
from plp.charter.rules.text_differences import text_differences as between
from plp.documents import (
    Bars,
    Blank,
    Flow,
    Grid,
    Lines,
    Missing,
    PictureCards,
    Signers,
    UnknownPlace,
    Value,
    WrongVariant,
    document_html,
)
from plp.launch.actions import texts
from plp.launch.crime_promises import promises_fewer_crimes
from plp.launch.documents import files
from plp.launch.documents.pack_document import PackDocument
from plp.launch.documents.place_names import GIVEN_PLACES
from plp.launch.documents.placeholder_values import PartnershipData, allowed_placeholders
from plp.launch.documents.refusals import EmptyText, TextTooLong, TextUnchanged
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places.models import Area
from plp.portal.subjects.launch.pack.forms import DocumentTextForm
from plp.portal.subjects.launch.pack.scope import ChosenDocument
from plp.wording.held_words import HeldWords

FAULTS = (
    EmptyText,
    HeldWords,
    TextTooLong,
    TextUnchanged,
    UnknownPlace,
    WrongVariant,
)  # of the text: told beside it, nothing is lost


def save_document_text_or_add_error(
    form: DocumentTextForm, owner: Partnership | Area, chosen: ChosenDocument, *, by: Person, at: datetime
) -> bool:
    """Keep the text of ``form``; a fault of the text becomes an error of the form."""
    source = form.cleaned_data["source"]
    if promises_fewer_crimes(source) and not form.cleaned_data["keeps_words"]:
        form.add_error("source", _("Does this text promise fewer crimes? Change it, or tick below that it does not."))
        form.asks_about_promise = True
        return False
    try:
        texts.save_new_version_of_document_text(
            owner=owner, entry=chosen.entry, language=chosen.language, source=source, by=by, at=at
        )
    except FAULTS as fault:
        form.add_error("source", fault.in_words())
        return False
    return True


def text_preview_and_promise_warning(
    form: DocumentTextForm, chosen: ChosenDocument, data: PartnershipData, values: Mapping[str, Value]
) -> dict[str, Any]:
    """The text of ``form`` as a page, and whether it seems to promise fewer crimes (R151)."""
    if form.errors:
        return {}
    source = form.cleaned_data["source"]
    try:
        made = files.compose_pack_document(chosen.entry, source, data, values, chosen.language)
    except FAULTS as fault:
        form.add_error("source", fault.in_words())
        return {}
    return {"shown": document_html(made), "promises": promises_fewer_crimes(source)}


def text_differences_between(before: str, after: str) -> list[TextPiece]:
    """From one text to another, word by word; nothing when they are equal."""
    return [] if before == after else between(before, after)


def placeholders_with_current_values(entry: PackDocument, values: Mapping[str, Value]) -> list[tuple[str, str]]:
    """The places that a text may use, with what stands there now."""
    return [(name, _value_text(values[name])) for name in sorted(allowed_placeholders(entry))]


def placeholder_meanings(entry: PackDocument) -> list[tuple[str, str]]:
    """The places that a text may use, with what they stand for."""
    return [(name, str(GIVEN_PLACES.get(name, ""))) for name in sorted(allowed_placeholders(entry))]


def _value_text(value: Value) -> str:
    if isinstance(value, Missing):
        return str(value.words)
    if isinstance(value, Lines | PictureCards):
        return ", ".join(value.items)
    if isinstance(value, Blank | Signers):
        return ""
    if isinstance(value, Grid):
        return "; ".join(", ".join(row) for row in value.rows)
    if isinstance(value, Bars | Flow):
        return value.title
    return value
