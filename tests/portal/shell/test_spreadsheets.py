"""Lists as files for a spreadsheet: the rows and the rights of their page, in its language, and never a formula."""

import pytest
from django.urls import reverse

from plp.journal.models import Entry
from plp.notices.models import NoticeText
from plp.partnership.lists.tables import read_table
from plp.toolbox.clock import local
from tests.factories.cast import Cast
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

    made = officer.get(reverse("police:list", args=["csv"]))

    head, line = made.content.decode("utf-8-sig").splitlines()
    assert head == '"Bericht";"Soort";"Netwerk";"Stand";"Geschreven op";"Vrijgegeven op";"Doorgestuurd op"'
    assert line.startswith('"\'=1+1";"Preventief advies";"Haren";"doorgegeven";')
    assert reverse("police:list", args=["csv"]) in officer.get(reverse("police:desk")).content.decode()
    assert officer.get(reverse("police:list", args=["ods"])).status_code == 404


def test_the_meetings_of_a_partnership_are_a_table_for_those_who_meet(cast: Cast) -> None:
    convened(cast)
    address = reverse("exchange:meetings", args=[cast.here.partnership.key, "xlsx"])

    made = read_table(signed_in(cast.here.coordinator).get(address).content)

    assert made.header == ("Begins", "Place", "State", "Agenda")
    assert [cells[0] for _number, cells in made.lines] == [f"{local(STARTS):%Y-%m-%d %H:%M}"]
    assert signed_in(cast.next_door.coordinator).get(address).status_code == 404


def test_a_list_of_names_taken_out_stands_in_the_journal(cast: Cast) -> None:
    address = reverse("mandates:zone_list", args=["csv"])

    made = signed_in(cast.chief).get(address).content.decode("utf-8-sig").splitlines()

    assert (made[0], len(made)) == ('"Name";"Role";"For";"Since";"Decision"', 3)
    entry = Entry.objects.get(verb="mandates.taken_out")
    assert (entry.actor, entry.details) == (str(cast.chief.pk), {"people": 2, "form": "csv"})
    assert signed_in(cast.here.coordinator).get(address).status_code == 404
