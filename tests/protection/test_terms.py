"""Each kind of data for as long as its term: what is older goes, what is younger stays, the notice says so (R84)."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import translation

from plp.delivery.models import Message, MessageText
from plp.drafts.models import Draft
from plp.journal.actions import note
from plp.journal.models import Entry
from plp.launch.models import Idea
from plp.mandates.queries import NotAllowed
from plp.membership.models import Candidate, Membership
from plp.notices.models import HelpCall, TakenReply
from plp.ops import housekeeping
from plp.people.models import Person, RetentionTerm
from plp.people.retention_terms import retention_term, shortest_terms_by_kind
from plp.protection.actions import TermOutOfBounds, set_retention_terms
from plp.protection.models import Breach
from plp.protection.queries import zone_retention_days
from plp.protection.retention import RULES, SETTABLE, longest_retention_days
from plp.protection.retention_text import legal_basis_text, period_text, privacy_notice_values, term_text
from plp.sightings.models import Question, Sighting
from plp.toolbox import clock
from plp.toolbox.texts import LANGUAGES
from tests.factories import outbox
from tests.factories.cast import Cast, member, person
from tests.sightings.stage import question, sighting

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
type Check = Callable[[], bool]  # whether what was made is still there


def belonging(state: str, **dated: str) -> Callable[[Cast, datetime], Check]:
    """A membership in ``state``, its person dated by the field named."""

    def make(cast: Cast, at: datetime) -> Check:
        someone = member(cast.here.partnership, "Ada Exemple")
        Membership.objects.filter(person=someone).update(state=state, **dict.fromkeys(dated.values(), at))
        return lambda: Person.objects.filter(pk=someone.pk).exists()

    return make


def candidate(cast: Cast, at: datetime) -> Check:
    someone = member(cast.here.partnership, "Ada Exemple")
    made = Candidate.objects.create(
        partnership=cast.here.partnership, person=someone, function="deputy", state="withdrawn", proposed_at=at
    )
    return lambda: Candidate.objects.filter(pk=made.pk).exists()


def letter(_cast: Cast, at: datetime) -> Check:
    made = outbox.message(at=at)
    return lambda: MessageText.objects.filter(message=made.pk).exists()


def log(_cast: Cast, at: datetime) -> Check:
    made = outbox.message(at=at)
    return lambda: Message.objects.filter(pk=made.pk).exists()


def draft(_cast: Cast, at: datetime) -> Check:
    made = Draft.objects.create(person=person("Ann Ex"), page="/x/", typed="{}", kept_at=at)
    return lambda: Draft.objects.filter(pk=made.pk).exists()


def report(_cast: Cast, at: datetime) -> Check:
    made = sighting()
    Sighting.objects.filter(pk=made.pk).update(state="closed", filed_at=at, ended_at=at)
    return lambda: Sighting.objects.get(pk=made.pk).state != "purged"


def cry(cast: Cast, at: datetime) -> Check:
    made = HelpCall.objects.create(
        partnership=cast.here.partnership, person=person("Ann Ex"), cause="cry", channel="sms", words="Help", at=at
    )
    return lambda: HelpCall.objects.filter(pk=made.pk).exists()


def asked(cast: Cast, at: datetime) -> Check:
    made = question(cast)
    Question.objects.filter(pk=made.pk).update(state="answered", answered_at=at)
    return lambda: Question.objects.filter(pk=made.pk).exists()


def reply(_cast: Cast, at: datetime) -> Check:
    made = TakenReply.objects.create(event=at.isoformat(), at=at)
    return lambda: TakenReply.objects.filter(pk=made.pk).exists()


def idea(cast: Cast, at: datetime) -> Check:
    made = Idea.objects.create(
        municipality=cast.here.area, origin="resident", kind="residents", words="Hier", language="nl", filed_at=at,
        street_text="Rue Haute", postcode="1130", state="declined", answered_at=at, answer="Nein.",
    )  # fmt: skip
    return lambda: Idea.objects.get(pk=made.pk).words != ""


def breach(cast: Cast, at: datetime) -> Check:
    made = Breach.objects.create(
        area=cast.here.area, cause="lost", words="A list", persons=1, noticed_at=at, recorded_at=at, closed_at=at
    )
    return lambda: Breach.objects.filter(pk=made.pk).exists()


def look(cast: Cast, at: datetime) -> Check:
    made = note(verb="members.viewed", by=cast.here.coordinator, at=at, area=cast.here.area.path)
    return lambda: Entry.objects.get(pk=made.pk).actor != ""


MAKERS: Mapping[str, Callable[[Cast, datetime], Check]] = {
    "members": belonging("left", on="left_at"),
    "waiting": belonging("pending", on="asked_at"),
    "refused": belonging("refused", on="left_at"),
    "candidates": candidate,
    "letters": letter,
    "log": log,
    "drafts": draft,
    "sightings": report,
    "answers": cry,
    "questions": asked,
    "reply_codes": reply,
    "ideas": idea,
    "breaches": breach,
    "reads": look,
}


def test_every_kind_whose_term_may_be_set_is_tried() -> None:
    assert set(MAKERS) == set(SETTABLE)


@pytest.mark.parametrize("shorter", [False, True], ids=["as the house keeps it", "as a zone shortened it"])
@pytest.mark.parametrize("key", MAKERS)
def test_what_is_older_goes_and_what_is_younger_stays(cast: Cast, key: str, shorter: bool) -> None:
    rule = SETTABLE[key]
    days = rule.least if shorter else longest_retention_days(rule)
    if shorter:
        RetentionTerm.objects.create(area=cast.zone, key=key, days=days)
    older, younger = (MAKERS[key](cast, clock.now() - (days + more) * DAY) for more in (1, -1))

    next(chore for chore in housekeeping.daily_chores() if chore.action.__name__ == rule.chore).action()

    assert (older(), younger()) == (False, True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_and_the_list_say_the_term_that_holds(cast: Cast, language: str) -> None:
    RetentionTerm.objects.create(area=cast.zone, key="members", days=8)
    RetentionTerm.objects.create(area=cast.zone, key="reads", days=2 * 365)
    client = Client(headers={"accept-language": language})

    page = client.get("/privacy/").content.decode()

    terms = shortest_terms_by_kind()
    with translation.override(language):
        spans = [term_text(8 * DAY), term_text(90 * DAY), term_text(3 * 365 * DAY), term_text(2 * 365 * DAY)]
        rows = [period_text(rule, terms) for rule in SETTABLE.values()]
        places = privacy_notice_values(terms)
    assert [places[f"kept_{key}"] for key in ("members", "waiting", "log", "reads")] == spans
    assert [span for span in spans if span not in page] == []
    assert [row for row in rows if row not in page] == []


def test_a_zone_shortens_within_the_bounds_and_the_shortest_holds(cast: Cast) -> None:
    who = {"by": cast.chief, "at": clock.now()}

    set_retention_terms(zone=cast.zone, days={"members": 20, "drafts": 3}, **who)
    RetentionTerm.objects.create(area=cast.abroad.area, key="members", days=10)

    assert zone_retention_days(cast.zone) == {key: longest_retention_days(rule) for key, rule in SETTABLE.items()} | {
        "members": 20,
        "drafts": 3,
    }
    assert [retention_term(key, 30 * DAY) for key in ("members", "drafts", "log")] == [10 * DAY, 3 * DAY, 30 * DAY]
    set_retention_terms(zone=cast.zone, days={"drafts": 14}, **who)
    assert not RetentionTerm.objects.filter(key="drafts").exists()
    assert Entry.objects.filter(verb="retention.set").count() == 3


@pytest.mark.parametrize(("key", "days"), [("members", 6), ("members", 31), ("reads", 364), ("reads", 1096)])
def test_beyond_its_bounds_nothing_is_set(cast: Cast, key: str, days: int) -> None:
    with pytest.raises(TermOutOfBounds):
        set_retention_terms(zone=cast.zone, days={key: days}, by=cast.chief, at=clock.now())
    with pytest.raises(NotAllowed):
        set_retention_terms(zone=cast.zone, days={}, by=cast.here.coordinator, at=clock.now())

    assert not RetentionTerm.objects.exists()


def test_the_article_behind_a_term_ends_without_the_comma_of_the_rule() -> None:
    with translation.override("de"):
        grounds = {legal_basis_text(rule) for rule in RULES}

    assert "DSGVO,\u00a0Art.\u00a05(1)(e)" in grounds
    assert [ground for ground in grounds if ground.endswith(",")] == []
