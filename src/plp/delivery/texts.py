"""What a message says on one channel in one language, and the places in it that differ from person to person."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum


class Slot(StrEnum):
    """A place that the sender fills per recipient. Each is one private-use character, so nothing a person types
    in a form is ever read as a place (T47): ``strip_slots`` takes such characters out of what people typed.
    """

    NAME = "\ue000"
    SETTINGS_LINK = "\ue001"
    STOP_LINK = "\ue002"
    CHECK_CODE = "\ue003"
    ADDRESS = "\ue004"
    ANSWER_CODE = "\ue005"


PLACES = re.compile(f"([{''.join(Slot)}])")


@dataclass(frozen=True)
class Text:
    """The text of a message for one channel and one language.

    ``subject`` holds no slot (it is one header or title for all); ``body`` is plain text; ``html`` is a complete
    simple page without remote content, or empty where the channel has no use for it. ``piece`` is what stands of it
    where several messages go as one copy, without greeting and links; empty: the body. ``easy_body`` and ``easy_piece``
    are both in easy language, for whoever chose it; empty: there is no such form.

    ``sender``: the name of the partnership that writes, and ``list_key`` that of its members’ list, a slug;
    both empty where the house itself writes. ``may_be_stopped``: it is one of those that a STOP ends.
    """

    channel: str
    language: str
    subject: str
    body: str
    html: str = ""
    piece: str = ""
    easy_body: str = ""
    easy_piece: str = ""
    sender: str = ""
    list_key: str = ""
    may_be_stopped: bool = True

    def in_easy_language_if_chosen(self, *, easy: bool) -> "Text":
        """The text as a person gets it: in easy language where they chose that and it exists."""
        if not easy or not self.easy_body:
            return self
        return replace(self, body=self.easy_body, piece=self.easy_piece, html="")


def strip_slots(text: str) -> str:
    """``text`` without slot characters: for everything typed by a person before it becomes part of a text."""
    return PLACES.sub("", text)


def split_at_slots(text: str) -> list[str | Slot]:
    """``text`` cut at its slots, empty pieces left out: the one form from which every channel joins a copy."""
    return [Slot(piece) if piece in Slot else piece for piece in PLACES.split(text) if piece]


def slots_of(text: Text) -> frozenset[Slot]:
    """The slots that a text uses, so that only these are computed (and unsealed) per recipient."""
    return frozenset(Slot(slot) for slot in PLACES.findall(text.body + text.html))


def fill_slots(text: str, values: Mapping[Slot, str], *, escape: bool = False) -> str:
    """One person's copy, values put in literally, once (``escape`` for HTML). Raises ``KeyError`` for a missing one."""
    return "".join(
        (html.escape(values[piece]) if escape else values[piece]) if isinstance(piece, Slot) else piece
        for piece in split_at_slots(text)
    )
