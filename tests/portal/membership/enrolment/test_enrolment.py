"""The enrolment desk: a list previewed, corrected, brought in and taken back; paper forms; the list taken out."""

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from plp.membership.models import ListExport, ListImport, Membership
from plp.partnership.models import Partnership
from plp.people.models import Consent, Household, Person
from tests.factories.cast import Cast, member
from tests.membership.lists.stage import HEADER, LIST, PROOF, drafted, streets
from tests.portal.signing import AT, prove, signed_in, stop_clock

pytestmark = pytest.mark.django_db
PROVEN = {"what": PROOF.what, "on": "2025-03-01", "kept": PROOF.kept}
PAPER = {
    "name": "Ada Exemple",
    "language": "fr",
    "street": "works",
    "phone": "0475 12 34 56",
    "signed_on": "2026-11-20",
}


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    stop_clock(monkeypatch)
    found = Cast()
    streets(found)
    return found


@pytest.fixture
def client(cast: Cast) -> Client:
    return signed_in(cast.here.coordinator)


def chosen(client: Client, content: str | bytes = LIST, **changes: str):
    """Choose a list and say the proof."""
    content = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile("voisins.csv", content)
    return client.post(
        reverse("membership:enrolment:read", args=["haren"]), {"file": file, **PROVEN, **changes}, follow=True
    )


def test_a_list_is_previewed_brought_in_and_taken_back(cast: Cast, client: Client) -> None:
    shown = chosen(client).content.decode()
    listed = ListImport.objects.get()
    assert "Bea Voorbeeld" in shown
    assert "new member" in shown
    assert not Membership.objects.exists()

    done = client.post(reverse("membership:enrolment:bring_in", args=[listed.pk]), follow=True).content.decode()
    assert "3 people are now members" in done
    assert Membership.objects.filter(state="active", partnership=cast.here.partnership).count() == 3

    undo = reverse("membership:enrolment:undo", args=[listed.pk])
    assert "3 people whom it added are erased" in client.get(undo).content.decode()
    assert "3 people are erased" in client.post(undo, follow=True).content.decode()
    assert not Membership.objects.exists()


def test_problems_are_named_row_by_row_and_columns_corrected(cast: Cast, client: Client) -> None:
    shown = chosen(client, "Qui;Rue;N°;Contact direct\nAda Exemple;Rue de Verdun;12;0475123456\n").content.decode()
    listed = ListImport.objects.get()
    assert "The name is missing." in shown

    corrected = {"column_0": "name", "column_1": "street", "column_2": "house", "column_3": "phone"}
    again = client.post(
        reverse("membership:enrolment:columns", args=[listed.pk]), corrected, follow=True
    ).content.decode()

    assert "The name is missing." not in again
    assert "0475\N{NO-BREAK SPACE}12\N{NO-BREAK SPACE}34\N{NO-BREAK SPACE}56" in again


def test_a_faulty_row_waits_and_is_corrected_on_the_spot(cast: Cast, client: Client) -> None:
    chosen(client, LIST + "Dora Exemple;Rue Inconnue;1;0475123457;;fr\n")
    first = ListImport.objects.get()
    bring_in = reverse("membership:enrolment:bring_in", args=[first.pk])

    answer = client.post(bring_in)
    page = client.get(answer["Location"]).content.decode()

    assert Membership.objects.count() == 3
    rest = ListImport.objects.exclude(pk=first.pk).get()
    assert answer["Location"] == reverse("membership:enrolment:preview", args=[rest.pk])
    assert "kept here for a day" in page
    assert 'value="Rue Inconnue"' in page
    correct = reverse("membership:enrolment:correct_row", args=[rest.pk, 5])
    back = client.post(f"{correct}?show=all", {"cell_1": "Rue de Verdun", "cell_x": "y"})
    assert back["Location"].endswith("/?show=all")
    client.post(reverse("membership:enrolment:bring_in", args=[rest.pk]))
    assert Membership.objects.count() == 4


def test_a_row_without_its_street_counts_as_one_with_a_problem_and_is_added_all_the_same(
    cast: Cast, client: Client
) -> None:
    chosen(client, LIST + "Dora Exemple;;1;0475123457;;fr\n")
    listed = ListImport.objects.get()

    page = client.get(reverse("membership:enrolment:preview", args=[listed.pk])).content.decode()

    figures = re.findall(r'figure-number">(\d+)</span> <span class="figure-label">([^<]*)<', page)
    assert {("4", "rows"), ("4", "new members"), ("1", "with a problem")} <= set(figures)
    assert page.count("<tr id=") == 1
    assert "The street is missing." in page
    assert "is not added" not in page
    client.post(reverse("membership:enrolment:bring_in", args=[listed.pk]))
    assert Membership.objects.count() == 4


