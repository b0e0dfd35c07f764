"""What other servers send back: the copy, the next channel, the mark on the address; and what is not believed."""

import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import OperationalError

from plp.channels.email.verp import return_path
from plp.delivery import actions
from plp.delivery.models import Dispatch, Receipt
from plp.delivery.references import reference_of
from plp.delivery.states import State
from plp.journal.models import Entry
from plp.ops import bounces
from plp.ops.cli import run
from plp.ops.inbox import AnswerMailbox
from plp.people.actions import confirm_contact_and_clear_failure
from plp.people.models import ContactPoint
from plp.toolbox import clock
from tests.factories import reports
from tests.factories.outbox import AT, audience, message, person

pytestmark = pytest.mark.django_db
PATTERN = "plp+*@plp.example.be"
LATER = AT + timedelta(hours=3)
BOTH = (("email", "jan.peeters@example.be"), ("sms", "+32470000001"))


def sent(*contacts: tuple[str, str], digest: bool = False) -> Dispatch:
    """A copy to a person with these contacts, taken by the mail server."""
    someone = person(*(contacts or BOTH))
    made = message("email", "sms")
    actions.enqueue_copy_for_each_person(message=made, contacts=audience().filter(person=someone), at=AT)
    Dispatch.objects.filter(message=made).update(state=State.ACCEPTED, settled_at=AT, digest=digest)
    return Dispatch.objects.get(message=made)


def address_of(row: Dispatch) -> str:
    return return_path(reference_of(row.pk, row.message_id), PATTERN)


def take(raw: bytes, at: datetime = LATER) -> bool:
    return bounces.record_bounce_in_returned_mail(raw, "", at=at)


def states() -> list[tuple[str, str, str]]:
    return list(Dispatch.objects.order_by("pk").values_list("channel", "state", "reason"))


def failures() -> dict[str, str]:
    return dict(ContactPoint.objects.values_list("channel", "failure"))


def test_a_dead_mailbox_is_known_marked_and_the_copy_goes_by_the_next_channel_now() -> None:
    row = sent()

    assert take(reports.status(address_of(row)))

    assert states() == [("email", "failed", "mailbox-gone"), ("sms", "queued", "")]
    assert failures() == {"email": "gone", "sms": ""}
    assert Entry.objects.filter(verb="contact.failing").count() == 1


def test_the_next_message_takes_another_channel_at_once_and_a_mark_is_no_stop() -> None:
    row = sent()
    take(reports.status(address_of(row)))
    ContactPoint.objects.filter(channel="sms").update(stopped_at=AT)
    alone = message("email", "sms")
    actions.enqueue_copy_for_each_person(message=alone, contacts=audience(), at=LATER)
    ContactPoint.objects.update(stopped_at=None)
    both = message("email", "sms")
    actions.enqueue_copy_for_each_person(message=both, contacts=audience(), at=LATER)

    assert [one.dispatches.get().channel for one in (alone, both)] == ["email", "sms"]


def test_what_waits_for_a_dead_mailbox_goes_elsewhere() -> None:
    row = sent()
    waiting = message("email", "sms")
    actions.enqueue_copy_for_each_person(message=waiting, contacts=audience(), at=AT)

    take(reports.status(address_of(row)))

    rows = waiting.dispatches.order_by("pk").values_list("channel", "state", "reason", "replaced")
    assert list(rows) == [("email", "failed", "address-marked", True), ("sms", "queued", "", False)]


@pytest.mark.parametrize(
    ("raw", "state", "failure"),
    [
        (lambda to: reports.status(to, code="5.2.2", words="smtp; 552 full"), "failed", "full"),
        (lambda to: reports.status(to, code="4.4.1", words="X-Postfix; timed out"), "failed", "unreachable"),
        (lambda to: reports.status(to, code="5.7.1", words="smtp; 550 spam"), "failed", ""),
        (lambda to: reports.status(to, action="delayed", code="4.2.0", words="smtp; 450 later"), "accepted", ""),
        (lambda to: reports.status(to, action="delivered", code="2.0.0", words="smtp; 250 ok"), "delivered", ""),
        (reports.complaint, "delivered", "unwanted"),
        (reports.vacation, "accepted", ""),
    ],
)
def test_each_report_has_its_meaning(raw: Callable[[str], bytes], state: str, failure: str) -> None:
    row = sent(("email", "jan.peeters@example.be"))

    take(raw(address_of(row)))

    row.refresh_from_db()
    assert (row.state, failures()["email"]) == (state, failure)


