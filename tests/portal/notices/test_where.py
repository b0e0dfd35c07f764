"""The page on which an officer says who gets a message: everybody, some streets, or what lies around a place."""

import html
import re
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from plp.documents.dates import date_format
from plp.notices import actions as notices
from plp.notices.models import Notice
from plp.notices.queries.targets import target_area_of_notice
from plp.people.models import ContactPoint
from plp.places.actions import draw_quarter_and_count_addresses
from plp.places.models import Street
from plp.places.queries import StreetPart
from plp.places.rules import Selector
from plp.places.rules.target_areas import Surroundings, TargetArea
from plp.toolbox.clock import BRUSSELS
from tests.factories.cast import Cast, contact, member
from tests.places.build import doors, street
from tests.portal.notices.test_desk import drafted, typed
from tests.portal.signing import AT, prove, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def oak(cast: Cast) -> Street:
    """A street of thirty doors."""
    oak = street()
    doors(oak, *map(str, range(1, 31)), points=[(4.41 + n * 0.00014, 50.89) for n in range(30)])
    draw_quarter_and_count_addresses(area=cast.here.area, selectors=[StreetPart(oak)], by=None, at=AT)
    return oak


def chosen(cast: Cast, **data: object) -> tuple[Notice, str]:
    """The draft after this was sent from the page, and what the page then says."""
    notice, officer = drafted(cast), signed_in(cast.officer)
    address = reverse("notices:reach:reach", args=[notice.pk])
    page = officer.post(
        address, {f"target-{name}": value for name, value in data.items()} | {"count": "1"}, follow=True
    )
    notice.refresh_from_db()
    return notice, page.text


def test_everybody_gets_it_unless_something_else_is_chosen(cast: Cast, oak: Street) -> None:
    notice, page = chosen(cast)

    assert notice.target_area is None
    assert 'value="everybody" id="id_target-who_0" checked' in page


def test_everybody_and_other_quarters_are_counted_like_a_part(cast: Cast) -> None:
    for number in range(6):
        contact(member(cast.here.partnership, f"Ann {number}"), "email", f"ann{number}@example.org")
    notice, officer = drafted(cast), signed_in(cast.officer)
    address, next_door = reverse("notices:reach:reach", args=[notice.pk]), cast.next_door.partnership

    alone = officer.post(address, {"target-who": "everybody", "count": "1"}, follow=True).text
    both = officer.post(address, {"own": [next_door.pk], "count": "1"}, follow=True).text

    counts = [re.findall(r"<li>([^<:]+): ([^<]+)</li>", page) for page in (alone, both)]
    assert "Saved. So many people get it by now:" in alone
    assert counts[0] == [("Haren", "6")]
    assert counts[1] == [("Haren", "6"), ("Laeken", "0")]


def test_a_circle_says_which_of_its_fields_it_needs(cast: Cast, oak: Street) -> None:
    _notice, page = chosen(cast, who="around")

    needs = dict(re.findall(r'<label for="id_target-(centre|number|crossing|metres)">[^<]*<span[^>]*>([^<]*)', page))
    assert needs == {
        "centre": "(needed around a place)",
        "number": "(one of the two)",
        "crossing": "(one of the two)",
        "metres": "(needed around a place)",
    }


def test_a_side_of_a_street_is_chosen_and_counted(cast: Cast, oak: Street) -> None:
    notice, page = chosen(cast, who="streets", streets=[oak.pk], **{f"side_{oak.pk}": "even"})

    assert target_area_of_notice(notice) == TargetArea(((oak.pk, Selector("even")),))
    assert "It goes only to: Rue du Chêne (even numbers). Doors: 15. People by now: 0." in page
    assert '<svg class="map"' in page


