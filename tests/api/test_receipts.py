"""The doors of the SMS gateway: only it may knock, a report counts once, STOP stops one number."""

import random
from itertools import permutations
from urllib.parse import parse_qs, quote, urlencode, urlsplit
from uuid import UUID

import pytest
from django.test import Client

from plp.api.receipts import sender_and_text_of_reply
from plp.channels.sms.kannel import Gateway, sendsms_request
from plp.channels.sms.replies import sms_reply_callback_path
from plp.delivery import actions
from plp.delivery.models import Dispatch, Receipt
from plp.delivery.references import reference_of
from plp.delivery.states import State
from plp.people.models import ContactPoint
from tests.factories import cast, outbox
from tests.workload import work_of

NUMBER, OTHER = "+32475123456", "+32475123457"
GATEWAY = Gateway(False, "127.0.0.1", 13013, "/cgi-bin/sendsms", "plp", "x")

OTHER_WORDS = [
    "",
    "Merci",
    "ok",
    "101",
    "J’ai vu un bus s’arrêter",
    "Bushalte stop",
    "stopcontact kapot",
    "start",
    "?",
    "👍",
]


@pytest.fixture
def copy(db) -> Dispatch:
    """One SMS that the gateway took."""
    point = cast.contact(cast.person("Léa Peeters"), "sms", NUMBER)
    message = outbox.message("sms")
    actions.enqueue_copy_for_each_person(message=message, contacts=outbox.audience().filter(pk=point.pk), at=outbox.AT)
    found = Dispatch.objects.get()
    Dispatch.objects.filter(pk=found.pk).update(state=State.ACCEPTED)
    return found


def callback(copy: Dispatch, kind: int, settings) -> str:
    """The address Kannel calls: taken out of the request that asks for it."""
    reference = reference_of(copy.pk, copy.message_id)
    words = sendsms_request(GATEWAY, to=NUMBER, text="x", sender="8810", reference=reference, origin=settings.ORIGIN)
    asked = parse_qs(urlsplit(words.decode().split(" ")[1]).query)
    return asked["dlr-url"][0].replace("%d", str(kind)).removeprefix(settings.ORIGIN)


def state_of(copy: Dispatch) -> str:
    """The state in the database."""
    return Dispatch.objects.values_list("state", flat=True).get(pk=copy.pk)


@pytest.mark.parametrize(
    ("kind", "state"), [(1, "delivered"), (2, "failed"), (4, "accepted"), (8, "accepted"), (16, "failed")]
)
def test_a_report_moves_the_copy(client: Client, copy: Dispatch, settings, kind: int, state: str) -> None:
    answer = client.get(callback(copy, kind, settings))

    assert (answer.status_code, answer.content) == (200, b"")
    assert state_of(copy) == state


def test_any_order_and_repetition_has_the_same_end(client: Client, copy: Dispatch, settings) -> None:
    ends = set()
    for order in permutations((1, 2, 8)):
        Dispatch.objects.filter(pk=copy.pk).update(state=State.UNKNOWN)
        Receipt.objects.all().delete()
        for kind in (*order, *order):
            client.get(callback(copy, kind, settings))
        ends.add((state_of(copy), Receipt.objects.count()))

    assert ends == {("delivered", 3)}


def test_a_forged_report_has_no_effect(client: Client, copy: Dispatch, settings) -> None:
    genuine = callback(copy, 1, settings)
    path, _, query = genuine.partition("?")
    folder, _, signature = path.rpartition("/")
    rows = random.Random(34)
    flipped = [signature[:i] + ("0" if signature[i] != "0" else "1") + signature[i + 1 :] for i in range(32)]
    made_up = [f"{rows.getrandbits(128):032x}" for _ in range(100)]
    other = folder.replace("/p", "/p1", 1) if "/p" in folder else folder
    urls = [f"{folder}/{wrong}?{query}" for wrong in [*flipped, *made_up, signature.upper(), "é" * 32, "x", "0" * 5000]]
    urls.append(f"{other}/{signature}?{query}")

    statuses = {client.get(url).status_code for url in urls}

    assert statuses == {404}
    assert (state_of(copy), Receipt.objects.count()) == ("accepted", 0)


@pytest.mark.parametrize("kind", ["", "3", "x", "-1", "1e3", "99999999", "²", "1\x00", "64"])
def test_a_report_that_says_nothing_changes_nothing(client: Client, copy: Dispatch, settings, kind: str) -> None:
    answer = client.get(callback(copy, 1, settings).replace("type=1", f"type={quote(kind)}"))

    assert answer.status_code == 200
    assert (state_of(copy), Receipt.objects.count()) == ("accepted", 0)


def test_a_report_of_a_copy_we_do_not_know_is_parked(client: Client, copy: Dispatch, settings) -> None:
    stranger = Dispatch(pk=copy.pk + 1, message_id=UUID(int=5))

    answer = client.get(callback(stranger, 1, settings))

    assert (answer.status_code, state_of(copy)) == (200, "accepted")
    assert Receipt.objects.get().dispatch is None


