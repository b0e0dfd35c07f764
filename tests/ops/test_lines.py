"""Lines to others: in TLS where the address says so, to what is public alone, and closed when the other side fails."""

import http.client
import socket
import threading
from collections.abc import Iterator

import pytest

from plp.ops import cap_feed, webhooks


@pytest.fixture
def port() -> Iterator[int]:
    """A server that speaks no TLS: it hangs up at the first word."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            line, _address = server.accept()
            line.recv(100)
            line.close()

        threading.Thread(target=answer, daemon=True).start()
        yield server.getsockname()[1]


@pytest.mark.parametrize(
    ("scheme", "kind"), [("https", http.client.HTTPSConnection), ("http", http.client.HTTPConnection)]
)
def test_a_feed_is_read_as_its_address_says(scheme: str, kind: type) -> None:
    assert type(cap_feed._http_connection(cap_feed.urlsplit(f"{scheme}://alerts.example.be/feed"))) is kind


def test_a_feed_that_was_seen_too_often_is_known_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    feed = cap_feed.AlertFeed("http://127.0.0.1:1/feed")
    monkeypatch.setattr(cap_feed, "MOST_KNOWN", 1)
    feed.seen |= {"one", "two"}

    feed.fetch_feed_and_queue_new_alerts()

    assert feed.seen == set()


def test_a_name_that_nobody_knows_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhooks.socket, "getaddrinfo", lambda *_place, **_more: [])

    with pytest.raises(webhooks.NotPublic):
        webhooks.open_connection_to_public_address("https://hooks.evere.be/in")


def test_who_speaks_no_tls_is_told_nothing_and_the_line_is_closed(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    opened: list[socket.socket] = []
    connect = socket.create_connection
    rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(webhooks, "is_public", lambda _address: True)
    monkeypatch.setattr(webhooks.socket, "getaddrinfo", lambda *_place, **_more: rows)

    def kept(*place: object, **more: object) -> socket.socket:
        opened.append(connect(("127.0.0.1", port), timeout=5))
        return opened[-1]

    monkeypatch.setattr(webhooks.socket, "create_connection", kept)

    with pytest.raises(OSError, match=r".*"):
        webhooks.open_connection_to_public_address(f"https://hooks.evere.be:{port}/in")
    assert [line.fileno() for line in opened] == [-1]
