"""A supervisor sets the emergency numbers of the zone; they stand where they may be needed (R124)."""

import pytest
from django.test import Client
from django.urls import reverse

from plp.charter.queries import required_plan_rule
from plp.delivery.installed import channels
from plp.mandates.grants import Role
from plp.notices.copies import message_texts_by_channel_and_language
from plp.places.models import Area, EmergencyNumbers
from tests.factories.cast import Cast, hold, person
from tests.followup.stage import released
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db
TYPED = {"police": "1010", "help": "112", "desk_fr": "02 279 79 79", "desk_de": "02 279 79 78"}


def test_the_numbers_of_the_zone_stand_on_its_pages_and_in_its_messages(cast: Cast) -> None:
    supervisor = person("Sam Voorbeeld")
    hold(supervisor, Role.SUPERVISOR, cast.zone)
    client = signed_in(supervisor)
    bad = client.post(reverse("launch:plan:numbers_of", args=[cast.zone.pk]), TYPED | {"desk_fr": "12"})
    assert "number of a Belgian station" in bad.content.decode()
    assert not EmergencyNumbers.objects.exists()

    shown = client.post(reverse("launch:plan:numbers_of", args=[cast.zone.pk]), TYPED, follow=True).content.decode()

    assert shown.count(TYPED["desk_fr"].replace(" ", "\N{NO-BREAK SPACE}")) == 2  # the zone and its one municipality
    stranger = Client(headers={"accept-language": "de"})
    assert (
        TYPED["desk_de"].replace(" ", "\N{NO-BREAK SPACE}")
        in stranger.get(reverse("partnership:partnership", args=["haren"])).content.decode()
    )
    start = reverse("sightings:start")
    assert 'href="tel:1010"' in stranger.get(f"{start}?p=haren").content.decode()
    assert 'href="tel:101"' in stranger.get(f"{start}?p=nowhere").content.decode()
    notice, rule = released(cast), required_plan_rule(cast.here.partnership, "alarm", at=AT)
    copies = message_texts_by_channel_and_language(notice, rule, {"fr": ("Vol", "Fermez.", "")}, at=AT)
    written = [one.body for one in copies if not channels()[one.channel].abilities.by_hand]  # a sheet says it itself
    assert written
    assert all("1010/112" in body for body in written)


def test_only_whoever_decides_for_the_zone_sets_its_numbers(cast: Cast) -> None:
    pages = [
        reverse("launch:plan:numbers", args=[cast.zone.pk]),
        reverse("launch:plan:numbers_of", args=[cast.zone.pk]),
        reverse("launch:plan:numbers_of", args=[Area.objects.get(path="be/z1/m21004/").pk]),
    ]

    assert [signed_in(cast.chief).get(page).status_code for page in pages] == [200, 200, 200]
    for someone in (cast.officer, cast.here.coordinator, cast.foreign_officer):
        assert [signed_in(someone).get(page).status_code for page in pages] == [404, 404, 404]
    foreign = reverse("launch:plan:numbers_of", args=[Area.objects.get(path="be/z10/").pk])
    assert signed_in(cast.chief).post(foreign, TYPED).status_code == 404
