"""The pages of a partnership that moves: a dry run, an answer, taking it back; where old links and a STOP lead."""

from typing import Any

import pytest
from django.test import Client

from plp.delivery.links import stop_link
from plp.exchange import actions as exchange
from plp.exchange.models import MovedContact, MovedEntry, PartnershipMove
from plp.exchange.states import MoveState
from plp.mandates.grants import Role
from plp.mandates.queries import NotAllowed
from plp.partnership.models import Partnership
from plp.people.models import ContactPoint, Person
from plp.places.models import Area, Street
from plp.portal.shell.sessions import MEMBER
from tests.exchange.peer import ORIGIN, connected
from tests.exchange.test_moves import agreed, arriving, moved_away
from tests.factories.cast import NOW, Cast, hold, person
from tests.portal.signing import signed_in, stop_clock

pytestmark = pytest.mark.django_db
HERE = "/installations/"


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    stop_clock(monkeypatch)
    cast = Cast()
    Partnership.objects.update(launched_at=NOW)
    return cast


@pytest.fixture
def chief(cast: Cast) -> Client:
    return signed_in(cast.chief)


def test_a_dry_run_changes_nothing_and_its_button_asks_the_others(cast: Cast, chief: Client) -> None:
    connected(cast)

    life = chief.get("/launch/haren/life/")
    dry_run = chief.get(f"{HERE}move/haren/")
    before = PartnershipMove.objects.count()
    asked = chief.post(f"{HERE}move/haren/", {"partner": dry_run.context["form"].fields["partner"].initial})

    assert f"{HERE}move/haren/" in life.text
    assert before == 0
    assert asked.url == f"{HERE}moves/{PartnershipMove.objects.get().pk}/"
    assert chief.get(f"{HERE}move/haren/").url == asked.url


def test_without_another_installation_the_page_says_so_and_leads_there(cast: Cast, chief: Client) -> None:
    page = chief.get(f"{HERE}move/haren/")

    assert page.context["has_partners"] is False
    assert f'href="{HERE}"' in page.text


def test_the_day_is_chosen_three_weeks_ahead_at_least(cast: Cast, chief: Client) -> None:
    peer, partner = connected(cast)
    typed = {"partner": partner.pk}

    early = chief.post(f"{HERE}move/haren/", typed | {"day": "2026-12-15"})
    chief.post(f"{HERE}move/haren/", typed | {"day": "2027-01-20"})
    move = PartnershipMove.objects.get()
    asked = peer.inbox()[-1]["content"]["day"]
    peer.send("move_yes", {"move": str(move.key)})

    move.refresh_from_db()
    assert "Members know it three weeks before: choose 16 December 2026 or later." in early.text
    assert 'href="#id_day"' in early.text
    assert (asked, str(move.day), move.state) == ("2027-01-20", "2027-01-20", MoveState.AGREED)


def test_what_a_member_changes_while_all_is_on_its_way_is_refused_and_leaving_is_not(cast: Cast) -> None:
    agreed(cast)
    ada = Person.objects.get(memberships__partnership=cast.here.partnership)
    visitor = Client()
    visitor.cookies["language"] = "en"
    session, now = visitor.session, NOW.timestamp()
    session[MEMBER] = {"contact": ada.contacts.get().pk.hex, "began": now, "seen": now}
    session.save()
    PartnershipMove.objects.update(state=MoveState.SENT)

    refused = visitor.post("/m/settings/about/", {"name": "Ada Nouvelle", "language": "en"})
    read = visitor.get("/m/settings/")
    on_word = signed_in(cast.here.coordinator).post(f"/coordinator/members/{ada.memberships.get().pk}/correct/", {})
    left = visitor.post(f"/m/leave/{ada.memberships.get().pk}/")

    ada.refresh_from_db()
    assert "is moving to another installation at this moment" in refused.text
    assert (ada.name, read.status_code, on_word.status_code) == ("Ada Voorbeeld", 200, 409)
    assert (left.status_code, ada.memberships.get().state) == (200, "left")


def test_the_chief_takes_it_back(cast: Cast, chief: Client) -> None:
    _peer, move = agreed(cast)

    chief.post(f"{HERE}moves/{move.pk}/", {"act": "recall"})
    late = chief.post(f"{HERE}moves/{move.pk}/", {"act": "recall"})

    move.refresh_from_db()
    assert move.state == MoveState.RETURNED
    assert late.status_code == 200
    assert late.context["error"]


