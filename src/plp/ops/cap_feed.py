"""The feed of official alerts that ``PLP_CAP_FEED`` names: looked at every minute, turned into drafts (R125).

One address, chosen by the operator. What it leads to is fetched from the same host alone, without following a redirect:
a feed cannot send this machine anywhere else.
"""

import http.client
import logging
import ssl
from hashlib import sha256
from queue import SimpleQueue
from threading import Thread
from urllib.parse import SplitResult, urljoin, urlsplit

from plp.alerts import actions as alerts
from plp.alerts.cap import alerts_and_links_of_feed
from plp.alerts.cap.parser import MOST_BYTES
from plp.toolbox import clock
from plp.toolbox.moves import Refused

EVERY = 60.0  # seconds
PATIENCE = 10.0  # seconds for a slow server
MOST_LINKS = 50  # entries of a feed that are followed at one look
MOST_KNOWN = 5_000
log = logging.getLogger(__name__)


class FeedUnreachable(Exception):
    """The feed does not answer with a file."""


class AlertFeed:
    """One feed. A thread of its own fetches, so that a slow server holds up no delivery; the worker receives.

    It remembers what it has seen: nothing is fetched or read twice while the worker lives.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.seen: set[str] = set()
        self.fetched: SimpleQueue[bytes] = SimpleQueue()
        self.thread: Thread | None = None

    def receive_fetched_alerts_and_fetch_again(self) -> int:
        """Receive what came since the last look, and begin to fetch again. Answers how many alerts did something."""
        if self.thread is None or not self.thread.is_alive():
            self.thread = Thread(target=self.fetch_feed_and_queue_new_alerts, name="cap-feed", daemon=True)
            self.thread.start()
        return self.turn_fetched_alerts_into_drafts()

    def fetch_feed_and_queue_new_alerts(self) -> None:
        """Fetch the feed and what is new in it. A fault is told by its kind, and the next entry comes."""
        if len(self.seen) > MOST_KNOWN:
            self.seen.clear()
        try:
            held, links = alerts_and_links_of_feed(fetch_file_from_host_of(self.address, near=self.address))
        except (FeedUnreachable, Refused) as fault:
            log.warning("the feed of official alerts cannot be read: %s", type(fault).__name__)
            return
        for content in held:
            self.fetched.put(content)
        for link in links[:MOST_LINKS]:
            if link not in self.seen:
                self._fetch_linked_alert(link)

    def _fetch_linked_alert(self, link: str) -> None:
        try:
            self.fetched.put(fetch_file_from_host_of(urljoin(self.address, link), near=self.address))
        except (FeedUnreachable, ValueError):  # on another host, not there, or no address at all
            log.warning("an entry of the feed of official alerts cannot be fetched")
        else:
            self.seen.add(link)

    def turn_fetched_alerts_into_drafts(self) -> int:
        """Receive what was fetched. Answers how many alerts became drafts or proposals."""
        done = 0
        while not self.fetched.empty():
            done += self._receive_alert_or_ignore_it(self.fetched.get())
        return done

    def _receive_alert_or_ignore_it(self, content: bytes) -> bool:
        """Whether an alert did something; why not is of no use every minute."""
        key = sha256(content).hexdigest()
        if key in self.seen:
            return False
        self.seen.add(key)
        try:
            alerts.receive_cap_alert_and_draft_notices(content=content, by=None, at=clock.now())
        except Refused as refusal:
            log.info("an official alert of the feed drafted nothing: %s", type(refusal).__name__)
            return False
        return True


def fetch_file_from_host_of(address: str, *, near: str) -> bytes:
    """The file at ``address``. Raises ``FeedUnreachable`` unless it is on the host of ``near`` and answers in time."""
    try:
        parts, home = urlsplit(address), urlsplit(near)
    except ValueError as wrong:
        raise FeedUnreachable("no address") from wrong
    if (parts.scheme, parts.netloc) != (home.scheme, home.netloc):
        raise FeedUnreachable("another host")
    connection = _http_connection(parts)
    try:
        connection.request("GET", f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}")
        answer = connection.getresponse()
        content = answer.read(MOST_BYTES + 1)
    except (OSError, ValueError, http.client.HTTPException) as wrong:
        raise FeedUnreachable(type(wrong).__name__) from wrong
    finally:
        connection.close()
    if answer.status != http.HTTPStatus.OK or len(content) > MOST_BYTES:
        raise FeedUnreachable(f"status {answer.status}")
    return content


def _http_connection(parts: SplitResult) -> http.client.HTTPConnection:
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(parts.netloc, timeout=PATIENCE, context=context)
    return http.client.HTTPConnection(parts.netloc, timeout=PATIENCE)
