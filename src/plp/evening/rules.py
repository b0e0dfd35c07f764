"""Pure decisions of a meeting: when it can be, what a vote comes to, how a code looks."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from plp.toolbox.crypto import digest
from plp.toolbox.ids import READABLE

CODE_SIGNS = 9  # some 44 bits: a million tries among 500 codes find one in 40,000 evenings, so no limit is needed
CHOICES = ("yes", "no", "abstain")
DOORS_OPEN_BEFORE = timedelta(hours=12)
LONGEST = timedelta(hours=12)
LETTERS_TAKE = timedelta(days=7)  # to print and carry the letters of a quarter
MOST_TOGETHER = 9  # people for whom one member answers
MOST = 9_999  # votes of one kind: the urn holds four digits each, so that its length tells nothing


@dataclass(frozen=True)
class VoteCounts:
    """How many said yes, no, and that they abstain."""

    yes: int = 0
    no: int = 0
    abstain: int = 0

    @property
    def cast(self) -> int:
        """All votes, those who abstain included."""
        return self.yes + self.no + self.abstain

    def __add__(self, other: "VoteCounts") -> "VoteCounts":
        return VoteCounts(self.yes + other.yes, self.no + other.no, self.abstain + other.abstain)

    def with_vote(self, choice: str) -> "VoteCounts":
        """One vote more. Raises ``ValueError`` for a choice that is none."""
        if choice not in CHOICES:
            raise ValueError("not a choice")
        return self + VoteCounts(**{choice: 1})

    def as_text(self) -> str:
        """As text of one length, whatever the counts: ``000100020000``."""
        return f"{self.yes:04d}{self.no:04d}{self.abstain:04d}"

    @classmethod
    def from_text(cls, text: str) -> "VoteCounts":
        """What ``as_text`` made; nothing for an empty text."""
        return cls(*(int(text[start : start + 4]) for start in (0, 4, 8))) if text else cls()


@dataclass(frozen=True)
class VoteResult:
    """What a closed vote came to. ``is_approved``: enough votes, and more yes than no (who abstains takes no side)."""

    yes: int
    no: int
    abstain: int
    quorum: int
    label: str = ""
    function: str = ""

    @property
    def cast(self) -> int:
        """All votes, those who abstain included."""
        return self.yes + self.no + self.abstain

    @property
    def quorum_met(self) -> bool:
        """Whether at least as many votes were cast as the meeting asked for, and one at all."""
        return self.cast >= max(self.quorum, 1)

    @property
    def is_approved(self) -> bool:
        """Whether the answer is yes."""
        return self.quorum_met and self.yes > self.no


def new_ballot_code() -> str:
    """A one-time code for one ballot: nine signs that cannot be mistaken for each other."""
    return "".join(secrets.choice(READABLE) for _ in range(CODE_SIGNS))


def grouped_ballot_code(code: str) -> str:
    """A code as it is printed: ``k7m q4x 2ab``."""
    return f"{code[:3]} {code[3:6]} {code[6:]}"


def normalise_ballot_code(typed: str) -> str:
    """A code however it was typed; empty for what cannot be one."""
    code = "".join(sign for sign in typed.lower() if sign.isalnum())
    return code if len(code) == CODE_SIGNS and set(code) <= set(READABLE) else ""


def ballot_code_digest(meeting_key: UUID, code: str) -> str:
    """How a code of a meeting is kept."""
    return digest(f"{meeting_key}:{code}", purpose="evening.slip")


def voting_right_digest(question_key: UUID, slip: str) -> str:
    """The digest under which a code votes on a question: with the key alone can it be worked out from the slip."""
    return digest(f"{question_key}:{slip}", purpose="evening.right")


def normalise_ballot_codes(typed: str) -> list[str]:
    """The codes in a text of many: parted by lines, commas or semicolons; each may hold a space in its middle.

    What cannot be a code is answered as it was typed, so that it can be shown to whoever typed it.
    """
    pieces = [piece.strip() for piece in typed.replace(",", "\n").replace(";", "\n").splitlines()]
    return [normalise_ballot_code(piece) or piece for piece in pieces if piece]


def vote_count_mismatch_key(counts: VoteCounts, people: int, *, one_each: bool) -> str:
    """What does not add up between a vote and the people in the room: ``more``, ``fewer``, ``none``, or nothing.

    ``one_each``: every person votes, so that fewer votes than people are worth a second look. None were counted at all:
    ``none``.
    """
    if counts.cast > people:
        return "more"
    if not counts.cast:
        return "none"
    return "fewer" if one_each and counts.cast < people else ""


def missing_points(needed: Iterable[str], points_present: Iterable[str]) -> list[str]:
    """The points that are needed and not there, in the order they are needed."""
    present = set(points_present)
    return [key for key in needed if key not in present]


def meeting_time_fault_key(starts_at: datetime, ends_at: datetime, at: datetime) -> str:
    """What is wrong with the times of a meeting: ``past``, ``backwards``, ``long``, or nothing."""
    if starts_at <= at:
        return "past"
    if ends_at <= starts_at:
        return "backwards"
    return "long" if ends_at - starts_at > LONGEST else ""


def indexes_that_get_seats(free: int | None, waiting: Iterable[int]) -> list[int]:
    """Which of those who wait get a place, by their position: first come, first served, whoever fits.

    ``free``: places, ``None`` where there is room for all; ``waiting``: with how many each of them comes.
    """
    positions = []
    for position, persons in enumerate(waiting):
        if free is None or persons <= free:
            positions.append(position)
            free = None if free is None else free - persons
    return positions
