"""The door for letters of other installations: a status for the machine there, and nothing for strangers."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from plp.exchange.models import SupralocalOffer
from tests.exchange.peer import Peer, connected
from tests.factories.cast import NOW, Cast

pytestmark = pytest.mark.django_db
URL = "/api/v1/letters"


@pytest.fixture
def connection() -> Iterator[tuple[Peer, Client]]:
    with time_machine.travel(NOW, tick=False):
        yield connected(Cast())[0], Client(enforce_csrf_checks=True)


def post(client: Client, content: bytes) -> tuple[int, dict[str, str]]:
    answer = client.post(URL, content, content_type="application/age")
    return answer.status_code, answer.json()


def test_a_letter_is_taken_once(connection: tuple[Peer, Client]) -> None:
    peer, client = connection
    letter = peer.letter("offer", peer.offer())

    assert post(client, letter) == (200, {"outcome": "taken"})
    assert post(client, letter) == (200, {"outcome": "repeated"})
    assert SupralocalOffer.objects.count() == 1


def test_why_a_letter_is_not_taken_is_one_word(connection: tuple[Peer, Client]) -> None:
    peer, client = connection

    assert post(client, b"hello") == (400, {"reason": "unreadable"})
    assert post(client, Peer().letter("offer", peer.offer())) == (403, {"reason": "forged"})
    assert post(client, peer.letter("offer", peer.offer(), number=900)) == (409, {"reason": "too_far_ahead"})
    assert post(client, b"x" * (512 * 1024 + 1)) == (413, {"reason": "too_long"})
    assert client.post(URL, {"a": "form"}).status_code == 415
    assert client.get(URL).status_code == 405
