"""The other side of the proof of receipts: copies that wait for news, the gateway's door, and who else knocks there.

A process with the database under test; each line of JSON calls a procedure (``message_queue.serve_procedure_calls``).
"""

import random
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment

from plp.channels.sms.kannel import RECEIPT_PURPOSE
from plp.delivery import actions
from plp.delivery.links import stop_link
from plp.delivery.models import Dispatch, Receipt
from plp.delivery.references import reference_of
from plp.delivery.states import State
from plp.toolbox import clock
from plp.toolbox.crypto import sign
from proof.procedures import message_queue
from tests.factories import outbox
from tests.factories.static_files import keep_static_files

KINDS = (1, 2, 4, 8, 16)  # Kannel's: delivered, not delivered, kept, taken, refused by the operator
STARTS = (State.SENDING, State.ACCEPTED, State.UNKNOWN)
AT_ONCE = 100  # copies made together
LINES = 4  # connections that bring receipts at once


def create_people_with_mobile_and_email() -> None:
    """Tables, and people with a number and with an e-mail address."""
    setup_test_environment(debug=False)
    keep_static_files()
    outbox.make_database()
    outbox.people(AT_ONCE, channel="sms", at=clock.now())
    outbox.people(1, channel="email", at=clock.now(), first=AT_ONCE)


def create_accepted_copies(number: int, channel: str = "sms") -> list[Dispatch]:
    """So many fresh copies of one message that the gateway took."""
    made = outbox.message(channel, at=clock.now())
    actions.enqueue_copy_for_each_person(message=made, contacts=outbox.audience(), at=clock.now())
    rows = list(made.dispatches.order_by("id")[:number])
    Dispatch.objects.filter(message=made).update(state=State.ACCEPTED)
    return rows


def receipt_url(copy: Dispatch, kind: int) -> str:
    """Where the gateway brings a report of a copy."""
    reference = reference_of(copy.pk, copy.message_id)
    return f"/api/receipts/sms/{reference}/{sign(reference, purpose=RECEIPT_PURPOSE)}?type={kind}"


def possible_receipt_orders(longest: int) -> list[tuple[int, ...]]:
    """Every order of up to so many reports, each kind once or, among six, one of them twice."""
    found: set[tuple[int, ...]] = set()
    for length in range(1, longest + 1):
        sets: Iterable[Sequence[int]] = [KINDS] if length <= len(KINDS) else [(*KINDS, twice) for twice in KINDS]
        found.update(order for kinds in sets for order in permutations(kinds, length))
    return sorted(found)


def expected_state_after(order: Sequence[int]) -> str:
    """What these reports mean together, whatever their order: delivered, else failed, else taken."""
    if 1 in order:
        return State.DELIVERED
    return State.FAILED if {2, 16} & set(order) else State.ACCEPTED


def send_receipts_in_all_orders(longest: int) -> list[int]:
    """Bring reports in every order, from every state a copy may be in, over ``LINES`` lines at once. Answers how many
    orders, wrong ends, and receipts kept twice or not at all.
    """
    tried = possible_receipt_orders(longest)
    wrong = miscounted = 0
    with ThreadPoolExecutor(LINES) as lines:
        for begin in range(0, len(tried), AT_ONCE):
            some = tried[begin : begin + AT_ONCE]
            rows = create_accepted_copies(len(some))
            for place, row in enumerate(rows):
                _set_copy_state(row, STARTS[(begin + place) % len(STARTS)])
            list(lines.map(_send_receipts_in_order, zip(rows, some, strict=True)))
            ends = dict(Dispatch.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "state"))
            wrong += sum(ends[row.pk] != expected_state_after(order) for row, order in zip(rows, some, strict=True))
            miscounted += abs(
                Receipt.objects.filter(dispatch__in=rows).count() - sum(len(set(order)) for order in some)
            )
    return [len(tried), wrong, miscounted]


def send_receipts_of_one_copy_at_once(times: int) -> list[int]:
    """Six reports of one copy at the same moment, so many times. Answers wrong ends and receipts kept twice or lost."""
    dice = random.Random(times)
    wrong = miscounted = 0
    with ThreadPoolExecutor(LINES) as lines:
        for _ in range(times):
            [row] = create_accepted_copies(1)
            kinds = [*KINDS, dice.choice(KINDS)]
            dice.shuffle(kinds)
            list(lines.map(_request_receipt_url, [receipt_url(row, kind) for kind in kinds]))
            row.refresh_from_db()
            wrong += row.state != State.DELIVERED
            miscounted += abs(Receipt.objects.filter(dispatch=row).count() - len(KINDS))
    return [wrong, miscounted]


