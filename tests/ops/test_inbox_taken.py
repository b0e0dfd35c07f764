"""What was fetched from the mailbox is seen to one by one: a mail that cannot be read stops none of the others."""

import pytest
from django.db import DatabaseError

from plp.channels.email.inbox import InboxUnreachable
from plp.ops import inbox
from plp.ops.inbox import AnswerMailbox


@pytest.fixture
def box() -> AnswerMailbox:
    """A mailbox from which four mails were fetched, one of them no mail at all."""
    made = AnswerMailbox()
    for number, mail in enumerate(("done", None, "broken", "nothing")):
        made.fetched.put((b"%d" % number, mail))  # type: ignore[arg-type]
        made.fetched_numbers.add(b"%d" % number)
    return made


def test_a_mail_that_breaks_is_told_by_its_kind_and_the_next_one_comes(
    box: AnswerMailbox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def take(mail: str) -> bool:
        if mail == "broken":
            raise ValueError("Marie Dupont")
        return mail == "done"

    monkeypatch.setattr(inbox, "relay_or_carry_out_or_forward_mail", take)

    assert box.record_bounces_and_answer_fetched_mails() == 1
    assert list(box.handled) == [b"0", b"1", b"2", b"3"]
    assert caplog.messages == ["an answer could not be seen to: ValueError"]


def test_a_mail_that_the_database_did_not_take_comes_again(box: AnswerMailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    def take(_mail: str) -> bool:
        raise DatabaseError

    monkeypatch.setattr(inbox, "relay_or_carry_out_or_forward_mail", take)

    with pytest.raises(DatabaseError):
        box.record_bounces_and_answer_fetched_mails()
    assert b"0" not in box.fetched_numbers
    assert (list(box.handled), box.fetched.qsize()) == ([], 3)


def test_a_bad_day_is_seen_to_little_by_little(box: AnswerMailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever commits deliveries waits for each of them; the mailbox is read again when all of it is seen to."""
    monkeypatch.setattr(inbox, "relay_or_carry_out_or_forward_mail", lambda _mail: True)
    monkeypatch.setattr(inbox, "AT_ONCE", 3)

    done = box.answer_few_mails_and_start_fetch()

    assert (done, len(box.handled), box.thread) == (2, 3, None)


def test_the_mailbox_is_read_by_one_thread_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    box, looks = AnswerMailbox(), []
    monkeypatch.setattr(box, "fetch_mails_or_log_fault", lambda: looks.append(1))

    class Reading:
        """A thread that still reads."""

        def is_alive(self) -> bool:
            return True

    box.thread = Reading()  # type: ignore[assignment]
    assert box.answer_few_mails_and_start_fetch() == 0
    box.thread = None
    box.answer_few_mails_and_start_fetch()
    assert box.thread is not None
    box.thread.join(5)

    assert looks == [1]


def test_a_mailbox_that_cannot_be_read_is_told_without_its_address(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    box = AnswerMailbox()

    def closed() -> None:
        raise InboxUnreachable("imap-refused")

    monkeypatch.setattr(box, "fetch_new_mails_and_delete_old", closed)

    box.fetch_mails_or_log_fault()

    assert caplog.messages == ["the mailbox of answers cannot be read: imap-refused"]


def test_what_is_known_already_is_not_fetched_again(monkeypatch: pytest.MonkeyPatch, settings) -> None:
    asked: list[bytes] = []

    class Box:
        def __enter__(self) -> "Box":
            return self

        def __exit__(self, *_fault: object) -> None:
            """It is closed."""

        def mark_seen(self, uids: list[bytes]) -> None:
            marked.extend(uids)

        def unread_uids(self) -> list[bytes]:
            return [b"1", b"2"]

        def fetch(self, uid: bytes) -> None:
            asked.append(uid)

        def delete_old_seen_mails(self, _day: object) -> None:
            """There is none."""

    marked: list[bytes] = []
    settings.IMAP_URL = "imaps://plp:x@127.0.0.1:1/INBOX"
    monkeypatch.setattr(inbox, "open_inbox", lambda _url, *, cafile: Box())
    box = AnswerMailbox()
    box.fetched_numbers, box.handled = {b"0", b"1"}, inbox.deque([b"0"])

    box.fetch_new_mails_and_delete_old()

    assert (asked, marked, box.fetched_numbers) == ([b"2"], [b"0"], {b"1", b"2"})
    assert box.fetched.get() == (b"2", None)
