"""The word to members that an earlier message no longer holds (R125)."""

from collections.abc import Sequence
from pathlib import Path

from plp.charter.kinds import KINDS
from plp.delivery.installed import channels
from plp.delivery.letters import LetterTemplate, letter_texts
from plp.delivery.texts import Slot, Text
from plp.documents.dates import date_format
from plp.notices.models import Notice
from plp.partnership.signs import SIGNS, kind_names_within_sentence
from plp.toolbox.clock import local
from plp.toolbox.texts import LANGUAGES

TEXTS = Path(__file__).parent / "texts"
WITHDRAWN = LetterTemplate(TEXTS, "withdrawn", "notice.withdrawal", titled=True)


def withdrawal_copies(notice: Notice, keys: Sequence[str]) -> list[Text]:
    """The word that an earlier message no longer holds, per channel and language. It repeats nothing of it (R125)."""
    return letter_texts(
        WITHDRAWN,
        [channels()[key] for key in keys],
        LANGUAGES,
        lambda language: {
            "sign": SIGNS[notice.partnership.kind][language],
            "network": kind_names_within_sentence(notice.partnership.kind)[language],
            "partnership": notice.partnership.name(language),
            "kind": str(KINDS[notice.kind].label),
            "date": date_format(local(notice.relay.at), "DATETIME_FORMAT"),
            "check_code": Slot.CHECK_CODE,
        },
    )
