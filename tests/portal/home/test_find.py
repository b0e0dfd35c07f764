"""To find by name: what one may see, and nothing of the quarter next door."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

from plp.journal.models import Entry
from plp.mandates.grants import Role
from plp.people.models import Household, Person
from plp.places.models import Area, Coverage, Street
from plp.portal.shell import limits
from plp.portal.shell.search import matches_search
from plp.portal.subjects.home.page_search import named_pages
from tests.factories.cast import Cast, hold, member, person
from tests.portal.signing import signed_in

pytestmark = pytest.mark.django_db


def found(who: Person | Client, words: str) -> list[str]:
    """What the page shows to somebody who types ``words``."""
    client = who if isinstance(who, Client) else signed_in(who)
    page = client.post("/find/", {"q": words}, follow=True)
    assert page.redirect_chain == [("/find/", 302)]
    return re.findall(
        r"<a href=\"([^\"]+)\">", page.content.decode().partition('class="found"')[2].partition("</ul>")[0]
    )


def test_a_partnership_is_found_without_accents_and_capitals(cast: Cast) -> None:
    cast.here.area.name_fr = "Hâren-Nord"
    cast.here.area.save()

    assert found(cast.officer, "nord haren") == ["/launch/haren/"]
    assert found(cast.foreign_officer, "haren") == []


def test_a_street_leads_to_its_quarter(cast: Cast) -> None:
    street = Street.objects.create(nis="21004", register_id="1", name_fr="Rue de Verdun", folded="rue de verdun")
    for quarter in (cast.here, cast.abroad):
        Coverage.objects.create(area=quarter.area, street=street)

    assert found(cast.officer, "verdun") == ["/launch/haren/"]
    assert found(cast.here.coordinator, "rue verd") == ["/launch/haren/"]
    assert found(cast.officer, "erdun") == []
    assert found(cast.next_door.coordinator, "verdun") == []


@pytest.mark.parametrize("words", ["affiche", "poster", "Plakat", "Afiche", "depliant", "drukwerk", "plakkat"])
def test_a_page_is_found_by_what_people_call_it_also_with_a_slip(cast: Cast, words: str) -> None:
    assert found(cast.here.coordinator, words) == ["/pack/haren/"]
    assert found(cast.officer, words) == ["/pack/haren/", "/pack/laeken/"]


@pytest.mark.parametrize("words", ["dank", "bedankt", "merci", "danke", "thanks"])
def test_thanks_lead_to_where_a_message_is_written(cast: Cast, words: str) -> None:
    assert found(cast.officer, words) == ["/police/"]


def test_a_street_to_invite_leads_to_recruiting(cast: Cast) -> None:
    assert found(cast.here.coordinator, "inviter une rue")[:1] == ["/pack/haren/recruit/"]


def test_a_page_that_is_closed_to_the_reader_is_not_found(cast: Cast) -> None:
    assert "/coordinator/members/" in found(cast.here.coordinator, "membres")
    assert "/coordinator/members/" not in found(cast.officer, "membres")


def test_every_named_page_has_a_name_in_each_language_and_an_address() -> None:
    for page in named_pages():
        assert set(page.titles) == {code for code, _name in settings.LANGUAGES}
        assert any(_has_address(page.view, arguments) for arguments in ([], ["haren"])), page.view


def _has_address(view: str, arguments: list[str]) -> bool:
    try:
        return bool(reverse(view, args=arguments))
    except NoReverseMatch:
        return False


def test_who_holds_a_role_is_found_by_those_who_may_see_it(cast: Cast) -> None:
    assert found(cast.officer, "clara") == ["/mandates/quarters/haren/", "/mandates/quarters/laeken/"]
    assert found(cast.here.coordinator, "clara") == ["/mandates/quarters/haren/"]


def test_a_member_is_found_by_their_own_coordinator_alone_and_the_look_is_noted(cast: Cast) -> None:
    """The police have no list of members (R80); the coordinator next door sees nothing (T17)."""
    nora = member(cast.here.partnership, "Nora Exemple").memberships.get()

    assert found(cast.here.coordinator, "exem") == [f"/coordinator/members/{nora.pk}/"]
    assert [found(one, "nora") for one in (cast.next_door.coordinator, cast.officer, cast.chief)] == [[], [], []]
    looks = Entry.objects.filter(verb="members.viewed")
    assert [(one.details["list"], one.details["count"]) for one in looks] == [("search", 1)]


def test_the_street_of_a_member_is_named_in_the_language_of_the_page(cast: Cast) -> None:
    street = Street.objects.create(nis="21004", register_id="1", name_fr="Rue de Verdun", name_nl="Verdunstraat")
    nora = member(cast.here.partnership, "Nora Exemple")
    nora.household = Household.objects.create(street=street, house="7", digest="7")
    nora.save()
    client = signed_in(cast.here.coordinator)
    client.post("/find/", {"q": "exemple"})
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "nl"

    page = client.get("/find/").content.decode()
    assert "Verdunstraat 7" in page
    assert "Rue de Verdun" not in page


def test_looks_for_members_are_counted(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """As pages of the list are: nobody reads it out by typing (T12)."""
    monkeypatch.setitem(limits.LIMITS, "members.person", limits.Limit(1, limits.HOUR))
    client = signed_in(cast.here.coordinator)
    client.post("/find/", {"q": "nora"})

    assert [client.get("/find/").status_code for _time in range(2)] == [200, 409]


@pytest.mark.parametrize("words", ["", " ", "n", "-"])
def test_one_letter_finds_nothing(cast: Cast, words: str) -> None:
    assert found(cast.officer, words) == []


def test_others_do_not_search(cast: Cast) -> None:
    """A deputy who covers nobody, a municipality, a committee member; and nobody without a sign-in."""
    mayor, helper = person("Mia Maire"), person("Hugo Helfer")
    hold(mayor, Role.MUNICIPALITY, Area.objects.get(path="be/z1/m21004/"))
    hold(helper, Role.COMMITTEE, cast.here.area)

    pages = [signed_in(one).get("/find/").status_code for one in (cast.here.deputy, mayor, helper)]

    assert pages == [404, 404, 404]
    assert "/find/" not in signed_in(mayor).get("/").content.decode()
    assert Client().get("/find/").status_code == 302


@pytest.mark.parametrize("members", [1, 3])
def test_finding_costs_the_same_for_one_and_three(cast: Cast, members: int, django_assert_num_queries: Any) -> None:
    client = signed_in(cast.here.coordinator)
    for name in ("Nora Un", "Nora Deux", "Nora Trois")[:members]:
        member(cast.here.partnership, name)
    client.post("/find/", {"q": "nora"})
    client.get("/find/")

    with django_assert_num_queries(21):
        page = client.get("/find/")

    assert page.content.decode().count('href="/coordinator/members/') == members


@pytest.mark.parametrize(
    ("words", "name", "does"),
    [
        ("el", "Élodie", True),
        ("haecht ch", "Chaussée-d'Haecht", True),
        ("odie", "Élodie", False),
        ("el x", "El", False),
    ],
)
def test_each_word_begins_a_word(words: str, name: str, does: bool) -> None:
    assert matches_search(words, name) is does
