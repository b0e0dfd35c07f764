"""Suppliers of SMS over HTTP: each description beside a receiver that enforces the documented rules."""

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import jwt
import pytest
from django.utils import translation

from plp.channels.sms import Sms
from plp.channels.sms.suppliers.account import SupplierAccount, parse_supplier_url
from plp.channels.sms.suppliers.connection import SupplierConnection
from plp.channels.sms.suppliers.descriptions import HERE, FaultyDescription, read_description, supplier_keys
from plp.channels.sms.suppliers.requests import accepted_or_raise_for_response, account_check_url, compose_sms_request
from plp.channels.sms.suppliers.signatures import TOLERANCE, SignedRequest, is_genuine_request
from plp.delivery.channel import Accepted, ConnectionFailed, DeliveryFailed, Envelope, OutcomeUnknown, Text, Untracked
from tests.channels.supplier_cases import CASES, NAME, NUMBER, Receiver, SupplierCase
from tests.factories.outbox import AT
from tests.factories.senders import Noted
from tests.patience import PATIENCE

pytestmark = pytest.mark.any_database
REFERENCE = "p7-019ab0c0d0e0f0a0b0c0d0e0f0a0b0c0"
WORDS = "Être prudent à 100 % & fermer {to} la porte 🚲 + 5 €"
NOW = 1_796_040_000
HOSTS = {
    "twilio": "https://api.twilio.com",
    "vonage": "https://api.nexmo.com",
    "infobip": "https://xyz12.api.infobip.com",
    "sinch": "https://eu.sms.api.sinch.com",
    "bird": "https://api.bird.com",
    "ringring": "https://api.ringring.be",
    "smstools": "https://api.smsgatewayapi.com",
    "ovhcloud": "https://www.ovh.com",
}
cases = pytest.mark.parametrize("case", CASES, ids=[case.key for case in CASES])


def account_of(case: SupplierCase) -> SupplierAccount:
    """Our account at a supplier, by its own description."""
    return parse_supplier_url(case.url, "PLP_SMS_URL")


def exchange(
    settings, tmp_path: Path, receiver: Receiver, *bodies: str, noted: Any = None, patience: float = PATIENCE
) -> list[object]:
    """Send texts one after another over one connection; answers what each call returned or raised."""

    async def go() -> list[object]:
        server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
        outcomes: list[object] = []
        port = server.sockets[0].getsockname()[1]
        settings.SMS_URL, settings.SMS_SENDER = receiver.case.url_on_loopback(port, tmp_path), "+32460001234"
        connection = await Sms().open()
        connection.patience, connection.progress = patience, noted or Untracked()
        for body in bodies:
            prepared = Sms().prepare(Text("sms", "fr", "", body))
            try:
                outcomes.append(await connection.send(Envelope(REFERENCE, NUMBER, prepared, {}, AT)))
            except (ConnectionFailed, DeliveryFailed, OutcomeUnknown) as failure:
                outcomes.append(failure)
        await connection.close()
        server.close()
        return outcomes

    return asyncio.run(go())


def test_every_description_has_its_case_and_says_where_it_is_from() -> None:
    assert sorted(HOSTS) == supplier_keys() == sorted(case.key for case in CASES)
    for key in supplier_keys():
        description = read_description(HERE / f"{key}.toml")
        assert description.sources
        assert all(source.startswith("https://") for source in description.sources)
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", description.checked)


@cases
def test_an_sms_keeps_the_suppliers_rules_and_its_name_is_known(settings, tmp_path: Path, case: SupplierCase) -> None:
    receiver, noted = Receiver(case), Noted()

    outcomes = exchange(settings, tmp_path, receiver, WORDS, "Fermez à clé.", noted=noted)

    assert outcomes == [Accepted(f"{case.key}/{NAME}")] * 2
    assert [values["text"] for values in receiver.taken] == [WORDS, "Fermez à clé."]
    assert receiver.taken[0].get("callback", f"?copy={REFERENCE}").endswith(f"?copy={REFERENCE}")


@cases
def test_each_description_asks_its_own_host(case: SupplierCase) -> None:
    request = compose_sms_request(
        account_of(case), to=NUMBER, text="x", sender="PLP", reference=REFERENCE, origin="https://plp.example.be"
    )

    assert request.url.startswith(f"{HOSTS[case.key]}{case.path}")
    assert account_check_url(account_of(case)).partition(":")[0] in {"https", ""}


def test_a_text_of_other_letters_is_announced_where_the_supplier_asks(settings, tmp_path: Path) -> None:
    receiver = Receiver(CASES[-1])

    exchange(settings, tmp_path, receiver, "Fermez à clé.", "Soyez prêts.")

    assert [values["alphabet"] for values in receiver.taken] == ["1", "2"]


@cases
def test_silence_is_doubt_and_too_much_at_once_is_later(settings, tmp_path: Path, case: SupplierCase) -> None:
    receiver = Receiver(case, None, (429, {"error": "slower"}), (401, {}))

    silent, later, wrong = exchange(settings, tmp_path, receiver, "a", "b", "c", patience=3.0)

    assert isinstance(silent, OutcomeUnknown)
    assert isinstance(later, DeliveryFailed)
    assert (later.temporary, later.after, later.service) == (True, 7.0, True)
    assert isinstance(wrong, ConnectionFailed)
    assert receiver.asked == 3  # nothing was asked twice


