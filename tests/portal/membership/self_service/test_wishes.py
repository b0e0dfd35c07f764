"""What a member wishes: topics, together, large print, an address; and somebody who receives for them."""

import re

import pytest
from django.conf import settings
from django.test import Client

from plp.delivery.models import MessageText
from plp.membership.models import Membership
from plp.people.models import Buddy, Household, Person, Preference
from plp.people.queries import EVERYTHING, muted_topics
from plp.places.models import Coverage, Street
from tests.factories.cast import Cast, contact, member
from tests.portal.membership.self_service.test_members import opened, visitor
from tests.portal.partnership.test_pages import words

pytestmark = pytest.mark.django_db


def test_kinds_are_chosen_and_nothing_at_all_is_one_tick_more(mia: Person) -> None:
    client = opened()
    client.post("/m/settings/topics/", {"kinds": ["newsletter", "infoflash"]})
    some, shown = muted_topics(mia), words(client.get("/m/settings/"))
    client.post("/m/settings/topics/", {"kinds": ["newsletter"], "nothing": "on"})

    assert some == {"advice", "information_request", "supralocal"}
    assert "some kinds" in shown
    assert EVERYTHING in muted_topics(mia)
    assert "nothing at all" in words(client.get("/m/settings/"))


def test_drills_come_to_nobody_who_did_not_tick_them(mia: Person) -> None:
    client, joins = opened(), []
    for typed in ({}, {"drills": "on"}, {}):
        client.post("/m/settings/topics/", {"kinds": ["newsletter"], **typed})
        joins.append(Preference.objects.get(person=mia).joins_drills)

    assert joins == [False, True, False]


def test_an_alarm_is_no_choice_of_its_own(mia: Person) -> None:
    answer = opened().post("/m/settings/topics/", {"kinds": ["alarm"]})

    assert (answer.status_code, muted_topics(mia)) == (200, frozenset())


def test_messages_come_together_at_a_chosen_hour(mia: Person) -> None:
    client = opened()
    client.post("/m/settings/together/", {"digest": "weekly", "digest_hour": "9", "digest_weekday": "5"})
    bad = client.post("/m/settings/together/", {"digest": "hourly", "digest_hour": "99", "digest_weekday": "5"})

    mia.preference.refresh_from_db()
    wish = mia.preference
    assert (wish.digest, wish.digest_hour, wish.digest_weekday, bad.status_code) == ("weekly", 9, 5, 200)
    assert "together, once a week" in words(client.get("/m/settings/"))


def test_letters_as_one_reads_them_and_a_word_for_callers(mia: Person) -> None:
    client = opened()
    assert 'href="https://www.112.be/sms"' in client.get("/m/settings/reading/").content.decode()
    client.post("/m/settings/reading/", {"large_print": "on", "shares_letters": "on", "call_note": "ring"})
    large = Person.objects.get(pk=mia.pk).preference
    client.post("/m/settings/reading/", {"easy_to_read": "on", "call_note": "slow"})

    easy = Person.objects.get(pk=mia.pk).preference
    assert (large.large_print, large.easy_to_read, large.call_note) == (True, False, "ring")
    assert (large.shares_letters, easy.shares_letters) == (True, False)
    assert (easy.large_print, easy.easy_to_read, easy.needs_large_type) == (False, True, True)
    assert "ordinary print, easy to read" in words(client.get("/m/settings/"))


def test_a_note_in_ones_own_words_stays_until_another_is_chosen(mia: Person) -> None:
    mia.preference.call_note = "Sonnez deux fois"
    mia.preference.save()
    client = opened()

    page = client.get("/m/settings/reading/").text
    client.post("/m/settings/reading/", {"large_print": "on", "call_note": "Sonnez deux fois"})
    same = Preference.objects.get(person=mia)
    client.post("/m/settings/reading/", {"call_note": ""})

    assert '<option value="Sonnez deux fois" selected>Sonnez deux fois</option>' in page
    assert (same.large_print, same.call_note) == (True, "Sonnez deux fois")
    assert Preference.objects.get(person=mia).call_note == ""
    assert client.post("/m/settings/reading/", {"call_note": "Sonnez deux fois"}).status_code == 200


def test_an_address_is_corrected_within_the_quarter(cast: Cast, mia: Person) -> None:
    street = Street.objects.create(nis="21004", postcode="1130", register_id="1", name_fr="Rue Test", folded="rue test")
    client = opened()

    refused = client.post("/m/settings/address/", {"street": "Rue Nulle", "house": "12", "postcode": "1130"})
    client.post("/m/settings/address/", {"street": "rue test", "house": "12 b3"})

    mia.refresh_from_db()
    assert "No street has this name there" in words(refused)
    assert (mia.household.house, mia.household.street) == ("12 b3", street)


