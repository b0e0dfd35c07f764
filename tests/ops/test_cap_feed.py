"""The feed of official alerts: new entries become drafts once; nothing leads to another host."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.conf import LazySettings

from plp.notices.models import Notice
from plp.ops import housekeeping
from plp.ops.cap_feed import AlertFeed, FeedUnreachable, fetch_file_from_host_of
from plp.toolbox import clock
from tests.alerts.capfiles import official
from tests.factories.cast import NOW, Cast
from tests.patience import PATIENCE

pytestmark = pytest.mark.django_db
ATOM = b"<feed xmlns='http://www.w3.org/2005/Atom'>%s</feed>"


class Site:
    """A small web server of an authority: what it answers, and what it was asked."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.answers = threading.Event()  # cleared, it keeps everybody waiting
        self.answers.set()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                site.answers.wait(PATIENCE)
                content = site.files.get(self.path)
                self.send_response(302 if content is None else 200)
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.end_headers()
                self.wfile.write(content or b"")

            def log_message(self, *_words: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/feed"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    Cast()
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()


def looked(feed: AlertFeed) -> int:
    """Fetch and receive, one after the other."""
    feed.fetch_feed_and_queue_new_alerts()
    return feed.turn_fetched_alerts_into_drafts()


def test_entries_are_followed_once_and_become_drafts(site: Site) -> None:
    site.files["/feed"] = ATOM % b"<entry><link href='/1.cap'/></entry><entry><link href='/2.cap'/></entry>"
    site.files |= {"/1.cap": official(), "/2.cap": official(status="Test")}
    feed = AlertFeed(site.address)

    done = [looked(feed), looked(feed)]

    assert (done, Notice.objects.filter(state="draft", author=None).count()) == ([1, 0], 2)
    assert site.asked == ["/feed", "/1.cap", "/2.cap", "/feed"]


def test_a_file_of_its_own_and_entries_that_hold_the_alert_are_read(site: Site) -> None:
    site.files["/feed"] = official()
    assert looked(AlertFeed(site.address)) == 1

    update = official("storm-2", kind="Update", names=("storm-1",)).split(b"?>", 1)[1]
    site.files["/feed"] = ATOM % b"<entry><content>%s</content></entry>" % update
    assert looked(AlertFeed(site.address)) == 1
    assert Notice.objects.count() == 2


def test_no_redirect_and_no_other_host(site: Site) -> None:
    other, good = (
        b"<entry><link href='http://169.254.1.1/secret'/><link href='http://['/></entry>",
        b"<entry><link href='/1.cap'/></entry>",
    )
    site.files |= {"/feed": ATOM % (other + good), "/1.cap": official()}

    assert looked(AlertFeed(site.address)) == 1
    for address in (f"{site.address}/moved", "http://169.254.1.1/", "file:///etc/passwd", "http://[", "/feed"):
        with pytest.raises(FeedUnreachable):
            fetch_file_from_host_of(address, near=site.address)


def test_a_look_waits_for_no_server(site: Site) -> None:
    site.files["/feed"] = official()
    feed = AlertFeed(site.address)
    site.answers.clear()

    assert [feed.receive_fetched_alerts_and_fetch_again(), feed.receive_fetched_alerts_and_fetch_again()] == [0, 0]
    assert feed.thread is not None
    site.answers.set()
    feed.thread.join()
    assert feed.receive_fetched_alerts_and_fetch_again() == 1


def test_a_feed_that_is_down_or_no_feed_stops_nothing(site: Site, settings: LazySettings) -> None:
    site.files["/feed"] = b"<!DOCTYPE html><html></html>"
    assert looked(AlertFeed(site.address)) == 0
    assert looked(AlertFeed("http://127.0.0.1:1/feed")) == 0

    settings.CAP_FEED = ""
    without = len(housekeeping.frequent_chores())
    settings.CAP_FEED = site.address
    assert len(housekeeping.frequent_chores()) == without + 1