def send_early_receipts_and_count_lost(number: int) -> int:
    """A report under the supplier's own name, before our commit knows that name. Answers how many were dropped."""
    rows = create_accepted_copies(number)
    for row in rows:
        news = actions.receipts.contract.Receipt(f"smsc-{row.pk}", "delivered", f"early:{row.pk}")
        actions.record_receipt_and_move_dispatch(channel="sms", receipt=news, at=clock.now())
        Dispatch.objects.filter(pk=row.pk).update(reference=f"smsc-{row.pk}")
    actions.receipts.apply_parked_receipts([f"smsc-{row.pk}" for row in rows], at=clock.now())
    return len(rows) - Dispatch.objects.filter(pk__in=[row.pk for row in rows], state=State.DELIVERED).count()


def send_forged_receipts_and_count(number: int, seed: int) -> list[int]:
    """Knock with so many forged reports. Answers how many were let in, states changed and receipts kept; then how many
    genuine ones counted, of as many copies.
    """
    rows, [mail] = create_accepted_copies(20), create_accepted_copies(1, "email")
    dice, kept, client = random.Random(seed), Receipt.objects.count(), Client()
    let_in = sum(client.get(_forged_receipt_url(dice, rows)).status_code < 400 for _ in range(number))
    client.get(receipt_url(mail, 1))  # signed rightly, for a copy that no gateway had
    changed = Dispatch.objects.filter(pk__in=[*(row.pk for row in rows), mail.pk]).exclude(state=State.ACCEPTED).count()
    parked = Receipt.objects.exclude(dispatch=None).count() - kept
    for row in rows:
        client.get(receipt_url(row, 1))
    genuine = Dispatch.objects.filter(pk__in=[row.pk for row in rows], state=State.DELIVERED).count()
    return [let_in, changed, parked, len(rows) - genuine]


def _forged_receipt_url(dice: random.Random, rows: Sequence[Dispatch]) -> str:
    """One address that nobody of ours made."""
    row, other = dice.sample(list(rows), 2)
    kind = dice.choice(KINDS)
    path, _, query = receipt_url(row, kind).partition("?")
    folder, _, signature = path.rpartition("/")
    reference = reference_of(row.pk, row.message_id)
    place, letter = dice.randrange(len(signature)), dice.choice("0123456789abcdef")
    wrong = (
        "".join(dice.choice("0123456789abcdef") for _ in signature),
        signature[:place] + ("g" if letter == signature[place] else letter) + signature[place + 1 :],
        signature[:-1],
        signature.upper() if signature.upper() != signature else "0",
        receipt_url(other, kind).partition("?")[0].rpartition("/")[2],  # another copy's
        sign(reference, purpose=dice.choice(("stop", "sms-inbound", "code"))),  # another purpose's
        urlsplit(stop_link(row.contact_id or "")).path.rpartition("/")[2],  # another person's right
    )
    if dice.random() < 0.1:  # the right signature, for another number or another message
        number = f"p{row.pk + dice.randrange(1, 10**6)}-{row.message_id.hex}"
        moved = dice.choice((number, f"p{row.pk}-{other.pk:032x}", f"p0{reference[1:]}", reference.upper()))
        return f"/api/receipts/sms/{moved}/{signature}?{query}"
    return f"{folder}/{dice.choice(wrong)}?{query}"


def _set_copy_state(row: Dispatch, state: str) -> None:
    """As a worker leaves it: in hand, taken, or in doubt."""
    more = {"token": "t", "lease_until": clock.now()} if state == State.SENDING else {}
    Dispatch.objects.filter(pk=row.pk).update(state=state, **more)


def _send_receipts_in_order(work: tuple[Dispatch, tuple[int, ...]]) -> None:
    row, order = work
    for kind in order:
        _request_receipt_url(receipt_url(row, kind))


def _request_receipt_url(address: str) -> None:
    try:
        answer = Client().get(address, headers={"host": urlsplit(settings.ORIGIN).netloc})
        assert answer.status_code == 200, answer.status_code
    finally:
        connection.close()


PROCEDURES = {
    function.__name__: function
    for function in (
        create_people_with_mobile_and_email,
        send_receipts_in_all_orders,
        send_receipts_of_one_copy_at_once,
        send_early_receipts_and_count_lost,
        send_forged_receipts_and_count,
    )
}


def serve_procedure_calls() -> None:
    """Answer each call of a procedure on standard input, until that ends."""
    message_queue.serve_procedure_calls(PROCEDURES)
