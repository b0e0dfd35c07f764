"""The acts of a quarter, the newest first."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.translation import override

from plp.charter import actions as charter
from plp.charter.models import Deed
from plp.evaluation.queries.trail import filtered_journal_entries, journal_trail_lines
from plp.journal.actions import note
from plp.journal.models import Entry
from plp.mandates.actions import record_absence_and_ask_deputy
from plp.mandates.grants import Permission
from plp.mandates.models import Mandate
from plp.mandates.queries import require
from plp.notices import actions as notices
from tests.factories.cast import NOW, Cast, person

pytestmark = pytest.mark.django_db


def test_what_was_noted_late_stands_where_it_happened() -> None:
    quarter = Cast().here.partnership
    chain, last = quarter.area.path, Entry.objects.filter(chain=quarter.area.path).count()
    for number, days in ((1, 3), (2, 1), (3, 2), (4, 2)):
        at = NOW + timedelta(days=days)
        Entry.objects.create(chain=chain, number=last + number, at=at, verb="evaluation.begun", hash=str(number))

    newest = journal_trail_lines(list(filtered_journal_entries(quarter)[:4]), language="fr")

    assert [one.number - last for one in newest] == [1, 4, 3, 2]


def test_a_line_names_office_party_and_clause_and_no_person() -> None:
    cast = Cast()
    quarter, officer = cast.here.partnership, cast.officer
    deed = charter.draft_next_deed_version(partnership=quarter, kind=Deed.Kind.CHARTER, by=officer, at=NOW)
    clause = deed.clauses.get(position=1)
    charter.agree_to_clause(clause=clause, seen=clause.revision, by=officer, at=NOW)

    with override("en"):
        line = journal_trail_lines(list(filtered_journal_entries(quarter, topic="charter")[:1]), language="fr")[0]

        assert (str(line.words), line.about, line.office) == (
            "A side agreed to a clause",
            f"{clause.titles['fr']}, police",
            "mandated police officer",
        )


def test_all_clauses_at_once_are_one_line() -> None:
    cast = Cast()
    quarter, officer = cast.here.partnership, cast.officer
    deed = charter.draft_next_deed_version(partnership=quarter, kind=Deed.Kind.CHARTER, by=officer, at=NOW)
    seen = {clause.key: clause.revision for clause in deed.clauses.all()}
    charter.agree_to_all_clauses(deed=deed, seen=seen, by=officer, at=NOW + timedelta(hours=1))

    with override("en"):
        entries = list(filtered_journal_entries(quarter, topic="charter"))
        first, *others = journal_trail_lines(entries, language="fr")
        words = str(first.words)

    assert len(entries) - 1 - len(others) == len(seen) - 1 > 5
    assert (words, first.about) == ("A side agreed to a clause", f"{len(seen)} clauses")
    assert (first.office, first.number) == ("mandated police officer", 0)


def test_a_topic_shows_its_acts_alone() -> None:
    quarter = Cast().here.partnership

    assert {entry.verb.partition(".")[0] for entry in filtered_journal_entries(quarter, topic="offices")} == {"mandate"}


def test_what_the_zone_did_to_its_sentences_is_told_in_its_quarters_alone() -> None:
    cast = Cast()
    texts = {"fr": "Le parc est fermé.", "nl": "Het park is dicht.", "de": "Der Park ist zu."}
    about = {"zone": cast.zone, "situation": "", "texts": texts, "core": False, "by": cast.officer, "at": NOW}
    text = notices.save_zone_sentence_for_release(**about)
    notices.release_zone_text_as_second_person(text=text, by=cast.second_officer, at=NOW + timedelta(hours=1))

    with override("fr"):
        lines = journal_trail_lines(
            list(filtered_journal_entries(cast.here.partnership, topic="messages")), language="fr"
        )
        rows = [(str(line.words), line.number, line.office) for line in lines if line.number == 0]

    assert rows == [
        ("Une deuxième personne a validé une phrase ou un modèle de la zone", 0, "fonctionnaire de police mandaté"),
        ("Une phrase ou un modèle de la zone a été écrit", 0, "fonctionnaire de police mandaté"),
    ]
    assert not filtered_journal_entries(cast.abroad.partnership).filter(verb__startswith="zone_text.").exists()


def test_what_a_person_does_without_an_office_names_none() -> None:
    quarter = Cast().here.partnership
    last = Entry.objects.filter(chain=quarter.area.path).count()
    stranger = person("Bea Elders")
    Entry.objects.create(
        chain=quarter.area.path,
        number=last + 1,
        at=NOW,
        verb="launch.ticked",
        actor=str(stranger.pk),
        hash="1",
        details={"fact": "signs_placed"},
    )

    line = journal_trail_lines(list(filtered_journal_entries(quarter, topic="plan")[:1]), language="fr")[0]

    assert (line.office, line.about) == ("", "")


def test_filters_find_an_office_a_party_and_one_thing() -> None:
    cast = Cast()
    quarter, officer = cast.here.partnership, cast.officer
    deed = charter.draft_next_deed_version(partnership=quarter, kind=Deed.Kind.CHARTER, by=officer, at=NOW)
    clause = deed.clauses.get(position=1)
    charter.agree_to_clause(clause=clause, seen=clause.revision, by=officer, at=NOW)
    charter.agree_to_clause(clause=clause, seen=clause.revision, by=cast.here.coordinator, at=NOW)
    agreed = list(filtered_journal_entries(quarter)[:2])

    def verbs(**filters: Any) -> list[str]:
        return [entry.verb for entry in filtered_journal_entries(quarter, topic="charter", **filters)]

    assert verbs(office="officer")[:2] == ["clause.agreed", "charter.drafted"]
    assert verbs(office="chief") == []
    assert verbs(party="residents")[:1] == ["clause.agreed"]
    assert verbs(party="municipality") == []
    assert verbs(same_target_as=agreed[0].number) == ["clause.agreed", "clause.agreed"]
    assert verbs(office="x") == verbs(same_target_as=10**9) == []


def test_what_a_deputy_did_says_for_which_office() -> None:
    cast = Cast()
    own, deputy = (Mandate.objects.get(person=who) for who in (cast.here.coordinator, cast.here.deputy))
    until = NOW + timedelta(days=1)
    record_absence_and_ask_deputy(mandate=own, deputy=deputy, starts_at=NOW, ends_at=until, by=own.person, at=NOW)
    at = NOW + timedelta(hours=1)
    require(deputy.person, Permission.NOTICE_RELAY, cast.here.area, at=at)
    note(verb="notice.relayed", by=deputy.person, at=at, area=cast.here.area.path)

    with override("en"):
        line = journal_trail_lines(list(filtered_journal_entries(cast.here.partnership)[:1]), language="fr")[0]

    assert (line.office, line.done_for) == ("deputy coordinator", "coordinator")
