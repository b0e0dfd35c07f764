"""A breach from its record to its end: the 72 hours, who is told, who may, what stays (R86; GDPR arts. 33 and 34)."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings

from plp.followup.actions import clocks
from plp.followup.models import Due
from plp.journal.models import Entry
from plp.mandates.queries import NotAllowed
from plp.people.models import Person
from plp.protection import actions, queries
from plp.protection.facts import missing_safeguards, protective_measures
from plp.protection.models import Breach
from plp.protection.rules import KEPT, NOTIFY_WITHIN, BreachFacts, is_deadline_running, missing_steps
from tests.factories.cast import NOW, Cast, Quarter
from tests.factories.rows import rows_of

HOUR = timedelta(hours=1)


def facts(**known: Any) -> BreachFacts:
    usual = {"noticed_at": NOW, "risk": "", "authority_told_at": None, "persons_told_at": None}
    return BreachFacts(**(usual | {"has_reason": False, "is_closed": False} | known))


@pytest.mark.parametrize(
    ("known", "todo"),
    [
        ({}, ["decide"]),
        ({"risk": "none"}, []),
        ({"risk": "some"}, ["authority"]),
        ({"risk": "some", "authority_told_at": NOW}, []),
        ({"risk": "high"}, ["authority", "persons"]),
        ({"risk": "high", "authority_told_at": NOW}, ["persons"]),
        ({"risk": "high", "authority_told_at": NOW, "has_reason": True}, []),
        ({"risk": "high", "authority_told_at": NOW, "persons_told_at": NOW}, []),
    ],
)
def test_what_is_still_to_be_done(known: dict[str, Any], todo: list[str]) -> None:
    assert missing_steps(facts(**known)) == todo
    assert is_deadline_running(facts(**known)) == bool({"decide", "authority"} & set(todo))


def recorded(here: Quarter, by: Person, **more: Any) -> Breach:
    told = {"cause": "lost", "words": "A list was left on the tram.", "data": ["names", "contacts"], "persons": 40}
    return actions.record_breach(
        area=here.area, partnership=here.partnership, noticed_at=NOW, by=by, at=NOW + HOUR, **(told | more)
    )


@pytest.mark.django_db
def test_from_the_record_to_the_end() -> None:
    cast = Cast()
    breach, later = recorded(cast.here, cast.officer), NOW + 2 * HOUR
    told = {"breach": breach, "by": cast.chief, "at": later}

    with pytest.raises(actions.NotYet):
        actions.close_breach(**told)
    with pytest.raises(actions.NotYet):
        actions.note_authority_told(on=later, late_because="", **told)
    with pytest.raises(actions.SaysNothing):
        actions.decide_breach_risk(risk="high", reason=" ", done="", **told)
    actions.decide_breach_risk(risk="high", reason="Names and numbers.", done="The list is found.", **told)
    actions.note_authority_told(on=later, late_because="", **told)
    with pytest.raises(actions.SaysNothing):
        actions.note_persons_told(on=None, not_because="", **told)
    actions.note_persons_told(on=later, not_because="", **told)
    actions.close_breach(**told)

    with pytest.raises(actions.IsClosed):
        actions.decide_breach_risk(risk="none", reason="x", done="", **told)
    assert Breach.objects.get().data == ["names", "contacts"]


@pytest.mark.django_db
def test_what_is_known_is_completed_and_the_moment_of_notice_stays() -> None:
    cast = Cast()
    breach, later = recorded(cast.here, cast.officer), NOW + 2 * HOUR
    told = {"breach": breach, "by": cast.officer, "at": later}
    known = {"cause": "intrusion", "words": "A list was left on the tram.", "data": ["sign_in", "names"], "persons": 60}

    with pytest.raises(actions.NotYet):
        actions.complete_or_correct_breach(**known, began_at=NOW + HOUR, **told)
    actions.complete_or_correct_breach(**known, began_at=NOW - HOUR, **told)

    kept = Breach.objects.get()
    assert (kept.cause, kept.data, kept.persons, kept.began_at) == ("intrusion", ["names", "sign_in"], 60, NOW - HOUR)
    assert kept.noticed_at == NOW
    entry = Entry.objects.get(verb="breach.completed")
    assert entry.details["changed"] == ["began_at", "cause", "data", "persons"]

    actions.decide_breach_risk(risk="none", reason="Empty list.", done="", **told)
    actions.close_breach(**told)
    with pytest.raises(actions.IsClosed):
        actions.complete_or_correct_breach(**known, began_at=None, **told)
    with pytest.raises(NotAllowed):
        actions.complete_or_correct_breach(**known, began_at=None, breach=breach, by=cast.foreign_officer, at=later)


@pytest.mark.django_db
def test_the_authority_is_told_late_only_with_a_reason() -> None:
    cast = Cast()
    breach, late = recorded(cast.here, cast.officer), NOW + NOTIFY_WITHIN + HOUR
    told = {"breach": breach, "by": cast.officer, "at": late}
    actions.decide_breach_risk(risk="some", reason="Numbers.", done="", **told)

    with pytest.raises(actions.SaysNothing):
        actions.note_authority_told(on=late, late_because=" ", **told)
    with pytest.raises(actions.NotYet):
        actions.note_authority_told(on=NOW - HOUR, late_because="", **told)
    actions.note_authority_told(on=late, late_because="Noticed on a holiday.", **told)

    assert breach.authority_told_at == late


@pytest.mark.django_db
def test_only_offices_of_the_place_keep_it() -> None:
    cast = Cast()
    breach = recorded(cast.here, cast.here.coordinator)

    for stranger in (cast.next_door.coordinator, cast.foreign_officer):
        assert not queries.breaches_in_scope(stranger, at=NOW).exists()
        with pytest.raises(NotAllowed):
            actions.decide_breach_risk(breach=breach, risk="none", reason="x", done="", by=stranger, at=NOW)
    assert [queries.breaches_in_scope(one, at=NOW).count() for one in (cast.here.coordinator, cast.officer)] == [1, 1]


@pytest.mark.django_db
def test_the_clock_puts_it_on_the_desk_of_the_police_until_the_authority_knows() -> None:
    cast = Cast()
    breach = recorded(cast.here, cast.here.coordinator)

    clocks.remind_or_pass_on_due_matters(by=None, at=NOW + 25 * HOUR)
    row = Due.objects.get(kind="breach")
    actions.decide_breach_risk(
        breach=breach, risk="none", reason="Encrypted.", done="", by=cast.officer, at=NOW + 26 * HOUR
    )
    clocks.remind_or_pass_on_due_matters(by=None, at=NOW + 27 * HOUR)

    assert (row.due_at, row.reminded_at) == (NOW + NOTIFY_WITHIN, NOW + 25 * HOUR)
    assert row.holder in {cast.officer, cast.second_officer}
    assert Due.objects.get(kind="breach").done_at == NOW + 27 * HOUR


@pytest.mark.django_db
def test_what_concerns_many_stands_on_the_desk_without_the_clock() -> None:
    cast = Cast()
    breach = recorded(cast.here, cast.officer)
    Breach.objects.filter(pk=breach.pk).update(partnership=None, area=cast.zone)

    assert queries.running_breaches_of_no_partnership(cast.chief, at=NOW + HOUR) == [breach]
    assert queries.running_breaches_of_no_partnership(cast.here.coordinator, at=NOW + HOUR) == []


@pytest.mark.django_db
def test_the_record_goes_after_five_years_once_closed() -> None:
    cast = Cast()
    open_one, closed = recorded(cast.here, cast.officer), recorded(cast.here, cast.officer)
    Breach.objects.filter(pk=closed.pk).update(closed_at=NOW)

    assert actions.delete_old_breaches(by=None, at=NOW + KEPT) == 1
    assert Counter(Breach.objects.values_list("pk", flat=True)) == {open_one.pk: 1}


@pytest.mark.django_db
@pytest.mark.parametrize("more", [{"noticed_at": NOW + 2 * HOUR}, {"began_at": NOW + HOUR}])
def test_what_is_still_to_come_is_no_breach(more: dict[str, Any]) -> None:
    cast = Cast()
    told = {"cause": "lost", "words": "A list was left on the tram.", "data": ["names"], "persons": 40}
    where = {"area": cast.here.area, "partnership": cast.here.partnership, "by": cast.officer, "at": NOW + HOUR}

    with pytest.raises(actions.NotYet):
        actions.record_breach(**({"noticed_at": NOW} | told | where | more))

    assert not Breach.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("on", [NOW - HOUR, NOW + 3 * HOUR, None])
def test_persons_are_told_between_the_notice_and_now_once_the_risk_is_known(on: datetime | None) -> None:
    cast = Cast()
    breach = recorded(cast.here, cast.officer)
    if on is not None:
        actions.decide_breach_risk(breach=breach, risk="high", reason="Many", done="", by=cast.chief, at=NOW + HOUR)
    before = rows_of("protection")

    with pytest.raises(actions.NotYet):
        actions.note_persons_told(breach=breach, on=on, not_because="Few", by=cast.chief, at=NOW + 2 * HOUR)

    assert rows_of("protection") == before


SET = {"ORIGIN": "https://plp.test", "BACKUP_RECIPIENT": "age1", "ALARM_TO": "a@plp.test", "DPO": "D", "PUSH_HOSTS": []}
UNSET = {"ORIGIN": "http://plp.test", "BACKUP_RECIPIENT": "", "ALARM_TO": "", "DPO": "", "PUSH_HOSTS": ["push.test"]}


def test_what_protects_the_data_and_what_lacks_follows_the_settings(settings: LazySettings) -> None:
    counts = []
    for given, url in ((SET, "smtp://mail.test"), (UNSET, "smtp://mail.test?starttls=off")):
        for name, value in {**given, "SMTP_URL": url}.items():
            setattr(settings, name, value)
        counts.append((len(protective_measures()), len(missing_safeguards())))

    assert counts == [(10, 0), (6, 5)]