@pytest.fixture
def two(db) -> tuple[ContactPoint, ContactPoint]:
    """Two members with a number each."""
    return (
        cast.contact(cast.person("Léa Peeters"), "sms", NUMBER),
        cast.contact(cast.person("Jan Voorbeeld", "nl"), "sms", OTHER),
    )


def reply(client: Client, sender: str, words: str, *, says: str = "") -> int:
    """What the gateway brings; ``says`` is how the answer begins that it sends back."""
    answer = client.get(f"{sms_reply_callback_path()}?{urlencode({'from': sender, 'text': words})}")
    said = answer.content.decode()
    assert said.startswith(says) if says else said == ""
    return answer.status_code


def stopped() -> list[str]:
    """The numbers that are stopped."""
    return sorted(point.address for point in ContactPoint.objects.exclude(stopped_at=None))


@pytest.mark.parametrize("sender", [NUMBER, "32475123456", "0032475123456", "0475123456"])
def test_stop_ends_that_number_alone(client: Client, two, sender: str) -> None:
    says, statuses = "PLP - BIN - LPP : vous ne recevrez plus de SMS", list[int]()

    work = work_of(lambda: statuses.append(reply(client, sender, "Arrêt !", says=says)))

    assert (statuses, stopped()) == ([200], [NUMBER])
    assert work < 1


def test_stop_ends_what_waits_for_that_number(client: Client, two) -> None:
    message = outbox.message("sms")
    actions.enqueue_copy_for_each_person(message=message, contacts=outbox.audience(), at=outbox.AT)

    reply(client, NUMBER, "s.v.p. stop", says="PLP")

    assert sorted(Dispatch.objects.values_list("state", flat=True)) == ["queued", "stopped"]


def test_a_number_of_two_people_is_stopped_for_both(client: Client, two) -> None:
    cast.contact(cast.person("Mia Muster", "de"), "sms", NUMBER)

    reply(client, NUMBER, "abmelden", says="PLP")

    assert stopped() == [NUMBER, NUMBER]


@pytest.mark.parametrize(
    "sender", ["+32475999999", "+31612345678", "8810", "", "Police", "+", "0" * 5000, "+3290012345"]
)
def test_a_number_we_do_not_know_stops_nobody(client: Client, two, sender: str) -> None:
    assert (reply(client, sender, "STOP"), stopped()) == (200, [])


@pytest.mark.parametrize("words", OTHER_WORDS)
def test_other_replies_have_no_effect(client: Client, two, words: str) -> None:
    assert (reply(client, NUMBER, words), stopped()) == (200, [])


def test_nobody_but_the_gateway_brings_replies(client: Client, two) -> None:
    query = urlencode({"from": NUMBER, "text": "STOP"})
    path = sms_reply_callback_path()
    wrong = [path[:-1] + ("0" if path[-1] != "0" else "1"), path[:-1], path.upper(), "/api/inbound/sms/é"]

    statuses = {client.get(f"{address}?{query}").status_code for address in wrong}

    assert (statuses, stopped()) == ({404}, [])


def test_a_repeated_stop_is_one_stop(client: Client, two) -> None:
    reply(client, NUMBER, "STOP", says="PLP")
    [first] = ContactPoint.objects.exclude(stopped_at=None).values_list("stopped_at", flat=True)

    reply(client, NUMBER, "STOP")

    assert list(ContactPoint.objects.exclude(stopped_at=None).values_list("stopped_at", flat=True)) == [first]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("from=%2B32475123456&text=Arr%C3%AAt", "Arrêt"),
        ("from=+32475123456&text=Arr%EAt", "Arrêt"),  # Latin-1, and a bare plus
        ("from=%2B32475123456&text=%00S%00T%00O%00P&charset=UTF-16BE", "STOP"),
        ("from=32475123456&text=Arr%EAt&charset=ISO-8859-1", "Arrêt"),
        ("from=32475123456&text=%00S%00&charset=UTF-16BE", "S"),
        ("from=32475123456&text=STOP&charset=klingon", "STOP"),
    ],
)
def test_a_reply_is_read_in_any_charset(query: str, words: str) -> None:
    assert sender_and_text_of_reply(query) == (NUMBER, words)


def test_a_flood_of_fields_is_no_reply() -> None:
    assert sender_and_text_of_reply("&".join(f"a{number}=1" for number in range(50))) == ("", "")


def test_my_data_by_sms_is_answered_with_the_way_once_a_day(client: Client, two) -> None:
    for words in ("mes données", "QUITTER", "corriger"):
        assert reply(client, NUMBER, words) == 200

    [copy] = Dispatch.objects.select_related("message", "contact")
    assert (copy.contact.address, copy.message.purpose, stopped()) == (NUMBER, "people.way", [])
    body = copy.message.texts.get(channel="sms").body
    assert "/m/" in body
