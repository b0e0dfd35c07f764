"""A member's own pages: a code to one's own contact opens them; everything there is one's own."""

import json
import re
from datetime import time, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from plp.accounts.models import Account
from plp.delivery.actions.pressed_keys import refuse_channel_and_reroute
from plp.delivery.models import Dispatch, MessageText
from plp.evaluation.models import LeavingCount
from plp.launch.actions.life import end_partnership_and_notify
from plp.membership.models import Membership
from plp.notices import actions as notices
from plp.notices.models import Notice
from plp.people.models import Buddy, Code, Consent, ContactPoint, Person
from plp.people.queries import consent_history_of, paused_until
from plp.toolbox import clock
from tests.factories.cast import NOW, Cast, contact, member, person
from tests.portal.partnership.test_pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def mia(cast: Cast) -> Person:
    """A member of the quarter with a proven e-mail address and a landline."""
    someone = member(cast.here.partnership, "Mia Voorbeeld", "nl")
    contact(someone, "email", "mia@plp.test")
    contact(someone, "calls", "+3222791234")
    return someone


def visitor(**more: str) -> Client:
    client = Client(**more)
    client.cookies["language"] = "en"
    return client


def code_of() -> str:
    """The code in the newest letter."""
    return re.search(r"\b\d{8}\b|\d{4} \d{4} \d{4}", MessageText.objects.filter(channel="email").latest("pk").body)[0]


def flood() -> list[Any]:
    """Strangers of five networks ask for codes to her address, until no more go."""
    networks = [f"10.0.{number // 4}.1" for number in range(20)]
    return [visitor(REMOTE_ADDR=network).post("/m/", {"address": "mia@plp.test"}) for network in networks]


def opened(address: str = "mia@plp.test") -> Client:
    """A browser in which a member opened their settings."""
    client = visitor()
    client.post("/m/", {"address": address})
    assert client.post("/m/code/", {"code": code_of()}).url == "/m/messages/"
    return client


def relayed(cast: Cast) -> Notice:
    """An alarm in French alone, relayed to the members."""
    at = NOW
    notice = notices.create_notice_draft(
        partnership=cast.here.partnership, kind="advice", reason="prevention", by=cast.officer, at=at
    )
    notices.set_details_of_draft(
        notice=notice, reason="prevention", expires_at=None, official_reference="", keeps_secrecy=True,
        prosecutor_consulted_on=None, by=cast.officer, at=at,
    )  # fmt: skip
    notices.write_text_and_drop_composition(
        notice=notice,
        language="fr",
        title="Vol par ruse",
        core="Fermez la porte à clé.",
        more="",
        by=cast.officer,
        at=at,
    )
    notices.submit_notice_for_release(notice=notice, by=cast.officer, at=at)
    notices.release_text_as_second_person(
        notice=notice, text_hash=notice.text_hash, proven_at=at, by=cast.second_officer, at=at
    )
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=at)
    return notice


