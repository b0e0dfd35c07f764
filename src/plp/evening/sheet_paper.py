"""The sheet of an evening on paper: the same order and the same words as the page on which it is typed."""

from collections.abc import Sequence
from itertools import count

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from plp.documents import Document
from plp.evening.models import Meeting
from plp.evening.queries.sheet_votes import SheetVote, sheet_votes
from plp.evening.speaking_notes import DocumentBuilder
from plp.toolbox.words import colon

BLANK = "____"
EMPTY_ROWS = {"candidates": 3, "volunteers": 6, "objectives": 2, "agreements": 4, "opinions": 3}


def sheet_document(meeting: Meeting, language: str, *, names_persons: bool = True) -> Document:
    """The sheet as a document of its own, in ``language``; for whoever may see no name, with room for the names."""
    pages = DocumentBuilder()
    with translation.override(language):
        _add_evening_sheet(pages, meeting, language, names_persons=names_persons)
        return pages.build_document(language, f"{_('The evening in one sheet')}, {meeting.partnership.name(language)}")


def _add_evening_sheet(pages: DocumentBuilder, meeting: Meeting, language: str, *, names_persons: bool = True) -> None:
    """Put the sheet into ``pages``: presence, points, votes, helpers, objectives, agreements, opinions.

    Only with votes prepared has a meeting of members their table; it founds nothing: no forms, money, launch.
    """
    sign, number = colon(language), count(1)
    pages.add(f"# {_('The evening in one sheet')}", f"## {next(number)}. {_('Who is here')}")
    pages.add(f"{_('People on the list on paper')}{sign} {BLANK}")
    if meeting.is_information:
        pages.add(f"{_('Registration forms on paper')}{sign} {BLANK}")
    points = [
        [pages.add_value(f"{point.position}. {point.title_in(language, meeting.languages)}"), "☐", ""]
        for point in meeting.points.all()
    ]
    discussed = [_("Point"), capfirst(_("discussed")), _("What was said")]
    _add_table(pages, f"{next(number)}. {_('The points of the agenda')}", discussed, points)
    votes, stood = sheet_votes(meeting), _("Votes on people who stood at the evening")
    if votes or meeting.is_information:
        shown = [vote for vote in votes if names_persons or not vote.is_on_person]
        _add_table_for_vote_counts(pages, f"{next(number)}. {_('Votes')}", shown)
    else:
        stood = f"{next(number)}. {stood}"
    _add_blank_table(pages, stood, [_("Name"), _("For which role"), *_vote_column_titles()], "candidates")
    helpers = [_("Name"), _("Telephone or e-mail"), _("Can help with")]
    _add_blank_table(pages, f"{next(number)}. {_('Who wants to help')}", helpers, "volunteers")
    objectives = f"{next(number)}. {_('Objectives that the evening added')}"
    _add_blank_table(pages, objectives, [_("What should be reached")], "objectives")
    agreed = [_("What was agreed"), _("About"), _("Who sees to it"), _("By when")]
    _add_blank_table(pages, f"{next(number)}. {_('Agreements')}", agreed, "agreements")
    if meeting.is_information:
        pages.add(f"{_('Contribution, euros a member a year')}{sign} {BLANK}")
        pages.add(f"{_('Day of the launch')}{sign} {BLANK}")
    opinions = [_("About"), _("Opinion"), _("Name, if they wish")]
    _add_blank_table(pages, f"{next(number)}. {_('Opinions')}", opinions, "opinions")


def _add_table_for_vote_counts(pages: DocumentBuilder, title: str, votes: Sequence[SheetVote]) -> None:
    """The counts of each vote."""
    if votes:
        _add_table(
            pages, title, ["", *_vote_column_titles()], [[pages.add_value(vote.title), "", "", ""] for vote in votes]
        )
    else:
        pages.add(f"## {title}")


def _vote_column_titles() -> list[str]:
    return [_("Yes"), _("No"), capfirst(_("abstained"))]


def _add_blank_table(pages: DocumentBuilder, title: str, head: Sequence[str], rows_key: str) -> None:
    _add_table(pages, title, head, [[""] * len(head)] * EMPTY_ROWS[rows_key])


def _add_table(pages: DocumentBuilder, title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A section with a table to write in."""
    lines = [head, ["---"] * len(head), *rows]
    pages.add(f"## {title}", "\n".join(f"| {' | '.join(cells)} |" for cells in lines))
