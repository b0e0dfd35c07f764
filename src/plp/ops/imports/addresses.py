"""Read addresses of the public register (BeST Address) from a CSV file, plain or gzip.

The first line names the columns. Two shapes are known:
  a register extract      address_id, street_id, street_fr, street_nl, street_de, house_number, box_number,
                          postcode, nis_code, lon, lat, statistical_sector, status (others are passed over)
  an arrondissement file  nis_code, street_id, house_number, lon, lat, statistical_sector; it has no street
                          names, so a street is called by its number

--municipality NIS is a safeguard against the wrong file, and is the municipality of rows that name none.
  A register extract must hold that municipality only: any other row is an error.
  An arrondissement file spans several municipalities: all of it is read, each row under its own nis_code, and
  at least one address must be in the municipality given (the arrondissement's town, for example).
Without it each row stands under its own nis_code. A code that ended with a merger counts for its successor.

Nothing is written when a row is faulty, unless --skip-bad leaves the faulty rows out. Reading the same file
again changes nothing. Addresses that are not in the file stay as they are.

Exit code: 0 written (or nothing to change), 1 not written, 2 a wrong option.
"""

import argparse
import json
import sys
from pathlib import Path

from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plp.ops.cli import FAILURE, SUCCESS, USAGE, Failed, say
from plp.places import actions as places
from plp.places.register.report import ImportReport
from plp.toolbox import clock
from plp.toolbox.words import colon

SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """File, municipality, what to do with faulty rows, where the figures go."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the CSV file, plain or gzip")
    parser.add_argument("--municipality", default="", metavar="NIS", help="NIS code, for example 21004")
    parser.add_argument("--skip-bad", action="store_true", help="leave faulty rows out instead of refusing the file")
    parser.add_argument(
        "--json",
        nargs="?",
        const="-",
        metavar="FILE",
        help="write the figures as JSON to FILE, or to standard output",
    )


def run(options: argparse.Namespace) -> int:
    """Import the file, tell what became of it, answer the exit code."""
    if options.json:
        with translation.override("en"):  # for programs: the same words everywhere
            return _run(options)
    return _run(options)


def _run(options: argparse.Namespace) -> int:
    """The import, told in the active language."""
    try:
        at = clock.now()
        places.load_territory(by=None, at=at)
        report = places.import_register(
            source=options.file, nis=options.municipality, skip_bad=options.skip_bad, by=None, at=at
        )
    except places.UnknownMunicipality as refused:
        say(f"plp: {refused.in_words()}")
        return USAGE
    except OSError as wrong:
        advice = _("Give the path of a CSV file that can be read.")
        raise Failed(f"{options.file}{colon(get_language())} {wrong.strerror}. {advice}") from wrong
    _tell(report, options.file)
    if options.json:
        _write(report, options.json)
    return SUCCESS if report.is_written else FAILURE


def _tell(report: ImportReport, file: Path) -> None:
    """The figures and the first faults in words."""
    for error in report.errors[:SHOWN]:
        say("  " + _("line %(line)d: %(reason)s") % error)
    if report.errors_total > SHOWN:
        say("  " + _("... and %(number)d more faulty lines") % {"number": report.errors_total - SHOWN})
    told = {**report.as_json(), "file": file.name}
    if not report.is_written:
        words = _("%(file)s: nothing was written (%(errors_total)d faulty). Correct it and read it again.")
        say(f"plp: {words % told}")
        return
    left_out = _("%(errors_total)d faulty rows left out.") % told if report.errors_total else ""
    words = _(
        "%(file)s: %(rows)d rows, %(addresses)d addresses in %(streets)d streets: %(created)d created, "
        "%(updated)d updated, %(unchanged)d unchanged (%(seconds).1f s)."
    )
    source = _("Source: %s.") % "BeST Address, BOSA / Urbis / CRAB / ICAR"
    say(" ".join(part for part in (f"plp: {words % told}", left_out, source) if part))


def _write(report: ImportReport, where: str) -> None:
    text = json.dumps(report.as_json(), ensure_ascii=False)
    if where == "-":
        print(text, file=sys.stdout, flush=True)
    else:
        Path(where).write_text(f"{text}\n", encoding="utf-8")