def test_a_list_without_a_known_column_asks_for_them(cast: Cast, client: Client) -> None:
    chosen(client, "Foo;Bar\nx;y\n")

    page = client.get(reverse("membership:enrolment:preview", args=[ListImport.objects.get().pk])).content.decode()

    assert "No column is recognised" in page
    assert '<details class="details" open>' in page


def test_letters_that_were_guessed_wrong_are_read_otherwise(cast: Cast, client: Client) -> None:
    chosen(client, "Nom;GSM\nBožena Dušek;0475 12 34 56\n".encode("cp1250"))
    listed = ListImport.objects.get()
    page = reverse("membership:enrolment:preview", args=[listed.pk])

    assert "Which words are written correctly?" in client.get(page).content.decode()
    client.post(reverse("membership:enrolment:reading", args=[listed.pk]), {"encoding": "cp1250"})

    assert "Božena Dušek" in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("content", "changes", "words"),
    [
        (b"PK\x03\x04no", {}, "cannot be read as a list"),
        (b"Nom;GSM\n", {}, "contains no row"),
        (LIST, {"on": "2026-12-01"}, "not a day to come"),
        (LIST, {"kept": ""}, "This field is required"),
        (b"x" * 5_000_001, {}, "too big"),
    ],
)
def test_what_cannot_be_taken_is_said(
    cast: Cast, client: Client, content: str | bytes, changes: dict, words: str
) -> None:
    answer = chosen(client, content, **changes)

    assert words in answer.content.decode()
    assert not ListImport.objects.exists()


def test_hostile_words_are_shown_as_words(cast: Cast, client: Client) -> None:
    shown = chosen(client, HEADER + "<script>alert(1)</script>;<b>x</b>;1;=1+1;;fr\n").content.decode()

    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown


def test_a_draft_is_thrown_away(cast: Cast, client: Client) -> None:
    listed = drafted(cast)

    client.post(reverse("membership:enrolment:discard", args=[listed.pk]))

    assert not ListImport.objects.exists()


@pytest.mark.parametrize("name", ["preview", "columns", "bring_in", "discard", "undo"])
def test_lists_of_next_door_are_not_found(cast: Cast, name: str) -> None:
    stranger, listed = signed_in(cast.next_door.coordinator), drafted(cast)
    ask = stranger.get if name == "preview" else stranger.post

    answers = [ask(reverse(f"membership:enrolment:{name}", args=[key])).status_code for key in (listed.pk, uuid4())]

    assert answers == [404, 404]


@pytest.mark.parametrize("name", ["read", "form", "export"])
def test_the_desk_of_next_door_is_not_found(cast: Cast, name: str) -> None:
    for stranger in (cast.next_door.coordinator, cast.officer, cast.here.deputy):
        assert signed_in(stranger).get(reverse(f"membership:enrolment:{name}", args=["haren"])).status_code == 404


