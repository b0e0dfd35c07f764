"""What others take over: feeds, calendar, cards, the page inside another site, and whose data we show."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from icalendar import Calendar
from lxml import etree
from pytest_django import DjangoAssertNumQueries

from plp.evening import actions as evening
from plp.evening.actions import MeetingPlan
from plp.evening.models import Meeting
from plp.evening.states import Purpose
from plp.places.models import EmergencyNumbers
from tests.alerts.test_publishing import published
from tests.factories.cast import Cast
from tests.portal.signing import AT

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
HERE = "/p/haren/take/fr"
SITE = "https://www.evere.be"


def convened(cast: Cast, *, place: str = "Salle des fêtes", purpose: str = Purpose.INFORMATION) -> Meeting:
    """An evening to which everybody is invited."""
    plan = MeetingPlan(
        place=place, street="Rue de Verdun 3", languages=("fr",), purpose=purpose,
        starts_at=AT + timedelta(days=9), ends_at=AT + timedelta(days=9, hours=2),
    )  # fmt: skip
    meeting = evening.plan_meeting(partnership=cast.here.partnership, plan=plan, by=None, at=AT)
    evening.publish_meeting(meeting=meeting, by=None, at=AT)
    return meeting


def titles(content: bytes) -> list[str]:
    return [str(one.findtext(f"{ATOM}title")) for one in etree.fromstring(content).iter(f"{ATOM}entry")]


def test_the_news_hold_what_is_public_the_newest_first(cast: Cast, client: Client) -> None:
    meeting = convened(cast)
    convened(cast, purpose=Purpose.MEMBERS)
    notice = published(cast)
    cast.here.partnership.launched_at = AT - timedelta(days=3)
    cast.here.partnership.save()

    answer = client.get(f"{HERE}/news.atom")

    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=600"
    assert set(titles(answer.content)[:2]) == {"Fumée & odeur", "Soirée d’information, Haren"}
    assert titles(answer.content)[2:] == ["Le partenariat Haren est actif"]
    assert meeting.token in answer.text
    assert cast.officer.name not in answer.text
    assert str(notice.pk) in answer.text


def test_a_cancelled_evening_and_its_minutes_are_told(cast: Cast, client: Client) -> None:
    meeting = convened(cast)
    Meeting.objects.filter(pk=meeting.pk).update(approved_at=AT)
    kept = client.get(f"{HERE}/news.atom")
    evening.cancel_meeting_and_notify(meeting=meeting, because="Salle fermée", by=None, at=AT)

    after = client.get(f"{HERE}/news.atom")

    assert "Compte rendu\N{NO-BREAK SPACE}: Soirée d’information, Haren" in titles(kept.content)
    assert "Annulé\N{NO-BREAK SPACE}: Soirée d’information, Haren" in titles(after.content)


def test_rss_is_another_form_of_the_same(cast: Cast, client: Client) -> None:
    convened(cast)

    answer = client.get(f"{HERE}/news.rss")

    found = [item.findtext("title") for item in etree.fromstring(answer.content).iter("item")]
    assert "Soirée d’information, Haren" in found
    assert client.get(f"{HERE}/news.html").status_code == 404


def test_markup_and_control_signs_stay_words(cast: Cast, client: Client) -> None:
    convened(cast, place="<script>alert(1)</script>\x0b ]]> & \u202e")

    atom, cards = client.get(f"{HERE}/news.atom"), client.get(f"{HERE}/evenings.ics")

    assert "<script>" not in atom.text
    assert "<script>alert(1)</script> ]]> & ." not in titles(atom.content)
    assert len(Calendar.from_ical(cards.content).walk("VEVENT")) == 1


def test_the_calendar_holds_evenings_for_everybody_and_no_other_meeting(cast: Cast, client: Client) -> None:
    meeting = convened(cast)
    convened(cast, purpose=Purpose.MEMBERS)

    answer = client.get(f"{HERE}/evenings.ics")

    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(event["url"]).rpartition("/p/")[2] for event in events] == [f"{meeting.token}/"]
    assert [str(event["status"]) for event in events] == ["CONFIRMED"]


@pytest.mark.parametrize(("language", "name"), [("fr", "PLP Haren"), ("nl", "BIN Haren"), ("de", "LPP Haren")])
def test_feed_and_calendar_are_named_as_members_know_it(
    cast: Cast, client: Client, settings: LazySettings, language: str, name: str
) -> None:
    settings.EMBED_SITES = [SITE]
    here = f"/p/haren/take/{language}"

    feed = etree.fromstring(client.get(f"{here}/news.atom").content)
    calendar = Calendar.from_ical(client.get(f"{here}/evenings.ics").content)

    assert feed.findtext(f"{ATOM}title") == name
    assert calendar["x-wr-calname"] == name
    assert f"<h1>{name}</h1>" in client.get(f"{here}/page/").text


def test_the_cards_are_those_of_offices(cast: Cast, client: Client) -> None:
    EmergencyNumbers.objects.create(area=cast.zone, police="101", help="112", desk={"fr": "02 249 22 11"}, at=AT)
    cast.here.partnership.contact_email = "haren@plp.test"
    cast.here.partnership.contact_phone = "+3222791234"
    cast.here.partnership.save()

    answer = client.get(f"{HERE}/contacts.vcf")

    assert [line for line in answer.text.splitlines() if line.startswith(("FN", "TEL", "EMAIL"))] == [
        "FN:Coordinateur\\, PLP Haren",
        "EMAIL:haren@plp.test",
        "FN:Police\\, non urgent\\, PLP Haren",
        "TEL:+3222791234",
        "TEL:02 249 22 11",
        "FN:Urgence\N{NO-BREAK SPACE}: 101 ou 112",
        "TEL:101",
        "TEL:112",
    ]
    assert "Clara" not in answer.text


def test_a_field_begins_no_other_field(cast: Cast, client: Client) -> None:
    cast.here.area.name_fr = "Haren\r\nTEL:0900\nX;Y,Z"
    cast.here.area.save()

    answer = client.get(f"{HERE}/contacts.vcf")

    assert [line for line in answer.text.split("\r\n") if line.startswith("TEL")] == ["TEL:101", "TEL:112"]


@pytest.mark.parametrize("rest", ["news.atom", "news.rss", "evenings.ics", "contacts.vcf", "page/"])
def test_what_is_not_public_is_not_there(cast: Cast, client: Client, settings: LazySettings, rest: str) -> None:
    settings.EMBED_SITES = [SITE]
    cast.next_door.partnership.state = "dormant"
    cast.next_door.partnership.save()

    answers = [
        client.get(f"/p/laeken/take/fr/{rest}"),
        client.get(f"/p/nowhere/take/fr/{rest}"),
        client.get(f"/p/haren/take/xx/{rest}"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert client.post(f"{HERE}/{rest}").status_code == 405


def test_only_named_sites_may_show_the_page(cast: Cast, client: Client, settings: LazySettings) -> None:
    none = client.get(f"{HERE}/page/")
    settings.EMBED_SITES = [SITE]

    page = client.get(f"{HERE}/page/", headers={"accept-language": "nl"})

    assert none.status_code == 404
    assert f"frame-ancestors {SITE};" in page.headers["Content-Security-Policy"]
    assert "script-src 'none'" in page.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in page.headers
    assert dict(page.cookies) == {}
    assert "<form" not in page.text
    assert "<script" not in page.text
    assert ">Participer</a>" in page.text
    assert "frame-ancestors 'none'" in client.get("/p/haren/").headers["Content-Security-Policy"]


def test_the_page_that_offers_them_names_each(cast: Cast, client: Client, settings: LazySettings) -> None:
    client.cookies["language"] = "en"
    plain = client.get("/p/haren/take/").text
    settings.EMBED_SITES = [SITE]
    offered = client.get("/p/haren/take/").text

    for rest in ("news.atom", "news.rss", "evenings.ics", "contacts.vcf"):
        assert f"/p/haren/take/en/{rest}" in plain
    assert "iframe" not in plain
    assert "www.evere.be" in offered
    assert client.get("/p/nowhere/take/").status_code == 404


def test_sources_are_named(client: Client, settings: LazySettings) -> None:
    settings.CAP_FEED = "https://alerts.example.be/feed"

    page = client.get("/sources/").text

    french = client.get("/sources/", headers={"accept-language": "fr"}).text

    assert "« Lijst van politiezones in België »" in french.replace("\N{NO-BREAK SPACE}", " ")
    for name in ("BeST Address", "Statbel", "CC BY-SA 4.0", "alerts.example.be (CAP)", "EUPL 1.2"):
        assert name in page


@pytest.mark.parametrize("evenings", [1, 3])
def test_the_news_cost_the_same_for_one_and_three(
    cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries, evenings: int
) -> None:
    for number in range(evenings):
        convened(cast, place=f"Salle {number}")

    with django_assert_num_queries(3):
        client.get(f"{HERE}/news.atom")
