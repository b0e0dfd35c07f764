"""Pages of a partnership that has ended say so; what would prepare something new is shut, the rest stays."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from plp.followup.models import InformationRequest
from plp.launch.actions import life
from plp.launch.queries.dates import calendar_link_secret
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.notices.models import Notice
from plp.partnership.models import Partnership
from plp.portal.shell.endings import SHUT_BY_END
from tests.factories.cast import NOW, Cast, area, hold, person
from tests.portal.guide.test_help import views
from tests.portal.signing import signed_in

pytestmark = pytest.mark.django_db
ENDED = "This partnership has ended. No messages are sent any more."
LISTS = (
    "home:start",
    "notices:relay:inbox",
    "membership:self_service:messages",
    "membership:desk:members",
    "membership:enrolment:desk",
    "followup:requests:asked",
)
ITS_OWN = (
    "followup:partnership",
    "evening:home",
    "charter:home",
    "evaluation:home",
    "mandates:people",
    "launch:pack:home",
    "launch:groundwork:statements",
    "launch:plan:where",
    "partnership:partnership",
)
AWAITED = "it appears here"  # what an empty list of messages says of those to come
NEW = ("followup:newsletter", "followup:requests:ask", "membership:enrolment:form", "launch:pack:recruit")


def end(cast: Cast) -> None:
    """End the partnership of Haren."""
    Partnership.objects.filter(pk=cast.here.partnership.pk).update(state="ended")


def test_every_page_that_an_end_shuts_exists_and_names_its_partnership() -> None:
    pages = views()

    assert sorted(SHUT_BY_END - set(pages)) == []
    assert {name for name in SHUT_BY_END if "<slug:key>" not in pages[name][0]} == set()


@pytest.mark.parametrize(
    ("before", "back"),
    [
        ("http://testserver/launch/haren/?at=1#part", "/launch/haren/?at=1"),
        ("http://testserver//evil.test/", "/evil.test/"),
        ("https://evil.test/", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_a_refusal_leads_back_to_where_one_was(cast: Cast, before: str, back: str) -> None:
    client = signed_in(cast.here.coordinator)
    end(cast)

    answer = client.get(reverse("followup:newsletter", args=["haren"]), headers={"referer": before})

    assert (answer.status_code, answer.context["back"]) == (409, back)
    assert (f'href="{back}"' in answer.text) == bool(back)


def test_lists_and_pages_of_an_ended_partnership_say_so_once(cast: Cast) -> None:
    client = signed_in(cast.here.coordinator)
    pages = [reverse(name) for name in LISTS] + [reverse(name, args=["haren"]) for name in ITS_OWN]
    before = [client.get(page).text.count(ENDED) for page in pages]
    end(cast)

    shown = {page: client.get(page) for page in pages}

    assert before == [0] * len(pages)
    assert [page for page, answer in shown.items() if AWAITED in answer.text] == []
    assert {page: answer.status_code for page, answer in shown.items()} == dict.fromkeys(pages, 200)
    assert {page: answer.text.count(ENDED) for page, answer in shown.items()} == dict.fromkeys(pages, 1)


def test_what_would_prepare_something_new_is_shut_and_no_button_leads_to_it(cast: Cast) -> None:
    officer, coordinator = signed_in(cast.officer), signed_in(cast.here.coordinator)
    home = reverse("evening:home", args=["haren"])
    plan = reverse("evening:plan", args=["haren"])
    open_page = coordinator.get(home).text
    end(cast)

    by: Callable[[str], Client] = lambda name: officer if name == "followup:newsletter" else coordinator  # noqa: E731
    pages = {name: reverse(name, args=["haren"]) for name in NEW}
    answers = [
        answer
        for name, page in pages.items()
        for answer in (by(name).get(page), by(name).post(page, {"words": "Quoi ?"}))
    ]
    stranger = signed_in(cast.next_door.coordinator).get(pages["followup:requests:ask"])

    assert [answer.status_code for answer in answers] == [409] * len(answers)
    assert [answer.text.count(ENDED) for answer in answers] == [1] * len(answers)
    assert (f'href="{plan}"' in open_page, f'href="{plan}"' in coordinator.get(home).text) == (True, False)
    assert (stranger.status_code, ENDED in stranger.text) == (404, False)
    assert not InformationRequest.objects.exists()
    assert not Notice.objects.exists()


def test_the_first_page_offers_no_neighbour_to_add_after_an_end(cast: Cast) -> None:
    client, add = signed_in(cast.here.coordinator), reverse("membership:enrolment:form", args=["haren"])
    before = client.get("/").text
    end(cast)

    assert (add in before, add in client.get("/").text) == (True, False)


def test_whoever_has_another_partnership_reads_of_an_end_on_its_own_pages_alone(cast: Cast) -> None:
    hold(cast.here.coordinator, Role.COORDINATOR, cast.next_door.area)
    client = signed_in(cast.here.coordinator)
    end(cast)

    shown = [client.get(page).text for page in ("/", reverse("followup:partnership", args=["haren"]))]

    assert [ENDED in page for page in shown] == [False, True]


FEEDS = {
    "/p/haren/take/nl/news.atom": "Dit netwerk",
    "/p/haren/take/de/news.rss": "Diese Partnerschaft",
    "/p/haren/take/fr/evenings.ics": "Ce partenariat",
    "/p/haren/take/fr/contacts.vcf": "Ce partenariat",
    "/alerts/p/haren.atom": "This partnership",
}


def test_programs_that_read_a_feed_hear_that_it_has_ended_and_of_a_rest_nothing(cast: Cast) -> None:
    partnership = cast.here.partnership
    client = Client(headers={"Accept-Language": "en"})
    feeds = {**FEEDS, f"/launch/haren/calendar/{calendar_link_secret(partnership)}.ics": "Ce partenariat"}
    shown: dict[str, dict[str, int]] = {}
    for state in ("active", "dormant", "ended"):
        Partnership.objects.filter(pk=partnership.pk).update(state=state)
        answers = {feed: client.get(feed) for feed in feeds}
        shown[state] = {feed: answer.status_code for feed, answer in answers.items()}

    assert shown["active"] == dict.fromkeys(feeds, 200)
    assert shown["dormant"] == dict.fromkeys(FEEDS, 404) | dict.fromkeys(set(feeds) - set(FEEDS), 200)
    assert shown["ended"] == dict.fromkeys(feeds, 410)
    assert {feed: answer.text.startswith(feeds[feed]) for feed, answer in answers.items()} == dict.fromkeys(feeds, True)
    assert {answer.headers["Content-Type"] for answer in answers.values()} == {"text/plain; charset=utf-8"}


@pytest.mark.parametrize("office", ["chief", "municipality"])
def test_the_page_of_an_ended_partnership_says_when_and_what_is_still_to_be_done(cast: Cast, office: str) -> None:
    mayor = person("Maud Voorbeeld", "nl")
    hold(mayor, Role.MUNICIPALITY, area("municipality", "be/z1/m21004/", "Bruxelles"))
    client = signed_in(cast.chief if office == "chief" else mayor)
    page = reverse("launch:plan:where", args=["haren"])
    before = client.get(page).text
    act = life.end_partnership_and_notify(
        partnership=cast.here.partnership, reason="Décision.", by=cast.officer, at=NOW
    )

    after = client.get(page).text
    Mandate.objects.filter(area=cast.here.area).update(ends_at=NOW)
    life.record_day_interior_was_told(life_act=act, told_on=NOW.date(), by=cast.officer, at=NOW)
    done = client.get(page).text

    assert "Ended on" not in before
    assert all(
        words in after
        for words in (
            "Ended on 25 November 2026",
            "Still to do: the police tell FPS Interior.",
            "2 roles still last",
            "erased from 25 December 2026 on",
            "Charter, internal rules, minutes and reports stay",
        )
    )
    assert ("FPS Interior was told on 25 November 2026." in done, "still last" in done) == (True, False)