def test_the_chief_reads_what_lacks_and_accepts(cast: Cast, chief: Client) -> None:
    _peer, move = arriving(cast)
    where = f"{HERE}moves/{move.pk}/"

    task = chief.get("/")
    lacking = chief.get(where).context["lacking"]
    Street.objects.create(nis="21004", register_id="BS/1", name_fr="Rue de Verdun", postcode="1130")
    chief.post(where, {"act": "accept"})

    move.refresh_from_db()
    assert where in task.text
    assert lacking == ["21004|BS/1"]
    assert move.state == MoveState.AGREED


def test_a_refusal_wants_a_reason_and_keeps_what_was_typed(cast: Cast, chief: Client) -> None:
    _peer, move = arriving(cast)
    where = f"{HERE}moves/{move.pk}/"

    short = chief.post(where, {"act": "refuse", "because": "Non."})
    chief.post(where, {"act": "refuse", "because": "Nous n'avons personne."})

    move.refresh_from_db()
    assert "Non." in short.text
    assert move.state == MoveState.REFUSED


def test_nobody_else_sees_or_moves_anything(cast: Cast) -> None:
    _peer, move = agreed(cast)
    officer = signed_in(cast.officer)
    reader = person("Rita Lectrice")
    hold(reader, Role.FEDERAL, Area.objects.get(path="be/"))

    assert signed_in(reader).get(f"{HERE}move/haren/").status_code in {403, 404}
    with pytest.raises(NotAllowed):
        exchange.recall_move(offer=move, by=reader, at=NOW)
    assert officer.get(f"{HERE}move/haren/").status_code in {403, 404}
    assert officer.get(f"{HERE}moves/{move.pk}/").status_code in {403, 404}
    assert "/move/haren/" not in officer.get("/launch/haren/life/").text


@pytest.fixture
def old(cast: Cast) -> tuple[Any, ContactPoint]:
    """The partnership has left."""
    peer, point = moved_away(cast)
    Partnership.objects.filter(key="haren").update(state="ended")
    return peer, point


@pytest.mark.parametrize("path", ["/p/haren/", "/p/haren/join/", "/p/haren/s/abc/", "/p/haren/streets/"])
def test_old_links_lead_on(old: object, client: Client, path: str) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer.url) == (302, ORIGIN + path)


def test_where_there_is_no_address_the_new_place_is_named(old: object, client: Client) -> None:
    PartnershipMove.objects.get().partner.__class__.objects.update(origin="")

    page = client.get("/p/haren/join/")

    assert "Zone Elders" in page.text
    assert client.get("/p/nowhere/").status_code == 404


def test_members_who_sign_in_at_the_old_place_are_led_on(old: object, client: Client) -> None:
    assert f'href="{ORIGIN}/m/"' in client.get("/m/").text


@pytest.mark.parametrize("fields", [{}, {"List-Unsubscribe": "One-Click"}])
def test_a_stop_link_of_an_old_mail_still_stops(old: Any, client: Client, fields: dict[str, str]) -> None:
    peer, point = old
    path = stop_link(point.pk).partition("//")[2].partition("/")[2]

    shown = client.get(f"/{path}")
    before = peer.kinds().count("move_stop")
    client.post(f"/{path}", fields)
    client.post(f"/{path}", fields)

    assert (shown.status_code, before, peer.kinds().count("move_stop")) == (200, 0, 1)
    assert MovedContact.objects.get().stopped_at is not None
    assert client.get(f"/{path[:-1]}0").status_code == 404 or path.endswith("0")


def test_the_history_is_read_where_it_came(cast: Cast) -> None:
    _peer, move = arriving(cast)
    PartnershipMove.objects.update(state=MoveState.MOVED, partnership=cast.here.partnership)
    MovedEntry.objects.create(move=move, number=1, at=NOW, verb="partnership.founded")

    page = signed_in(cast.here.coordinator).get("/evaluation/haren/trail/")

    assert len(page.context["earlier"]) == 1


def test_an_sms_to_the_old_number_is_passed_on(cast: Cast) -> None:
    peer, point = moved_away(cast)

    assert exchange.forward_stop_of_address(channel="email", address="ADA@example.be", how="mail", by=None, at=NOW) == 1
    assert peer.inbox()[-1]["content"]["contacts"] == [str(point.pk)]
