"""The police rate an exchange, the coordinator answers (R56, R57)."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from plp.followup.letters import send_rating_answer_letter, send_rating_letter
from plp.followup.models import Rating
from plp.followup.refusals import BadRatingPeriod, NotExchanged, RatingAlreadyAnswered
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.notices.models import Notice
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.clock import local
from plp.toolbox.moves import WrongState
from plp.toolbox.words import normalise_text
from plp.wording.held_words import require_text_passes_check

MOST_WORDS = 1000
YEAR = timedelta(days=366)


@transaction.atomic
def rate_message(
    *, notice: Notice, quality: int, timeliness: int, words: str, language: str, by: Person, at: datetime
) -> Rating:
    """Say how one message travelled, and how soon. It can be said anew until the coordinator answers.

    Raises ``NotAllowed``, ``NotExchanged``, ``BadWords``, ``HeldWords`` or ``RatingAlreadyAnswered``.
    """
    require(by, Permission.EXCHANGE_RATE, notice.partnership.area, at=at)
    if notice.relayed_at is None or notice.relayed_at > at:
        raise NotExchanged
    given = {"quality": Rating.Grade(quality), "timeliness": Rating.Grade(timeliness), "words": words}
    return _save_rating_and_notify(
        notice.partnership, {"notice": notice}, {**given, "language": language}, by=by, at=at
    )


@transaction.atomic
def rate_period(
    *,
    partnership: Partnership,
    begins: date,
    until: date,
    quality: int,
    timeliness: int,
    words: str,
    language: str,
    by: Person,
    at: datetime,
) -> Rating:
    """Say how a period went, both days included. Raises as ``rate_message`` does, and ``BadRatingPeriod``."""
    require(by, Permission.EXCHANGE_RATE, partnership.area, at=at)
    if not begins < until <= local(at).date() or until - begins > YEAR:
        raise BadRatingPeriod
    given = {"quality": Rating.Grade(quality), "timeliness": Rating.Grade(timeliness), "words": words}
    about = {"notice": None, "begins": begins, "until": until}
    return _save_rating_and_notify(partnership, about, {**given, "language": language}, by=by, at=at)


@transaction.atomic
def answer_rating(*, rating: Rating, words: str, by: Person, at: datetime) -> None:
    """The coordinator's word on it, once. Raises ``NotAllowed``, ``BadWords``, ``HeldWords`` or ``WrongState``."""
    require(by, Permission.EXCHANGE_ANSWER, rating.partnership.area, at=at)
    told = normalise_text(words, most=MOST_WORDS, lines=True)
    require_text_passes_check(told, language=rating.language)
    if not Rating.objects.filter(pk=rating.pk, answered_at=None).update(answered_at=at, answered_by=by):
        raise WrongState
    rating.refresh_from_db()
    rating.answer = told
    rating.save(update_fields=["answer"])
    send_rating_answer_letter(rating, by=by, at=at)
    note(verb="rating.answered", by=by, at=at, area=rating.partnership.area.path, target=rating)


def _save_rating_and_notify(
    partnership: Partnership, subject_columns: dict[str, Any], answers: dict[str, Any], *, by: Person, at: datetime
) -> Rating:
    """Write it, or write it anew as long as nobody answered; the coordinator hears of it."""
    told = normalise_text(answers["words"], most=MOST_WORDS, lines=True, empty=True)
    if told:
        require_text_passes_check(told, language=answers["language"])
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
    if Rating.objects.filter(partnership=partnership, **subject_columns).exclude(answered_at=None).exists():
        raise RatingAlreadyAnswered
    columns = {**answers, "words": told, "by": by, "at": at}
    rating, is_new = Rating.objects.update_or_create(partnership=partnership, **subject_columns, defaults=columns)
    send_rating_letter(rating, by=by, at=at)
    grades = {key: int(answers[key]) for key in ("quality", "timeliness")}
    verb = "rating.given" if is_new else "rating.changed"
    note(verb=verb, by=by, at=at, area=partnership.area.path, target=rating, **grades)
    return rating
