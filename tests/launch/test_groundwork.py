"""Consultations, statements, stakeholders, area and informing, and the facts that they add up to (R12-R16)."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from plp.launch.actions import area, consultations, informed_streets, stakeholders
from plp.launch.documents.informed_parties import gather_informed_parties, informed_parties_table
from plp.launch.models import Stakeholder
from plp.launch.proof_files import NotAProofFile, ProofTooLarge, proof_file_ending
from plp.launch.queries.area import (
    covered_street_parts,
    find_coverable_streets,
    find_door_and_whether_area_covers_it,
    other_quarters_sharing_doors,
)
from plp.launch.queries.groundwork import gather_groundwork_facts
from plp.launch.queries.informed_streets import progress_of_information_round
from plp.launch.refusals import FutureDay
from plp.mandates.queries import NotAllowed
from plp.partnership import statements as party_statements
from plp.partnership.models import Partnership, Statement
from plp.partnership.queries import statements_of
from plp.places import actions as places
from plp.toolbox.words import BadWords
from tests.launch.ground import NOW, Ground, committee_member
from tests.places.build import whole

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def talk(authority: str = "police", **changes: object) -> consultations.TalkDetails:
    """A talk of today."""
    given = {
        "authority": authority,
        "held_on": TODAY,
        "persons": "Inspecteur Exemple",
        "reference": "R-1",
        "outcome": "agreed",
    }
    return consultations.TalkDetails(**{**given, **changes})  # type: ignore[arg-type]


def consult(ground: Ground, authority: str, **changes: object) -> None:
    """Note a talk, by the officer."""
    consultations.record_consultation(
        partnership=ground.partnership, talk=talk(authority, **changes), by=ground.officer, at=NOW
    )


def test_nothing_is_known_at_first(ground: Ground) -> None:
    found = gather_groundwork_facts(ground.partnership)

    assert (found.police_consulted, found.authority_consulted, found.judicial_contacted) == (None, None, None)
    assert (found.streets, found.addresses, found.streets_informed) == (2, 6, 0)
    assert len(found.missing_statements) == 9
    assert [found.are_statements_complete, found.are_stakeholders_told, found.is_area_informed] == [False] * 3
    assert not found.is_support_measured


def test_consultation_of_police_and_municipality_is_known_apart(ground: Ground) -> None:
    consult(ground, "police")
    after_police = gather_groundwork_facts(ground.partnership)
    consult(ground, "municipality", outcome="waiting")
    after_both = gather_groundwork_facts(ground.partnership)

    assert (after_police.police_consulted, after_police.authority_consulted) == (TODAY, None)
    assert (after_both.police_consulted, after_both.authority_consulted) == (TODAY, TODAY)
    assert after_both.administrative_contacted is None  # no outcome yet (R13)


def test_an_outcome_makes_a_contact(ground: Ground) -> None:
    consult(ground, "prosecutor", outcome="waiting")
    consult(ground, "governor", outcome="against")
    letter = ground.partnership.consultations.get(authority="prosecutor")

    consultations.correct_consultation(
        consultation=letter, talk=talk("prosecutor", outcome="noted"), by=ground.officer, at=NOW
    )

    found = gather_groundwork_facts(ground.partnership)
    assert (found.judicial_contacted, found.administrative_contacted, found.objections) == (TODAY, TODAY, 1)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"held_on": date(2026, 11, 26)}, FutureDay),
        ({"persons": "  "}, BadWords),
        ({"reference": ""}, BadWords),
        ({"persons": "x" * 301}, BadWords),
        ({"remark": "a\u202eb"}, BadWords),
    ],
)
def test_a_talk_without_its_facts_is_refused(ground: Ground, changes: dict, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        consult(ground, "police", **changes)

    assert not ground.partnership.consultations.exists()


def test_a_talk_noted_by_mistake_is_struck(ground: Ground) -> None:
    consult(ground, "police")

    consultations.delete_consultation(consultation=ground.partnership.consultations.get(), by=ground.officer, at=NOW)

    assert gather_groundwork_facts(ground.partnership).police_consulted is None


def state(ground: Ground, party: str, kind: str, text: str = "Mieux se connaître.") -> Statement:
    """A statement, noted by the coordinator."""
    return party_statements.add_statement(
        partnership=ground.partnership,
        party=party,
        kind=kind,
        text=text,
        language="fr",
        by=ground.coordinator,
        at=NOW,
    )


def test_each_party_says_motive_expectation_and_objective(ground: Ground) -> None:
    for party in ("residents", "police", "municipality"):
        for kind in ("objective", "motive", "expectation"):
            state(ground, party, kind)

    found = gather_groundwork_facts(ground.partnership)
    assert found.are_statements_complete
    assert [one.kind for one in statements_of(ground.partnership)][:3] == ["motive", "expectation", "objective"]


def test_statements_are_changed_and_withdrawn(ground: Ground) -> None:
    first, second = state(ground, "police", "motive", "Un"), state(ground, "police", "motive", "Deux")

    party_statements.change_statement(statement=first, text="  Une   fois ", by=ground.coordinator, at=NOW)
    party_statements.delete_statement(statement=second, by=ground.coordinator, at=NOW)

    assert [one.text for one in statements_of(ground.partnership)] == ["Une fois"]
    with pytest.raises(party_statements.BadStatement):
        party_statements.change_statement(statement=first, text="x" * 501, by=ground.coordinator, at=NOW)


def test_a_party_says_no_more_than_twenty_of_a_kind(ground: Ground) -> None:
    for number in range(party_statements.MOST):
        state(ground, "police", "motive", f"Motif {number}")

    with pytest.raises(party_statements.TooManyStatements):
        state(ground, "police", "motive")


def test_a_stakeholder_is_told_with_proof(ground: Ground) -> None:
    school = stakeholders.add_stakeholder(
        partnership=ground.partnership, who="École du Chêne", concern="Parents", by=ground.coordinator, at=NOW
    )
    with pytest.raises(stakeholders.TellingProofMissing):
        stakeholders.record_stakeholder_informed_with_proof(
            stakeholder=school, telling=stakeholders.InformationProof(TODAY, "meeting"), by=ground.coordinator, at=NOW
        )

    stakeholders.record_stakeholder_informed_with_proof(
        stakeholder=school,
        telling=stakeholders.InformationProof(TODAY, "letter", content=PDF),
        by=ground.coordinator,
        at=NOW,
    )

    kept = Stakeholder.objects.get(pk=school.pk)
    with kept.file.open() as file:
        assert file.read() == PDF
    assert (kept.who, kept.file_kind) == ("École du Chêne", "pdf")
    assert gather_groundwork_facts(ground.partnership).are_stakeholders_told


def test_what_is_said_of_a_stakeholder_has_its_language_and_its_sisters(ground: Ground) -> None:
    Partnership.objects.filter(pk=ground.partnership.pk).update(languages=["fr", "nl", "de"])
    ground.partnership.refresh_from_db()
    given = {"by": None, "at": NOW, "language": "fr", "others": {"nl": "Ouders"}}
    school = stakeholders.add_stakeholder(partnership=ground.partnership, who="École", concern="Parents", **given)
    telling = stakeholders.InformationProof(
        TODAY, "letter", "Lettre remise à Anne", language="fr", others={"nl": "Brief aan Anne gegeven"}
    )
    stakeholders.record_stakeholder_informed_with_proof(stakeholder=school, telling=telling, by=None, at=NOW)

    kept = ground.partnership.stakeholders.get()
    tables = {}
    for language in ("fr", "nl", "de"):
        with override(language):
            tables[language] = informed_parties_table(
                gather_informed_parties(ground.partnership), municipality="M", prosecutor="P", doors="3"
            ).rows[0][3]

    assert tables == {
        "fr": "Lettre remise à Anne",
        "nl": "Brief aan Anne gegeven",
        "de": "Lettre remise à Anne (auf Französisch)",
    }
    assert kept.text_in("concern", "nl", ["fr", "nl"]) == "Ouders"
    assert b"Anne" not in Stakeholder.objects.values_list("sealed_translations", flat=True).get()


def test_a_reference_alone_is_the_same_in_every_language(ground: Ground) -> None:
    school = stakeholders.add_stakeholder(partnership=ground.partnership, who="École", concern="", by=None, at=NOW)
    telling = stakeholders.InformationProof(TODAY, "letter", "2026/001", language="fr")

    stakeholders.record_stakeholder_informed_with_proof(stakeholder=school, telling=telling, by=None, at=NOW)

    assert school.proof_in("nl") == "2026/001"


def test_a_new_file_replaces_the_old_one(
    ground: Ground, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    school = stakeholders.add_stakeholder(partnership=ground.partnership, who="École", concern="", by=None, at=NOW)
    telling = stakeholders.InformationProof(TODAY, "letter", content=PDF)
    stakeholders.record_stakeholder_informed_with_proof(stakeholder=school, telling=telling, by=None, at=NOW)
    first = school.file.name

    with django_capture_on_commit_callbacks(execute=True):
        stakeholders.record_stakeholder_informed_with_proof(stakeholder=school, telling=telling, by=None, at=NOW)
    second = school.file.name
    assert default_storage.exists(first) is False
    assert default_storage.exists(second) is True

    with django_capture_on_commit_callbacks(execute=True):
        stakeholders.delete_stakeholder_with_proof(stakeholder=school, by=None, at=NOW)
    assert not default_storage.exists(second)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"%PDF-" + b"x" * 5 * 2**20 + b"%%EOF", ProofTooLarge),
        (b"MZ\x90\x00 program", NotAProofFile),
        (b"<script>alert(1)</script>", NotAProofFile),
        (b"%PDF-1.7 cut short", NotAProofFile),
        (b"\x89PNG\r\n\x1a\n cut short", NotAProofFile),
        (b"GIF89a", NotAProofFile),
    ],
)
def test_only_small_documents_are_kept(ground: Ground, content: bytes, refusal: type[Exception]) -> None:
    school = stakeholders.add_stakeholder(partnership=ground.partnership, who="École", concern="", by=None, at=NOW)

    with pytest.raises(refusal):
        stakeholders.record_stakeholder_informed_with_proof(
            stakeholder=school, telling=stakeholders.InformationProof(TODAY, "letter", content=content), by=None, at=NOW
        )

    assert Stakeholder.objects.get(pk=school.pk).told_on is None


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (b"\x89PNG\r\n\x1a\n...IEND\xaeB`\x82\0\0", "png"),
        (b"\xff\xd8\xff...\xff\xd9", "jpg"),
    ],
)
def test_the_kind_of_a_proof_is_told_by_its_content(content: bytes, kind: str) -> None:
    assert proof_file_ending(content) == kind


def test_a_list_of_stakeholders_has_an_end(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stakeholders, "MOST", 1)
    given = {"partnership": ground.partnership, "who": "École", "concern": "", "by": None, "at": NOW}
    stakeholders.add_stakeholder(**given)

    with pytest.raises(stakeholders.StakeholderListFull):
        stakeholders.add_stakeholder(**given)

    assert Stakeholder.objects.count() == 1


def test_streets_are_ticked_and_the_press_ticks_none(ground: Ground) -> None:
    informed_streets.mark_streets_informed(
        partnership=ground.partnership,
        means="press",
        streets=[],
        informed_on=TODAY,
        carrier="Le Journal",
        by=ground.coordinator,
        at=NOW,
    )
    informed_streets.mark_streets_informed(
        partnership=ground.partnership,
        means="letter",
        streets=[ground.oak, ground.elsewhere],
        informed_on=TODAY,
        carrier="Emma",
        by=ground.coordinator,
        at=NOW,
    )

    went = progress_of_information_round(ground.partnership)
    assert [(one.street, one.doors, len(one.ticks)) for one in went.streets] == [
        (ground.elm, 2, 0),
        (ground.oak, 4, 1),
    ]
    assert (went.doors, went.count_doors_informed, went.percent_of_doors_informed, len(went.press)) == (6, 4, 66, 1)
    assert gather_groundwork_facts(ground.partnership).streets_informed == 1


def test_a_second_tick_replaces_the_first_and_a_tick_is_taken_back(ground: Ground) -> None:
    for carrier in ("Emma", "Omar"):
        informed_streets.mark_streets_informed(
            partnership=ground.partnership,
            means="folder",
            streets=[ground.oak],
            informed_on=TODAY,
            carrier=carrier,
            by=ground.coordinator,
            at=NOW,
        )
    tick = ground.partnership.informing.get()
    assert tick.carrier == "Omar"

    informed_streets.delete_street_tick(informing=tick, by=ground.coordinator, at=NOW)

    assert progress_of_information_round(ground.partnership).percent_of_doors_informed == 0


def test_a_street_elsewhere_cannot_be_informed(ground: Ground) -> None:
    with pytest.raises(informed_streets.NoStreetChosen):
        informed_streets.mark_streets_informed(
            partnership=ground.partnership,
            means="letter",
            streets=[ground.elsewhere],
            informed_on=TODAY,
            carrier="",
            by=None,
            at=NOW,
        )


def test_the_area_grows_and_shrinks_part_by_part(ground: Ground) -> None:
    covered = area.add_covered_streets_and_count_addresses(
        partnership=ground.partnership, parts=[whole(ground.elsewhere, side="odd")], by=ground.officer, at=NOW
    )
    assert covered == 8

    except_two = area.add_covered_streets_and_count_addresses(
        partnership=ground.partnership,
        parts=[whole(ground.oak, first="2", last="2", excluded=True)],
        by=ground.officer,
        at=NOW,
    )
    assert except_two == 7

    gone = next(part.row for part in covered_street_parts(ground.partnership) if part.row.street == ground.elsewhere)
    assert (
        area.remove_covered_part_and_count_addresses(
            partnership=ground.partnership, part=gone, by=ground.officer, at=NOW
        )
        == 5
    )


def test_the_last_part_cannot_go(ground: Ground) -> None:
    first = covered_street_parts(ground.partnership)[0].row
    area.remove_covered_part_and_count_addresses(partnership=ground.partnership, part=first, by=ground.officer, at=NOW)
    (last,) = covered_street_parts(ground.partnership)

    with pytest.raises(places.NothingCovered):
        area.remove_covered_part_and_count_addresses(
            partnership=ground.partnership, part=last.row, by=ground.officer, at=NOW
        )


def test_an_overlap_is_told(ground: Ground) -> None:
    next_door = ground.cast.next_door
    area.replace_covered_streets_and_count_addresses(
        partnership=next_door.partnership, parts=[whole(ground.oak, side="odd")], by=ground.officer, at=NOW
    )

    found = other_quarters_sharing_doors(ground.partnership)

    assert [(one.area, one.doors) for one in found] == [(next_door.area, 2)]


def test_residents_and_traders_of_a_street_have_a_partnership_each(ground: Ground) -> None:
    next_door = ground.cast.next_door.partnership
    parts = [whole(ground.oak, side="odd")]
    area.replace_covered_streets_and_count_addresses(partnership=next_door, parts=parts, by=ground.officer, at=NOW)
    Partnership.objects.filter(pk=next_door.pk).update(kind=Partnership.Kind.TRADERS)

    assert other_quarters_sharing_doors(ground.partnership) == []


def test_a_door_is_inside_outside_or_unknown(ground: Ground) -> None:
    inside, outside, unknown = (
        find_door_and_whether_area_covers_it(ground.partnership, *asked)
        for asked in (("rue du chene", "3"), ("Rue du Hêtre", "5"), ("Rue Inconnue", "1"))
    )

    assert inside.is_street_known is True
    assert inside.inside is True
    assert outside.is_street_known is True
    assert outside.inside is False
    assert unknown.is_street_known is False


def test_streets_are_found_in_the_municipality(ground: Ground) -> None:
    assert find_coverable_streets(ground.partnership, "hetre", "fr") == [ground.elsewhere]
    assert find_coverable_streets(ground.cast.abroad.partnership, "hetre", "fr") == []


def test_committee_and_coordinator_may_and_strangers_may_not(ground: Ground) -> None:
    for by in (ground.coordinator, committee_member(ground), ground.officer):
        consultations.record_consultation(partnership=ground.partnership, talk=talk(), by=by, at=NOW)

    for by in (ground.stranger, ground.cast.foreign_officer, ground.cast.chief, ground.cast.here.deputy):
        with pytest.raises(NotAllowed):
            consultations.record_consultation(partnership=ground.partnership, talk=talk(), by=by, at=NOW)
    with pytest.raises(NotAllowed):
        area.replace_covered_streets_and_count_addresses(
            partnership=ground.partnership, parts=[whole(ground.oak)], by=ground.coordinator, at=NOW
        )


def test_facts_cost_the_same_however_much_is_known(ground: Ground) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            gather_groundwork_facts(ground.partnership)
        return len(asked)

    before = cost()
    for _time in range(3):
        consult(ground, "police")
        state(ground, "police", "motive")
        stakeholders.add_stakeholder(partnership=ground.partnership, who="École", concern="", by=None, at=NOW)

    assert (before, cost()) == (9, 9)
