"""Letters to other installations: posted by threads of the worker, in order, so that a slow partner holds up nothing.

Only to the address that was fixed when the partner was met: https, port 443, a public address, no redirect (T44).
"""

import http.client
import json
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from threading import Timer
from uuid import UUID

from django.conf import settings

from plp.evaluation.queries.federal_register import masked_federal_entries
from plp.exchange import actions as exchange
from plp.exchange import outbox
from plp.exchange.actions.moved_contacts import delete_old_moved_contacts
from plp.exchange.models import PartnerInstallation
from plp.exchange.outbox import PostOutcome
from plp.exchange.queries import letters_not_taken_by_partner, register_subscribers
from plp.exchange.rules import may_origin_receive_letters
from plp.ops.transfer.moves import advance_every_partnership_move
from plp.ops.webhooks import open_connection_to_public_address, shut_down_socket
from plp.toolbox import clock

EVERY = 10.0  # seconds
PATIENCE = 20.0  # seconds for a whole letter
LINES = 4
MOST_LETTERS = 20  # of one partner at one look
PATH = "/api/v1/letters"
TAKEN, ENDED = 200, 410
MOST_ANSWER = 2_000  # bytes


class LetterPost:
    """Looks for what is to be told, posts the letters that are due, and writes down how far each try got."""

    def __init__(self) -> None:
        self.lines = ThreadPoolExecutor(LINES, thread_name_prefix="letters")
        self.under_way: list[Future[PostOutcome]] = []

    def record_outcomes_and_post_due_letters(self) -> None:
        """Bring back what is done; once everything is, take what is due."""
        finished = [future for future in self.under_way if future.done()]
        self.under_way = [future for future in self.under_way if not future.done()]
        outbox.record_post_outcomes(outcomes=[future.result() for future in finished], at=clock.now())
        exchange.update_offers_and_queue_letters(by=None, at=clock.now())
        advance_every_partnership_move(at=clock.now())
        if not self.under_way:
            self.under_way = [
                self.lines.submit(post_bundle_until_refused, bundle) for bundle in lease_due_letter_bundles()
            ]

    def close(self) -> None:
        """Wait for the threads; for whoever runs it once."""
        self.lines.shutdown()


class LetterBundle:
    """The next letters of one partner, sealed before a thread takes them: a thread asks no database."""

    def __init__(self, partner: PartnerInstallation) -> None:
        at = clock.now()
        self.partner: UUID = partner.pk
        self.origin = partner.origin
        self.letters = [
            (letter.number, outbox.seal_letter(letter, at=at))
            for letter in letters_not_taken_by_partner(partner)[:MOST_LETTERS]
        ]


def lease_due_letter_bundles() -> list[LetterBundle]:
    """What is due now, in this worker's hands."""
    return [LetterBundle(partner) for partner in outbox.lease_partners_with_due_letters(at=clock.now())]


def post_bundle_until_refused(bundle: LetterBundle) -> PostOutcome:
    """Post letters until one is not taken. Never raises: a fault is told by its kind."""
    taken: list[int] = []
    for number, content in bundle.letters:
        status, reason = post_letter_and_return_status_and_reason(bundle.origin, content)
        if status != TAKEN:
            return PostOutcome(bundle.partner, tuple(taken), reason or f"status {status}", is_ended=status == ENDED)
        taken.append(number)
    return PostOutcome(bundle.partner, tuple(taken))


def post_letter_and_return_status_and_reason(origin: str, content: bytes) -> tuple[int, str]:
    """The status that a partner answers, and its word why; 0 and the kind of fault where there is no answer."""
    if not origin or not may_origin_receive_letters(origin, is_local=settings.IS_LOCAL):
        return 0, "origin"
    line = None
    try:
        line = open_connection_to_public_address(origin + PATH)
        cut = Timer(PATIENCE, shut_down_socket, [line.sock])
        cut.daemon = True
        cut.start()
        try:
            headers = {"content-type": "application/age", "user-agent": "plp"}
            line.request("POST", PATH, content, headers)
            answer = line.getresponse()
            return answer.status, _refusal_reason(answer)
        finally:
            cut.cancel()
    except (OSError, ValueError, http.client.HTTPException) as fault:
        return 0, type(fault).__name__
    finally:
        if line is not None:
            line.close()


def _refusal_reason(response: http.client.HTTPResponse) -> str:
    """The word of a refusal, if it is one of ours."""
    with suppress(ValueError, RecursionError, AttributeError):
        reason = str(json.loads(response.read(MOST_ANSWER)).get("reason", ""))
        return reason if reason.isidentifier() else ""
    return ""


def queue_and_post_due_letters_and_wait() -> int:
    """Post what is due, once, and wait for it: for a command. Answers how many letters were taken."""
    exchange.update_offers_and_queue_letters(by=None, at=clock.now())
    advance_every_partnership_move(at=clock.now())
    taken = 0
    while bundles := lease_due_letter_bundles():
        outcomes = [post_bundle_until_refused(bundle) for bundle in bundles]
        outbox.record_post_outcomes(outcomes=outcomes, at=clock.now())
        taken += sum(len(outcome.taken) for outcome in outcomes)
    return taken


def queue_register_changes_for_subscribers() -> int:
    """Tell every reader who subscribed what changed in the register. Answers how many letters were queued."""
    at = clock.now()
    return sum(
        exchange.queue_register_entries(
            partner=partner, entries=masked_federal_entries(partner.area, at=at), by=None, at=at
        )
        for partner in register_subscribers()
    )


def delete_old_exchange_letters_and_keys() -> None:
    """Delete old letters and keys that nobody needs any more."""
    at = clock.now()
    outbox.delete_old_letters(at=at)
    outbox.delete_retired_keys(at=at)


def delete_contact_digests_moved_a_year_ago() -> None:
    """Forget what is left of members who moved a year ago."""
    delete_old_moved_contacts(at=clock.now())
