"""Pure decisions about a notice: its hash, whether a release is fresh, when it ends."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from plp.charter.rules import MessageRule, next_sending_time

PROOF_LASTS = timedelta(minutes=5)  # fresh proof of identity at release (T1)


def released_content_hash(
    texts: Mapping[str, tuple[str, str, str]],
    *,
    kind: str,
    expires_at: datetime | None,
    choices: Mapping[str, object] | None = None,
) -> str:
    """The hash (64 hex characters) of what is released: kind, end, and per language title, core and more.

    ``choices``: what else was chosen, as plain values; what is empty is left out, so that an earlier hash still holds.
    """
    content = {
        "kind": kind,
        "expires_at": expires_at.isoformat() if expires_at else "",
        "texts": {language: list(words) for language, words in sorted(texts.items())},
        **{name: chosen for name, chosen in (choices or {}).items() if chosen},
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def excerpt_hash(excerpt: str) -> str:
    """The hash by which an override stays bound to the exact words it was given for."""
    return hashlib.sha256(excerpt.encode()).hexdigest()


def is_proof_of_identity_fresh(proven_at: datetime, at: datetime) -> bool:
    """Whether a proof of identity still counts at ``at``; one from the future never does."""
    return timedelta(0) <= at - proven_at <= PROOF_LASTS


def earliest_sending_time(send_at: datetime | None, at: datetime) -> datetime:
    """From when on a message that is ready at ``at`` may leave: not before the hour that was set."""
    return max(at, send_at or at)


def expiry_time_within_plan_limit(
    wanted: datetime | None, rule: MessageRule, *, send_at: datetime | None, released_at: datetime
) -> datetime | None:
    """The end of a message: the officer's, but never beyond the plan's longest life. That counts from the first moment
    after its release at which the plan lets it leave, whoever relays it when (R111).
    """
    leaves_at = next_sending_time(rule, earliest_sending_time(send_at, released_at)).astimezone(UTC)
    longest = leaves_at + timedelta(minutes=rule.expiry_minutes) if rule.expiry_minutes else None
    ends = [moment for moment in (wanted, longest) if moment is not None]
    return min(ends) if ends else None
