"""Read addresses of the public register (BeST Address) from a CSV file, plain, gzip or ZIP.

The first line names the columns. Three shapes are known:
  the published file      as BOSA offers it for each region, ZIP or unpacked: openaddress-bebru.zip,
                          openaddress-bevlg.zip, openaddress-bewal.zip on https://opendata.bosa.be
  a register extract      address_id, street_id, street_fr, street_nl, street_de, house_number, box_number,
                          postcode, nis_code, lon, lat, statistical_sector, status (others are passed over)
  an arrondissement file  nis_code, street_id, house_number, lon, lat, statistical_sector; it has no street
                          names, so a street is called by its number

--municipality NIS or --zone ZONE (name, official number or key) names the part to read.
  Of the published file the rest is passed over, and so are retired addresses.
  A register extract must hold that part only, a safeguard against the wrong file: any other row is an error.
  An arrondissement file spans several municipalities: all of it is read, each row under its own nis_code, and
  at least one address must be in the part asked for. --municipality is that of rows that name none.
Without them everything is read. A code that ended with a merger counts for its successor.

Nothing is written when a row is faulty, unless --skip-bad leaves the faulty rows out. Reading the same file
again changes nothing. Addresses that are not in the file stay as they are. An empty or numeric street name never
replaces a name.

Exit code: 0 written (or nothing to change), 1 not written, 2 a wrong option.
"""

import argparse
from pathlib import Path

from django.utils import translation
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from plp.ops.cli import FAILURE, SUCCESS, USAGE, Failed, say, write_json
from plp.places import actions as places
from plp.places.register.report import ImportReport
from plp.toolbox import clock
from plp.toolbox.words import colon

SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """File, municipality, what to do with faulty rows, where the figures go."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the CSV file, plain, gzip or ZIP")
    parser.add_argument("--municipality", default="", metavar="NIS", help="NIS code, for example 21004")
    parser.add_argument("--zone", default="", metavar="ZONE", help="a police zone: its name, official number or key")
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
            return _import_addresses_and_print_report(options)
    return _import_addresses_and_print_report(options)


def _import_addresses_and_print_report(options: argparse.Namespace) -> int:
    """The import, told in the active language."""
    try:
        at = clock.now()
        places.create_and_correct_territory(by=None, at=at)
        report = places.import_address_register(
            source=options.file,
            nis=options.municipality,
            zone=options.zone,
            skip_bad=options.skip_bad,
            by=None,
            at=at,
        )
    except (places.UnknownMunicipality, places.UnknownZone) as refused:
        say(f"plp: {refused.in_words()}")
        return USAGE
    except OSError as wrong:
        advice = _("Give the path of a CSV file that can be read.")
        raise Failed(f"{options.file}{colon(get_language())} {wrong.strerror}. {advice}") from wrong
    _print_import_figures(report, options.file)
    if options.json:
        write_json(report.as_json(), options.json)
    return SUCCESS if report.is_written else FAILURE


def _print_import_figures(report: ImportReport, file: Path) -> None:
    """The figures and the first faults in words."""
    for error in report.errors[:SHOWN]:
        say("  " + _("line %(line)d: %(reason)s") % error)
    if report.errors_total > SHOWN:
        say("  " + _("... and %(number)d more faulty lines") % {"number": report.errors_total - SHOWN})
    figures = {**report.as_json(), "file": file.name}
    if report.without_municipality:
        say(
            "  "
            + _("%(without_municipality)d rows name no municipality of the country and were passed over.") % figures
        )
    if not report.is_written:
        words = _(
            "%(file)s: nothing was written (%(errors_total)d faulty). Correct it and read it again, or leave the "
            "faulty rows out with --skip-bad."
        )
        say(f"plp: {words % figures}")
        return
    left_out = _("%(errors_total)d faulty rows left out.") % figures if report.errors_total else ""
    words = _(
        "%(file)s: %(rows)s, %(addresses)s (%(streets)s): %(created)d created, %(updated)d updated, "
        "%(unchanged)d unchanged (%(seconds).1f s)."
    )
    counted = {
        "rows": ngettext("%d row", "%d rows", report.rows) % report.rows,
        "addresses": ngettext("%d address", "%d addresses", report.addresses) % report.addresses,
        "streets": ngettext("%d street", "%d streets", report.streets) % report.streets,
    }
    source = _("Source: %s.") % "BeST Address, BOSA / Urbis / CRAB / ICAR"
    passed_over = _("%(passed_over)d rows of other municipalities or retired passed over.") % figures
    parts = (f"plp: {words % (figures | counted)}", passed_over if report.passed_over else "", left_out, source)
    say(" ".join(part for part in parts if part))