def test_a_supplier_that_is_not_there_blames_nobody() -> None:
    account = account_of(CASES[0])
    send = replace(account.description.send, url="http://127.0.0.1:1/Messages.json")
    gone = replace(account, description=replace(account.description, send=send))

    async def go() -> None:
        connection = SupplierConnection(gone, sender="PLP", origin="https://plp.be", patience=2.0)
        try:
            await connection.send(Envelope(REFERENCE, NUMBER, Sms().prepare(Text("sms", "fr", "", "x")), {}, AT))
        finally:
            await connection.close()

    with pytest.raises(ConnectionFailed, match="sms-unreachable"):
        asyncio.run(go())


@pytest.mark.parametrize(
    ("key", "script", "sentences"),
    [
        ("twilio", [(200, {})], []),
        ("twilio", [(401, {})], ["The SMS gateway cannot be used (sms-set-up-401)"]),
        ("sinch", [None], ["The SMS gateway cannot be used (sms-cut)"]),
        ("ringring", [], []),  # there is nothing to ask: it is enough that it is there
    ],
)
def test_the_doctor_asks_whether_the_supplier_knows_us(
    settings, tmp_path: Path, key: str, script: list[Any], sentences: list[str]
) -> None:
    receiver = Receiver(next(case for case in CASES if case.key == key), *script)
    settings.SMS_SENDER, settings.SMS_URL_2 = "PLP", ""

    async def serve(ready: Callable[[int], None], ended: asyncio.Event) -> None:
        async with await asyncio.start_server(receiver.serve, "127.0.0.1", 0) as server:
            ready(server.sockets[0].getsockname()[1])
            await ended.wait()

    def check(port: int) -> list[str]:
        settings.SMS_URL = receiver.case.url_on_loopback(port, tmp_path)
        with translation.override("en"):
            return list(Sms().check())

    async def go() -> list[str]:
        ready: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        ended = asyncio.Event()
        serving = asyncio.create_task(serve(ready.set_result, ended))
        answer = await asyncio.to_thread(check, await ready)
        ended.set()
        await serving
        return answer

    answer = asyncio.run(go())

    assert [sentence.partition(":")[0] for sentence in answer] == sentences


@pytest.mark.parametrize(
    ("key", "status", "body", "kind", "reason"),
    [
        ("twilio", 400, {"code": 21211, "message": "+32475123456 is not valid"}, DeliveryFailed, "sms-twilio-21211"),
        ("twilio", 403, {"code": 21610}, DeliveryFailed, "sms-twilio-21610"),
        ("twilio", 400, {"code": 21606}, ConnectionFailed, "sms-set-up-21606"),
        ("twilio", 400, {"code": "+32475123456"}, DeliveryFailed, "sms-twilio-400"),
        ("twilio", 201, {"status": "queued"}, OutcomeUnknown, "sms-nonsense-201"),
        ("twilio", 201, [], OutcomeUnknown, "sms-nonsense-201"),
        ("twilio", 504, {}, OutcomeUnknown, "sms-nonsense-504"),
        ("twilio", 302, {}, OutcomeUnknown, "sms-nonsense-302"),
        ("vonage", 422, {"title": "Invalid params"}, DeliveryFailed, "sms-vonage-422"),
        ("vonage", 402, {"title": "Low balance"}, ConnectionFailed, "sms-set-up-402"),
        (
            "infobip",
            200,
            {"messages": [{"messageId": "1", "status": {"groupName": "REJECTED", "name": "REJECTED_NETWORK"}}]},
            DeliveryFailed,
            "sms-infobip-REJECTED_NETWORK",
        ),
        (
            "infobip",
            200,
            {"messages": [{"status": {"groupName": "REJECTED", "name": "REJECTED_NOT_ENOUGH_CREDITS"}}]},
            ConnectionFailed,
            "sms-set-up-REJECTED_NOT_ENOUGH_CREDITS",
        ),
        ("ringring", 200, {"ResultCode": 12, "ResultDescription": "no"}, DeliveryFailed, "sms-ringring-12"),
        ("smstools", 400, {"error": 102}, ConnectionFailed, "sms-set-up-102"),
        ("ovhcloud", 200, {"status": 202, "message": "bad number"}, DeliveryFailed, "sms-ovhcloud-202"),
        ("ovhcloud", 200, {"status": 401}, ConnectionFailed, "sms-set-up-401"),
    ],
)
def test_each_refusal_blames_the_right_one(
    key: str, status: int, body: Any, kind: type[Exception], reason: str
) -> None:
    account = next(account_of(case) for case in CASES if case.key == key)

    with pytest.raises(kind) as refused:
        accepted_or_raise_for_response(account, status, json.dumps(body).encode(), None)

    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("twillio://a:b@", "nobody described twillio"),
        ("twilio://a:b@?form=PLP", "knows no form="),
        ("vonage://a:b@", "needs secret (the signature secret"),
        ("infobip://:b@", "needs host (the base URL"),
    ],
)
def test_a_setting_that_lacks_something_says_what(url: str, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)) as refused:
        parse_supplier_url(url, "PLP_SMS_URL")

    assert str(refused.value).startswith("PLP_SMS_URL")


