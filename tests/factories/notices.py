"""Messages of the police from draft to release, by the officers of the cast."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from plp.notices import actions as notices
from plp.notices.models import Notice
from tests.factories.cast import NOW, Cast

DETAILS = {"expires_at": None, "official_reference": "", "keeps_secrecy": True, "prosecutor_consulted_on": None}
ORIGIN = {"answers", "corrects"}  # of a message that belongs to another


def describe_notice(notice: Notice, cast: Cast, *, at: datetime = NOW, **changes: Any) -> None:
    """Fill in what belongs to a draft beside its words."""
    details = {"reason": notice.reason, **DETAILS, **changes}
    notices.set_details_of_draft(notice=notice, by=cast.officer, at=at, **details)


def drafted_notice(
    cast: Cast,
    texts: Mapping[str, tuple[str, str]],
    *,
    kind: str = "alarm",
    reason: str = "threat",
    at: datetime = NOW,
    **more: Any,
) -> Notice:
    """A draft for ``here``; ``texts``: title and core by language; ``more``: details, or the notice it belongs to."""
    origin = {name: value for name, value in more.items() if name in ORIGIN}
    notice = notices.create_notice_draft(
        partnership=cast.here.partnership, kind=kind, reason=reason, by=cast.officer, at=at, **origin
    )
    describe_notice(notice, cast, at=at, **{name: value for name, value in more.items() if name not in ORIGIN})
    for language, (title, core) in texts.items():
        notices.write_text_and_drop_composition(
            notice=notice, language=language, title=title, core=core, more="", by=cast.officer, at=at
        )
    return notice


def submit_and_release(notice: Notice, cast: Cast, *, at: datetime = NOW) -> Notice:
    """Offered by one officer, released by the other with fresh proof."""
    notices.submit_notice_for_release(notice=notice, by=cast.officer, at=at)
    notices.release_text_as_second_person(
        notice=notice, text_hash=notice.text_hash, proven_at=at, by=cast.second_officer, at=at
    )
    notice.refresh_from_db()
    return notice
