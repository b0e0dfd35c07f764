"""The gateway of the demonstration answers as Kannel does."""

import urllib.error
import urllib.parse
import urllib.request

import pytest

from plp.ops.receivers.mailbox import ReceivedSms, sms_receiver
from tests.patience import PATIENCE


def ask(port: int, **query: str) -> int:
    address = f"http://127.0.0.1:{port}/cgi-bin/sendsms?{urllib.parse.urlencode(query)}"
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        return int(answer.status)


def test_a_message_without_receiver_is_refused_and_not_counted() -> None:
    taken: list[ReceivedSms] = []
    with sms_receiver(taken.append) as gateway:
        accepted = ask(gateway.port, to="+32470000001", text="Bonjour", **{"from": "PLP"})
        with pytest.raises(urllib.error.HTTPError) as refused:
            ask(gateway.port, text="Bonjour")
        refused.value.close()

    assert (accepted, refused.value.code, gateway.count) == (202, 400, 1)
    assert taken == [ReceivedSms("PLP", "+32470000001", "Bonjour")]
