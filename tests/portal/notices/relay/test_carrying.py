"""Calls and letters: taken, printed, ticked off; and copies in doubt."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils.html import strip_tags
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from plp.delivery.models import Dispatch, Message, Supplier
from plp.firms.models import Firm
from plp.journal.models import Entry
from plp.mandates.queries import held_mandates, mandates_cached
from plp.membership.firms import FirmEntry, enter_firm_of_member
from plp.notices import actions as notices
from plp.notices.actions import outbox
from plp.notices.models import Notice
from plp.notices.queries.homes import homes_reached_by_message
from plp.partnership.models import Partnership
from plp.people.actions import set_front_door
from plp.people.models import ContactPoint, Preference
from plp.places.models import Area, EmergencyNumbers, Street
from plp.portal.subjects.notices.relay.by_hand import (
    call_message,
    carried_message_of_notice,
    paper_message,
    urgent_call_counts,
)
from tests.factories.cast import Cast, contact, member
from tests.factories.firms import NUMBER, among_traders
from tests.portal.notices.relay.stage import released
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db


def relayed(cast: Cast, channel: str, address: str, kind: str = "alarm") -> Notice:
    """A relayed message with one member who is reached by ``channel``."""
    contact(member(cast.here.partnership, "Eva Exemple"), channel, address)
    notice = released(cast, kind)
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=AT)
    return notice


def test_calls_are_taken_made_and_noted(cast: Cast) -> None:
    notice, client = relayed(cast, "calls", "+3225551212"), signed_in(cast.here.coordinator)
    url = reverse("notices:relay:calls", args=[notice.pk])
    assert (
        "1 person is to be called." in client.get(reverse("notices:relay:progress", args=[notice.pk])).content.decode()
    )
    assert "Eva Exemple" not in client.get(url).content.decode()

    client.post(url, {"take": "1"})
    shown = client.get(url).content.decode()
    copy = Dispatch.objects.get(channel="calls")
    assert "Eva Exemple" in shown
    assert "02\N{NO-BREAK SPACE}555\N{NO-BREAK SPACE}12\N{NO-BREAK SPACE}12" in shown
    assert "Deux personnes" in shown
    file = client.get(reverse("notices:relay:call_list", args=[notice.pk]))
    assert (file.content[:5], file["Content-Disposition"]) == (b"%PDF-", 'attachment; filename="call-list.pdf"')

    nothing = client.post(url, {f"outcome-{copy.pk}": ""}, follow=True).content.decode()
    client.post(url, {f"outcome-{copy.pk}": "reached"})
    copy.refresh_from_db()
    assert copy.state == "delivered"
    assert ("Nothing is noted." in nothing, "Noted: 0" in nothing) == (True, False)
    assert Entry.objects.filter(verb="members.viewed", area="be/z1/m21004/q-haren/").count() == 4


@pytest.mark.parametrize(
    ("name", "channel", "address"),
    [("calls", "calls", "+3225551212"), ("letters", "paper", "Rue de Verdun 12, 1130 Bruxelles")],
)
def test_what_waits_for_the_hours_of_the_plan_is_no_work_yet_and_says_from_when(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, name: str, channel: str, address: str
) -> None:
    monkeypatch.setattr(outbox, "next_sending_time", lambda _rule, at: at + timedelta(hours=20))
    notice, client = relayed(cast, channel, address, "infoflash"), signed_in(cast.here.coordinator)

    pages = [client.get(reverse(f"notices:relay:{one}", args=[notice.pk])) for one in ("progress", "detail", name)]

    said = ["What waits for its hour leaves at: "] * 2 + ["It leaves at: "]
    assert [words in page.text for words, page in zip(said, pages, strict=True)] == [True] * 3
    assert "was called" not in pages[-1].content.decode()
    assert "was delivered" not in pages[-1].content.decode()


@pytest.mark.parametrize(
    ("name", "channel", "address"),
    [("calls", "calls", "+3225551212"), ("letters", "paper", "Rue de Verdun 12, 1130 Bruxelles")],
)
def test_what_is_carried_says_once_the_message_has_ended(cast: Cast, name: str, channel: str, address: str) -> None:
    notice, client = relayed(cast, channel, address), signed_in(cast.here.coordinator)
    addresses = [reverse(f"notices:relay:{page}", args=[notice.pk]) for page in (name, "progress")] + ["/"]
    url, work = addresses[0], " is to be called." if channel == "calls" else " is to be delivered."
    ended, words = "This message has ended and is not sent any more.", "Deux personnes"

    before = [client.get(address).text for address in addresses]
    Message.objects.update(expires_at=AT)
    after = [client.get(address).text for address in addresses]
    Message.objects.update(expires_at=AT + timedelta(hours=1))
    client.post(url, {"take": "1"})
    Message.objects.update(expires_at=AT)
    taken = client.get(url).text
    Dispatch.objects.update(state="expired")
    too_late = client.get(url).text

    assert [ended in page for page in (before[0], after[0], taken, too_late)] == [False, True, True, True]
    assert ['name="take"' in page for page in (before[0], after[0])] == [True, False]
    assert [ended in page for page in (before[1], after[1])] == [False, True]
    assert [work in page for page in (before[1], after[1])] == [True, False]
    assert ["must be called" in page for page in (before[2], after[2])] == [channel == "calls", False]
    assert ("Eva Exemple" in taken, words in taken, "(PDF)" in taken) == (True, False, False)
    assert "Every letter was delivered" not in too_late


@pytest.mark.parametrize(
    ("name", "channel", "address"),
    [("calls", "calls", "+3225551212"), ("letters", "paper", "Rue de Verdun 12, 1130 Bruxelles")],
)
def test_what_is_carried_says_that_the_message_was_stopped(cast: Cast, name: str, channel: str, address: str) -> None:
    notice, client = relayed(cast, channel, address), signed_in(cast.here.coordinator)
    addresses = [reverse(f"notices:relay:{page}", args=[notice.pk]) for page in (name, "progress")]

    before = [client.get(address).text for address in addresses]
    notices.retract_notice_everywhere(notice=notice, by=cast.officer, at=AT)
    after = [client.get(address).text for address in addresses]

    stopped = "This message was stopped. Nothing more is sent."
    assert [stopped in page for page in (*before, *after)] == [False, False, True, True]
    assert [words in after[0] for words in ("was delivered", "was called", 'name="take"')] == [False] * 3
    assert ["Refresh" in page for page in (before[1], after[1])] == [True, False]


@pytest.mark.parametrize(
    ("name", "channel", "address", "files"),
    [
        ("calls", "calls", "+3225551212", ["call_list"]),
        ("letters", "paper", "Rue de Verdun 12, 1130 Bruxelles", ["letters_file", "rounds_file"]),
    ],
)
def test_nothing_is_carried_any_more_once_the_partnership_has_ended(
    cast: Cast, name: str, channel: str, address: str, files: list[str]
) -> None:
    notice, client = relayed(cast, channel, address), signed_in(cast.here.coordinator)
    url, *papers = (reverse(f"notices:relay:{page}", args=[notice.pk]) for page in (name, *files))
    client.post(url, {"take": "1"})
    before = [client.get(page) for page in (url, *papers)]
    Partnership.objects.filter(pk=cast.here.partnership.pk).update(state="ended")

    after = client.get(url).text
    ticked = client.post(url, {f"outcome-{Dispatch.objects.get().pk}": "reached"})

    ended, phone = "This partnership has ended.", "02\N{NO-BREAK SPACE}555\N{NO-BREAK SPACE}12\N{NO-BREAK SPACE}12"
    assert [page.status_code for page in before] == [200] * len(before)
    assert ("Eva Exemple" in before[0].text, ended in before[0].text) == (True, False)
    assert (phone in before[0].text, "Verdun" in before[0].text) == (name == "calls", True)
    hidden = ("Eva Exemple", "Verdun", phone, "5551212", "(PDF)")
    assert [words in after for words in (ended, *hidden)] == [True] + [False] * len(hidden)
    assert [client.get(paper).status_code for paper in papers] == [302] * len(papers)
    assert (ticked.status_code, ended in ticked.text, Dispatch.objects.get().state) == (409, True, "accepted")


@pytest.mark.parametrize("channel", ["email", "calls"])
def test_nobody_is_named_as_unreached_once_the_partnership_has_ended(cast: Cast, channel: str) -> None:
    address = "eva@plp.test" if channel == "email" else "+3225551212"
    notice, client = relayed(cast, channel, address), signed_in(cast.here.coordinator)
    pages = [reverse(f"notices:relay:{page}", args=[notice.pk]) for page in ("calls", "unknown", "progress")]
    Dispatch.objects.update(state="failed")
    lost = client.get(pages[0]).text
    Dispatch.objects.update(state="unknown")
    doubtful = client.get(pages[1]).text
    Partnership.objects.filter(pk=cast.here.partnership.pk).update(state="ended")

    shown = [client.get(page).text for page in pages]

    assert ("Eva Exemple" in lost, "Eva Exemple" in doubtful) == (True, True)
    assert ["Eva Exemple" in page for page in shown] == [False] * 3
    assert ["This partnership has ended." in shown[0], "Nobody knows whether" in shown[2]] == [True, False]


def test_whom_nobody_can_ring_stands_on_no_list_to_print(cast: Cast) -> None:
    notice, client = relayed(cast, "email", "eva@plp.test"), signed_in(cast.here.coordinator)
    Dispatch.objects.update(state="failed")

    shown = client.get(reverse("notices:relay:calls", args=[notice.pk])).content.decode()

    assert "Eva Exemple" in shown
    assert reverse("notices:relay:call_list", args=[notice.pk]) not in shown


def test_what_was_taken_by_mistake_is_put_back(cast: Cast) -> None:
    notice, client = relayed(cast, "calls", "+3225551212"), signed_in(cast.here.coordinator)
    url = reverse("notices:relay:calls", args=[notice.pk])

    client.post(url, {"take": "1"})
    taken = Dispatch.objects.get(channel="calls").state
    shown = client.post(url, {"back": "1"}, follow=True).content.decode()

    assert (taken, Dispatch.objects.get(channel="calls").state) == ("accepted", "queued")
    assert "1 person waits for a call." in shown


def test_who_wants_no_more_calls_gets_none(cast: Cast) -> None:
    notice, client = relayed(cast, "calls", "+3225551212"), signed_in(cast.here.coordinator)
    url = reverse("notices:relay:calls", args=[notice.pk])
    client.post(url, {"take": "1"})

    client.post(url, {f"outcome-{Dispatch.objects.get(channel='calls').pk}": "asked_to_stop"})

    assert ContactPoint.objects.get(channel="calls").stopped_at == AT


def test_letters_are_taken_printed_and_ticked_off(cast: Cast) -> None:
    notice = relayed(cast, "paper", "Rue de Verdun 12, 1130 Bruxelles", kind="advice")
    client = signed_in(cast.here.coordinator)
    url = reverse("notices:relay:letters", args=[notice.pk])
    client.post(url, {"take": "1"})

    shown = client.get(url).content.decode()
    assert "Rue de Verdun" in shown
    for name in ("letters_file", "rounds_file"):
        assert client.get(reverse(f"notices:relay:{name}", args=[notice.pk])).content.startswith(b"%PDF-")
    fields = re.findall(r'name="(outcome-\d+)"', shown)
    client.post(url, {fields[0]: "delivered"})

    assert Dispatch.objects.get(channel="paper").state == "delivered"


def test_a_letter_looks_as_its_reader_wished(cast: Cast) -> None:
    notice = relayed(cast, "paper", "Rue de Verdun 12, 1130 Bruxelles", kind="advice")
    Preference.objects.filter(person__contacts__channel="paper").update(easy_to_read=True)
    client = signed_in(cast.here.coordinator)
    client.post(reverse("notices:relay:letters", args=[notice.pk]), {"take": "1"})

    file = client.get(reverse("notices:relay:letters_file", args=[notice.pk]))

    words = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(file.content)).pages).split())
    assert "Lettre de la police aux membres du" in words
    assert "De quoi il s’agit" in words


def test_a_whole_street_is_ticked_off_at_once(cast: Cast) -> None:
    contact(member(cast.here.partnership, "Frank Voorbeeld"), "paper", "Middelweg 5, 1130 Bruxelles")
    notice = relayed(cast, "paper", "Rue de Verdun 12, 1130 Bruxelles", kind="advice")
    client, url = signed_in(cast.here.coordinator), reverse("notices:relay:letters", args=[notice.pk])
    assert client.get(reverse("notices:relay:letters_file", args=[notice.pk]))["Location"] == url
    client.post(url, {"take": "1"})

    client.post(url, {"street": "Middelweg"})

    states = {row.contact.address: row.state for row in Dispatch.objects.filter(channel="paper") if row.contact}
    assert states == {"Middelweg 5, 1130 Bruxelles": "delivered", "Rue de Verdun 12, 1130 Bruxelles": "accepted"}


def test_a_copy_in_doubt_is_resolved(cast: Cast) -> None:
    notice, client = relayed(cast, "email", "eva@plp.test"), signed_in(cast.here.coordinator)
    copies = Dispatch.objects.filter(message=notice.relay.message)
    copies.update(state="unknown", unknowns=1)
    progress = client.get(reverse("notices:relay:progress", args=[notice.pk])).content.decode()
    assert "Nobody knows whether the message reached 1 person." in progress
    assert "could not be reached" not in progress

    url = reverse("notices:relay:unknown", args=[notice.pk])
    assert "Eva Exemple" in client.get(url).content.decode()
    assert client.post(url, {"copy": "x", "state": "delivered"}).status_code == 404
    client.post(url, {"copy": str(copies.get().pk), "state": "delivered"})

    assert copies.get().state == "delivered"
    assert "The connection broke" not in client.get(url).content.decode()


def test_a_letter_names_the_police_zone_that_wrote(cast: Cast) -> None:
    notice = relayed(cast, "paper", "Rue de Verdun 12, 1130 Bruxelles", kind="advice")

    assert paper_message(carried_message_of_notice(notice, at=AT)).police["fr"] == "Zone Un"


@pytest.mark.parametrize(
    ("channel", "address"), [("calls", "+3225551212"), ("paper", "Rue de Verdun 12, 1130 Bruxelles")]
)
def test_what_is_carried_says_once_whom_to_phone_by_the_numbers_of_the_zone(
    cast: Cast, channel: str, address: str
) -> None:
    EmergencyNumbers.objects.create(area=cast.zone, police="107", help="108", desk={}, at=AT)
    notice, client = relayed(cast, channel, address), signed_in(cast.here.coordinator)
    calls, page = ("calls", "call_list") if channel == "calls" else ("letters", "letters_file")
    client.post(reverse(f"notices:relay:{calls}", args=[notice.pk]), {"take": "1"})

    file = client.get(reverse(f"notices:relay:{page}", args=[notice.pk]))

    words = " ".join(PdfReader(BytesIO(file.content)).pages[0].extract_text().split())
    assert [words.count(number) for number in ("107", "108")] == [1, 1]
    assert words.lower().count("n’intervenez") == 1
    assert "n'intervenez" not in words


def test_a_list_and_a_letter_name_the_partnership_in_the_language_of_who_reads(cast: Cast) -> None:
    notice = relayed(cast, "paper", "Rue de Verdun 12, 1130 Bruxelles", kind="advice")
    Area.objects.filter(pk=notice.partnership.area_id).update(name_fr="Le Nord", name_nl="Het Noorden")
    notice = Notice.objects.get(pk=notice.pk)

    carried = carried_message_of_notice(notice, at=AT)
    paper, call = paper_message(carried), call_message(carried, at=AT)

    assert (call.sender["fr"], call.sender["nl"]) == ("Le Nord", "Het Noorden")
    assert (paper.sender["fr"], paper.sender["nl"]) == ("PLP Le Nord", "BIN Het Noorden")


def test_an_alarm_whose_suppliers_fail_goes_on_the_call_list_and_on_the_desk(cast: Cast) -> None:
    notice, client = relayed(cast, "sms", "+32475123456"), signed_in(cast.here.coordinator)
    page, desk = reverse("notices:relay:progress", args=[notice.pk]), reverse("home:start")
    assert "neighbour must be called" not in client.get(page).content.decode() + client.get(desk).content.decode()
    Supplier.objects.create(channel="sms", suspended_at=AT, reason="sms-429", changed_at=AT)

    shown = client.get(page).content.decode()
    calls = client.get(reverse("notices:relay:calls", args=[notice.pk])).content.decode()

    assert "1 neighbour must be called: the message cannot leave at the moment." in shown
    assert "Eva Exemple" in calls
    assert "0475\N{NO-BREAK SPACE}12\N{NO-BREAK SPACE}34\N{NO-BREAK SPACE}56" in calls
    file = client.get(reverse("notices:relay:call_list", args=[notice.pk]))
    assert "0475 12 34 56" in PdfReader(BytesIO(file.content)).pages[0].extract_text()
    assert "1 neighbour must be called" in client.get(desk).content.decode()
    assert "must be called" not in signed_in(cast.next_door.coordinator).get(desk).content.decode()


def test_what_waits_for_money_is_told(cast: Cast) -> None:
    notice, client = relayed(cast, "sms", "+32475123456", kind="advice"), signed_in(cast.here.coordinator)
    Dispatch.objects.update(state="held", reason="over-budget")

    shown = client.get(reverse("notices:relay:progress", args=[notice.pk])).content.decode()

    assert "1 message waits until tomorrow morning: today’s money is spent (SMS)." in shown


def test_a_quiet_day_costs_the_desk_one_question(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with mandates_cached():
        assert held_mandates(cast.here.coordinator, at=AT)  # as for every page: what its reader may do
        with django_assert_num_queries(1):
            assert urgent_call_counts(cast.here.coordinator, at=AT) == {}


def at_one_door(cast: Cast, *names: str, shares: bool) -> Notice:
    """A relayed message with members behind one door, who get letters."""
    street = Street.objects.create(
        nis="21004", postcode="1130", register_id="verdun", name_fr="Rue de Verdun", folded="rue de verdun"
    )
    for name, town in zip(names, ("1130 Bruxelles", "1130 Haren"), strict=True):
        someone = member(cast.here.partnership, name)
        set_front_door(person=someone, street=street, house="12", by=None, at=AT)
        contact(someone, "paper", f"Rue de Verdun 12, {town}")
        Preference.objects.filter(person=someone).update(shares_letters=shares)
    notice = released(cast, "alarm")
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=AT)
    return notice


@pytest.mark.parametrize(("shares", "letters"), [(True, 1), (False, 2)])
def test_a_home_whose_members_wish_so_gets_one_letter_and_counts_as_one(cast: Cast, shares: bool, letters: int) -> None:
    notice, client = at_one_door(cast, "Eva Exemple", "Tom Exemple", shares=shares), signed_in(cast.here.coordinator)
    url = reverse("notices:relay:letters", args=[notice.pk])

    client.post(url, {"take": "1"})
    page = client.get(url).content.decode()
    pages = PdfReader(BytesIO(client.get(reverse("notices:relay:letters_file", args=[notice.pk])).content)).pages
    before = homes_reached_by_message(notice.relay.message)
    client.post(url, {f"outcome-{min(Dispatch.objects.values_list('pk', flat=True))}": "delivered"})
    after = client.get(reverse("notices:relay:progress", args=[notice.pk])).content.decode()

    assert page.count("<select") == letters
    assert ("Eva Exemple, Tom Exemple" in page) == shares
    assert sum(words.extract_text().count("Rue de Verdun 12") for words in pages) >= letters
    assert (before.reached, before.homes, before.persons) == (0, 1, 2)
    assert Dispatch.objects.filter(state="delivered").count() == (2 if shares else 1)
    assert "Homes reached: 1 of 1." in after


def test_the_call_list_says_that_copies_of_other_ways_wait_for_the_hours_of_the_plan(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "next_sending_time", lambda _rule, at: at + timedelta(hours=20))
    notice, client = relayed(cast, "email", "eva@plp.test", "infoflash"), signed_in(cast.here.coordinator)

    shown = client.get(reverse("notices:relay:calls", args=[notice.pk])).text

    assert ("It leaves at: " in shown, "Nobody is to be called" in shown) == (True, False)


def test_the_call_list_of_traders_names_the_shop_and_says_when_to_call(cast: Cast) -> None:
    notice, client = relayed(cast, "calls", "+3225551212"), signed_in(cast.here.coordinator)
    among_traders(cast.here.partnership)
    membership = Dispatch.objects.get().contact.person.memberships.get()
    entry = FirmEntry("Apotheek Maes", NUMBER, "pharmacy")
    enter_firm_of_member(membership=membership, entry=entry, by=membership.person, at=AT)
    Firm.objects.update(hours=["09:00-12:00 13:30-18:00"] * 6 + [""])
    ContactPoint.objects.filter(person=membership.person).update(at_firm=True)
    url = reverse("notices:relay:calls", args=[notice.pk])

    client.post(url, {"take": "1"})
    taken = " ".join(strip_tags(client.get(url).content.decode()).split())
    Dispatch.objects.update(state="failed")
    lost = " ".join(strip_tags(client.get(url).content.decode()).split())

    assert "Eva Exemple, Apotheek Maes" in taken
    assert "Call only when it is open: Mon\N{EN DASH}Sat 9:00\N{EN DASH}12:00, 13:30\N{EN DASH}18:00" in taken
    assert "whoever of the staff answers" in taken
    assert "Eva Exemple, Apotheek MaesOpen: Mon" in lost
