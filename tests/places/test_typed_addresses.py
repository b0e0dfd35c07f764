"""An address that names a street in two languages, for a reader of one."""

import pytest

from plp.evening.models import Meeting
from plp.launch.models import Desk
from plp.places.models import Street
from plp.places.typed_addresses import address_in_language, streets_of_multilingual_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

BOTH = "Ancienne chaussée de Haecht / Oude Haachtsesteenweg 5, 1130 Haren"


@pytest.fixture(autouse=True)
def haren() -> None:
    names = {"name_fr": "Ancienne chaussée de Haecht", "name_nl": "Oude Haachtsesteenweg"}
    Street.objects.create(nis="21004", register_id="haren-1", **names)
    Street.objects.create(nis="21004", register_id="haren-2", name_fr="Rue du Biplan", name_nl="Tweedekkerstraat")


@pytest.mark.parametrize(
    ("language", "typed", "read"),
    [
        ("fr", BOTH, "Ancienne chaussée de Haecht 5, 1130 Haren"),
        ("nl", BOTH, "Oude Haachtsesteenweg 5, 1130 Haren"),
        ("nl", "Oude Haachtsesteenweg / Ancienne chaussée de Haecht 5", "Oude Haachtsesteenweg 5"),
        ("fr", "Preventie, Rue du Biplan / Tweedekkerstraat 2", "Preventie, Rue du Biplan 2"),
        ("nl", "Rue du Biplan 2A / Tweedekkerstraat 2A, 1130 Haren", "Tweedekkerstraat 2A, 1130 Haren"),
        ("fr", "Tweedekkerstraat 2 / Rue du Biplan, 1130 Haren", "Rue du Biplan 2, 1130 Haren"),
        ("de", BOTH, BOTH),  # no name in this language
        ("fr", "Rue inconnue / Onbekende straat 1", "Rue inconnue / Onbekende straat 1"),
        ("fr", "Rue du Biplan 2", "Rue du Biplan 2"),
        ("fr", "", ""),
    ],
)
def test_a_reader_of_one_language_reads_one_name_of_a_street_of_the_register(language, typed, read):
    assert address_in_language(typed, language) == read


def test_the_hall_of_a_meeting_and_the_desk_of_the_police_are_read_so() -> None:
    meeting = Meeting(place="Forum Haren", street=BOTH, languages=["fr", "nl"])

    assert meeting.street_in("nl") == "Oude Haachtsesteenweg 5, 1130 Haren"
    assert meeting.where == "Forum Haren, Ancienne chaussée de Haecht 5, 1130 Haren"
    assert Desk(office=BOTH).office_for_reader == "Ancienne chaussée de Haecht 5, 1130 Haren"


def test_the_register_is_asked_only_where_an_address_names_a_street_twice(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert streets_of_multilingual_addresses("Rue du Biplan 2", "") == []
    with django_assert_num_queries(1):
        assert [street.name_nl for street in streets_of_multilingual_addresses(BOTH, "x")] == ["Oude Haachtsesteenweg"]