def test_a_report_that_is_brought_again_or_comes_too_late_changes_nothing() -> None:
    row = sent()
    news = [take(reports.status(address_of(row))) for _ in range(3)]
    delivered = sent(("email", "b@example.be"))
    take(reports.status(address_of(delivered), action="delivered", code="2.0.0"))

    news += [take(reports.status(address_of(delivered)))]

    delivered.refresh_from_db()
    assert (news, delivered.state) == ([True, False, False, False], "delivered")
    assert Receipt.objects.count() == 3


def test_a_forged_report_changes_nothing() -> None:
    row = sent()
    other = sent(("email", "b@example.be"))
    genuine, foreign = address_of(row), address_of(other)
    signature = foreign.partition("-")[2]
    forged = [
        f"plp+{row.pk}-{signature}",  # the signature of another copy
        re.sub(r"-.", "-x", genuine),
        genuine.replace(f"{row.pk}-", f"{row.pk + 999}-"),
        f"plp+{row.pk}-{'0' * 20}@plp.example.be",
        "plp@plp.example.be",
    ]

    assert [take(reports.status(to)) for to in forged] == [False] * len(forged)
    assert Receipt.objects.count() == 0
    assert {state for _channel, state, _reason in states()} == {"accepted"}
    assert failures() == {"email": "", "sms": ""}


def test_what_was_proven_meanwhile_bears_no_mark_for_a_copy_of_before() -> None:
    row = sent()
    contact = ContactPoint.objects.get(channel="email")
    take(reports.status(address_of(row), code="5.2.2", words="smtp; 552 full"))
    contact.refresh_from_db()
    marked = contact.failure

    confirm_contact_and_clear_failure(contact=contact, by=None, at=LATER)
    contact.refresh_from_db()
    again = sent_before(contact)
    take(reports.status(address_of(again)))

    contact.refresh_from_db()
    assert (marked, contact.failure, contact.failed_at, contact.confirmed_at) == ("full", "", None, LATER)
    again.refresh_from_db()
    assert again.state == "failed"


def sent_before(contact: ContactPoint) -> Dispatch:
    """A copy to a contact that was queued before it was proven again."""
    made = message("email", "sms")
    return Dispatch.objects.create(
        message=made, contact=contact, person=contact.person_id, channel="email", language="fr",
        state=State.ACCEPTED, queued_at=AT, due_at=AT, settled_at=AT,
    )  # fmt: skip


def test_of_messages_that_left_together_all_come_back() -> None:
    first = sent(("email", "jan.peeters@example.be"), digest=True)
    second = message("email", "sms")
    actions.enqueue_copy_for_each_person(message=second, contacts=audience(), at=AT)
    Dispatch.objects.filter(message=second).update(state=State.ACCEPTED, settled_at=AT, digest=True)
    alone = message("email", "sms")
    actions.enqueue_copy_for_each_person(message=alone, contacts=audience(), at=AT)
    Dispatch.objects.filter(message=alone).update(state=State.ACCEPTED, settled_at=AT)

    take(reports.status(address_of(first)))

    assert [state for _channel, state, _reason in states()] == ["failed", "failed", "accepted"]


def test_the_mailbox_of_answers_brings_reports_too() -> None:
    row = sent()
    box = AnswerMailbox(keys=lambda _name: None)
    box.fetched.put((b"1", box._parse_bounce_or_mail(reports.qmail(address_of(row)))))
    box.fetched.put((b"2", box._parse_bounce_or_mail(reports.vacation(address_of(row)))))

    assert box.record_bounces_and_answer_fetched_mails() == 1
    assert states()[0] == ("email", "failed", "mailbox-gone")


def test_a_pipe_of_the_mail_server_brings_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    row = sent()
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(reports.qmail("plp@plp.example.be"))))

    assert run(["bounce", address_of(row)]) == 0

    assert states()[0] == ("email", "failed", "mailbox-gone")


def test_a_pipe_takes_what_is_no_report_and_asks_again_when_it_cannot_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"x" * 1_000_000)))
    taken = run(["bounce"])

    def busy(*_given: object, **_more: object) -> bool:
        raise OperationalError

    monkeypatch.setattr(bounces, "record_bounce_in_returned_mail", busy)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"x")))

    assert (taken, run(["bounce"])) == (0, 75)


def test_a_report_that_comes_before_our_own_commit_is_not_lost() -> None:
    """The mail server may answer while the copy is still *sending* (F15)."""
    row = sent()
    Dispatch.objects.filter(pk=row.pk).update(state=State.SENDING, token="t", lease_until=clock.now(), settled_at=None)

    assert take(reports.status(address_of(row)))
    assert states()[0] == ("email", "failed", "mailbox-gone")