class TestOpening:
    """Asking for a code and typing it."""

    def test_the_code_opens_the_page_asked_for(self, mia: Person) -> None:
        client = visitor()
        first = client.get("/m/settings/")
        assert first.url == "/m/?next=%2Fm%2Fsettings%2F"
        client.get(first.url)
        client.post("/m/", {"address": " MIA@plp.test "})

        assert client.post("/m/code/", {"code": code_of()}).url == "/m/settings/"
        assert "Mia Voorbeeld" in words(client.get("/m/settings/"))
        assert client.get("/m/").url == "/m/messages/"

    def test_no_way_leads_to_a_foreign_site(self, mia: Person) -> None:
        client = visitor()
        client.get("/m/?next=https://example.com/")
        client.post("/m/", {"address": "mia@plp.test"})

        assert client.post("/m/code/", {"code": code_of()}).url == "/m/messages/"

    def test_known_and_unknown_get_the_same_bytes_and_the_same_work(self, mia: Person) -> None:
        pages, counts = [], []
        for address in ("mia@plp.test", "nobody@plp.test"):
            client = visitor()
            client.get("/m/")
            with CaptureQueriesContext(connection) as caught:
                answer = client.post("/m/", {"address": address})
            wrong = client.post("/m/code/", {"code": "12345678"})
            counts.append(len(caught))
            pages.append((answer.status_code, answer.url, words(client.get("/m/code/")), words(wrong)))

        assert pages[0] == pages[1]
        assert abs(counts[0] - counts[1]) <= 4, counts
        assert Dispatch.objects.count() == 1
        assert not Person.objects.filter(contacts__address=b"").exists()
        assert not ContactPoint.objects.exclude(person=mia).filter(channel="email").exists()

    def test_an_unproven_or_stopped_contact_gets_no_code(self, cast: Cast, mia: Person) -> None:
        contact(mia, "email", "new@plp.test", confirmed=False)
        mia.contacts.filter(channel="email", confirmed_at__isnull=False).update(stopped_at=NOW)

        for address in ("new@plp.test", "mia@plp.test"):
            visitor().post("/m/", {"address": address})

        assert not Code.objects.exists()

    def test_another_browser_cannot_use_the_code(self, mia: Person) -> None:
        client, other = visitor(), visitor()
        client.post("/m/", {"address": "mia@plp.test"})
        code = code_of()

        assert "not right" in words(other.post("/m/code/", {"code": code}))
        assert other.get("/m/settings/").status_code == 302
        assert client.post("/m/code/", {"code": code}).status_code == 302
        assert "not right" in words(other.post("/m/code/", {"code": code}))

    def test_five_wrong_tries_end_the_code(self, mia: Person) -> None:
        client = visitor()
        client.post("/m/", {"address": "mia@plp.test"})
        code = code_of()
        wrong = f"{(int(code) + 1) % 10**8:08d}"
        for _try in range(5):
            client.post("/m/code/", {"code": wrong})

        assert "not right" in words(client.post("/m/code/", {"code": code}))

    def test_an_address_gets_ten_codes_a_day_and_nobody_is_told(self, mia: Person) -> None:
        answers = flood()

        assert {answer.url for answer in answers} == {"/m/code/"}
        assert Dispatch.objects.count() == 10

    def test_whoever_asks_for_codes_in_her_name_takes_none_from_her(self, mia: Person) -> None:
        """A stranger's request ends no code, and the last one that they caused opens her settings in her browser."""
        client, later = visitor(), visitor()
        client.post("/m/", {"address": "mia@plp.test"})
        code = code_of()
        flood()
        last = code_of()
        later.post("/m/", {"address": "mia@plp.test"})

        assert client.post("/m/code/", {"code": code}).url == "/m/messages/"
        assert len(last) == len("1234 5678 9012")
        assert "not right" in words(later.post("/m/code/", {"code": "1234 5678 9012"}))
        assert later.post("/m/code/", {"code": last}).url == "/m/messages/"

    def test_a_code_that_stands_has_as_many_tries_as_anybody_likes_and_is_used_once(self, mia: Person) -> None:
        flood()
        last, thief, client = code_of(), visitor(), visitor()
        for browser in (thief, client):
            browser.post("/m/", {"address": "mia@plp.test"})
        for _try in range(7):
            thief.post("/m/code/", {"code": "1234 5678 9012"})

        assert client.post("/m/code/", {"code": last}).url == "/m/messages/"
        assert "not right" in words(thief.post("/m/code/", {"code": last}))

    def test_a_browser_in_which_a_code_was_right_gets_its_own(self, mia: Person) -> None:
        client = opened()
        client.post("/m/sign-out/")
        flood()
        before = Dispatch.objects.count()

        client.post("/m/", {"address": "mia@plp.test"})

        assert Dispatch.objects.count() == before + 1
        assert client.post("/m/code/", {"code": code_of()}).url == "/m/messages/"

    def test_wrong_codes_of_strangers_shut_nobody_out(self, mia: Person) -> None:
        """V2: for addresses that nobody has, from many networks and from one's own."""
        client = visitor()
        client.post("/m/", {"address": "mia@plp.test"})
        code = code_of()
        for number in range(40):
            stranger = visitor(REMOTE_ADDR=f"10.0.{number % 3}.1" if number % 2 else "127.0.0.1")
            stranger.post("/m/", {"address": f"a{number}@plp.test"})
            stranger.post("/m/code/", {"code": "12345678"})

        assert client.post("/m/code/", {"code": code}).url == "/m/messages/"
        assert visitor().post("/m/", {"address": "mia@plp.test"}).status_code == 302
        assert Code.objects.count() == 2

    def test_while_many_codes_wait_each_is_longer(self, mia: Person, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("plp.people.codes.CODES_WAITING", 2)
        lengths = []
        for _number in range(2):
            visitor().post("/m/", {"address": "mia@plp.test"})
            lengths.append(len(code_of()))
        client = visitor(REMOTE_ADDR="10.9.9.1")
        client.post("/m/", {"address": "mia@plp.test"})

        assert [*lengths, len(code_of())] == [8, 8, 14]
        assert client.post("/m/code/", {"code": code_of()}).url == "/m/messages/"

    def test_what_is_no_address_is_named(self) -> None:
        assert "neither an e-mail address" in words(visitor().post("/m/", {"address": "mia at home"}))
        assert visitor().post("/m/code/", {"code": "12"}).status_code == 200

    def test_signing_out_closes(self, mia: Person) -> None:
        client = opened()

        assert client.get("/m/sign-out/").status_code == 405
        answer = client.post("/m/sign-out/")

        assert answer["Clear-Site-Data"] == '"cache", "storage"'
        assert client.get("/m/settings/").status_code == 302


class TestReading:
    """Messages, settings and the export."""

    def test_messages_stand_in_order_with_a_note_of_the_language(
        self, cast: Cast, mia: Person, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        first = relayed(cast)
        client = opened()
        client.get("/m/messages/")

        with django_assert_max_num_queries(8):
            page = words(client.get("/m/messages/"))

        assert "Fermez la porte à clé." in page
        assert "Not written in your language; this is French." in page
        assert first.relay.message.check_code in page
        relayed(cast)
        with django_assert_max_num_queries(8):
            client.get("/m/messages/")
        notices.retract_notice_everywhere(notice=first, by=cast.here.coordinator, at=NOW)
        page = words(client.get("/m/messages/"))
        assert ("This message was withdrawn." in page, "The police withdrew" in page) == (True, False)

    def test_nothing_of_another_quarter_is_shown(self, cast: Cast, mia: Person) -> None:
        relayed(cast)
        contact(member(cast.next_door.partnership, "Leo Nachbar", "fr"), "email", "leo@plp.test")

        assert "No messages yet" in words(opened("leo@plp.test").get("/m/messages/"))

    def test_settings_take_few_queries(
        self, mia: Person, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        client = opened()

        with django_assert_max_num_queries(12):  # two for what others did for oneself, one for newer rules
            page = words(client.get("/m/settings/"))

        assert "mia@<wbr>plp.test" in page
        assert "02\N{NO-BREAK SPACE}279\N{NO-BREAK SPACE}12\N{NO-BREAK SPACE}34" in page

    def test_the_export_holds_every_room(self, cast: Cast, mia: Person) -> None:
        answer = opened().get("/m/export/")
        data = json.loads(answer.content)

        assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'
        assert data["people"]["name"] == "Mia Voorbeeld"
        assert data["partnership"]["memberships"][0]["partnership"] == "Haren"
        assert {"people", "delivery", "partnership", "mandates", "charter", "notices"} <= set(data)
        assert data["delivery"]["copies"][0]["purpose"] == "people.code"

    def test_looking_changes_nothing(self, mia: Person) -> None:
        client = opened()
        keys = {"key": mia.contacts.get(channel="email").pk, "one": mia.memberships.get().pk}
        before = list(mia.contacts.values()), list(mia.consents.values()), list(mia.memberships.values())

        for url in (
            "/m/settings/", "/m/settings/contacts/add/",
            f"/m/settings/contacts/{keys['key']}/stop/", f"/m/settings/contacts/{keys['key']}/remove/",
            f"/m/settings/contacts/{keys['key']}/first/", f"/m/leave/{keys['one']}/", "/m/erase/", "/m/export/",
        ):  # fmt: skip
            assert client.get(url).status_code in {200, 405}

        assert before == (list(mia.contacts.values()), list(mia.consents.values()), list(mia.memberships.values()))


class TestChanging:
    """Settings, one by one."""

    def test_every_wish_is_a_line_of_the_settings_with_how_it_stands_and_has_a_page(self, mia: Person) -> None:
        mia.preference.quiet_from, mia.preference.quiet_until = time(21, 30), time(7)
        mia.preference.save()
        client = opened()

        settings = client.get("/m/settings/").text
        pages = {name: client.get(f"/m/settings/{name}/").text for name in ("about", "quiet", "pause")}

        assert [f'href="/m/settings/{name}/"' in settings for name in pages] == [True] * 3
        assert [word in settings for word in ("Mia Voorbeeld, ", "21:30 – 07:00")] == [True, True]
        assert re.findall(r"<(?:input|select)[^>]* id=", settings) == []
        assert ['value="Mia Voorbeeld"' in pages["about"], 'value="21:30"' in pages["quiet"]] == [True, True]
        assert "a gap would show that you are away" in pages["pause"]

    def test_name_and_language(self, mia: Person) -> None:
        client = opened()
        client.post("/m/settings/about/", {"name": "Mia Correct", "language": "de"})

        mia.refresh_from_db()
        assert (mia.name, mia.language) == ("Mia Correct", "de")
        assert "with letters only" in words(client.post("/m/settings/about/", {"name": "M1a", "language": "de"}))

    def test_quiet_hours(self, mia: Person) -> None:
        client = opened()
        client.post("/m/settings/quiet/", {"quiet_from": "22:00", "quiet_until": "07:00", "alarm_breaks_quiet": "on"})

        mia.preference.refresh_from_db()
        assert (str(mia.preference.quiet_from), mia.preference.alarm_breaks_quiet) == ("22:00:00", True)
        half = client.post("/m/settings/quiet/", {"quiet_from": "22:00"}).text
        assert '<a href="#id_quiet_until">Until what time: Give both hours, or none.</a>' in half
        same = client.post("/m/settings/quiet/", {"quiet_from": "22:00", "quiet_until": "22:00"}).text
        assert '<a href="#id_quiet_until">Until what time: These two hours are the same.' in same

    def test_a_pause_is_for_oneself_alone(self, mia: Person) -> None:
        client = opened()
        day = clock.local(clock.now()).date() + timedelta(days=7)
        client.post("/m/settings/pause/", {"until": day.isoformat()})

        mia.preference.refresh_from_db()
        assert clock.local(paused_until(mia)).date() == day
        assert day.isoformat() in words(client.get("/m/settings/pause/"))
        assert f"{day:%-d %B %Y}" in words(client.get("/m/settings/"))
        assert "Choose a day" in words(client.post("/m/settings/pause/", {"until": "2020-01-01"}))
        client.post("/m/settings/pause/", {"until": ""})
        mia.preference.refresh_from_db()
        assert paused_until(mia) is None

    def test_a_new_contact_is_proven_by_its_code(self, mia: Person) -> None:
        client = opened()
        given = {"channel": "email", "address": "other@plp.test", "agrees": "on"}
        answer = client.post("/m/settings/contacts/add/", given)
        added = mia.contacts.get(confirmed_at=None)

        assert answer.url == f"/m/settings/contacts/{added.pk}/confirm/"
        assert "not right" in words(client.post(answer.url, {"code": "00000000"}))
        assert client.post(answer.url, {"code": code_of()}).url == "/m/settings/"
        added.refresh_from_db()
        assert added.confirmed_at is not None
        assert consent_history_of(mia).filter(kind="channel", subject="email", withdrawn_at=None).exists()

    def test_a_new_contact_gets_one_code_a_day(self, mia: Person) -> None:
        client = opened()
        given = {"channel": "email", "address": "other@plp.test", "agrees": "on"}
        for _try in range(3):
            client.post("/m/settings/contacts/add/", given)

        assert Dispatch.objects.filter(contact__confirmed_at=None).count() == 1

    def test_order_stop_resume_remove(self, mia: Person) -> None:
        client, calls = opened(), mia.contacts.get(channel="calls")
        for act in ("first", "stop"):
            client.post(f"/m/settings/contacts/{calls.pk}/{act}/")

        calls.refresh_from_db()
        assert calls.rank == 1
        assert calls.stopped_at is not None
        client.post(f"/m/settings/contacts/{calls.pk}/resume/")
        calls.refresh_from_db()
        assert calls.stopped_at is None
        client.post(f"/m/settings/contacts/{calls.pk}/remove/")
        assert not mia.contacts.filter(channel="calls").exists()

    def test_who_pressed_nine_sees_it_and_takes_it_back(self, mia: Person) -> None:
        calls = mia.contacts.get(channel="calls")
        own, client = refuse_channel_and_reroute(contact=calls, channel="voice", at=NOW), opened()

        page = client.get("/m/settings/").content.decode()
        client.post(f"/m/settings/contacts/{own.pk}/resume/")

        assert "Automatic telephone call" in page or "Appel téléphonique automatique" in page
        assert f"/m/settings/contacts/{own.pk}/remove/" not in page, "removed, the refusal would be forgotten"
        assert f"/m/settings/contacts/{calls.pk}/remove/" in page
        own.refresh_from_db()
        assert own.stopped_at is None

    def test_stopping_the_contact_that_opened_closes(self, mia: Person) -> None:
        client = opened()

        only = f"/m/settings/contacts/{mia.contacts.get(channel='email').pk}/stop/"

        asked = client.post(only)
        assert (asked.status_code, mia.contacts.get(channel="email").stopped_at) == (200, None)
        assert "Stop the only way to you?" in asked.content.decode()
        answer = client.post(only, {"sure": "1"})

        assert answer.url == "/m/"
        assert client.get("/m/settings/").status_code == 302

    def test_no_question_where_another_code_opens_the_settings(self, mia: Person) -> None:
        client, email = opened(), mia.contacts.get(channel="email")
        contact(mia, "webpush", "https://push.test/one")
        asked = client.post(f"/m/settings/contacts/{email.pk}/stop/")
        contact(mia, "sms", "+32475121212")

        client.post(f"/m/settings/contacts/{email.pk}/stop/")

        assert "Stop the only way to you?" in words(asked)
        email.refresh_from_db()
        assert email.stopped_at is not None

    def test_removing_or_withdrawing_the_only_way_to_a_code_says_what_follows(self, mia: Person) -> None:
        client, email = opened(), mia.contacts.get(channel="email")
        given = Consent.objects.create(person=mia, kind="channel", subject="email", version="1", given_at=NOW)
        pages = (f"/m/settings/contacts/{email.pk}/remove/", f"/m/settings/withdraw/{given.pk}/")

        alone = [words(client.get(page)) for page in pages]
        contact(mia, "sms", "+32475121212")
        beside = [words(client.get(page)) for page in pages]

        told = "Only a code to this address opens these pages."
        assert [told in page for page in alone + beside] == [True, True, False, False]

    def test_a_consent_is_withdrawn(self, mia: Person) -> None:
        client, calls = opened(), mia.contacts.get(channel="calls")
        client.post(f"/m/settings/contacts/{calls.pk}/resume/")
        given = mia.consents.get()
        assert "Nothing more will be sent this way." in words(client.get(f"/m/settings/withdraw/{given.pk}/"))

        client.post(f"/m/settings/withdraw/{given.pk}/")

        calls.refresh_from_db()
        assert calls.stopped_at is not None
        assert not consent_history_of(mia).filter(kind="channel", subject="calls", withdrawn_at=None).exists()

    @pytest.mark.parametrize(
        ("kind", "follows"),
        [
            ("police_sees_name", "The police may no longer see your name."),
            ("buddy", "Nobody receives messages for somebody else any more"),
        ],
    )
    def test_what_follows_is_said_before(self, mia: Person, kind: str, follows: str) -> None:
        given = Consent.objects.create(person=mia, kind=kind, version="1", given_at=NOW)

        assert follows in words(opened().get(f"/m/settings/withdraw/{given.pk}/"))

    def test_being_a_member_is_not_withdrawn_but_left(self, mia: Person) -> None:
        given = Consent.objects.create(person=mia, kind="joining", version="1", given_at=NOW)

        assert opened().post(f"/m/settings/withdraw/{given.pk}/").status_code == 404

    def test_what_is_foreign_does_not_exist(self, cast: Cast, mia: Person) -> None:
        client = opened()
        leo = member(cast.here.partnership, "Leo Nachbar")
        theirs = contact(leo, "email", "leo@plp.test")

        for key in (theirs.pk, uuid4()):
            for act in ("stop", "resume", "remove", "first", "confirm", "code"):
                assert client.post(f"/m/settings/contacts/{key}/{act}/", {"code": "12345678"}).status_code == 404
        for key in (leo.memberships.get().pk, uuid4()):
            assert client.post(f"/m/leave/{key}/").status_code == 404
        assert client.post(f"/m/settings/withdraw/{uuid4()}/").status_code == 404


class TestEnding:
    """Leaving, and being forgotten."""

    def test_leaving_brings_a_receipt(self, mia: Person) -> None:
        client, mine = opened(), mia.memberships.get()
        assert "Leave Haren?" in words(client.get(f"/m/leave/{mine.pk}/"))

        page = client.post(f"/m/leave/{mine.pk}/")

        assert "You have left Haren" in words(page)
        assert "A receipt is on its way to you." in words(page)
        assert "Stopped: messages, calls and letters" in words(page)
        mine.refresh_from_db()
        assert mine.state == "left"
        goodbye = Dispatch.objects.get(message__purpose="partnership.goodbye", person=mia.pk)
        assert "/m/" in goodbye.message.texts.get(channel="email", language="nl").body

    def test_after_leaving_no_address_is_called_in_use(self, mia: Person) -> None:
        client, mine = opened(), mia.memberships.get()
        before = client.get("/m/settings/").text
        client.post(f"/m/leave/{mine.pk}/")

        after = client.get("/m/settings/").text

        assert [(page.count(">in use<"), page.count(">no longer in use<")) for page in (before, after)] == [
            (2, 0),
            (0, 2),
        ]

    def test_after_leaving_the_pages_say_so_and_offer_nothing_of_members(self, mia: Person) -> None:
        client, mine = opened(), mia.memberships.get()
        consent = Consent.objects.create(person=mia, kind="joining", version="1", given_at=NOW)
        offered = ("Quiet hours", "Send me a test", "Add a way to reach me", "Your wishes", "In easy words")
        before = client.get("/m/settings/").text
        client.post(f"/m/leave/{mine.pk}/")

        messages, settings = client.get("/m/messages/").text, client.get("/m/settings/").text

        day = f"{clock.local(mia.memberships.get().left_at):%-d %B %Y}"
        left = f"You left Haren on {day}: no messages come any more."
        assert [left in words_of_page for words_of_page in (before, messages, settings)] == [False, True, True]
        assert [word in before for word in offered] == [True] * len(offered)
        assert [word in messages + settings for word in offered] == [False] * len(offered)
        assert ["No messages yet" in messages, "No more messages?" in messages] == [False, False]
        assert consent.withdrawn_at is None
        assert f"– until {day}" in settings

    def test_whoever_left_and_receives_for_another_keeps_the_settings(self, mia: Person) -> None:
        client, mine = opened(), mia.memberships.get()
        Buddy.objects.create(person=person("Noa Exemple"), helper=mia, asked_at=NOW, agreed_at=NOW)
        client.post(f"/m/leave/{mine.pk}/")

        settings = client.get("/m/settings/").text

        assert ["You left Haren" in settings, "Quiet hours" in settings] == [False, True]

    def test_leaving_again_says_that_one_has_left_and_does_nothing(self, mia: Person) -> None:
        client, mine = opened(), mia.memberships.get()
        client.post(f"/m/leave/{mine.pk}/")
        left, sent = mia.memberships.get(), Dispatch.objects.count()

        pages = [client.post(f"/m/leave/{mine.pk}/"), client.get(f"/m/leave/{mine.pk}/")]

        assert ["You have left Haren" in words(page) for page in pages] == [True, True]
        assert ["receipt" in words(page) or 'name="token"' in page.text for page in pages] == [False, False]
        assert (mia.memberships.get().left_at, Dispatch.objects.count()) == (left.left_at, sent)

    def test_leaving_without_a_way_that_works_promises_no_receipt(self, mia: Person) -> None:
        client, mine = opened(), mia.memberships.get()
        mia.contacts.update(confirmed_at=None)

        page = client.post(f"/m/leave/{mine.pk}/")

        assert "This page is your receipt: none of your addresses is in use." in words(page)
        assert not Dispatch.objects.filter(message__purpose="partnership.goodbye").exists()

    def test_a_reason_is_touched_once_afterwards_and_names_nobody(self, mia: Person) -> None:
        page = opened().post(f"/m/leave/{mia.memberships.get().pk}/").content.decode()
        token = re.search(r'name="token" value="([^"]+)"', page)
        assert token is not None
        stranger = Client()

        for _touch in range(2):
            stranger.post("/m/left/why/", {"token": token[1], "reason": "many"})
        stranger.post("/m/left/why/", {"token": "forged", "reason": "many"})

        assert [(row.reason, row.members) for row in LeavingCount.objects.all()] == [("many", 1)]
        assert str(mia.pk) not in token[1]

    def test_what_is_kept_is_a_paper_to_read_with_what_only_they_see(self, mia: Person) -> None:
        mia.preference.quiet_from, mia.preference.quiet_until = time(21, 30), time(7)
        mia.preference.save()

        answer = opened().get("/m/export/sheet.pdf")

        read = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
        assert "Haren" in read
        assert mia.name in read
        assert "21.30" in read

    def test_erasing_leaves_nothing(self, mia: Person) -> None:
        client = opened()
        assert client.get("/m/erase/").status_code == 200

        page = client.post("/m/erase/")

        assert "Everything is erased" in words(page)
        assert not Person.objects.filter(pk=mia.pk).exists()
        assert not Membership.objects.exists()
        assert client.get("/m/settings/").status_code == 302

    def test_an_office_ends_first(self, mia: Person) -> None:
        Account.objects.create(person=mia, username="x" * 64, email="mia@plp.test", created_at=NOW)

        assert opened().post("/m/erase/").status_code == 409
        assert Person.objects.filter(pk=mia.pk).exists()


def test_after_an_end_the_page_says_so_erases_and_keeps_the_sheet(cast: Cast, mia: Person) -> None:
    client = opened()
    before = client.get("/m/messages/").text
    end_partnership_and_notify(partnership=cast.here.partnership, reason="Plus personne.", by=cast.officer, at=NOW)

    after, settings = client.get("/m/messages/").text, client.get("/m/settings/").text
    sheet = client.get("/m/export/sheet.pdf")

    words_of_the_end = "The partnership Haren has ended: no messages come any more."
    assert [words_of_the_end in page for page in (before, after, settings)] == [False, True, True]
    assert ["Quiet hours" in settings, "In easy words" in after + settings] == [False, False]
    assert ('href="/m/erase/"' in after, "No messages yet" in after) == (True, False)
    assert ("/m/export/sheet.pdf" in settings, sheet.content[:5]) == (True, b"%PDF-")
