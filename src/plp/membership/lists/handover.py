"""The members as recipients of a warning platform (BE-Alert): who is reached how, as they chose it (R132).

The columns are described in docs/formats.md. They do not depend on a language, nor on a form that another system keeps.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from plp.membership.lists.files import MemberLine, csv_bytes

HEADER = (
    "name",
    "language",
    "mobile",
    "telephone",
    "email",
    "street",
    "house",
    "postcode",
    "ways",
    "not_wanted",
    "copy",
)


@dataclass(frozen=True)
class ReachChoices:
    """What a member chose: the channels in their order, the kinds of message that are not wanted."""

    mobiles: tuple[str, ...]
    ways: tuple[str, ...]
    not_wanted: tuple[str, ...]


def handover_csv(lines: Sequence[tuple[MemberLine, ReachChoices]], *, export_code: str) -> bytes:
    """The file, a line a member; several values of a cell stand apart by spaces."""
    return csv_bytes(HEADER, [_handover_row(line, wish, export_code) for line, wish in lines])


def _handover_row(line: MemberLine, wish: ReachChoices, export_code: str) -> list[str]:
    fixed = [phone for phone in line.phones if phone not in wish.mobiles]
    reached = [" ".join(wish.mobiles), " ".join(fixed), " ".join(line.mails)]
    home = [line.street, line.house, line.postcode]
    return [line.name, line.language, *reached, *home, " ".join(wish.ways), " ".join(wish.not_wanted), export_code]
