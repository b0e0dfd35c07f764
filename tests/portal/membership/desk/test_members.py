"""Members: accepted, vouched for, listed with every look noted; and the coordinator's own absence."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from plp.delivery.models import Message
from plp.journal.models import Entry
from plp.launch.actions.life import end_partnership_and_notify
from plp.mandates.models import Absence
from plp.membership.models import Membership
from plp.partnership.models import Partnership
from plp.people.actions import record_consent
from plp.people.models import Person
from tests.factories.cast import Cast, contact, member, person
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db


def asking(cast: Cast) -> Membership:
    """A neighbour with a telephone at home who asks to join."""
    someone = person("Gina Exemple")
    contact(someone, "calls", "+3225551313", confirmed=False)
    return Membership.objects.create(partnership=cast.here.partnership, person=someone, state="pending", asked_at=AT)


def test_a_neighbour_is_vouched_for_and_accepted(cast: Cast) -> None:
    membership, client = asking(cast), signed_in(cast.here.coordinator)
    assert "1 person asks to join" in client.get("/").content.decode()
    assert "Gina Exemple" in client.get(reverse("membership:desk:waiting")).content.decode()

    point = membership.person.contacts.get()
    client.post(reverse("membership:desk:vouch", args=[membership.pk, point.pk]))
    client.post(reverse("membership:desk:accept", args=[membership.pk]))
    assert "Gina Exemple" not in str(dict(client.session))
    told = [client.get(reverse("membership:desk:waiting")).content.decode() for _time in range(2)]

    assert ["Accepted: Gina Exemple." in page for page in told] == [True, False]
    point.refresh_from_db()
    membership.refresh_from_db()
    assert (point.confirmed_at, membership.state) == (AT, "active")
    assert "Gina Exemple" in client.get(reverse("membership:desk:members")).content.decode()


def test_nobody_is_told_how_to_join_what_has_ended(cast: Cast) -> None:
    client, url = signed_in(cast.here.coordinator), reverse("membership:desk:members")

    before = client.get(url).text
    Partnership.objects.filter(pk=cast.here.partnership.pk).update(state="ended")
    after = client.get(url).text

    assert ["Neighbours join on the public page" in page for page in (before, after)] == [True, False]
    assert "No member yet" in after


def test_whoever_left_with_an_end_is_found_and_erased_at_their_word(cast: Cast) -> None:
    there, earlier = member(cast.here.partnership, "Eva Exemple"), member(cast.here.partnership, "Luc Lejeune")
    Membership.objects.filter(person=earlier).update(state="left", left_at=AT)
    client, url = signed_in(cast.here.coordinator), reverse("membership:desk:members")
    before = client.get(url).text
    end_partnership_and_notify(partnership=cast.here.partnership, reason="Plus personne.", by=cast.officer, at=AT)

    found = client.post(url, {"q": "Exemple"}, follow=True).text
    page = reverse("membership:desk:erase", args=[Membership.objects.get(person=there).pk])
    erased = client.post(page, {"way": "phone", "sure": "on"}, follow=True)

    assert ["stands here until their data are erased" in text for text in (before, found)] == [False, True]
    assert ("Eva Exemple" in found, "Luc Lejeune" in before) == (True, False)
    assert (erased.status_code, Person.objects.filter(pk=there.pk).exists()) == (200, False)


def test_what_can_be_checked_stands_beside_whoever_asks(cast: Cast) -> None:
    membership, client = asking(cast), signed_in(cast.here.coordinator)
    for kind in ("adult", "lives_or_works", "conduct"):
        record_consent(person=membership.person, kind=kind, version="1", by=None, at=AT)
    twin = member(cast.here.partnership, "gina  exemple".title())
    contact(twin, "calls", "+3225551313")

    shown = client.get(reverse("membership:desk:waiting")).content.decode()

    assert "No contact is confirmed yet." in shown
    assert "Declares to be 18 or older" in shown
    assert "says they work here" in shown
    assert "Perhaps on the list already" in shown


def test_every_look_at_the_list_is_noted(cast: Cast) -> None:
    member(cast.here.partnership, "Eva Exemple")
    member(cast.next_door.partnership, "Frank Voorbeeld")

    shown = signed_in(cast.here.coordinator).get(reverse("membership:desk:members")).content.decode()

    assert "Eva Exemple" in shown
    assert "Frank Voorbeeld" not in shown
    noted = Entry.objects.get(verb="members.viewed")
    assert (noted.actor, noted.area) == (str(cast.here.coordinator.pk), "be/z1/m21004/q-haren/")
    assert noted.details == {"list": "members", "count": 1}


@pytest.mark.parametrize("name", ["accept", "vouch"])
def test_the_coordinator_next_door_finds_no_member(cast: Cast, name: str) -> None:
    membership, client = asking(cast), signed_in(cast.next_door.coordinator)
    more = [membership.person.contacts.get().pk] if name == "vouch" else []

    answers = [client.post(reverse(f"membership:desk:{name}", args=[key, *more])) for key in (membership.pk, uuid4())]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_contact_of_somebody_else_is_not_found(cast: Cast) -> None:
    membership = asking(cast)
    point = contact(member(cast.next_door.partnership, "Frank Voorbeeld"), "calls", "+3225551414", confirmed=False)

    url = reverse("membership:desk:vouch", args=[membership.pk, point.pk])

    assert signed_in(cast.here.coordinator).post(url).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("members", 24), ("waiting", 19)])
def test_lists_cost_the_same_however_long(
    cast: Cast, number: int, name: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(number):
        member(cast.here.partnership, f"Eva Exemple{'abc'[place]}")
        asking(cast)
    client = signed_in(cast.here.coordinator)
    client.get(reverse(f"membership:desk:{name}"))

    with django_assert_num_queries(queries):
        client.get(reverse(f"membership:desk:{name}"))


def test_a_deputy_takes_over_and_the_coordinator_comes_back(cast: Cast) -> None:
    client, url = signed_in(cast.here.coordinator), reverse("mandates:absences:absence")
    deputy = cast.here.deputy.mandates.get()
    days = {"starts_on": "2026-11-25", "ends_on": "2026-11-27"}
    wrong = client.post(url, days | {"deputy": str(cast.next_door.deputy.mandates.get().pk)})
    assert wrong.status_code == 200
    assert not Absence.objects.exists()

    client.post(url, days | {"deputy": str(deputy.pk)})

    absence = Absence.objects.get()
    assert (absence.starts_at, absence.ends_at.isoformat()) == (AT, "2026-11-27T23:00:00+00:00")
    assert signed_in(cast.here.deputy).get(reverse("notices:relay:inbox")).status_code == 200
    assert "Denis Haren" in client.get(url).content.decode()
    client.post(reverse("mandates:absences:come_back", args=[absence.pk]))
    assert not Absence.objects.filter(ends_at__gt=AT).exists()
    assert signed_in(cast.here.deputy).get(reverse("notices:relay:inbox")).status_code == 404


def test_an_absence_that_ends_before_it_begins_is_said_beside_its_last_day(cast: Cast) -> None:
    deputy = cast.here.deputy.mandates.get()
    days = {"starts_on": "2026-11-27", "ends_on": "2026-11-26", "deputy": str(deputy.pk)}

    answer = signed_in(cast.here.coordinator).post(reverse("mandates:absences:absence"), days)

    assert (answer.status_code, re.findall('<a href="#id_(.*?)">', answer.text)) == (409, ["ends_on"])
    assert "The last day is before the first one" in answer.text
    assert [value for value in days.values() if f'value="{value}"' not in answer.text] == []
    assert not Absence.objects.exists()


def test_a_foreign_absence_is_not_found(cast: Cast) -> None:
    client = signed_in(cast.here.coordinator)
    deputy = cast.here.deputy.mandates.get()
    client.post(
        reverse("mandates:absences:absence"),
        {"starts_on": "2026-11-25", "ends_on": "2026-11-27", "deputy": str(deputy.pk)},
    )
    other = signed_in(cast.next_door.coordinator)

    keys = (Absence.objects.get().pk, uuid4())

    assert [other.post(reverse("mandates:absences:come_back", args=[key])).status_code for key in keys] == [404, 404]


def test_a_member_leaves_on_their_word_after_a_question(cast: Cast) -> None:
    someone = member(cast.here.partnership, "Eva Exemple")
    contact(someone, "email", "eva@plp.test")
    membership, client = Membership.objects.get(person=someone), signed_in(cast.here.coordinator)
    url = reverse("membership:desk:leave", args=[membership.pk])

    page = reverse("membership:desk:member", args=[membership.pk])
    assert page in client.get(reverse("membership:desk:members")).content.decode()
    assert url in client.get(page).content.decode()
    assert "Is this member leaving?" in client.get(url).content.decode()
    assert signed_in(cast.next_door.coordinator).post(url).status_code == 404
    assert signed_in(cast.officer).post(url).status_code == 404
    client.post(url)

    membership.refresh_from_db()
    assert (membership.state, membership.left_at) == ("left", AT)
    assert Entry.objects.get(verb="membership.left").actor == str(cast.here.coordinator.pk)
    assert Message.objects.get().purpose == "partnership.goodbye"
    assert client.get(url)["Location"] == reverse("membership:desk:members")


def test_a_request_with_an_unproven_address_says_so_and_can_be_confirmed_by_hand(cast: Cast) -> None:
    membership, client = asking(cast), signed_in(cast.here.coordinator)
    point = contact(membership.person, "email", "gina@plp.test", confirmed=False)

    page = client.get(reverse("membership:desk:waiting")).content.decode()
    client.post(reverse("membership:desk:vouch", args=[membership.pk, point.pk]))

    assert page.count("not confirmed yet") == 2
    assert page.count("was not typed yet") == 1
    point.refresh_from_db()
    assert point.confirmed_at == AT


def test_a_deputy_sees_for_whom_they_take_over(cast: Cast) -> None:
    coordinator, deputy = signed_in(cast.here.coordinator), signed_in(cast.here.deputy)
    own = cast.here.deputy.mandates.get()
    days = {"starts_on": "2026-11-25", "ends_on": "2026-11-27", "deputy": own.pk}
    coordinator.post(reverse("mandates:absences:absence"), days)

    assert "You take over for Clara Haren" in deputy.get(reverse("mandates:absences:absence")).content.decode()
    assert signed_in(cast.next_door.deputy).get(reverse("mandates:absences:absence")).status_code == 404


def test_whoever_manages_the_members_reads_who_looked_at_them_by_office(cast: Cast) -> None:
    contact(member(cast.here.partnership, "Gina Exemple"), "calls", "+3225551313")
    client, looks = signed_in(cast.here.coordinator), reverse("membership:desk:looks")
    listed = client.get(reverse("membership:desk:members")).text
    client.post(reverse("membership:desk:members"), {"q": "Gina"})

    page = client.get(looks).text

    assert f'href="{looks}">Who looked at the list' in listed
    assert [words in page for words in ("Coordinator", "List of members", ">1</td>")] == [True] * 3
    assert "Gina" not in page
    assert "List of members" not in signed_in(cast.next_door.coordinator).get(looks).text
    assert signed_in(cast.officer).get(looks).status_code == 404


def test_whoever_left_alone_is_found_by_name_and_marked_until_they_are_erased(cast: Cast) -> None:
    gone = member(cast.here.partnership, "Gina Exemple").memberships.get()
    Membership.objects.filter(pk=gone.pk).update(state="left", left_at=AT)
    client, url = signed_in(cast.here.coordinator), reverse("membership:desk:members")

    listed = client.get(url).text
    client.post(url, {"q": "Gina"})
    found, everywhere = client.get(url).text, client.post("/find/", {"q": "Gina"}, follow=True).text

    own_page = reverse("membership:desk:member", args=[gone.pk])
    assert ["Gina Exemple" in page for page in (listed, found, everywhere)] == [False, True, True]
    assert ["left on 25 november 2026" in page.lower() for page in (found, everywhere)] == [True, True]
    assert [own_page in page for page in (found, everywhere)] == [True, True]
    assert f'value="{gone.pk}"' not in found
    client.post(url, {"q": ""})
    assert "Gina" not in client.get(url).text