def test_the_surroundings_of_a_house_are_chosen(cast: Cast, oak: Street) -> None:
    notice, page = chosen(cast, who="around", centre=oak.pk, number="15", metres="100")

    assert target_area_of_notice(notice) == TargetArea(around=Surroundings(oak.pk, 100, "15"))
    assert "Rue du Chêne 15 and 100 metres around. Doors: 21." in page


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"who": "streets"}, "Tick at least one street."),
        ({"who": "around"}, "Choose a street."),
        ({"who": "around", "centre": "street"}, "Give a house number, or the street it crosses."),
        ({"who": "around", "centre": "street", "number": "99"}, "We do not know this house number"),
        ({"who": "streets", "streets": "street", "last": "9"}, "Fewer than 10 doors lie there."),
        ({"who": "streets", "streets": "street", "first": "9", "last": "2"}, "Write a range like 2 to 48B"),
    ],
    ids=["no street", "no place", "no house", "unknown house", "nine doors", "backwards"],
)
def test_what_cannot_be_is_said_and_kept_as_it_was_typed(
    cast: Cast, oak: Street, data: dict[str, str], sentence: str
) -> None:
    own = {f"{name}_{oak.pk}" if name in {"first", "last"} else name: value for name, value in data.items()}
    notice, page = chosen(cast, **{name: oak.pk if value == "street" else value for name, value in own.items()})

    assert sentence in page
    assert f'value="{data["who"]}" id="id_target-who_' in page
    assert notice.target_area is None


def test_both_officers_read_where_it_goes(cast: Cast, oak: Street) -> None:
    notice, _page = chosen(cast, who="streets", streets=[oak.pk])
    writer, releaser = signed_in(cast.officer), signed_in(cast.second_officer)
    writer.post(reverse("notices:write:edit", args=[notice.pk]), typed())

    offered = writer.get(reverse("notices:write:submit", args=[notice.pk])).text
    writer.post(reverse("notices:write:submit", args=[notice.pk]))
    prove(releaser)
    released = releaser.get(reverse("notices:release:release", args=[notice.pk])).text

    words = "It goes only to: Rue du Chêne. Doors: 30. People by now: 0."
    assert [words in page for page in (offered, released)] == [True, True]


def test_a_set_hour_is_counted_down_for_both_officers_and_the_coordinator(cast: Cast) -> None:
    notice = notices.create_notice_draft(
        partnership=cast.here.partnership, kind="advice", reason="prevention", by=cast.officer, at=AT
    )
    writer, releaser = signed_in(cast.officer), signed_in(cast.second_officer)
    address = reverse("notices:write:edit", args=[notice.pk])
    evening = timezone.localtime(AT) + timedelta(hours=5)
    past = writer.post(address, typed(send_at="2026-11-01T08:00")).text
    writer.post(address, typed(send_at=f"{evening:%Y-%m-%dT%H:%M}", reaches_newcomers="on"))
    offered = writer.get(reverse("notices:write:submit", args=[notice.pk])).text
    writer.post(reverse("notices:write:submit", args=[notice.pk]))
    prove(releaser)
    released = releaser.get(reverse("notices:release:release", args=[notice.pk])).text
    notice.refresh_from_db()
    notices.release_text_as_second_person(
        notice=notice, text_hash=notice.text_hash, proven_at=AT, by=cast.second_officer, at=AT
    )
    relayed = signed_in(cast.here.coordinator).get(reverse("notices:relay:relay", args=[notice.pk])).text

    words = [re.findall(r"It leaves at: [^<]*from now\)", html.unescape(page)) for page in (offered, released, relayed)]
    assert "This hour has passed." in past
    assert words == [[f"It leaves at: {date_format(evening, 'DATETIME_FORMAT')} (5\u00a0hours from now)"]] * 3


