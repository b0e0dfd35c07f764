"""Write the launch pack of a partnership: every document in every form, a folder a language and a step.

The files are those of the download, under the same names: PDF, DOCX, PPTX. Documents that name the partners are among
them: keep the folder as you keep the paper.
"""

import argparse
from pathlib import Path

from plp.launch.documents.files import languages_of_partnership, write_pack
from plp.ops.cli import SUCCESS, Failed, say
from plp.partnership.models import Partnership
from plp.toolbox import clock
from plp.toolbox.texts import OFFICIAL_LANGUAGES


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The partnership, the folder, and one language if not all of the partnership."""
    parser.add_argument("partnership", metavar="PARTNERSHIP", help="its key: the last part of its public address")
    parser.add_argument("folder", type=Path, metavar="DIR", help="where it goes: a folder that is new or empty")
    parser.add_argument(
        "--language", choices=OFFICIAL_LANGUAGES, help="this language only; without it, those of the partnership"
    )


def run(options: argparse.Namespace) -> int:
    """Write ``DIR/LANGUAGE/STEP/FILE`` for each language asked for."""
    partnership = Partnership.objects.select_related("area").filter(key=options.partnership).first()
    if partnership is None:
        raise Failed(f"There is no partnership {options.partnership}: the last part of its public address is its key.")
    if options.folder.exists() and (not options.folder.is_dir() or any(options.folder.iterdir())):
        raise Failed(f"{options.folder} is not an empty folder: name another one.")
    languages = [options.language] if options.language else languages_of_partnership(partnership)
    try:
        for language in languages:
            count = write_pack(partnership, language, options.folder / language, at=clock.now())
            say(f"plp: {options.folder / language}: {count} files.")
    except OSError as error:
        raise Failed(f"{options.folder} could not be written: {error.strerror}.") from error
    return SUCCESS
