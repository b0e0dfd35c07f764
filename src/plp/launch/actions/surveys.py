"""The survey: opened with one code a home, answered once a home, counted, closed (R17, T42)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _

from plp.journal.actions import note
from plp.launch.days import refuse_future_day_or_return_it
from plp.launch.models import ShowOfHands, StreetCount, Survey, SurveyCode, SurveyCount
from plp.launch.questionnaire import (
    ALWAYS,
    ANSWERS_OF_TRADERS,
    OWN,
    USUAL,
    home_survey_code,
    question_keys_offered,
    survey_code_digest,
)
from plp.mandates.grants import Permission
from plp.mandates.queries import require_unless_machine
from plp.partnership.gates import Gate, require_gate
from plp.partnership.models import Partnership
from plp.partnership.translations import TranslatedText
from plp.people.models import Person
from plp.places.models import Street
from plp.places.queries import addresses_of
from plp.toolbox.clock import local
from plp.toolbox.ids import new_random_id, normalise_code
from plp.toolbox.moves import Refused
from plp.toolbox.words import normalise_text
from plp.wording.held_words import HeldWords, require_text_passes_check

BATCH = 2_000
MOST_HANDS = 5_000
MOST_RETURN = 200
MOST_QUESTION = 120  # signs of a question of one's own: it stands on a small letter


class NoAddressToSurvey(Refused):
    """Without an area nobody can be asked."""

    sentence = _("Choose the streets of the area first: each address gets one code.")
    field = "last_day"


class AreaSurveyRunning(Refused):
    """One survey at a time."""

    sentence = _("A survey is already running. Close it before you open another.")


class BadAreaSurveyEnd(Refused):
    """A survey lasts from today to a day at most a year ahead."""

    sentence = _("Choose a last day between today and one year from now.")
    field = "last_day"


class BadShare(Refused):
    """A share of a hundred."""

    sentence = _("Enter a number between 1 and 100, or leave the field blank.")


class UnknownHomeCode(Refused):
    """No home has this code."""

    sentence = _("We do not know this code. Type the nine letters and digits as they are on the letter.")
    field = "code"


class HomeHasAnswered(Refused):
    """One answer a home."""

    sentence = _(
        "This code has already been used, perhaps by somebody else at your address. Each address counts once."
        " Was it nobody of yours? Ask at the place that your letter names."
    )
    field = "code"


class AreaSurveyOver(Refused):
    """It was closed, or its last day is over."""

    sentence = _("This survey is over. Your answer can no longer be counted.")
    field = "code"


class AreaSurveyIncomplete(Refused):
    """Whether the home is in favour was left open, or an answer is none of its question."""

    sentence = _("Whether the home is in favour is missing: nothing can be counted without it.")


class TooManyForms(Refused):
    """More forms than homes."""

    sentence = _("That is more forms than there are addresses in this street or in the area. Count again.")
    field = "yes"


class BadShowOfHands(Refused):
    """Nobody raised a hand, or more than fit in a hall."""

    sentence = _("Enter how many raised a hand: at least one, at most 5000.")
    field = "yes"


@transaction.atomic
def open_survey_and_create_address_codes(
    *,
    partnership: Partnership,
    last_day: date,
    by: Person | None,
    at: datetime,
    questions: Sequence[str] = USUAL,
    returned_to: str = "",
    needed_share: int | None = None,
    own_questions: Sequence[TranslatedText] = (),
) -> Survey:
    """Open the survey and make one code for each address of the area; of a code only the digest is kept.

    ``questions``: keys of ``question_keys_offered``, others are left out; that on support is always asked.
    ``returned_to``: to whom paper comes back.
    ``own_questions``: up to three, answered by yes, no or do not know.
    ``needed_share``: how many of a hundred homes that answer must be in favour, where that was agreed beforehand.
    Raises ``NotAllowed``, ``AreaSurveyRunning``, ``BadAreaSurveyEnd``, ``BadShare``, ``HeldWords`` or
    ``NoAddressToSurvey``.
    """
    require_unless_machine(by, Permission.GROUNDWORK, partnership.area, at=at)
    require_gate(partnership, Gate.INFORMING, by=by, at=at)
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
    if Survey.objects.filter(partnership=partnership, closed_at=None).exists():
        raise AreaSurveyRunning
    today = local(at).date()
    if not 0 <= (last_day - today).days <= 366:
        raise BadAreaSurveyEnd
    if needed_share is not None and not 1 <= needed_share <= 100:
        raise BadShare
    for own_key, question in zip(OWN, own_questions, strict=False):
        _require_question_passes_check(own_key, question)
    key = new_random_id()
    homes = addresses_of(partnership.area).values_list("register_id", flat=True)
    digests = {survey_code_digest(home_survey_code(key, home)) for home in homes}
    if not digests:
        raise NoAddressToSurvey
    are_traders = partnership.is_of_businesses
    survey = Survey.objects.create(
        id=key,
        partnership=partnership,
        homes=len(digests),
        opened_at=at,
        last_day=last_day,
        questions=[
            name for name in question_keys_offered(are_traders=are_traders) if name == ALWAYS or name in questions
        ],
        answers=dict(ANSWERS_OF_TRADERS) if are_traders else None,
        returned_to=" ".join(returned_to.split())[:MOST_RETURN],
        needed_share=needed_share,
        own_questions=[{"words": text.words, **text.stored()} for text in own_questions[: len(OWN)]],
        by=by,
    )
    rows = [SurveyCode(survey=survey, digest=code) for code in sorted(digests)]  # in an order that tells no street
    SurveyCode.objects.bulk_create(rows, batch_size=BATCH)
    note(verb="survey.opened", by=by, at=at, area=partnership.area.path, target=survey, homes=len(rows))
    return survey


def _require_question_passes_check(field: str, question: TranslatedText) -> None:
    """Raise ``HeldWords`` of ``field`` for words that the message check holds, in any of their languages (R71-R74)."""
    for language, words in {question.language: question.words, **question.others}.items():
        try:
            require_text_passes_check(words, language=language)
        except HeldWords as held:
            held.field = field
            raise


@transaction.atomic
def spend_code_and_count_screen_answer(
    *,
    code: str,
    answers: Mapping[str, str],
    by: Person | None,  # noqa: ARG001 - kept nowhere: no one may learn who answered
    at: datetime,
) -> Survey:
    """Count the answer of one home, given on screen until the last day. ``answers``: question to answer, with support.

    ``by`` is ``None``: whoever holds the code answers. No one learns afterwards which home said what. Raises
    ``AreaSurveyIncomplete``, ``UnknownHomeCode``, ``AreaSurveyOver`` or ``HomeHasAnswered``.
    """
    return _spend_code_and_count_answers(code, answers, SurveyCount.Medium.SCREEN, survey=None, at=at)


@transaction.atomic
def spend_code_and_count_paper_answer(
    *, survey: Survey, code: str, answers: Mapping[str, str], by: Person | None, at: datetime
) -> None:
    """Enter a paper form that bears its code: it counts once, on screen or on paper, until the survey is closed.

    What was left blank on paper is left out of ``answers``; whether the home is in favour must be there.
    Raises ``NotAllowed`` and what ``spend_code_and_count_screen_answer`` raises.
    """
    area = survey.partnership.area
    require_unless_machine(by, Permission.GROUNDWORK, area, at=at)
    _spend_code_and_count_answers(code, answers, SurveyCount.Medium.PAPER, survey=survey, at=at)
    note(verb="survey.form_entered", by=by, at=at, area=area.path, target=survey)


def _spend_code_and_count_answers(
    code: str, answers: Mapping[str, str], medium: str, *, survey: Survey | None, at: datetime
) -> Survey:
    """Spend the code and add to the counts; in parallel exactly one wins."""
    typed_code = normalise_code(code)
    home_code = (
        SurveyCode.objects.select_related("survey")
        .filter(digest=survey_code_digest(typed_code) if typed_code else "")
        .first()
    )
    if home_code is None or (survey is not None and home_code.survey_id != survey.pk):
        raise UnknownHomeCode
    running = Survey.objects.select_for_update().get(pk=home_code.survey_id)
    if running.closed_at is not None or (survey is None and local(at).date() > running.last_day):
        raise AreaSurveyOver
    _refuse_unknown_or_missing_answers(running, answers)
    if not SurveyCode.objects.filter(digest=home_code.digest, spent=False).update(spent=True):
        raise HomeHasAnswered
    for question, answer in answers.items():
        row: dict[str, Any] = {"survey": running, "question": question, "answer": answer, "medium": medium}
        SurveyCount.objects.get_or_create(**row)
        SurveyCount.objects.filter(**row).update(homes=F("homes") + 1)
    return running


def _refuse_unknown_or_missing_answers(survey: Survey, answers: Mapping[str, str]) -> None:
    """Raise ``AreaSurveyIncomplete`` unless each answer is one of its question; all but support may be left blank."""
    fitting = {
        key
        for key, answer in answers.items()
        if key in survey.asked_question_keys and answer in survey.answer_keys(key)
    }
    if fitting != set(answers) or ALWAYS not in fitting:
        raise AreaSurveyIncomplete


@transaction.atomic
def save_support_counts_of_street(
    *, survey: Survey, street: Street, yes: int, no: int, unsure: int, by: Person | None, at: datetime
) -> StreetCount:
    """Enter how many forms without a code came back from a street; again to correct it. Support only.

    Raises ``NotAllowed``, ``AreaSurveyOver`` or ``TooManyForms``.
    """
    area = survey.partnership.area
    require_unless_machine(by, Permission.GROUNDWORK, area, at=at)
    running = Survey.objects.select_for_update().get(pk=survey.pk)
    if running.closed_at is not None:
        raise AreaSurveyOver
    forms = yes + no + unsure
    forms_elsewhere = running.street_counts.exclude(street=street).aggregate(all=Sum("homes", default=0))["all"]
    homes_left = running.homes - forms_elsewhere - running.codes.filter(spent=True).count()
    if min(yes, no, unsure) < 0 or forms > min(homes_left, addresses_of(area).filter(street=street).count()):
        raise TooManyForms
    counts = {"homes": forms, "yes": yes, "no": no, "unsure": unsure}
    row, _created = StreetCount.objects.update_or_create(survey=running, street=street, defaults=counts)
    note(verb="survey.street_counted", by=by, at=at, area=area.path, target=survey, street=street.pk, forms=forms)
    return row


@transaction.atomic
def close_survey(*, survey: Survey, by: Person | None, at: datetime) -> None:
    """End the survey: nothing counts any more, and its result can be read.

    Raises ``NotAllowed`` or ``AreaSurveyOver``.
    """
    area = survey.partnership.area
    require_unless_machine(by, Permission.GROUNDWORK, area, at=at)
    if not Survey.objects.filter(pk=survey.pk, closed_at=None).update(closed_at=at):
        raise AreaSurveyOver
    survey.closed_at = at
    survey.codes.update(spent=False)  # not even who took part stays
    note(verb="survey.closed", by=by, at=at, area=area.path, target=survey)


@transaction.atomic
def record_survey_letters_printed(*, survey: Survey, letters: int, by: Person | None, at: datetime) -> None:
    """Note that letters with codes were printed: whoever prints them could answer for others. Raises ``NotAllowed``."""
    area = survey.partnership.area
    require_unless_machine(by, Permission.GROUNDWORK, area, at=at)
    note(verb="survey.letters_printed", by=by, at=at, area=area.path, target=survey, letters=letters)


@transaction.atomic
def record_show_of_hands(
    *,
    partnership: Partnership,
    held_on: date,
    occasion: str,
    yes: int,
    no: int,
    unsure: int,
    by: Person | None,
    at: datetime,
) -> ShowOfHands:
    """Note a show of hands at a meeting: support measured without a survey.

    Raises ``BadShowOfHands``, ``FutureDay`` ...
    """
    require_unless_machine(by, Permission.GROUNDWORK, partnership.area, at=at)
    require_gate(partnership, Gate.INFORMING, by=by, at=at)
    if min(yes, no, unsure) < 0 or not 0 < yes + no + unsure <= MOST_HANDS:
        raise BadShowOfHands
    counted = ShowOfHands.objects.create(
        partnership=partnership,
        held_on=refuse_future_day_or_return_it(held_on, "held_on", at=at),
        occasion=normalise_text(occasion, most=120),
        yes=yes,
        no=no,
        unsure=unsure,
        by=by,
        at=at,
    )
    note(
        verb="support.counted", by=by, at=at, area=partnership.area.path, target=counted, yes=yes, no=no, unsure=unsure
    )
    return counted
