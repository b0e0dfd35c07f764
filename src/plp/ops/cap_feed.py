"""The feed of official alerts that ``PLP_CAP_FEED`` names: looked at every minute, turned into drafts (R125).

One address, chosen by the operator. What it leads to is fetched from the same host alone, without following a redirect:
a feed cannot send this machine anywhere else.
"""

import http.client
import logging
import ssl
from hashlib import sha256
from urllib.parse import SplitResult, urljoin, urlsplit

from plp.alerts import actions as alerts
from plp.alerts.cap import alerts_of_feed
from plp.alerts.cap.reading import MOST_BYTES
from plp.toolbox import clock
from plp.toolbox.moves import Refused

EVERY = 60.0  # seconds
PATIENCE = 10.0  # seconds for a slow server
MOST_LINKS = 50  # entries of a feed that are followed at one look
MOST_KNOWN = 5_000
log = logging.getLogger(__name__)


class Unreachable(Exception):
    """The feed does not answer with a file."""


class Feed:
    """One feed. It remembers what it has seen, so that nothing is fetched or read twice while the worker lives."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.seen: set[str] = set()

    def look(self) -> int:
        """Fetch the feed and receive what is new in it. Answers how many alerts became drafts or proposals."""
        held, links = alerts_of_feed(fetch(self.address, near=self.address))
        if len(self.seen) > MOST_KNOWN:
            self.seen.clear()
        for link in [urljoin(self.address, one) for one in links][:MOST_LINKS]:
            if link not in self.seen:
                held.append(fetch(link, near=self.address))
                self.seen.add(link)
        return sum(self._receive(content) for content in held)

    def _receive(self, content: bytes) -> bool:
        """Whether an alert did something; why not is of no use every minute."""
        key = sha256(content).hexdigest()
        if key in self.seen:
            return False
        try:
            alerts.receive(content=content, by=None, at=clock.now())
        except Refused as refusal:
            log.info("an official alert of the feed drafted nothing: %s", type(refusal).__name__)
            return False
        finally:
            self.seen.add(key)
        return True


def fetch(address: str, *, near: str) -> bytes:
    """The file at ``address``. Raises ``Unreachable`` unless it is on the host of ``near`` and answers 200 in time."""
    parts, home = urlsplit(address), urlsplit(near)
    if (parts.scheme, parts.netloc) != (home.scheme, home.netloc):
        raise Unreachable("another host")
    connection = _connection(parts)
    try:
        connection.request("GET", f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}")
        answer = connection.getresponse()
        content = answer.read(MOST_BYTES + 1)
    except (OSError, http.client.HTTPException) as wrong:
        raise Unreachable(type(wrong).__name__) from wrong
    finally:
        connection.close()
    if answer.status != http.HTTPStatus.OK or len(content) > MOST_BYTES:
        raise Unreachable(f"status {answer.status}")
    return content


def _connection(parts: SplitResult) -> http.client.HTTPConnection:
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(parts.netloc, timeout=PATIENCE, context=context)
    return http.client.HTTPConnection(parts.netloc, timeout=PATIENCE)
