"""A message to a part of the quarter: who gets it, who does not, and never fewer than ten doors."""

import json

import pytest
import shapely
from django.utils import translation

from plp.delivery.models import Dispatch
from plp.membership.models import Membership
from plp.notices import actions as notices
from plp.notices import refusals
from plp.notices.exports import notice_as_json
from plp.notices.models import Notice
from plp.notices.queries import count_persons_in_audience, notices_sent_to_member
from plp.notices.queries.targets import target_area_of_notice, target_in_words
from plp.people import actions as people
from plp.people.models import Person
from plp.places.actions import draw_quarter_and_count_addresses
from plp.places.models import Street
from plp.places.queries import StreetPart
from plp.places.rules import Selector
from plp.places.rules.shapes import METRES_PER_DEGREE
from plp.places.rules.target_areas import Surroundings, TargetArea
from tests.factories.cast import NOW, Cast, contact
from tests.notices.test_notices import drafted
from tests.places.build import doors, street

pytestmark = pytest.mark.django_db
EVEN, ODD = Selector("even"), Selector("odd")
WEST, NORTH = 4.41, 50.89


@pytest.fixture
def streets(cast: Cast) -> tuple[Street, Street]:
    """Oak street from west to east, forty doors ten metres apart; Mill street crosses its middle, and has twelve."""
    oak, mill = street(), street("Rue du Moulin")
    step = 0.00014  # ten metres east
    doors(oak, *(str(number) for number in range(1, 41)), points=[(WEST + n * step, NORTH) for n in range(40)])
    doors(
        mill,
        *(str(number) for number in range(1, 13)),
        points=[(WEST + 20 * step, NORTH + 0.001 * n) for n in range(12)],
    )
    draw_quarter_and_count_addresses(
        area=cast.here.area, selectors=[StreetPart(oak), StreetPart(mill)], by=None, at=NOW
    )
    return oak, mill


def neighbour(cast: Cast, name: str, lives: Street, house: str) -> Person:
    someone = people.register_person(name=name, language="fr", street=lives, house=house, by=None, at=NOW)
    Membership.objects.create(
        partnership=cast.here.partnership, person=someone, state="active", asked_at=NOW, joined_at=NOW
    )
    contact(someone, "email", f"{name.split(maxsplit=1)[0].lower()}@plp.test")
    return someone


def aimed(cast: Cast, area: TargetArea) -> Notice:
    notice = drafted(cast)
    notices.set_target_area_of_draft(notice=notice, area=area, by=cast.officer, at=NOW)
    return notice


def sent(cast: Cast, notice: Notice) -> set[str]:
    """The names of those who got it."""
    notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)
    notices.release_text_as_second_person(
        notice=notice, text_hash=notice.text_hash, proven_at=NOW, by=cast.second_officer, at=NOW
    )
    notice.refresh_from_db()
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=NOW)
    keys = Dispatch.objects.filter(message=notice.relay.message).values("person")
    return {person.name for person in Person.objects.filter(pk__in=keys)}


def test_only_those_behind_the_chosen_doors_get_it_and_see_it(cast: Cast, streets: tuple[Street, Street]) -> None:
    oak, mill = streets
    inside, outside = neighbour(cast, "Ann Even", oak, "12A"), neighbour(cast, "Bob Odd", oak, "13")
    neighbour(cast, "Cem Mill", mill, "4")
    neighbour(cast, "Dana High", oak, "38")

    notice = aimed(cast, TargetArea(((oak.pk, Selector("even", "2", "30")), (mill.pk, Selector()))))

    assert count_persons_in_audience(notice, at=NOW) == 2
    assert sent(cast, notice) == {"Ann Even", "Cem Mill"}
    assert [list(notices_sent_to_member(person, at=NOW)) for person in (inside, outside)] == [[notice], []]


def test_a_circle_takes_whole_streets_and_near_numbers(cast: Cast, streets: tuple[Street, Street]) -> None:
    oak, _mill = streets
    neighbour(cast, "Ann Near", oak, "7")
    neighbour(cast, "Bob Far", oak, "30")

    notice = aimed(cast, TargetArea(around=Surroundings(oak.pk, 100, number="2")))

    assert sent(cast, notice) == {"Ann Near"}


def test_a_crossing_is_found_between_two_streets(cast: Cast, streets: tuple[Street, Street]) -> None:
    oak, mill = streets
    neighbour(cast, "Ann Middle", oak, "21")
    neighbour(cast, "Bob Begin", oak, "1")

    area = TargetArea(around=Surroundings(oak.pk, 100, crossing=mill.pk))
    notice = aimed(cast, area)

    assert target_area_of_notice(notice) == area
    with translation.override("en"):
        assert target_in_words(area) == "crossing of Rue du Chêne and Rue du Moulin and 100 metres around"
    assert sent(cast, notice) == {"Ann Middle"}


