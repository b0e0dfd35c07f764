"""The door of suppliers of SMS over HTTP: receipts and replies of each; forged, broken and repeated ones do nothing."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from plp.channels.sms import Sms
from plp.channels.sms.suppliers.account import parse_supplier_url
from plp.channels.sms.suppliers.callbacks import LONGEST_CALLBACK
from plp.delivery import actions
from plp.delivery.engine.dialects import database_dialect
from plp.delivery.engine.engine import Engine
from plp.delivery.engine.worker_database import WorkerDatabase
from plp.delivery.models import Dispatch, Receipt
from plp.delivery.references import reference_of
from plp.delivery.states import State
from plp.people.models import ContactPoint
from plp.toolbox import clock
from tests.channels.supplier_cases import CASES, NAME, NUMBER, Receiver, SupplierCase
from tests.factories import cast, outbox
from tests.patience import PATIENCE

cases = pytest.mark.parametrize("case", CASES, ids=[case.key for case in CASES])
OTHER = "+32475123457"


@pytest.fixture(autouse=True)
def origin(settings) -> None:
    """Where suppliers find us."""
    settings.ORIGIN, settings.SMS_CALLBACK_ORIGIN = "https://plp.example.be", ""


@pytest.fixture
def copy(db) -> Dispatch:
    """One SMS that the supplier took, under its name for it."""
    point = cast.contact(cast.person("Léa Peeters"), "sms", NUMBER)
    cast.contact(cast.person("Jan Voorbeeld", "nl"), "sms", OTHER)
    message = outbox.message("sms")
    actions.enqueue_copy_for_each_person(message=message, contacts=outbox.audience().filter(pk=point.pk), at=outbox.AT)
    Dispatch.objects.update(state=State.ACCEPTED)
    return Dispatch.objects.get()


class Supplier:
    """A supplier that brings things; what it signs, it signs as documented."""

    def __init__(self, case: SupplierCase, client: Client, settings) -> None:
        settings.SMS_URL = case.url
        self.case, self.client = case, client
        self.path = parse_supplier_url(case.url, "PLP_SMS_URL").callback_path

    def brings(
        self, news: Any, *, path: str = "", age: int = 0, forged: bool = False, body: bytes | None = None, **places: str
    ) -> int:
        """The status of our answer. ``forged``: signed with another key; ``body``: instead of what it would bring."""
        query, content, kind = self.case.brings(news, **places)
        content = content if body is None else body
        target = f"{path or self.path}{'?' if '?' not in (path or self.path) else '&'}{query}".rstrip("?&")
        now = int(clock.now().timestamp()) - age
        headers = self.case.signature(f"https://plp.example.be{target}", content, now)
        if forged:
            headers = {name: word[::-1] for name, word in headers.items()}
        method = "GET" if self.case.content == "query" else "POST"
        answer = self.client.generic(method, target, content, kind or "text/plain", headers=headers)
        return answer.status_code

    def receipt(self, copy: Dispatch, state: str, **more: Any) -> int:
        """A receipt of a copy, by our reference where the supplier knows it, else by its own name."""
        reference = reference_of(copy.pk, copy.message_id)
        path = f"{self.path}?copy={reference}" if "callback" in self.case.asks else ""
        if not self.case.names_copy:
            Dispatch.objects.filter(pk=copy.pk).update(reference=f"{self.case.key}/{NAME}")
        return self.brings(self.case.receipt, path=path, state=state, reference=reference, **more)


@pytest.fixture
def supplier(case: SupplierCase, client: Client, settings) -> Supplier:
    """The supplier of a case."""
    return Supplier(case, client, settings)


def state_of(copy: Dispatch) -> str:
    return Dispatch.objects.values_list("state", flat=True).get(pk=copy.pk)


def stopped() -> list[str]:
    return [point.address for point in ContactPoint.objects.exclude(stopped_at=None)]


@cases
@pytest.mark.parametrize("place", [0, 1], ids=["delivered", "failed"])
def test_a_receipt_moves_its_copy_once(supplier: Supplier, copy: Dispatch, place: int) -> None:
    answers = [supplier.receipt(copy, supplier.case.states[place]) for _again in range(2)]

    assert answers == [200, 200]
    assert state_of(copy) == ("delivered", "failed")[place]
    assert Receipt.objects.count() == 1


@cases
def test_a_stop_stops_that_number_and_is_heeded_once(supplier: Supplier, copy: Dispatch) -> None:
    assert supplier.brings(supplier.case.reply, text="Arrêt svp") == 200
    assert stopped() == [NUMBER]

    ContactPoint.objects.update(stopped_at=None)  # taken up again by its owner
    assert supplier.brings(supplier.case.reply, text="Arrêt svp") == 200  # the same one, brought again
    assert stopped() == []
    assert supplier.brings(supplier.case.reply, text="Arrêt svp", name="copy-0002") == 200
    assert stopped() == [NUMBER]


@pytest.mark.parametrize("case", CASES[:1], ids=lambda case: case.key)
def test_the_last_word_after_a_stop_leaves_by_the_outbox(supplier: Supplier, copy: Dispatch) -> None:
    supplier.brings(supplier.case.reply, text="STOP")

    assert Dispatch.objects.filter(message__purpose="people.stop").count() == 1


@cases
def test_a_forged_callback_does_nothing(supplier: Supplier, copy: Dispatch) -> None:
    wrong = f"{supplier.path[:-1]}{'0' if supplier.path[-1] != '0' else '1'}"
    other = supplier.path.replace(supplier.case.key, "kannel")
    delivered = supplier.case.states[0]

    answers = [supplier.receipt(copy, delivered, forged=True)] if supplier.case.secret else []
    answers += [
        supplier.brings(supplier.case.reply, path=path, text="STOP") for path in (wrong, other, f"{supplier.path}é")
    ]

    assert set(answers[-3:]) == {404}
    assert answers[:-3] in ([], [403])
    assert (state_of(copy), stopped(), Receipt.objects.count()) == ("accepted", [], 0)


@pytest.mark.parametrize("case", [case for case in CASES if case.key in {"vonage", "bird"}], ids=lambda case: case.key)
def test_a_callback_of_yesterday_is_refused(supplier: Supplier, copy: Dispatch) -> None:
    assert supplier.receipt(copy, supplier.case.states[0], age=86_400) == 403
    assert state_of(copy) == "accepted"


@cases
def test_a_broken_body_is_refused_and_breaks_nothing(supplier: Supplier, copy: Dispatch) -> None:
    broken = [b"", b"\xff\xfe", b"[" * 50_000, b"[1, null, {}]", b"5", b"&".join([b"a=1"] * 200)]
    too_long = b"x" * (LONGEST_CALLBACK + 1)

    answers = {supplier.brings(supplier.case.receipt, body=body, state="x", reference="x") for body in broken}

    news_of_others = set() if supplier.case.content == "json" else {200}  # a form without the fields
    assert answers <= {400} | news_of_others
    assert supplier.brings(supplier.case.receipt, body=too_long, state="x", reference="x") == 413
    assert (state_of(copy), stopped(), Receipt.objects.count()) == ("accepted", [], 0)


VALUES = (None, 5, True, [], {}, ["x"], {"a": 1}, "\x00", "x" * 5000)


@cases
def test_a_value_of_another_kind_breaks_nothing(supplier: Supplier, copy: Dispatch) -> None:
    def spoiled(tree: Any, value: Any) -> Any:
        if isinstance(tree, dict):
            return {name: spoiled(branch, value) for name, branch in tree.items()}
        if isinstance(tree, list):
            return [spoiled(branch, value) for branch in tree]
        return value if isinstance(tree, str) and "{" in tree else tree

    news = [spoiled(tree, value) for value in VALUES for tree in (supplier.case.receipt, supplier.case.reply)]

    answers = {supplier.brings(tree) for tree in news}

    assert answers <= {200, 400}
    assert (state_of(copy), stopped()) == ("accepted", [])


@cases
def test_a_receipt_that_comes_first_waits_for_the_copy(supplier: Supplier, copy: Dispatch) -> None:
    news = supplier.case.receipt

    answer = supplier.brings(news, state=supplier.case.states[0], reference="", name="early-1")

    assert answer == 200
    stored = Receipt.objects.get()
    assert (stored.dispatch, stored.reference, stored.state) == (None, f"{supplier.case.key}/early-1", "delivered")


@pytest.mark.django_db(transaction=True)
def test_an_sms_leaves_by_the_worker_and_its_receipt_comes_home(settings, client: Client, tmp_path: Path) -> None:
    case = CASES[0]
    receiver = Receiver(case)
    settings.SMS_SENDER = "+32460001234"

    async def work() -> None:
        server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
        settings.SMS_URL = case.url_on_loopback(server.sockets[0].getsockname()[1], tmp_path)
        channels = {"sms": Sms()}
        store = WorkerDatabase(database_dialect(connection.vendor, clock.now), channels, lease=60)
        await asyncio.wait_for(Engine(store, channels, connections=4, drain=True).run(), PATIENCE)
        server.close()

    point = cast.contact(cast.person("Léa Peeters"), "sms", NUMBER)
    message = outbox.message("sms", at=clock.now())
    actions.enqueue_copy_for_each_person(
        message=message, contacts=outbox.audience().filter(pk=point.pk), at=clock.now()
    )
    asyncio.run(work())
    copy = Dispatch.objects.get()
    callback = receiver.taken[0]["callback"].removeprefix("https://plp.example.be")

    answer = Supplier(case, client, settings).brings(case.receipt, path=callback, state="delivered")

    assert (copy.state, copy.reference) == ("accepted", f"twilio/{NAME}")
    assert [values["to"] for values in receiver.taken] == [NUMBER]
    assert (answer, state_of(copy)) == (200, "delivered")
