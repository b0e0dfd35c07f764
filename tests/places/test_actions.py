"""Quarters made, drawn, drawn again and merged; the register imported under them."""

import pytest

from plp.journal.models import Entry
from plp.places import actions, queries
from plp.places.models import Address, Area, Street
from plp.places.queries.coverage import covered_nis_codes
from tests.places.build import AT, GOOD, SECOND, doors, municipality, quarter, read, street, whole, written

pytestmark = pytest.mark.django_db

SQUARE = {"type": "Polygon", "coordinates": [[[4.4, 50.8], [4.5, 50.8], [4.5, 50.9], [4.4, 50.9], [4.4, 50.8]]]}


def draw(area: Area, *parts: actions.StreetPart, boundary: object = None) -> int:
    return actions.draw_quarter_and_count_addresses(area=area, selectors=parts, boundary=boundary, by=None, at=AT)


def test_a_quarter_lies_in_its_municipality() -> None:
    area = quarter("chene")

    assert (area.path, area.nis, area.kind) == ("be/z099/m21004/q-chene/", "21004", Area.Kind.QUARTER)
    assert area.parent_path == "be/z099/m21004/"
    assert Entry.objects.get(verb="places.quarter_created").area == area.path


def test_a_quarter_of_a_zone_lies_in_the_municipalities_of_its_streets() -> None:
    home = municipality()
    across = quarter("chene", parent=Area.objects.get(path="be/z099/"))
    undrawn = covered_nis_codes(across)

    draw(across, whole(street(nis=home.nis)))

    assert len(undrawn) > 1
    assert covered_nis_codes(across) == {home.nis}


@pytest.mark.parametrize("key", ["", "-a", "a-", "Haren", "a/b", "a b", "é", "a" * 41])
def test_a_short_name_that_would_spoil_a_path_is_refused(key: str) -> None:
    with pytest.raises(actions.BadKey):
        quarter(key)


def test_a_short_name_is_given_once_in_a_municipality() -> None:
    quarter("chene")

    with pytest.raises(actions.KeyTaken):
        quarter("chene")
    assert Area.objects.standing_quarters().count() == 1


@pytest.mark.parametrize("names", [{}, {"fr": "  "}, {"en": "Oak"}, {"fr": "Ch\u202eêne"}, {"nl": "x" * 201}])
def test_a_quarter_needs_a_sound_name(names: dict[str, str]) -> None:
    with pytest.raises(actions.BadName):
        actions.create_quarter(parent=municipality(), key="chene", names=names, by=None, at=AT)


def test_a_quarter_does_not_hold_a_quarter() -> None:
    with pytest.raises(actions.OutsideParent):
        quarter("inner", parent=quarter("outer"))


def test_drawing_covers_the_doors_of_its_streets() -> None:
    oak, elm = street("Rue du Chêne"), street("Rue de l'Orme")
    doors(oak, "1", "2", "3", "10")
    doors(elm, "1", "2")
    area = quarter()

    covered = draw(area, whole(oak, side="odd"), whole(elm, first="2"))

    assert covered == 3
    assert written(queries.addresses_of(area)) == ["1", "3", "2"]
    entry = Entry.objects.get(verb="places.drawn")
    assert (entry.area, entry.details["covered"], entry.details["streets"]) == (area.path, 3, 2)


def test_a_drawn_quarter_is_only_drawn_again_on_purpose() -> None:
    oak, elm = street("Rue du Chêne"), street("Rue de l'Orme")
    doors(oak, "1")
    doors(elm, "5")
    area = quarter()
    draw(area, whole(oak))

    with pytest.raises(actions.AlreadyDrawn):
        draw(area, whole(elm))
    actions.redraw_quarter_and_count_addresses(area=area, selectors=[whole(elm)], by=None, at=AT)

    assert written(queries.addresses_of(area)) == ["5"]