def test_a_number_that_no_register_knows_is_kept_once_it_was_looked_at(cast: Cast, mia: Person) -> None:
    street = Street.objects.create(nis="21004", postcode="1130", register_id="1", name_fr="Rue Test", folded="rue test")
    street.addresses.create(register_id="a1", number="12")
    client, typed = opened(), {"street": "Rue Test", "house": "9999", "postcode": "B-1130 "}

    asked = words(client.post("/m/settings/address/", typed))
    client.post("/m/settings/address/", typed | {"house": "12A"})
    before = Person.objects.get(pk=mia.pk).household.house
    client.post("/m/settings/address/", typed | {"keeps_house": "on"})

    assert "The register knows no number 9999 in this street." in asked
    assert (before, Person.objects.get(pk=mia.pk).household.house) == ("12A", "9999")


def test_a_member_moves_to_another_quarter_by_one_form(cast: Cast, mia: Person) -> None:
    for number, (name, quarter) in enumerate([("Rue Haute", cast.here), ("Rue Basse", cast.next_door)]):
        row = Street.objects.create(nis="21004", register_id=str(number), name_fr=name, folded=name.lower())
        Coverage.objects.create(area=quarter.area, street=row)
    client = opened()
    client.post("/m/settings/address/", {"street": "Rue Haute", "house": "12"})

    told = client.post("/m/settings/address/", {"street": "Rue Basse", "house": "3"}, follow=True)

    assert "Laeken is asked to accept the membership" in words(told)
    assert Membership.objects.get(person=mia, state="pending").partnership == cast.next_door.partnership


def test_a_street_is_named_in_the_language_of_the_page(cast: Cast, mia: Person) -> None:
    names = {"name_fr": "Rue Haute", "name_nl": "Hoogstraat"}
    street = Street.objects.create(nis="21004", postcode="1130", register_id="1", folded="rue haute", **names)
    mia.household = Household.objects.create(street=street, house="12")
    mia.save()
    client = opened()

    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"
    french = words(client.get("/m/settings/"))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "nl"
    dutch = words(client.get("/m/settings/"))

    assert ("Rue Haute 12" in french, "Hoogstraat 12" in french) == (True, False)
    assert ("Rue Haute 12" in dutch, "Hoogstraat 12" in dutch) == (False, True)


class TestBuddy:
    """Asked, answered by the link, ended by either."""

    def ask(self, client: Client, address: str = "zoe@plp.test") -> object:
        told = {"name": "Zoë Dochter", "address": address, "language": "fr"}
        return client.post("/m/settings/buddy/", told, follow=True)

    def link(self) -> str:
        body = MessageText.objects.filter(channel="email", message__purpose="people.buddy").earliest("pk").body
        return re.search(r"(/m/buddy/\w+/\w+/)", body)[1]

    def test_yes_by_the_link_then_ended_by_the_link(self, mia: Person) -> None:
        client, daughter = opened(), visitor()
        assert "not answered yet" in words(self.ask(client))

        assert "Receive messages for Mia Voorbeeld?" in words(daughter.get(self.link()))
        daughter.post(self.link(), {"yes": "1"})
        assert "somebody else gets your messages too" in words(client.get("/m/settings/buddy/"))
        assert "For Mia Voorbeeld" in words(daughter.get(self.link()))

        assert "Ended" in words(daughter.post(self.link(), {"no": "1"}, follow=True))
        assert Buddy.objects.get().ended_at is not None

    def test_the_member_ends_it(self, mia: Person) -> None:
        client = opened()
        self.ask(client)

        client.post(f"/m/settings/buddy/{Buddy.objects.get().pk}/end/")

        assert "Ended" in words(visitor().get(self.link()))

    def test_a_forged_link_and_somebody_elses_agreement_are_not_there(self, cast: Cast, mia: Person) -> None:
        self.ask(opened())
        contact(member(cast.here.partnership, "Tom Voorbeeld"), "email", "tom@plp.test")
        tom, key = opened("tom@plp.test"), Buddy.objects.get().pk

        statuses = [
            visitor().get(f"/m/buddy/{key.hex}/{'0' * 32}/").status_code,
            tom.post(f"/m/settings/buddy/{key}/end/").status_code,
        ]

        assert statuses == [404, 404]
        assert Buddy.objects.get().ended_at is None

    def test_known_and_unknown_addresses_get_the_same_answer(self, cast: Cast, mia: Person) -> None:
        contact(member(cast.here.partnership, "Zoë Buur"), "email", "zoe@plp.test")
        client = opened()
        known = words(self.ask(client)).replace(str(Buddy.objects.get().pk), "")
        client.post(f"/m/settings/buddy/{Buddy.objects.get().pk}/end/")
        client.get("/m/settings/buddy/")

        unknown = words(self.ask(client, "nobody@plp.test"))

        newest = Buddy.objects.get(helper__memberships=None)
        assert unknown.replace(str(newest.pk), "") == known

    def test_nobody_is_flooded(self, mia: Person) -> None:
        client = opened()
        self.ask(client)
        Buddy.objects.all().delete()

        assert "Wait a few minutes" in words(self.ask(client))
        assert not Buddy.objects.exists()


def test_nobody_else_opens_these_pages(mia: Person) -> None:
    pages = ["topics", "together", "reading", "address", "buddy"]

    assert {visitor().get(f"/m/settings/{page}/").status_code for page in pages} == {302}
    assert not Household.objects.exists()