@pytest.mark.parametrize("lists", [1, 3])
def test_the_desk_asks_the_same_questions_however_long(
    cast: Cast, client: Client, lists: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(lists):
        drafted(cast)
    client.get(reverse("membership:enrolment:desk"))

    with django_assert_num_queries(6):
        shown = client.get(reverse("membership:enrolment:desk")).content.decode()

    assert shown.count("Check and add") == lists


def test_a_form_without_mail_or_mobile_promises_no_welcome(cast: Cast, client: Client) -> None:
    url = reverse("membership:enrolment:form", args=["haren"])

    form = {**PAPER, "phone": "02 555 12 12", "street": str(cast.here.area.coverage.first().street_id), "house": "12"}
    page = client.post(url, form, follow=True).content.decode()

    assert "Recorded last: Ada Exemple. No welcome leaves: they gave no e-mail or mobile." in page


def test_a_form_on_paper_makes_a_member_who_shares_the_door(cast: Cast, client: Client) -> None:
    url = reverse("membership:enrolment:form", args=["haren"])
    street = str(cast.here.area.coverage.first().street_id)

    first = client.post(url, {**PAPER, "street": street, "house": "12", "next": "same"}, follow=True).content.decode()
    assert 'value="12"' in first
    assert "Recorded last: Ada Exemple, with a welcome in their own language." in first
    assert "Ada Exemple" not in str(dict(client.session))
    second = {**PAPER, "name": "Bea Exemple", "street": street, "house": "12", "phone": "", "letters": "on"}
    client.post(url, second)

    assert Membership.objects.filter(partnership=cast.here.partnership, state="active").count() == 2
    assert Household.objects.count() == 1
    bea = next(person for person in Person.objects.filter(memberships__isnull=False) if person.name == "Bea Exemple")
    assert [(point.channel, point.confirmed_at) for point in bea.contacts.all()] == [("paper", AT)]
    assert bea.contacts.get().address.endswith(" 12, 1130 Bruxelles")  # as who joins online gets it
    assert Consent.objects.filter(person=bea, version="paper:2026-11-20").count() == 6


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"phone": ""}, "at least one way to reach"),
        ({"street": ""}, "Choose the street."),
        ({"phone": "1234"}, "field-wrong"),
        ({"signed_on": ""}, "This field is required"),
        ({"signed_on": "2026-12-24"}, "still to come"),
        ({"letters": "on"}, "Letters need a street"),
        ({"name": "<b>"}, "letters only"),
    ],
)
def test_a_form_that_lacks_something_is_not_recorded(cast: Cast, client: Client, changes: dict, words: str) -> None:
    shown = client.post(reverse("membership:enrolment:form", args=["haren"]), {**PAPER, **changes}).content.decode()

    assert words in shown
    assert not Membership.objects.exists()


def test_what_is_not_open_for_joining_is_no_fault_of_a_field(cast: Cast, client: Client) -> None:
    Partnership.objects.filter(pk=cast.here.partnership.pk).update(state="dormant")

    shown = client.post(reverse("membership:enrolment:form", args=["haren"]), PAPER).text

    assert "This partnership is not open for joining at the moment." in shown
    assert ("field-wrong" in shown, 'aria-invalid="true"' in shown) == (False, False)


def test_the_same_form_twice_is_noticed(cast: Cast, client: Client) -> None:
    url = reverse("membership:enrolment:form", args=["haren"])
    client.post(url, PAPER)

    assert "on the list already" in client.post(url, PAPER).content.decode()
    assert Membership.objects.count() == 1


def test_the_list_is_taken_out_freshly_proven_and_with_a_reason(cast: Cast, client: Client) -> None:
    member(cast.here.partnership, "Eva Exemple")
    url = reverse("membership:enrolment:export", args=["haren"])
    given = {"reason": "Feuille de présence", "form": "csv"}

    assert client.post(url, {**given, "reason": "x"}).status_code == 200
    answer = client.post(url, given)

    assert answer.headers["Content-Disposition"].startswith('attachment; filename="plp-haren-')
    assert "Eva Exemple" in answer.content.decode("utf-8-sig")
    assert ListExport.objects.count() == 1
    prove(client, minutes_ago=6)
    assert client.post(url, given).status_code == 302
    assert client.get(url).status_code == 302


def test_the_fourth_time_is_refused(cast: Cast, client: Client) -> None:
    url = reverse("membership:enrolment:export", args=["haren"])
    answers = [client.post(url, {"reason": "Feuille de présence", "form": "vcf"}).status_code for _time in range(4)]

    assert answers == [200, 200, 200, 409]
    assert "Three times today" in client.get(url).content.decode()


def test_whoever_reads_the_list_too_fast_waits(cast: Cast, client: Client) -> None:
    answers = [client.get(reverse("membership:desk:members")).status_code for _time in range(61)]

    assert answers[:60] == [200] * 60
    assert answers[60] == 409


def test_an_ended_partnership_offers_its_list_alone(cast: Cast, client: Client) -> None:
    headings = ("Forms on paper", "A list that exists already", "Export the list")
    before = client.get(reverse("membership:enrolment:desk")).content.decode()
    Partnership.objects.filter(pk=cast.here.partnership.pk).update(state="ended")

    after = client.get(reverse("membership:enrolment:desk")).content.decode()

    assert [f"<h3>{heading}</h3>" in before for heading in headings] == [True, True, True]
    assert [f"<h3>{heading}</h3>" in after for heading in headings] == [False, False, True]