@pytest.mark.parametrize(
    ("selector", "refusal"),
    [
        ({"side": "left"}, actions.BadSelector),
        ({"first": "20", "last": "10"}, actions.BadSelector),
        ({"first": "x"}, actions.BadSelector),
        ({"excluded": True}, actions.NothingCovered),
    ],
)
def test_a_senseless_drawing_is_refused(selector: dict[str, object], refusal: type[Exception]) -> None:
    area, oak = quarter(), street()

    with pytest.raises(refusal):
        draw(area, whole(oak, **selector))
    assert area.coverage.count() == 0


def test_a_street_of_another_municipality_needs_the_zone_as_parent() -> None:
    ixelles = street("Rue d'Ixelles", nis="21009")
    doors(ixelles, "1")

    with pytest.raises(actions.OutsideParent):
        draw(quarter(), whole(ixelles))
    crossing = quarter("double", parent=Area.objects.get(path="be/z099/"))
    assert draw(crossing, whole(ixelles), whole(street())) == 1


@pytest.mark.parametrize(
    "boundary",
    [
        {},
        {"type": "Point", "coordinates": [4.4, 50.8]},
        {"type": "Polygon", "coordinates": [[[4.4, 50.8], [4.5, 50.9], [4.5, 50.8], [4.4, 50.9], [4.4, 50.8]]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]},
        "POLYGON((0 0))",
    ],
)
def test_a_boundary_that_is_no_shape_in_belgium_is_refused(boundary: object) -> None:
    with pytest.raises(actions.BadBoundary):
        draw(quarter(), boundary=boundary)


def test_a_boundary_covers_the_doors_in_it_and_those_without_point_on_its_streets() -> None:
    oak, elm, ash = street("Rue du Chêne"), street("Rue de l'Orme"), street("Rue du Frêne")
    doors(oak, "1", "2", "3", points=[(4.41, 50.85), (4.42, 50.85)])  # 3 has no point; its street lies inside
    doors(elm, "1", "2", "3", points=[(4.41, 50.86), (4.6, 50.86)])  # 3 may lie on either side
    doors(ash, "1")
    area = quarter()

    draw(area, boundary=SQUARE)

    assert written(queries.addresses_of(area).filter(street=oak)) == ["1", "2", "3"]
    assert written(queries.addresses_of(area).filter(street=elm)) == ["1"]
    assert not queries.addresses_of(area).filter(street=ash).exists()


def test_a_boundary_and_streets_add_up_and_an_exception_counts_for_both() -> None:
    oak, elm = street("Rue du Chêne"), street("Rue de l'Orme")
    doors(oak, "1", "2", points=[(4.41, 50.85), (4.42, 50.85)])
    doors(elm, "7", points=[(4.6, 50.86)])
    area = quarter()

    draw(area, whole(oak, first="2", last="2", excluded=True), whole(elm), boundary=SQUARE)

    assert written(queries.addresses_of(area)) == ["1", "7"]


def test_a_boundary_ends_at_the_border_of_its_municipality() -> None:
    doors(street("Rue d'Ixelles", nis="21009"), "1", points=[(4.41, 50.85)])
    area = quarter()

    assert draw(area, boundary=SQUARE) == 0


def test_an_import_renews_what_a_quarter_covers() -> None:
    read(GOOD)
    area = quarter()
    draw(area, whole(Street.objects.get()))

    read(GOOD, SECOND)

    assert written(queries.addresses_of(area)) == ["12 b003", "14"]
    entry = Entry.objects.get(verb="places.refreshed")
    assert (entry.area, entry.details) == (area.path, {"before": 1, "covered": 2})


def test_an_import_that_changes_no_door_of_a_quarter_is_not_noted_there() -> None:
    read(GOOD)
    draw(quarter(), whole(Street.objects.get(), last="12"))

    read(GOOD, SECOND)

    assert Address.objects.count() == 2
    assert not Entry.objects.filter(verb="places.refreshed").exists()


