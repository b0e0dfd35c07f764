"""A list becomes members: all or nothing, told, and taken back within a day (R48, R81)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plp.delivery.models import Dispatch, MessageText
from plp.firms.models import Firm
from plp.journal.models import Entry
from plp.mandates.queries import NotAllowed
from plp.membership import actions as memberships
from plp.membership import list_drafts, list_imports
from plp.membership.firms import FirmEntry
from plp.membership.list_drafts import ConsentProofMissing
from plp.membership.list_imports import NothingNew, StillFaulty, TooLateToUndo
from plp.membership.lists import tables
from plp.membership.models import ListImport, Membership
from plp.membership.states import Belonging
from plp.partnership.models import Partnership
from plp.people.models import Consent, ContactPoint, Household, Person
from plp.people.queries import contact_digest
from plp.toolbox.moves import WrongState
from tests.factories.cast import NOW, Cast, member
from tests.factories.firms import NUMBER, among_traders
from tests.membership.lists.stage import HEADER, LIST, PROOF, drafted, streets

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    found = Cast()
    streets(found)
    return found


def bring_in(cast: Cast, content: str = LIST, *, skip_bad: bool = False) -> ListImport:
    listed = drafted(cast, content)
    list_imports.import_list_draft(list_import=listed, skip_bad=skip_bad, by=cast.here.coordinator, at=NOW)
    return listed


def test_people_on_a_list_become_members_and_are_told(cast: Cast) -> None:
    listed = bring_in(cast)

    members = Membership.objects.filter(partnership=cast.here.partnership, state="active")
    assert {one.person.name for one in members} == {"Ada Exemple", "Bea Voorbeeld", "Carl Muster"}
    assert Household.objects.count() == 2  # Ada and Bea share a door
    assert (listed.created, listed.updated, listed.unchanged, listed.content) == (3, 0, 0, "")
    assert ContactPoint.objects.exclude(confirmed_at=None).count() == 3
    assert ContactPoint.objects.get(confirmed_at=None).channel == "calls"  # told by the coordinator, on the telephone
    given = Consent.objects.filter(person__name__isnull=False, version=f"import:{listed.pk.hex}")
    assert {one.given_at.date() for one in given} == {date(2025, 3, 1)}
    assert Dispatch.objects.filter(message__purpose="partnership.imported", urgent=False).count() == 2
    bodies = MessageText.objects.filter(channel="email", message__purpose="partnership.imported")
    assert all("Classeur bleu" in text.body and "Bulletin" in text.body for text in bodies)


def test_a_second_run_changes_nothing(cast: Cast) -> None:
    bring_in(cast)
    before = (Person.objects.count(), ContactPoint.objects.count())

    with pytest.raises(NothingNew):
        bring_in(cast)

    assert (Person.objects.count(), ContactPoint.objects.count()) == before


def test_a_new_address_of_a_member_is_added(cast: Cast) -> None:
    bring_in(cast)

    listed = bring_in(cast, HEADER + "ADA EXEMPLE;Rue de Verdun;12;;ada.neuve@x.test;fr\n")

    assert (listed.created, listed.updated) == (0, 1)
    added = ContactPoint.objects.get(digest=contact_digest("email", "ada.neuve@x.test"))
    assert (added.person.name, added.rank) == ("Ada Exemple", 3)


def test_nothing_is_written_when_one_row_is_faulty(cast: Cast) -> None:
    faulty = LIST + "Dora Exemple;Rue Inconnue;1;0475123457;;fr\nElla Exemple;Rue du Biplan;51;0475123458;;fr\n"
    listed, people = drafted(cast, faulty), Person.objects.count()

    with pytest.raises(StillFaulty) as refused:
        list_imports.import_list_draft(list_import=listed, skip_bad=False, by=cast.here.coordinator, at=NOW)

    assert "2 rows" in refused.value.in_words()
    assert Person.objects.count() == people
    reasons = {row.entry.line: str(row.problems[0]) for row in list_drafts.preview_of_draft(listed).bad}
    assert reasons == {
        5: "This street is not in the neighbourhood of the partnership.",
        6: "This house number is not in the neighbourhood of the partnership.",
    }


def test_faulty_rows_may_be_left_out_on_purpose(cast: Cast) -> None:
    assert bring_in(cast, LIST + "Dora;Rue Inconnue;1;0475123457;;fr\n", skip_bad=True).created == 3


def test_who_lives_elsewhere_does_not_become_a_member_by_the_name_of_a_street(cast: Cast) -> None:
    listed = drafted(
        cast,
        "Nom;Rue;N°;Code postal;Localité;GSM\n"
        "Ada Exemple;Rue de Verdun;12;9000;Gent;0475123456\n"
        "Bea Exemple;Rue de Verdun;14;;Gent;0475123457\n"
        "Cea Exemple;Rue de Verdun;16;1130;Haren;0475123458\n",
    )

    preview = list_drafts.preview_of_draft(listed)

    assert [row.fate for row in preview.rows] == ["bad", "bad", "new"]
    assert str(preview.bad[0].problems[0]) == "9000 Gent lies outside of the neighbourhood of the partnership."


def test_good_rows_come_in_and_bad_ones_wait_to_be_corrected(cast: Cast) -> None:
    listed = drafted(cast, LIST + "Dora Exemple;Rue Inconnue;1;0475123457;;fr\n")

    rest = list_imports.import_good_rows_and_draft_rest(list_import=listed, by=cast.here.coordinator, at=NOW)

    assert (listed.created, listed.state) == (3, "done")
    assert rest is not None
    (row,) = list_drafts.preview_of_draft(rest).bad
    list_drafts.correct_list_draft_row(
        list_import=rest, line=row.entry.line, cells={1: "Rue de Verdun", 99: "x"}, by=cast.here.coordinator, at=NOW
    )
    assert list_imports.import_good_rows_and_draft_rest(list_import=rest, by=cast.here.coordinator, at=NOW) is None
    assert Membership.objects.filter(partnership=cast.here.partnership, state="active").count() == 4
    assert rest.proof_kept == PROOF.kept
    with pytest.raises(WrongState):
        list_drafts.correct_list_draft_row(list_import=rest, line=5, cells={}, by=cast.here.coordinator, at=NOW)


@pytest.mark.parametrize(
    ("parts", "names"), [(True, {"Jean Peeters", "Mia Peeters"}), (False, {"Jean et Mia Peeters"})]
)
def test_a_couple_is_two_members_or_one(cast: Cast, parts: bool, names: set[str]) -> None:
    listed = drafted(cast, HEADER + "Jean & Mia Peeters;Rue de Verdun;12;;jm@x.test;fr\n")
    list_drafts.set_list_encoding_and_couples(
        list_import=listed, encoding="", parts_couples=parts, by=cast.here.coordinator, at=NOW
    )

    assert list_drafts.preview_of_draft(listed).couples == 1
    list_imports.import_list_draft(list_import=listed, skip_bad=False, by=cast.here.coordinator, at=NOW)

    members = Membership.objects.filter(partnership=cast.here.partnership, state="active")
    assert {membership.person.name for membership in members} == names


def test_the_same_person_twice_comes_in_once(cast: Cast) -> None:
    listed = bring_in(cast, LIST + "ada  exemple;;;0475/12.34.56;;\n")

    assert (listed.created, listed.unchanged) == (3, 1)


def test_whoever_left_is_not_brought_back(cast: Cast) -> None:
    bring_in(cast, HEADER + "Ada Exemple;Rue de Verdun;12;0475 12 34 56;;fr\n")
    membership = Membership.objects.get(partnership=cast.here.partnership)
    memberships.leave_partnership_with_receipt(membership=membership, by=membership.person, at=NOW)

    (row,) = list_drafts.preview_of_draft(drafted(cast, HEADER + "Ada Exemple;;;0475123456;;fr\n")).bad

    assert "left the partnership" in str(row.problems[0])


def test_a_list_is_taken_back_within_a_day(cast: Cast) -> None:
    people, homes = Person.objects.count(), Household.objects.count()
    old = member(cast.here.partnership, "Zoe Exemple")
    listed = bring_in(cast)

    erased = list_imports.undo_list_import_erasing_persons(
        list_import=listed, by=cast.here.coordinator, at=NOW + timedelta(hours=23)
    )

    assert erased == 3
    assert (Person.objects.count(), Household.objects.count()) == (people + 1, homes)
    assert Membership.objects.get(partnership=cast.here.partnership, state=Belonging.ACTIVE).person == old
    with pytest.raises(WrongState):
        list_imports.undo_list_import_erasing_persons(list_import=listed, by=cast.here.coordinator, at=NOW)


def test_after_a_day_it_is_too_late(cast: Cast) -> None:
    listed = bring_in(cast)

    with pytest.raises(TooLateToUndo):
        list_imports.undo_list_import_erasing_persons(
            list_import=listed, by=cast.here.coordinator, at=NOW + timedelta(hours=25)
        )


@pytest.mark.parametrize(
    "proof", [replace(PROOF, what=" "), replace(PROOF, kept=""), replace(PROOF, on=date(2026, 11, 26))]
)
def test_without_proof_of_consent_nothing_is_read(cast: Cast, proof: list_drafts.ConsentProof) -> None:
    with pytest.raises(ConsentProofMissing):
        list_drafts.create_list_draft_from_file(
            partnership=cast.here.partnership, content=LIST.encode(), proof=proof, by=cast.here.coordinator, at=NOW
        )


def test_only_who_manages_the_members_may(cast: Cast) -> None:
    listed = drafted(cast)
    for stranger in (cast.officer, cast.next_door.coordinator, cast.here.deputy):
        given = {"partnership": cast.here.partnership, "content": LIST.encode(), "proof": PROOF}
        with pytest.raises(NotAllowed):
            list_drafts.create_list_draft_from_file(**given, by=stranger, at=NOW)
        with pytest.raises(NotAllowed):
            list_imports.import_list_draft(list_import=listed, skip_bad=False, by=stranger, at=NOW)
        with pytest.raises(NotAllowed):
            list_imports.undo_list_import_erasing_persons(list_import=listed, by=stranger, at=NOW)
        assert not list_drafts.list_imports_in_scope(stranger, at=NOW).exists()


def test_no_list_is_read_before_one_may_join(cast: Cast) -> None:
    Partnership.objects.filter(pk=cast.here.partnership.pk).update(state="idea")
    cast.here.partnership.refresh_from_db()

    with pytest.raises(list_drafts.NotOpenToLists):
        drafted(cast)

    assert not ListImport.objects.exists()


@pytest.mark.parametrize("state", ["dormant", "ended", "merged"])
def test_a_list_read_before_is_not_added_after_an_end_nor_during_a_rest(cast: Cast, state: str) -> None:
    listed = drafted(cast)
    Partnership.objects.filter(pk=cast.here.partnership.pk).update(state=state)
    listed, people = ListImport.objects.get(pk=listed.pk), Person.objects.count()

    for act in (
        lambda: list_imports.import_list_draft(list_import=listed, skip_bad=True, by=cast.here.coordinator, at=NOW),
        lambda: list_imports.import_good_rows_and_draft_rest(list_import=listed, by=cast.here.coordinator, at=NOW),
    ):
        with pytest.raises(list_drafts.NotOpenToLists):
            act()

    assert (Person.objects.count(), Dispatch.objects.count()) == (people, 0)


def test_the_columns_of_a_list_that_came_in_are_not_changed(cast: Cast) -> None:
    listed = bring_in(cast)
    columns = ListImport.objects.get().columns

    with pytest.raises(WrongState):
        list_drafts.set_list_columns(list_import=listed, columns=["name"], by=cast.here.coordinator, at=NOW)

    assert ListImport.objects.get().columns == columns


def test_a_new_way_that_people_carry_waits_for_its_confirmation(cast: Cast) -> None:
    bring_in(cast)

    bring_in(cast, HEADER + "Ada Exemple;Rue de Verdun;12;02 555 13 13;ada@x.test;fr\n")

    added = ContactPoint.objects.filter(person__contacts__digest=contact_digest("email", "ada@x.test"), channel="calls")
    assert added.get().confirmed_at is None


def test_names_of_columns_in_the_middle_of_a_list_are_nobody(cast: Cast) -> None:
    bring_in(cast, LIST + HEADER + "Dora Exemple;Rue de Verdun;14;;dora@x.test;fr\n")

    assert Membership.objects.filter(partnership=cast.here.partnership, state="active").count() == 4


def test_a_stop_in_the_middle_leaves_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    listed, people = drafted(cast), Person.objects.count()
    monkeypatch.setattr(list_imports, "send_letter", lambda *_args, **_kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        list_imports.import_list_draft(list_import=listed, skip_bad=False, by=cast.here.coordinator, at=NOW)

    assert Person.objects.count() == people
    assert ListImport.objects.get().state == "draft"


def test_no_name_stands_in_the_journal(cast: Cast) -> None:
    bring_in(cast)

    noted = " ".join(str(details) for details in Entry.objects.values_list("details", flat=True))
    assert not any(word in noted for word in ("Ada", "Bea", "x.test", "Classeur"))
    assert {"list.read", "list.brought_in"} <= set(Entry.objects.values_list("verb", flat=True))


def test_drafts_and_keys_go_after_a_day(cast: Cast) -> None:
    listed = bring_in(cast)
    drafted(cast)

    assert list_imports.delete_old_list_drafts_and_undo_data(by=None, at=NOW + timedelta(hours=25)) == 1

    listed.refresh_from_db()
    assert (listed.made, ListImport.objects.count()) == ({}, 1)


def test_ten_thousand_rows_are_read_and_written_in_sets(cast: Cast) -> None:
    rows = "".join(
        f"Ada {_letters(number)};Rue de Verdun;{number % 900 + 1};04{75_000_000 + number};a{number}@x.test;fr\n"
        for number in range(10_000)
    )
    with CaptureQueriesContext(connection) as read:
        listed = drafted(cast, HEADER + rows)
        preview = list_drafts.preview_of_draft(listed)
    with CaptureQueriesContext(connection) as written:
        list_imports.import_list_draft(list_import=listed, skip_bad=False, by=cast.here.coordinator, at=NOW)

    assert (len(read) <= 14, len(written) <= 130) == (True, True), (len(read), len(written))
    assert preview.counts["new"] == 10_000
    assert listed.created == 10_000 <= tables.MOST_ROWS


def _letters(number: int) -> str:
    return "".join(chr(97 + int(digit)) for digit in str(number))


TRADERS = "Nom;Rue;N°;GSM;Entreprise;N° d’entreprise;Secteur\n"


def test_a_list_of_traders_brings_their_firms(cast: Cast) -> None:
    among_traders(cast.here.partnership)
    content = TRADERS + (
        "Ada Exemple;Rue de Verdun;12;0475 12 34 56;Boulangerie Verdun;BE 0123.456.749;café\n"
        "Bea Voorbeeld;Rue de Verdun;12;0475123457;Boulangerie Verdun;0123456749;Restaurant, café, hôtel\n"
        "Carl Muster;Rue de Verdun;14;0475123458;;;\n"
    )

    listed = bring_in(cast, content)
    firms = {one.person.name: one.firm for one in Membership.objects.filter(partnership=cast.here.partnership)}
    ada, bea = firms["Ada Exemple"], firms["Bea Voorbeeld"]

    assert ada is not None
    assert ada == bea
    assert (ada.name, ada.number, ada.sector, ada.house) == ("Boulangerie Verdun", NUMBER, "food", "12")
    assert (firms["Carl Muster"], Firm.objects.count()) == (None, 1)
    list_imports.undo_list_import_erasing_persons(list_import=listed, by=cast.here.coordinator, at=NOW)
    assert Firm.objects.count() == 0


@pytest.mark.parametrize(
    ("firm", "number", "sector", "sentence"),
    [
        ("Boulangerie", "0123456748", "café", "This is no enterprise number"),
        ("", NUMBER, "café", "Write the name of the firm"),
        ("Boulangerie", NUMBER, "Raumfahrt", "Restaurant, café, hotel; Night shop"),
    ],
)
def test_a_firm_that_cannot_be_read_is_left_out_and_can_be_mended(
    cast: Cast, firm: str, number: str, sector: str, sentence: str
) -> None:
    among_traders(cast.here.partnership)
    listed = drafted(cast, TRADERS + f"Ada Exemple;Rue de Verdun;12;0475123456;{firm};{number};{sector}\n")
    (row,) = list_drafts.preview_of_draft(listed).rows

    by = cast.here.coordinator
    list_drafts.correct_list_draft_row(
        list_import=listed, line=2, cells={4: "Bar", 5: NUMBER, 6: "Shop"}, by=by, at=NOW
    )
    (mended,) = list_drafts.preview_of_draft(ListImport.objects.get(pk=listed.pk)).rows

    assert (row.fate, row.entry.firm) == ("new", None)
    assert [sentence in str(why) for why, _written in row.entry.left_out] == [True]
    assert mended.entry.left_out == ()
    assert mended.entry.firm == FirmEntry("Bar", NUMBER, "retail")


def test_elsewhere_the_columns_of_firms_stay_in_the_file(cast: Cast) -> None:
    listed = drafted(cast, TRADERS + "Ada Exemple;Rue de Verdun;12;0475123456;Boulangerie;0;café\n")
    columns = ["name", "street", "house", "phone", "firm", "enterprise", "sector"]

    list_drafts.set_list_columns(list_import=listed, columns=columns, by=cast.here.coordinator, at=NOW)

    assert listed.columns == ["name", "street", "house", "phone", "", "", ""]
