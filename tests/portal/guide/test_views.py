"""Each role finds its guide, each task its page, and each guide goes on paper."""

import io

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from plp.mandates.grants import GRANTS, Role
from plp.partnership.models import Partnership
from plp.portal.shell.sessions import MEMBER as OPENED
from plp.portal.subjects.guide import library
from plp.portal.subjects.guide.contents import GUIDES
from plp.toolbox.texts import LANGUAGES
from proof.guide_scenes import GUIDE_SCENES, MEMBER
from tests.factories.cast import Cast, area, contact, hold, member, person
from tests.portal.signing import AT, signed_in, stop_clock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", GUIDES)
def test_every_guide_and_task_is_shown_to_everybody(client: Client, key: str) -> None:
    guide = GUIDES[key]
    told = library.guide_sections(guide, "en")

    page = client.get(reverse("guide:guide", args=[key])).content.decode()

    assert [section.title for section in told if section.title not in page.replace("&#x27;", "'")] == []
    for section in told:
        answer = client.get(reverse("guide:task", args=[key, section.task.key]))
        assert (answer.status_code, f"<h1>{section.title}</h1>" in answer.content.decode()) == (200, True)


def test_what_does_not_exist_is_a_404(client: Client) -> None:
    missing = ["/guide/nobody/", "/guide/nobody/booklet.pdf", "/guide/coordinator/nothing/", "/guide/nobody/relay/"]

    assert [client.get(url).status_code for url in missing] == [404, 404, 404, 404]


def test_the_way_to_a_page_is_shown_to_those_who_may_open_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch)
    coordinator = signed_in(Cast().here.coordinator)
    inbox, url = reverse("notices:relay:inbox"), reverse("guide:task", args=["coordinator", "relay"])
    way = f'<a class="button main" href="{inbox}">'

    assert (way in coordinator.get(url).content.decode(), way in client.get(url).content.decode()) == (True, False)


def test_the_own_guide_comes_first(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch)
    coordinator = signed_in(Cast().here.coordinator)

    assert [guide.key for guide in coordinator.get(reverse("guide:index")).context["own"]] == ["coordinator"]
    assert client.get(reverse("guide:index")).context["own"] == []


def test_the_card_of_the_coordinator_fits_one_side_in_every_language(client: Client) -> None:
    for language in LANGUAGES:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        made = PdfReader(io.BytesIO(client.get(reverse("guide:card")).content))
        assert (len(made.pages), round(made.pages[0].mediabox.width * 25.4 / 72)) == (1, 148)


@pytest.mark.parametrize("key", GUIDES)
def test_who_has_the_role_may_open_each_page(key: str) -> None:
    guide = GUIDES[key]
    needed = {task.needs for task in guide.tasks if task.needs}

    assert [role for role in guide.roles - {"deputy", "supervisor", "deputy_officer"} if needed - GRANTS[role]] == []


def test_the_comparison_is_shown_in_every_language(client: Client) -> None:
    titles = set()
    for language in LANGUAGES:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        page = client.get(reverse("guide:compared")).content.decode()
        titles.add(page.split("<h1>")[1].split("</h1>")[0])
        assert f'<div class="document" lang="{language}">' in page

    assert len(titles) == len(LANGUAGES)


def test_a_booklet_is_made_once_and_kept(client: Client) -> None:
    library._guide_pdf.cache_clear()

    first = client.get(reverse("guide:booklet", args=["municipality"]))
    second = client.get(reverse("guide:booklet", args=["municipality"]))

    assert first.content.startswith(b"%PDF")
    assert first.content == second.content
    assert library._guide_pdf.cache_info().hits == 1


def test_each_page_of_a_picture_answers(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:  # thirty pages
    stop_clock(monkeypatch)
    cast = Cast()
    here = cast.here.partnership
    browsers = {"": client, "officer": signed_in(cast.officer), "chief": signed_in(cast.chief)}
    browsers |= {"coordinator": signed_in(cast.here.coordinator), MEMBER: member_client(here)}
    over = {
        "committee": cast.here.area,
        "municipality": area("municipality", "be/z1/m21004/", ""),
        "administrator": cast.zone,
    }
    for role, place in over.items():
        someone = person(f"Eva {role.capitalize()}")
        hold(someone, Role(role), place)
        browsers[role] = signed_in(someone)

    answers = {
        one.name: browsers[one.who].get(reverse(one.view, args=[here.key] if one.key else []), follow=True)
        for one in GUIDE_SCENES
    }
    led_on = {name: answer.redirect_chain for name, answer in answers.items() if answer.redirect_chain}

    assert {name: answer.status_code for name, answer in answers.items() if answer.status_code != 200} == {}
    assert led_on == {"officer-duty": [(f"/rota/{cast.zone.pk}/", 302)]}


def member_client(partnership: Partnership) -> Client:
    """A browser in which a member opened their settings."""
    point = contact(member(partnership, "Eva Exemple"), "email", "eva@plp.test")
    client = Client()
    session = client.session
    session[OPENED] = {"contact": point.pk.hex, "began": AT.timestamp(), "seen": AT.timestamp()}
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client
