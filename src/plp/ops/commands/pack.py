"""Write the launch pack of a partnership: every document in every form, a folder a language and a step.

The files are those of the download, under the same names: PDF, DOCX, PPTX. Documents that name the partners are among
them: keep the folder as you keep the paper. ``--ballots`` puts so many ballots with new codes for the coming evening
in the place of those without: whoever holds a code may vote with it.
"""

import argparse
from datetime import datetime
from pathlib import Path

from plp.evening.actions import create_ballot_codes, prepare_usual_questions
from plp.evening.actions.slips import MOST, MOST_AT_ONCE
from plp.evening.papers import ballots_pdf
from plp.evening.refusals import TooManySlips
from plp.launch.documents.files import official_languages_of_partnership, write_pack_to_folder
from plp.launch.documents.placeholder_values import gather_partnership_data, upcoming_evening
from plp.ops.cli import SUCCESS, Failed, say
from plp.partnership.models import Partnership
from plp.toolbox import clock
from plp.toolbox.moves import WrongState
from plp.toolbox.texts import OFFICIAL_LANGUAGES


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The partnership, the folder, and one language if not all of the partnership."""
    parser.add_argument("partnership", metavar="PARTNERSHIP", help="its key: the last part of its public address")
    parser.add_argument("folder", type=Path, metavar="DIR", help="where it goes: a folder that is new or empty")
    parser.add_argument(
        "--language", choices=OFFICIAL_LANGUAGES, help="this language only; without it, those of the partnership"
    )
    parser.add_argument(
        "--ballots", type=int, default=0, metavar="N", help="so many ballots with codes, once the evening is convened"
    )


def run(options: argparse.Namespace) -> int:
    """Write ``DIR/LANGUAGE/STEP/FILE`` for each language asked for."""
    partnership = Partnership.objects.select_related("area").filter(key=options.partnership).first()
    if partnership is None:
        raise Failed(f"There is no partnership {options.partnership}: the last part of its public address is its key.")
    if options.folder.exists() and (not options.folder.is_dir() or any(options.folder.iterdir())):
        raise Failed(f"{options.folder} is not an empty folder: name another one.")
    languages = [options.language] if options.language else official_languages_of_partnership(partnership)
    at = clock.now()
    ballots = (
        _issue_new_ballot_codes_as_pdf(partnership, options.ballots, languages[0], at=at) if options.ballots else b""
    )
    try:
        for language in languages:
            count = write_pack_to_folder(partnership, language, options.folder / language, at=at, ballots=ballots)
            say(f"plp: {options.folder / language}: {count} files.")
    except OSError as error:
        raise Failed(f"{options.folder} could not be written: {error.strerror}.") from error
    return SUCCESS


def _issue_new_ballot_codes_as_pdf(partnership: Partnership, number: int, language: str, *, at: datetime) -> bytes:
    """So many ballots with new codes for the evening that is convened. Raises ``Failed`` where none is."""
    meeting = upcoming_evening(gather_partnership_data(partnership, at=at))
    if meeting is None:
        raise Failed("No information evening is to come: without one no ballot can bear a code.")
    try:
        prepare_usual_questions(meeting=meeting, by=None, at=at)
        codes = create_ballot_codes(meeting=meeting, number=number, by=None, at=at)
    except WrongState as error:
        raise Failed("The information evening is not convened yet: convene it, then make the pack.") from error
    except TooManySlips as error:
        raise Failed(f"At most {MOST_AT_ONCE} ballots at once, and {MOST} in all.") from error
    return ballots_pdf(meeting, codes, language=language, at=at)
