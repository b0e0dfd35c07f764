"""A relayed calamity becomes a valid CAP alert for everybody; a person never does."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from lxml import etree

from plp.alerts import actions as alerts
from plp.alerts import refusals
from plp.alerts.cap import alerts_and_links_of_feed, parse_alert
from plp.alerts.models import Publication
from plp.alerts.queries import CANCELLED_SHOWN_FOR, current_and_recently_cancelled_alerts
from plp.mandates.queries import NotAllowed
from plp.notices import actions as notices
from plp.notices.models import Notice
from tests.factories.cast import Cast
from tests.factories.notices import drafted_notice, submit_and_release
from tests.portal.signing import AT, stop_clock
from tests.samples import SAMPLES

pytestmark = pytest.mark.django_db
TOLD = {"category": "Fire", "urgency": "Immediate", "severity": "Severe", "certainty": "Observed"}
SCHEMA = SAMPLES / "cap/schema/cap12.xsd"
ABSENT = not SCHEMA.is_file()


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    stop_clock(monkeypatch)
    made = Cast()
    square = [[[4.40, 50.88], [4.42, 50.88], [4.42, 50.90], [4.40, 50.88]]]
    made.here.area.boundary = {"type": "Polygon", "coordinates": square}
    made.here.area.save()
    return made


def relayed(cast: Cast, kind: str = "calamity", **origin: Notice) -> Notice:
    """A message that was sent, in two languages."""
    texts = {"fr": ("Fumée & odeur", "Fermez les fenêtres."), "nl": ("Rook", "Sluit de ramen.")}
    details = {"expires_at": AT + timedelta(hours=3), "official_reference": "CF-1"}
    notice = submit_and_release(drafted_notice(cast, texts, kind=kind, at=AT, **details, **origin), cast, at=AT)
    if notice.state != "relayed":
        notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=AT)
    return notice


def published(cast: Cast, **origin: Notice) -> Notice:
    notice = relayed(cast, **origin)
    alerts.publish_notice(notice=notice, by=cast.officer, at=AT, **TOLD)
    return notice


def get(name: str, *args: object) -> bytes:
    answer = Client().get(reverse(f"alerts:{name}", args=args))
    assert answer.status_code == 200
    return answer.content


def is_valid(content: bytes) -> bool:
    return etree.XMLSchema(etree.parse(SCHEMA)).validate(etree.fromstring(content))


@pytest.mark.skipif(ABSENT, reason="the schema of OASIS is not here")
def test_alert_update_and_cancel_are_valid_against_the_schema(cast: Cast) -> None:
    first = published(cast)
    alert = get("single", first.pk)
    update = get("single", published(cast, corrects=first).pk)
    notices.retract_notice_everywhere(notice=first, by=cast.officer, at=AT)
    cancel = get("single", first.pk)

    assert [is_valid(one) for one in (alert, update, cancel)] == [True, True, True]
    assert [parse_alert(one).kind for one in (alert, update, cancel)] == ["Alert", "Update", "Cancel"]
    assert [parse_alert(one).references[0].identifier for one in (update, cancel)] == [
        parse_alert(alert).identifier
    ] * 2


def test_it_says_what_members_read_and_where(cast: Cast) -> None:
    official = parse_alert(get("single", published(cast).pk))

    french, dutch = official.infos
    assert (french.language, french.headline, french.description) == ("fr", "Fumée & odeur", "Fermez les fenêtres.")
    assert (dutch.language, dutch.headline) == ("nl", "Rook")
    assert (french.categories, french.urgency, french.severity, french.certainty) == (
        ("Fire",),
        "Immediate",
        "Severe",
        "Observed",
    )
    assert french.expires == AT + timedelta(hours=3)
    assert french.places[0].codes == (("NIS", "21004"),)
    assert len(french.places[0].polygons[0]) == 4
    assert "Anne Exemple" not in get("single", Publication.objects.get().pk).decode()


def test_the_feeds_hold_their_own_area_and_what_still_holds(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    notice = published(cast)
    own = get("of_partnership", "haren")

    assert alerts_and_links_of_feed(own)[1] == alerts_and_links_of_feed(get("of_zone", "z1"))[1]
    assert alerts_and_links_of_feed(own)[1][0].endswith(reverse("alerts:single", args=[notice.pk]))
    assert alerts_and_links_of_feed(get("of_partnership", "laeken"))[1] == []
    assert alerts_and_links_of_feed(get("of_zone", "z10"))[1] == []
    stop_clock(monkeypatch)
    monkeypatch.setattr("plp.toolbox.clock.now", lambda: AT + timedelta(hours=3))
    assert alerts_and_links_of_feed(get("of_partnership", "haren"))[1] == []


def test_what_was_taken_back_shows_for_two_days(cast: Cast) -> None:
    notices.retract_notice_everywhere(notice=published(cast), by=cast.officer, at=AT)

    shown = [
        len(current_and_recently_cancelled_alerts(at=AT + CANCELLED_SHOWN_FOR - timedelta(minutes=minutes)))
        for minutes in (1, 0)
    ]

    assert shown == [1, 0]


def test_what_is_not_published_or_unknown_is_not_there(cast: Cast) -> None:
    notice = relayed(cast)

    for name, key in (("single", notice.pk), ("single", uuid4()), ("of_partnership", "x"), ("of_zone", "x")):
        assert Client().get(reverse(f"alerts:{name}", args=[key])).status_code == 404


def test_only_relayed_calamities_are_published_and_once(cast: Cast) -> None:
    draft = notices.create_notice_draft(
        partnership=cast.here.partnership, kind="calamity", reason="threat", by=cast.officer, at=AT
    )
    for other in (draft, relayed(cast, "missing_person"), relayed(cast, "alarm")):
        with pytest.raises(refusals.NotPublishable):
            alerts.publish_notice(notice=other, by=cast.officer, at=AT, **TOLD)
    with pytest.raises(refusals.AlreadyPublished):
        alerts.publish_notice(notice=published(cast), by=cast.officer, at=AT, **TOLD)


def test_nobody_but_the_police_of_the_area_publishes(cast: Cast) -> None:
    notice = relayed(cast)

    for stranger in (cast.foreign_officer, cast.here.coordinator):
        with pytest.raises(NotAllowed):
            alerts.publish_notice(notice=notice, by=stranger, at=AT, **TOLD)
    assert Publication.objects.count() == 0
