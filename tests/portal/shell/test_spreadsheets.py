"""Lists as files for a spreadsheet: the rows and the rights of their page, in its language, and never a formula."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from plp.delivery.models import Dispatch
from plp.journal.models import Entry
from plp.membership.lists.tables import parse_list_file
from plp.notices import actions as notices
from plp.notices.models import Notice, NoticeText
from plp.toolbox.clock import local
from tests.factories.cast import NOW, Cast, contact, member
from tests.followup.stage import reachable
from tests.followup.together import STARTS, convened, relayed
from tests.portal.signing import signed_in, stop_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    stop_clock(monkeypatch)
    cast = Cast()
    reachable(cast)
    return cast


def test_the_messages_of_ones_area_are_a_table_without_formulas(cast: Cast) -> None:
    relayed(cast)
    NoticeText.objects.update(title="=1+1")
    officer = signed_in(cast.officer)
    officer.cookies["language"] = "nl"

    made = officer.get(reverse("notices:desk:list", args=["csv"]))

    head, line = made.content.decode("utf-8-sig").splitlines()
    assert head == '"Bericht";"Soort";"Netwerk";"Stand";"Geschreven op";"Vrijgegeven op";"Doorgegeven op"'
    assert line.startswith('"\'=1+1";"Preventief advies";"Haren";"doorgegeven";')
    assert reverse("notices:desk:list", args=["csv"]) in officer.get(reverse("notices:desk:desk")).content.decode()
    assert officer.get(reverse("notices:desk:list", args=["ods"])).status_code == 404


def test_a_table_of_messages_costs_the_same_however_long(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    officer, address = signed_in(cast.officer), reverse("notices:desk:list", args=["csv"])
    officer.get(address)

    for number in (1, 2, 3):
        relayed(cast)
        with django_assert_num_queries(6):
            made = officer.get(address)
        assert len(made.content.splitlines()) == number + 1


def test_the_meetings_of_a_partnership_are_a_table_for_those_who_meet(cast: Cast) -> None:
    convened(cast)
    address = reverse("followup:meetings", args=[cast.here.partnership.key, "xlsx"])

    made = parse_list_file(signed_in(cast.here.coordinator).get(address).content)

    assert made.header == ("Begins", "Place", "State", "Agenda")
    assert [cells[0] for _number, cells in made.lines] == [f"{local(STARTS):%Y-%m-%d %H:%M}"]
    assert signed_in(cast.next_door.coordinator).get(address).status_code == 404


def test_a_list_of_names_taken_out_stands_in_the_journal(cast: Cast) -> None:
    address = reverse("mandates:zone_list", args=["csv"])

    made = signed_in(cast.chief).get(address).content.decode("utf-8-sig").splitlines()

    assert (made[0], len(made)) == ('"Name";"Role";"For";"Since";"Confirmed";"Until";"Decision"', 8)
    entry = Entry.objects.get(verb="mandates.taken_out")
    assert (entry.actor, entry.details) == (str(cast.chief.pk), {"people": 7, "form": "csv"})
    assert signed_in(cast.here.coordinator).get(address).status_code == 404


def sent_to_two(cast: Cast) -> Notice:
    """A relayed message with two members who wait for it by mail."""
    for name in ("Eva Exemple", "Frank Voorbeeld"):
        contact(member(cast.here.partnership, name), "email", f"{name[0]}@plp.test")
    return relayed(cast)


def test_the_coordinator_takes_the_deliveries_of_a_message_channel_by_channel(cast: Cast) -> None:
    notice = sent_to_two(cast)
    address = reverse("notices:relay:deliveries", args=[notice.pk, "csv"])
    coordinator = signed_in(cast.here.coordinator)
    coordinator.cookies["language"] = "fr"

    made = coordinator.get(address)

    assert made.content.decode("utf-8-sig").splitlines() == [
        '"Canal";"Personnes";"Lu";"Entendu";"Remis";"Envoyé, sans accusé de réception";'
        '"Confié à quelqu’un";"Appelé, pas encore de réponse";'
        '"En attente";"Sans succès";"L’adresse n’existe plus";"Boîte pleine";"Incertain";"Trop tard";"Arrêté"',
        '"E-mail";"2"' + ';"0"' * 6 + ';"2"' + ';"0"' * 6,
        '"Tous les canaux";"2"' + ';"0"' * 6 + ';"2"' + ';"0"' * 6,
    ]
    assert made["Content-Disposition"] == 'attachment; filename="envois.csv"'
    assert address in coordinator.get(reverse("notices:relay:progress", args=[notice.pk])).content.decode()
    assert Entry.objects.get(verb="notice.deliveries_taken_out").details == {"form": "csv"}
    assert signed_in(cast.next_door.coordinator).get(address).status_code == 404


def test_the_police_take_the_figures_of_their_page_and_no_channel(cast: Cast) -> None:
    notice = sent_to_two(cast)
    address = reverse("notices:desk:deliveries", args=[notice.pk, "xlsx"])
    officer = signed_in(cast.officer)

    made = parse_list_file(officer.get(address).content)

    assert made.header[:5] == ("Channel", "People", "Read", "Heard", "Delivered")
    assert [cells for _number, cells in made.lines] == [("All channels", "2", *"000000", "2", *"000000")]
    page = reverse("notices:desk:detail", args=[notice.pk])
    chief = signed_in(cast.chief)
    assert [address in reader.get(page).text for reader in (officer, chief)] == [True, False]
    assert [reader.get(address).status_code for reader in (chief, signed_in(cast.here.coordinator))] == [404, 404]


def test_a_message_that_has_not_left_has_no_deliveries(cast: Cast) -> None:
    draft = notices.create_notice_draft(
        partnership=cast.here.partnership, kind="advice", reason="prevention", by=cast.officer, at=NOW
    )

    answer = signed_in(cast.officer).get(reverse("notices:desk:deliveries", args=[draft.pk, "csv"]))

    assert answer.status_code == 404


def test_who_is_away_shows_in_no_file_of_deliveries(cast: Cast) -> None:
    notice = sent_to_two(cast)
    address = reverse("notices:relay:deliveries", args=[notice.pk, "csv"])
    coordinator = signed_in(cast.here.coordinator)
    before = coordinator.get(address).content

    Dispatch.objects.filter(pk=Dispatch.objects.earliest("pk").pk).update(state="held", reason="paused")

    assert coordinator.get(address).content == before


def test_those_in_office_are_a_table_without_candidates(cast: Cast) -> None:
    cast.here.deputy.name = "@SUM(1)"
    cast.here.deputy.save()
    address = reverse("mandates:list", args=[cast.here.partnership.key, "csv"])
    officer = signed_in(cast.officer)

    made = officer.get(address)

    head, *lines = made.content.decode("utf-8-sig").splitlines()
    assert head == '"Name";"Role";"Since";"Tasks"'
    assert [line.split(";")[1] for line in lines] == ['"Coordinator"', '"Deputy coordinator"']
    assert lines[1].startswith('"\'@SUM(1)"')
    entry = Entry.objects.get(verb="mandates.taken_out")
    assert (entry.actor, entry.details) == (str(cast.officer.pk), {"people": 2, "form": "csv"})
    assert address in officer.get(reverse("mandates:people", args=[cast.here.partnership.key])).content.decode()
    assert signed_in(cast.next_door.coordinator).get(address).status_code == 404