def test_a_moved_door_leaves_the_quarter_it_was_in() -> None:
    read(GOOD, SECOND)
    area = quarter()
    draw(area, whole(Street.objects.get(), last="12"))

    report = read(GOOD.replace(",12,", ",20,"))

    assert (report.created, report.updated) == (0, 1)
    assert queries.addresses_of(area).count() == 0


def test_merged_quarters_cover_what_both_covered() -> None:
    oak, elm, ash = street("Rue du Chêne"), street("Rue de l'Orme"), street("Rue du Frêne")
    doors(oak, "1", "2", "3")
    doors(elm, "1", "2")
    doors(ash, "1", "2", points=[(4.41, 50.85), (4.42, 50.85)])
    left, right = quarter("left"), quarter("right")
    draw(
        left,
        whole(oak),
        whole(oak, first="3", last="3", excluded=True),
        whole(elm),
        whole(elm, first="2", excluded=True),
    )
    draw(right, whole(oak, first="3", last="3"), boundary=SQUARE)

    covered = actions.merge_quarters_and_count_addresses(area=left, other=right, by=None, at=AT)

    right.refresh_from_db()
    assert covered == 6
    assert written(queries.addresses_of(left)) == ["1", "2", "3", "1", "1", "2"]
    assert right.merged_into == left
    assert not queries.addresses_of(right).exists()
    assert list(queries.quarters_covering_door(oak, "3")) == [left]
    with pytest.raises(actions.NotAQuarter):
        actions.redraw_quarter_and_count_addresses(area=right, selectors=[whole(oak)], by=None, at=AT)


def test_only_two_standing_quarters_of_one_parent_merge() -> None:
    here, there = quarter("here"), quarter("there", parent=municipality("21009"))

    for one, other in [(here, here), (here, there), (here, municipality())]:
        with pytest.raises(actions.CannotMerge):
            actions.merge_quarters_and_count_addresses(area=one, other=other, by=None, at=AT)


def test_doors_that_share_number_and_box_are_kept_apart_by_the_register() -> None:
    report = read(GOOD, GOOD.replace("BA/1/1", "BA/9/1"))

    assert (report.rows, report.addresses, report.created) == (2, 2, 2)


def test_a_new_version_of_an_address_is_the_same_address() -> None:
    read(GOOD)

    report = read(GOOD.replace("BA/1/1", "BA/1/2").replace("BS/7/1", "BS/7/9").replace("4.41", "4.43"))

    assert (report.created, report.updated, report.unchanged) == (0, 1, 0)
    assert Address.objects.get().longitude == 4.43
    assert Street.objects.count() == 1


def test_a_renamed_street_updates_its_addresses() -> None:
    read(GOOD, SECOND)

    report = read(*(row.replace("Rue du Chêne", "Rue du Hêtre") for row in (GOOD, SECOND)))

    assert (report.created, report.updated, report.unchanged) == (0, 2, 0)
    assert Street.objects.get().folded == "rue du hetre|eikstraat"


def test_cut_boxes_of_a_file_without_identities_stay_apart_in_any_order() -> None:
    header = "nis_code,street_id,house_number,lon,lat,statistical_sector"
    rows = ["31005,77,1,3.2,51.2,31005A00-", "31005,77,1,3.3,51.2,31005A00-", "31005,77,2,3.3,51.2,31005A00-"]

    first = read(*rows, header=header)
    second = read(*reversed(rows), header=header)

    assert (first.addresses, first.streets, first.created) == (3, 1, 3)
    assert (second.created, second.updated, second.unchanged) == (0, 0, 3)
    assert Street.objects.get().name("de") == "77"


def test_an_import_is_noted_once_and_one_without_change_is_not() -> None:
    read(GOOD)
    read(GOOD)

    entry = Entry.objects.get(verb="places.register_imported")
    assert entry.details == {"rows": 1, "created": 1, "updated": 0, "faulty": 0}