def test_the_sender_of_the_account_comes_before_that_of_the_installation() -> None:
    account = parse_supplier_url("vonage://k:p@?secret=s&from=+32460009999", "PLP_SMS_URL")

    request = compose_sms_request(
        account, to=NUMBER, text="x", sender="PLP", reference=REFERENCE, origin="https://plp.be"
    )

    assert json.loads(request.body)["from"] == "32460009999"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('content = "form"\n\n[send.fields]', 'content = "xml"\n\n[send.fields]', "content must be"),
        ('Body = "{text}"', 'Body = "{words}"', "nothing fills the place {words}"),
        ('Body = "{text}"', 'Body = "always"', "must hold {to} and {text}"),
        ('url = "https://api', 'url = "http://api', "must begin with https://"),
        ('id = "sid"', "", "id is missing"),
        ('code = "code"', "code = 5", "code has the wrong form"),
        ('later = ["20429"', "later = [20429", "later has the wrong form"),
        ('delivered = ["delivered", "read"]', 'delivered = "read"', "states has the wrong form"),
        ('when = { Body = "*" }', "when = { Body = 1 }", "when has the wrong form"),
        ('login = "basic"', 'password = "x"', "nobody knows what password means"),
        ('digest = "sha1"', 'digest = "md5"', "digest must be"),
        ('over = ["url", "fields"]', 'over = ["time"]', "names a piece that nobody knows"),
        ("delivered = [", "arrived = [", "states are"),
        ("[send]", "[send", "cannot be read as TOML"),
    ],
)
def test_a_faulty_description_says_where(tmp_path: Path, old: str, new: str, words: str) -> None:
    text = (HERE / "twilio.toml").read_text(encoding="utf-8")
    (tmp_path / "own.toml").write_text(text.replace(old, new))

    with pytest.raises(FaultyDescription, match=re.escape(words)):
        read_description(tmp_path / "own.toml")


def test_the_signature_that_twilio_publishes_is_right() -> None:
    fields = {"CallSid": "CA1234567890ABCDE", "Caller": "+14158675309", "Digits": "1234", "From": "+14158675309"}
    request = SignedRequest(
        "https://mycompany.com/myapp.php?foo=1&bar=2",
        {"x-twilio-signature": "RSOYDt4T1cUTdK1PDd93/VVr8B8="},
        b"",
        fields | {"To": "+18005551212"},
    )

    assert is_genuine_request(parse_supplier_url("twilio://AC1:12345@", "X"), request, now=NOW)
    assert not is_genuine_request(parse_supplier_url("twilio://AC1:12346@", "X"), request, now=NOW)


@pytest.mark.parametrize("case", [case for case in CASES if case.secret], ids=lambda case: case.key)
def test_what_is_signed_holds_for_that_address_body_and_time_alone(case: SupplierCase) -> None:
    query, body, _kind = case.brings(case.receipt, state=case.states[0], reference=REFERENCE)
    url = f"https://plp.example.be/api/inbound/sms/x?{query}"

    def genuine(body: bytes = body, url: str = url, now: int = NOW, **headers: str) -> bool:
        signed = {name.lower(): word for name, word in case.signature(url, body, now).items()} | headers
        fields = dict(parse_qsl(body.decode())) if case.content == "form" else {}
        return is_genuine_request(account_of(case), SignedRequest(url, signed, body, fields), now=NOW)

    assert genuine()
    right = {name.lower(): word for name, word in case.signature(url, body, NOW).items()}
    assert not genuine(body=body.replace(b"copy-0001", b"copy-0002"), **right)
    assert not genuine(**dict.fromkeys(right, ""))
    assert not genuine(**dict.fromkeys(right, "é" * 50))
    if case.key != "vonage":  # its token says nothing of the address
        assert not genuine(url=f"{url}&x", **right)
    if case.key != "twilio":  # its signature says nothing of the time
        assert not genuine(now=NOW - TOLERANCE - 1)


def test_a_token_without_a_signature_or_of_another_kind_is_refused() -> None:
    case = next(case for case in CASES if case.key == "vonage")
    claims = {
        "iat": NOW,
        "api_key": "key1",
        "payload_hash": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    }
    tokens = [
        jwt.encode(claims, "", algorithm="none"),
        jwt.encode(claims, case.secret * 2, algorithm="HS512"),
        jwt.encode({**claims, "api_key": "other"}, case.secret, algorithm="HS256"),
        jwt.encode({**claims, "iat": "soon"}, case.secret, algorithm="HS256"),
        jwt.encode({"api_key": "key1", "payload_hash": claims["payload_hash"]}, case.secret, algorithm="HS256"),
        "a.b.c",
    ]

    answers = [
        is_genuine_request(account_of(case), SignedRequest("u", {"authorization": f"Bearer {token}"}, b"", {}), now=NOW)
        for token in tokens
    ]

    assert answers == [False] * 6