def test_streets_stand_apart_as_the_language_sets_a_semicolon(streets: tuple[Street, Street]) -> None:
    area = TargetArea(tuple((street.pk, Selector()) for street in streets))

    said = {}
    for language in ("fr", "nl"):
        with translation.override(language):
            said[language] = target_in_words(area)

    assert said == {"fr": "Rue du Chêne\u00a0; Rue du Moulin", "nl": "Rue du Chêne; Rue du Moulin"}


@pytest.mark.parametrize("part", [Selector(first="1", last="9"), Selector("odd", "1", "17")], ids=["nine", "odd nine"])
def test_fewer_than_ten_doors_are_refused_and_the_choice_before_stays(
    cast: Cast, streets: tuple[Street, Street], part: Selector
) -> None:
    notice = aimed(cast, TargetArea(((streets[0].pk, EVEN),)))

    with pytest.raises(refusals.TooFewDoors):
        notices.set_target_area_of_draft(
            notice=notice, area=TargetArea(((streets[0].pk, part),)), by=cast.officer, at=NOW
        )

    notice.refresh_from_db()
    assert target_area_of_notice(notice) == TargetArea(((streets[0].pk, EVEN),))


def test_the_doors_are_counted_once_more_before_it_leaves(cast: Cast, streets: tuple[Street, Street]) -> None:
    notice = aimed(cast, TargetArea(((streets[1].pk, Selector()),)))
    streets[1].addresses.filter(number__in=["1", "2", "3"]).delete()

    with pytest.raises(refusals.TooFewDoors):
        notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)


def test_the_release_holds_for_the_part_that_was_read(cast: Cast, streets: tuple[Street, Street]) -> None:
    notice = aimed(cast, TargetArea(((streets[0].pk, EVEN),)))
    notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)
    Notice.objects.filter(pk=notice.pk).update(target_area=None)

    with pytest.raises(refusals.TextChanged):
        notices.release_text_as_second_person(
            notice=notice, text_hash=notice.text_hash, proven_at=NOW, by=cast.second_officer, at=NOW
        )


def test_a_part_goes_to_no_other_quarter_and_holds_no_foreign_street(
    cast: Cast, streets: tuple[Street, Street]
) -> None:
    notice = aimed(cast, TargetArea(((streets[0].pk, ODD),)))

    with pytest.raises(refusals.OneQuarterOnly):
        notices.set_other_partnerships_of_draft(
            notice=notice, partnerships=[cast.next_door.partnership], by=cast.officer, at=NOW
        )
    foreign = TargetArea(((street("Rue d'ailleurs").pk, Selector()),))
    with pytest.raises(refusals.OutsideQuarter):
        notices.set_target_area_of_draft(notice=notice, area=foreign, by=cast.officer, at=NOW)


def test_a_place_that_the_register_does_not_know_is_named_as_such(cast: Cast, streets: tuple[Street, Street]) -> None:
    unknown = TargetArea(around=Surroundings(streets[0].pk, 1000, number="9999"))

    with pytest.raises(refusals.NoSuchPlace):
        aimed(cast, unknown)


def test_the_words_for_another_platform_name_the_chosen_part_and_its_shape_alone(
    cast: Cast, streets: tuple[Street, Street]
) -> None:
    oak, _mill = streets
    circle = TargetArea(around=Surroundings(oak.pk, 100, number="2"))
    areas = [TargetArea(((oak.pk, EVEN),)), circle]

    exported = [json.loads(notice_as_json(aimed(cast, area), at=NOW))["area"] for area in areas]
    whole = json.loads(notice_as_json(drafted(cast), at=NOW))["area"]

    assert [area["part"]["fr"] for area in exported] == [
        "Rue du Chêne (numéros pairs)",
        "Rue du Chêne 2 et 100 mètres autour",
    ]
    street_shape, circle_shape = (shapely.geometry.shape(area["shape"]) for area in exported)
    second, last = (shapely.Point(WEST + n * 0.00014, NORTH) for n in (1, 39))
    assert [shape.contains(second) for shape in (street_shape, circle_shape)] == [True, True]
    assert [shape.contains(last) for shape in (street_shape, circle_shape)] == [True, False]
    assert circle_shape.bounds[3] - circle_shape.bounds[1] == pytest.approx(200 / METRES_PER_DEGREE, rel=0.02)
    assert (whole["part"], whole["shape"]) == (None, cast.here.area.boundary or cast.here.area.outline or None)
