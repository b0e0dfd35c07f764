"""Calls to programs of others: made by threads of the worker, so that a slow receiver holds up no delivery.

Only https on port 443 of a host on the list of the operator, an address that is public, no redirect (T44).
"""

import http.client
import json
import socket
import ssl
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from threading import Timer
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from plp.connections import webhook_calls
from plp.connections.models import Call
from plp.connections.rules import is_allowed_webhook_address, webhook_signature
from plp.connections.states import Event
from plp.delivery.public_addresses import is_public
from plp.sightings.queries import sighting_behind_link
from plp.sightings.queries.report_files import report_document
from plp.sightings.states import State
from plp.toolbox import clock

EVERY = 10.0  # seconds
PATIENCE = 10.0  # seconds for a whole call
AT_ONCE = 4  # lines


class NotPublic(OSError):
    """A name that leads into a private network."""


class WebhookCaller:
    """Looks for what happened, makes the calls that are due, and writes down what became of them."""

    def __init__(self) -> None:
        self.lines = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="webhook")
        self.under_way: list[Future[webhook_calls.CallOutcome]] = []

    def record_outcomes_and_start_due_calls(self) -> None:
        """Bring back what is done; once everything is, take what is due."""
        finished_calls = [future for future in self.under_way if future.done()]
        self.under_way = [future for future in self.under_way if not future.done()]
        webhook_calls.record_call_outcomes(outcomes=[future.result() for future in finished_calls], at=clock.now())
        webhook_calls.queue_calls_for_journal_entries(at=clock.now())
        if not self.under_way:
            at = clock.now()
            calls = webhook_calls.lease_due_webhook_calls(at=at)
            self.under_way = [
                self.lines.submit(post_webhook_call, letter) for letter in [WebhookCall(call, at) for call in calls]
            ]


class WebhookCall:
    """Everything of a call, read from the database before a thread takes it."""

    def __init__(self, call: Call, at: datetime) -> None:
        self.call = call.pk
        self.address = call.receiver.address
        words = webhook_body(call)
        self.body = words.encode()
        name, seconds = f"msg_{call.pk.hex}", int(at.timestamp())
        self.headers = {
            "content-type": "application/json",
            "user-agent": "plp",
            "webhook-id": name,
            "webhook-timestamp": str(seconds),
            "webhook-signature": webhook_signature(call.receiver.secret, name, seconds, words),
        }


def webhook_body(call: Call) -> str:
    """What is told. A report is put in as it leaves and stands in no row of calls; one that was erased is left out."""
    if call.event != Event.REPORT:
        return call.body
    event = json.loads(call.body)
    sighting = sighting_behind_link(UUID(event["data"]["id"]))
    if sighting is not None and sighting.state != State.PURGED:
        event["data"]["report"] = report_document(sighting)
    return json.dumps(event, separators=(",", ":"), ensure_ascii=False)


def post_webhook_call(call: WebhookCall) -> webhook_calls.CallOutcome:
    """Make one call. Never raises: a fault is told by its kind."""
    if not is_allowed_webhook_address(call.address, settings.WEBHOOK_HOSTS):
        return webhook_calls.CallOutcome(call.call, reason="host")
    line = None
    try:
        line = open_connection_to_public_address(call.address)
        cut = Timer(PATIENCE, shut_down_socket, [line.sock])
        cut.daemon = True
        cut.start()
        try:
            parts = urlsplit(call.address)
            where = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
            line.request("POST", where, call.body, call.headers)
            return webhook_calls.CallOutcome(call.call, status=line.getresponse().status)
        finally:
            cut.cancel()
    except (OSError, ValueError, http.client.HTTPException) as fault:
        return webhook_calls.CallOutcome(call.call, reason=type(fault).__name__)
    finally:
        if line is not None:
            line.close()


def shut_down_socket(connection: socket.socket) -> None:
    """End a line on which nothing comes, or one letter after the other."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def open_connection_to_public_address(address: str) -> http.client.HTTPConnection:
    """A line to exactly the address that was found public. Raises ``OSError``."""
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or 443
    if parts.scheme == "http":  # on this machine, which the settings allow for trying alone
        line = http.client.HTTPConnection(host, port, timeout=PATIENCE)
        line.connect()
        return line
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(row[4][0]) for row in rows]
    if not addresses or not all(is_public(public_address) for public_address in addresses):
        raise NotPublic
    secure = http.client.HTTPSConnection(host, port, timeout=PATIENCE)
    raw = socket.create_connection((addresses[0], port), timeout=PATIENCE)
    try:
        secure.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=host)
    except BaseException:
        raw.close()
        raise
    return secure