def test_an_hour_that_the_plan_moves_is_told_to_both_officers(cast: Cast) -> None:
    notice = notices.create_notice_draft(
        partnership=cast.here.partnership, kind="advice", reason="prevention", by=cast.officer, at=AT
    )
    writer, releaser = signed_in(cast.officer), signed_in(cast.second_officer)
    writer.post(reverse("notices:write:edit", args=[notice.pk]), typed(send_at="2026-12-03T03:00"))

    offered = writer.get(reverse("notices:write:submit", args=[notice.pk])).text
    writer.post(reverse("notices:write:submit", args=[notice.pk]))
    prove(releaser)
    released = releaser.get(reverse("notices:release:release", args=[notice.pk])).text

    typed_at = datetime(2026, 12, 3, 3, tzinfo=BRUSSELS)
    hours = [("It leaves at:", typed_at.replace(hour=8)), ("The hour chosen was", typed_at)]
    for page in (offered, released):
        assert [
            f"{words} {date_format(moment, 'DATETIME_FORMAT')}" in html.unescape(page) for words, moment in hours
        ] == [
            True,
            True,
        ]


def test_the_releaser_reads_when_an_alarm_ends_and_which_other_quarters_get_it(cast: Cast) -> None:
    notice = notices.create_notice_draft(
        partnership=cast.here.partnership, kind="alarm", reason="threat", by=cast.officer, at=AT
    )
    writer, releaser = signed_in(cast.officer), signed_in(cast.second_officer)
    abroad = cast.abroad.partnership
    notices.set_other_partnerships_of_draft(notice=notice, partnerships=[abroad], by=cast.officer, at=AT)
    writer.post(reverse("notices:write:edit", args=[notice.pk]), typed())
    writer.post(reverse("notices:write:submit", args=[notice.pk]))
    prove(releaser)

    page = html.unescape(releaser.get(reverse("notices:release:release", args=[notice.pk])).text)

    ends = date_format(timezone.localtime(AT) + timedelta(hours=4), "DATETIME_FORMAT")
    assert (f"Not to be sent after {ends}" in page, "Where it goes" in page, abroad.name("en") in page) == (True,) * 3


def test_all_three_hands_read_that_letters_come_too_late_where_somebody_gets_one(cast: Cast) -> None:
    notice = notices.create_notice_draft(
        partnership=cast.here.partnership, kind="alarm", reason="threat", by=cast.officer, at=AT
    )
    pages = [
        (signed_in(cast.officer), "notices:write:submit"),
        (signed_in(cast.second_officer), "notices:release:release"),
        (signed_in(cast.here.coordinator), "notices:relay:relay"),
    ]
    writer, releaser = pages[0][0], pages[1][0]
    half_an_hour = timezone.localtime(AT) + timedelta(minutes=30)

    def warned_on_page_of(number: int) -> list[bool]:
        """Whether this page warns: when nobody gets a letter, when somebody does, when there is time."""
        browser, name = pages[number]
        warned = []
        for channel, ends_in in (("email", 30), ("paper", 30), ("paper", 180)):
            ContactPoint.objects.filter(pk=reader.pk).update(channel=channel)
            Notice.objects.filter(pk=notice.pk).update(expires_at=AT + timedelta(minutes=ends_in))
            page = html.unescape(browser.get(reverse(name, args=[notice.pk])).text)
            warned.append("letters can hardly be delivered before this message ends" in page)
        Notice.objects.filter(pk=notice.pk).update(expires_at=half_an_hour)
        return warned

    reader = contact(member(cast.here.partnership, "Eva Exemple"), "paper", "Rue de Verdun 12, 1130 Bruxelles")
    writer.post(reverse("notices:write:edit", args=[notice.pk]), typed(expires_at=f"{half_an_hour:%Y-%m-%dT%H:%M}"))
    offered = warned_on_page_of(0)
    writer.post(reverse("notices:write:submit", args=[notice.pk]))
    prove(releaser)
    released = warned_on_page_of(1)
    notice.refresh_from_db()
    notices.release_text_as_second_person(
        notice=notice, text_hash=notice.text_hash, proven_at=AT, by=cast.second_officer, at=AT
    )
    relayed = warned_on_page_of(2)

    assert [offered, released, relayed] == [[False, True, False]] * 3
