"""A day without network: everybody who agreed to calls is called once, every door stands on one round."""

import io

import pytest
from django.utils import translation
from pypdf import PdfReader

from plp.mandates.grants import Role
from plp.membership.paper_trees import call_tree, call_tree_pdf
from plp.people.actions import set_front_door
from plp.people.models import ContactPoint, Preference
from plp.people.preferences import set_pause
from plp.places.models import Street
from tests.factories.cast import NOW, Cast, contact, hold, member, person

pytestmark = pytest.mark.django_db


def neighbour(cast: Cast, name: str, house: str, number: str = "", channel: str = "calls") -> None:
    someone = member(cast.here.partnership, name)
    street = Street.objects.get_or_create(
        nis="21004", register_id="S1", defaults={"name_fr": "Rue Haute", "name_nl": "Hoogstraat", "postcode": "1130"}
    )[0]
    set_front_door(person=someone, street=street, house=house, by=None, at=NOW)
    if number:
        contact(someone, channel, number)


def quarter(cast: Cast) -> None:
    """Coordinator and committee member with a telephone, five members who agreed to calls, two who did not."""
    contact(cast.here.coordinator, "calls", "+3225550001")
    helper = person("Hana Help")
    contact(helper, "sms", "+32470000002")
    hold(helper, Role.COMMITTEE, cast.here.area)
    for place, house in enumerate(("1", "12", "3", "2", "12")):
        neighbour(cast, f"Ann {'ABCDE'[place]}", house, f"+322555010{place}")
    neighbour(cast, "Ben Silent", "5")
    neighbour(cast, "Cis Mail", "5", "cis@example.org", channel="email")


def test_each_is_called_once_by_a_neighbours_caller(cast: Cast) -> None:
    quarter(cast)

    tree = call_tree(cast.here.partnership, "nl", at=NOW)

    calls = [[row.name for row in branch.calls] for branch in tree.branches]
    assert [branch.caller.name for branch in tree.branches] == ["Clara Haren", "Hana Help"]
    assert sorted(calls[0] + calls[1]) == ["Ann A", "Ann B", "Ann C", "Ann D", "Ann E"]
    assert [row.door for branch in tree.branches for row in branch.calls] == [
        f"Hoogstraat {house}" for house in ("1", "2", "3", "12", "12")
    ]
    assert tree.branches[0].calls[0].numbers == ["02 555 01 00"]
    assert tree.rounds == [("Hoogstraat", [("1", 1), ("3", 1), ("5", 2), ("12", 2), ("2", 1)])]
    assert tree.without_telephone == 2


def test_a_stopped_or_unproven_number_is_not_called_and_a_pause_changes_nothing(cast: Cast) -> None:
    quarter(cast)
    ContactPoint.objects.filter(person__memberships__partnership=cast.here.partnership, rank=1).exclude(
        channel="email"
    ).update(confirmed_at=None)
    neighbour(cast, "Dee Away", "7", "+3225550177")
    away = cast.here.partnership.memberships.get(person__contacts__confirmed_at=NOW, person__contacts__channel="calls")
    set_pause(person=away.person, until=NOW.replace(year=2027), by=away.person, at=NOW)

    tree = call_tree(cast.here.partnership, "fr", at=NOW)

    assert [row.name for branch in tree.branches for row in branch.calls] == ["Dee Away"]
    assert tree.without_telephone == 7


def test_a_note_for_callers_stands_on_the_tree_in_the_language_of_the_paper(cast: Cast) -> None:
    quarter(cast)
    for preference in Preference.objects.all():
        preference.call_note = "ring"
        preference.save()

    with translation.override("fr"):
        paper = call_tree_pdf(cast.here.partnership, "nl", at=NOW)

    words = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages).split())
    assert ("Laat lang rinkelen" in words, "Laissez" in words) == (True, False)


def test_nobody_in_office_with_a_telephone_leaves_the_rounds(cast: Cast) -> None:
    neighbour(cast, "Ann A", "1", "+3225550100")

    tree = call_tree(cast.here.partnership, "fr", at=NOW)

    assert (list(tree.branches), len(tree.rounds)) == ([], 1)


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_the_pages_say_it_in_each_language(cast: Cast, language: str) -> None:
    """0.3 s: a paper is set."""
    quarter(cast)

    pages = PdfReader(io.BytesIO(call_tree_pdf(cast.here.partnership, language, at=NOW))).pages

    words = [page.extract_text() for page in pages]
    assert len(words) == 4
    assert all(name in words[1] + words[2] for name in ("Clara Haren", "Hana Help", "Ann A", "Ann E", "02 555 01 00"))
    assert "Ann" not in words[3]


def test_the_number_of_queries_does_not_grow(cast: Cast, django_assert_num_queries) -> None:
    quarter(cast)

    with django_assert_num_queries(3):
        call_tree(cast.here.partnership, "fr", at=NOW)
