"""A message composed from the catalogue of sentences: the choice is kept, and its words stand in every language."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from plp.notices import refusals
from plp.notices.actions.drafts import store_notice_text
from plp.notices.actions.gates import require_right_to_write_by_plan
from plp.notices.actions.targets import set_target_area_of_draft
from plp.notices.actions.writers import copy_writers
from plp.notices.compositions import (
    composed_easy_text,
    composed_text_parts,
    composition_of_zone_template,
    languages_notice_leaves_in,
    meanings_changed_by_correction,
    starting_composition_of_feedback,
    starting_composition_of_subject,
    stored_composition_or_none,
)
from plp.notices.models import Notice, ZoneText
from plp.notices.queries import may_sent_notice_be_repeated, title_core_and_more_by_language
from plp.notices.queries.targets import target_area_of_notice
from plp.notices.states import State
from plp.people.models import Person
from plp.toolbox.clock import local
from plp.toolbox.moves import WrongState
from plp.toolbox.texts import LANGUAGES
from plp.wording.catalogue.composition import (
    Choice,
    Composition,
    composition_data,
    has_open_slot,
    require_valid_composition,
)
from plp.wording.catalogue.dated_days import name_days_by_date

NOTHING = ("", "", "")
REMINDER = "shared.repeated"


@transaction.atomic
def rewrite_draft_from_composition(
    *, notice: Notice, composition: Composition, by: Person | None, at: datetime
) -> None:
    """Write a draft anew, in every language, from a choice of sentences; a correction says what it changes.

    While a slot is open, its gap keeps the message here, and only the languages of the partnership are written. Raises
    ``WrongChoice``.
    """
    require_right_to_write_by_plan(by, notice, at)
    require_valid_composition(composition, may_be_open=True)
    origin = stored_composition_or_none(notice.corrects) if notice.corrects else None
    today = local(at).date()
    if origin is not None:
        changes = meanings_changed_by_correction(
            _composition_with_days_by_date(origin, today), name_days_by_date(composition, today)
        )
        composition = replace(composition, changed=changes)
    composition = replace(composition, written_on=today)
    _save_composition_of_draft(notice, composition)
    written, sent_in = title_core_and_more_by_language(notice), languages_notice_leaves_in(notice)
    for language in LANGUAGES:
        is_due = language in notice.partnership.languages or not has_open_slot(composition)
        is_due = is_due and language in composition.languages
        words = composed_text_parts(composition, language, sent_in=sent_in) if is_due else NOTHING
        if words != written.get(language, NOTHING):
            title, core, more = words
            easy = composed_easy_text(composition, language) if is_due else ""
            store_notice_text(
                notice=notice, language=language, title=title, core=core, more=more, easy=easy, by=by, at=at
            )


@transaction.atomic
def fill_empty_languages_from_catalogue(*, notice: Notice, subject: str, by: Person, at: datetime) -> None:
    """Begin a draft with the sentences of ``subject``, in each language of the partnership that has no words yet."""
    _fill_empty_languages(notice, starting_composition_of_subject(subject, at), by, at)


def fill_feedback_from_catalogue(*, notice: Notice, origin: Notice, by: Person, at: datetime) -> None:
    """Begin the feedback to ``origin`` with what came out of it."""
    _fill_empty_languages(notice, starting_composition_of_feedback(origin, at), by, at)


def _fill_empty_languages(notice: Notice, composition: Composition, by: Person, at: datetime) -> None:
    require_right_to_write_by_plan(by, notice, at)
    written = set(notice.texts.values_list("language", flat=True))
    if not written:
        rewrite_draft_from_composition(notice=notice, composition=composition, by=by, at=at)
        return
    sent_in = languages_notice_leaves_in(notice)
    for language in notice.partnership.languages:
        if language not in written:
            title, core, more = composed_text_parts(composition, language, sent_in=sent_in)
            store_notice_text(notice=notice, language=language, title=title, core=core, more=more, by=by, at=at)


def fill_draft_from_template(*, notice: Notice, template: ZoneText, by: Person, at: datetime) -> None:
    """Begin a draft with a template of the zone, in each language its sentences have. Raises ``WrongChoice``."""
    composition = composition_of_zone_template(template, notice.partnership, at)
    rewrite_draft_from_composition(notice=notice, composition=composition, by=by, at=at)


@transaction.atomic
def fill_draft_from_sent_notice(*, notice: Notice, origin: Notice, by: Person, at: datetime) -> None:
    """Begin a draft with the words of a message that was sent, and with the choice they came from.

    What is no correction says that it is a reminder; *yesterday* of another day is said by date. Whoever wrote the
    first is a writer of it, too (T1). Raises ``AlreadyExpired`` where an alarm, or another urgent message, that has
    ended would be said again (R111).
    """
    require_right_to_write_by_plan(by, notice, at)
    if not notice.corrects_id and not may_sent_notice_be_repeated(origin, at=at):
        raise refusals.AlreadyExpired
    copy_writers(notice, origins=[origin])
    if origin.target_area and not notice.corrects_id:
        set_target_area_of_draft(notice=notice, area=target_area_of_notice(origin), by=by, at=at)
    composition = stored_composition_or_none(origin)
    if composition is not None and composition.written_on not in {None, local(at).date()}:
        composition = _composition_with_days_by_date(composition, local(at).date())
    if composition is None:
        for language, (title, core, more) in title_core_and_more_by_language(origin).items():
            store_notice_text(notice=notice, language=language, title=title, core=core, more=more, by=by, at=at)
        return
    rows = [choice for choice in composition.choices if choice.sentence != REMINDER]
    rows = rows if notice.corrects_id else [Choice(REMINDER), *rows]
    rewrite_draft_from_composition(
        notice=notice, composition=replace(composition, choices=rows, changed=()), by=by, at=at
    )


def _composition_with_days_by_date(composition: Composition, today: date) -> Composition:
    return name_days_by_date(composition, composition.written_on or today)


def _save_composition_of_draft(notice: Notice, composition: Composition) -> None:
    stored = composition_data(composition)
    if not Notice.objects.filter(pk=notice.pk, state=State.DRAFT).update(composition=stored):
        raise WrongState
    notice.composition = stored
