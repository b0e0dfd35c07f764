"""What the screen in the room, the chair's telephone and the page of the volunteers show."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _
from django.utils.translation import override

from plp.delivery import pages
from plp.documents import document_html
from plp.evening.letters import day_in_words
from plp.evening.minutes import vote_result_in_words
from plp.evening.models import AgendaPoint, Meeting, Offer, Question
from plp.evening.queries.elected import comparable_names_elected_at
from plp.evening.rules import DOORS_OPEN_BEFORE
from plp.evening.speaking_notes import speaking_notes
from plp.evening.states import Voting
from plp.membership.states import Function
from plp.portal.subjects.evening.forms.meetings import PointRecordForm
from plp.portal.subjects.evening.forms.voices import OFFERS, TaskForm
from plp.portal.subjects.evening.scope import page_language


def room_screen_context(meeting: Meeting) -> dict[str, Any]:
    """The point being treated, the open votes with how many voted, else a fresh result. Two queries."""
    points, questions = list(meeting.points.all()), list(meeting.questions.all())
    closed = sorted((one for one in questions if one.closed_at), key=lambda one: str(one.closed_at))
    last = closed[-1] if closed else None
    if last and meeting.shown_at and last.closed_at and last.closed_at < meeting.shown_at:
        last = None  # the evening went on
    return {
        "point": _current_point(meeting, points),
        "points": points,
        "open": [(one, one.votes_so_far().cast) for one in questions if one.state == Voting.OPEN],
        "last": last,
        "names": [(code, meeting.partnership.name(code)) for code in meeting.languages],
        "results": _result_in_languages(last, meeting.languages),
    }


def _result_in_languages(question: Question | None, languages: Sequence[str]) -> list[tuple[str, str]]:
    """What was decided, in each language of the meeting."""
    results = []
    for code in languages:
        with override(code):
            results.append((code, vote_result_in_words(question.result) if question and question.result else ""))
    return results


def chair_page_context(meeting: Meeting, *, at: datetime) -> dict[str, Any]:
    """The point being treated with what to say, the next one, the votes."""
    points, questions = list(meeting.points.all()), list(meeting.questions.all())
    now = _current_point(meeting, points)
    words = speaking_notes(now, page_language(), at=at) if now else None
    later = [point for point in points if point.position > meeting.current]
    return {
        "point": now,
        "talk": document_html(words) if words else "",
        "record": PointRecordForm(initial={"record": now.record if now else ""}),
        "next": later[0] if later else None,
        "missing": [point for point in points if point.ticked_at is None],
        "questions": [_question_with_cast_and_result(one) for one in questions],
        "is_early": at < meeting.starts_at - DOORS_OPEN_BEFORE,
    }


def _question_with_cast_and_result(question: Question) -> tuple[Question, int, str]:
    cast = question.votes_so_far().cast if question.state == Voting.OPEN else 0
    return question, cast, vote_result_in_words(question.result) if question.result else ""


def _current_point(meeting: Meeting, points: list[AgendaPoint]) -> AgendaPoint | None:
    return next((point for point in points if point.position == meeting.current), None)


SEVERAL = 2  # volunteers: one alone has a letter of their own


@dataclass(frozen=True)
class VolunteerCard:
    """Somebody who wants to help: their offer, the tasks in words, the form to ask them, a letter or a call."""

    offer: Offer
    tasks: Sequence[str]
    form: TaskForm
    letter: str
    telephone: str
    is_elected: bool


def volunteer_cards(meeting: Meeting, typed: Mapping[str, Any] | None) -> list[VolunteerCard]:
    """Those who offered help at ``meeting``; ``typed``: what was sent on the form of one of them, by ``ask``."""
    elected = comparable_names_elected_at(meeting)
    return [
        VolunteerCard(
            offer,
            tasks := [str(OFFERS[task]) for task in offer.tasks],
            TaskForm(
                typed if typed and typed["ask"] == str(offer.pk) else None,
                prefix=f"ask-{offer.pk}",
                initial={"task": offer.task or ", ".join(tasks), "until": offer.task_until},
            ),
            _volunteer_mailto_link(offer, meeting, tasks),
            "" if "@" in offer.reach else re.sub(r"[^+0-9]", "", offer.reach),
            offer.name.casefold() in elected,
        )
        for offer in meeting.offers.order_by("taken_up_at", "pk")
    ]


def mailto_link_to_asked_volunteers(meeting: Meeting, cards: Sequence[VolunteerCard]) -> str:
    """A ``mailto:`` address with one letter to all who were asked and left an e-mail, unseen by each other."""
    asked = [card.offer for card in cards if card.offer.task and "@" in card.offer.reach]
    if len(asked) < SEVERAL:
        return ""
    latest = max(offer.task_until for offer in asked if offer.task_until)
    parts = [
        _("Thank you for offering your help at the information evening."),
        _("Could you do what you offered by %s?") % day_in_words(latest, page_language()),
        _("Please register here first: %s") % pages.JOIN.link(meeting.partnership.key),
    ]
    subject = _("Your help in %s") % meeting.partnership.name(page_language())
    given = {"bcc": ",".join(sorted(offer.reach for offer in asked)), "subject": subject, "body": "\n\n".join(parts)}
    return f"mailto:?{urlencode(given, quote_via=quote)}"


def _volunteer_mailto_link(offer: Offer, meeting: Meeting, tasks: Sequence[str]) -> str:
    """A ``mailto:`` address with a letter that asks somebody for their task; empty without an e-mail."""
    if "@" not in offer.reach:
        return ""
    name = meeting.partnership.name(page_language())
    parts = [_("Thank you for offering your help at the information evening: %s.") % (", ".join(tasks) or "…")]
    if offer.task and offer.task_until:
        task_and_day = {"task": offer.task, "day": day_in_words(offer.task_until, page_language())}
        parts.append(_("Could you do this by %(day)s? %(task)s") % task_and_day)
    parts.append(_("Please register here first: %s") % pages.JOIN.link(meeting.partnership.key))
    if set(offer.tasks) & set(Function.values):
        parts.append(_("Tell us too if you agree that the members vote on you."))
    letter = urlencode({"subject": _("Your help in %s") % name, "body": "\n\n".join(parts)}, quote_via=quote)
    return f"mailto:{quote(offer.reach, safe='@+.')}?{letter}"
