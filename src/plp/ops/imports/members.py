"""Read a list of members into a partnership: CSV with any delimiter and encoding, XLSX, XLS, ODS or vCard.

The columns are recognised by their headings in French, Dutch, German and English; a column that is not read is named,
and so is the line of which a contact or another part was left out. --by is the e-mail address with which the
coordinator signs in: what they may not do, this command does not do. --proof (what these people agreed to),
--proof-date and --proof-kept (where it can be seen) stand in the letter that each of them gets. Without them the letter
says that the coordinator vouches for the list, and keeps the proof. With --dry-run nothing is written.

All or nothing: one faulty row and nothing is written, unless --skip-bad leaves the faulty rows out. Reading the same
file again changes nothing. Everybody brought in is told by letter.

Exit code: 0 written (or nothing to change, or a dry run without fault), 1 not written, 2 a wrong option.
"""

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.utils import translation

from plp.accounts.models import Account
from plp.accounts.queries import username_digest_of_email
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.membership import list_drafts, list_imports
from plp.membership.firms import asks_for_firms
from plp.membership.list_drafts import ConsentProof
from plp.membership.list_imports import NothingNew, StillFaulty
from plp.membership.lists.columns import Field, match_columns
from plp.membership.lists.preview import Preview, preview_list
from plp.membership.lists.tables import parse_list_file
from plp.ops.cli import FAILURE, SUCCESS, USAGE, Failed, say, write_json
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox import clock
from plp.toolbox.moves import Refused

SHOWN = 20
LONGEST_HEADING = 40  # letters of it that are shown
OF_NAMES = {Field.NAME, Field.FIRST, Field.LAST, Field.ORGANISATION, Field.FIRM}
HEADINGS = (
    *("full name", "first name", "last name", "address", "street", "house number", "box", "postcode", "city", "e-mail"),
    *("telephone", "language", "company"),
)


@dataclass(frozen=True)
class JudgedList:
    """What stands in the file, what each column holds, and what becomes of each row."""

    header: Sequence[str]
    columns: Sequence[str]
    preview: Preview


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """File, partnership, who does it, the proof of consent, and where the figures go."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the list")
    parser.add_argument("--partnership", required=True, metavar="KEY", help="key of the partnership, for example haren")
    parser.add_argument("--by", required=True, metavar="USER", help="e-mail address of the coordinator's sign-in")
    parser.add_argument("--proof", default="", metavar="TEXT", help="what these people agreed to")
    parser.add_argument("--proof-date", type=date.fromisoformat, metavar="DAY", help="when, for example 2025-03-01")
    parser.add_argument("--proof-kept", default="", metavar="TEXT", help="where the proof is kept")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")
    parser.add_argument("--skip-bad", action="store_true", help="leave faulty rows out instead of refusing the file")
    parser.add_argument(
        "--json",
        nargs="?",
        const="-",
        metavar="FILE",
        help="write the figures as JSON to FILE, or to standard output",
    )


def run(options: argparse.Namespace) -> int:
    """Import the list, tell what became of it, answer the exit code."""
    begins = time.perf_counter()
    with translation.override("en"):
        partnership = Partnership.objects.filter(key=options.partnership).select_related("area").first()
        account = Account.objects.filter(username=username_digest_of_email(options.by)).select_related("person").first()
        if partnership is None or account is None:
            say("plp: unknown partnership or sign-in. --partnership is the key in its address, --by an e-mail address.")
            return USAGE
        try:
            judged, is_done = _import_or_preview(options, partnership, account.person)
        except OSError as wrong:
            raise Failed(f"{options.file}: {wrong.strerror}. Give the path of a list that can be read.") from wrong
        except Refused as refused:
            raise Failed(refused.in_words()) from refused
        _print_unread_columns(judged)
        _print_faults_and_left_out(judged.preview)
        _print_import_figures(judged.preview, options, is_done=is_done)
        if options.json:
            write_json(_figures_for_json(judged.preview, seconds=time.perf_counter() - begins), options.json)
    return SUCCESS if is_done else FAILURE


def _import_or_preview(options: argparse.Namespace, partnership: Partnership, by: Person) -> tuple[JudgedList, bool]:
    """The rows judged, and whether nothing stands in the way (or all is written)."""
    content, at = options.file.read_bytes(), clock.now()
    require(by, Permission.MEMBERS_MANAGE, partnership.area, at=at)
    if options.dry_run:
        table = parse_list_file(content)
        columns = match_columns(table.header, with_firms=asks_for_firms(partnership))
        judged = JudgedList(table.header, columns, preview_list(table, columns, partnership))
        return judged, options.skip_bad or not judged.preview.bad
    listed = list_drafts.create_list_draft_from_file(
        partnership=partnership, content=content, proof=_consent_proof(options, partnership, at), by=by, at=at
    )
    judged = JudgedList(
        list_drafts.list_table_of_draft(listed).header, listed.columns, list_drafts.preview_of_draft(listed)
    )
    try:
        list_imports.import_list_draft(list_import=listed, skip_bad=options.skip_bad, by=by, at=at)
    except (NothingNew, StillFaulty) as refused:
        list_drafts.discard_list_draft(list_import=listed, by=by, at=at)
        return judged, isinstance(refused, NothingNew)
    return judged, True


def _consent_proof(options: argparse.Namespace, partnership: Partnership, at: datetime) -> ConsentProof:
    """What was given, else that the coordinator vouches for the list, in the first language of the partnership."""
    with translation.override(partnership.languages[0] if partnership.languages else "fr"):
        what = options.proof or str(list_imports.VOUCHED)
        place_kept = options.proof_kept or str(list_imports.WITH_COORDINATOR)
    return ConsentProof(what, options.proof_date or clock.local(at).date(), place_kept)


def _print_unread_columns(judged: JudgedList) -> None:
    """Which columns are not read; where no heading means a name, which headings were seen and which are known."""
    seen = [
        (name[:LONGEST_HEADING], column) for name, column in zip(judged.header, judged.columns, strict=True) if name
    ]
    if not OF_NAMES & {column for _name, column in seen}:
        what = "means a name" if any(judged.columns) else "is known"
        say(f"  No heading of this list {what}. It has: {_headings_text(seen)}.")
        say(f"  Known, also in French, Dutch and German: {', '.join(HEADINGS)}.")
    elif unread := [(name, column) for name, column in seen if not column]:
        say(f"  Not read: {_headings_text(unread)}.")


def _headings_text(columns: Sequence[tuple[str, str]]) -> str:
    words = [f"“{name}”" for name, _column in columns[:SHOWN]]
    return ", ".join([*words, *([f"{len(columns) - SHOWN} more"] if len(columns) > SHOWN else [])])


def _print_faults_and_left_out(preview: Preview) -> None:
    """The first faults in words, and the first parts that are left out of good rows: never a name, never an address."""
    faults = [f"  line {row.entry.line}: {' '.join(map(str, row.problems))}" for row in preview.bad]
    left_out = [
        f"  line {row.entry.line}, left out: {why}"
        for row in preview.rows
        if row.fate != "bad"
        for why, _written in row.entry.left_out
    ]
    for lines, what in ((faults, "faulty lines"), (left_out, "parts left out")):
        for line in lines[:SHOWN]:
            say(line)
        if len(lines) > SHOWN:
            say(f"  ... and {len(lines) - SHOWN} more {what}")


def _print_import_figures(preview: Preview, options: argparse.Namespace, *, is_done: bool) -> None:
    """The figures, and what to do when nothing was written."""
    counts = preview.counts
    if not is_done:
        skip = ", or leave the faulty rows out with --skip-bad" if counts["bad"] < len(preview.rows) else ""
        say(f"plp: nothing was written ({counts['bad']} faulty). Correct the file and read it again{skip}.")
        return
    rows = "1 row" if len(preview.rows) == 1 else f"{len(preview.rows)} rows"
    verb = "would be " if options.dry_run else ""
    say(
        f"plp: {rows}: {counts['new']} {verb}created, {counts['added']} {verb}updated, "
        f"{counts['known'] + counts['twice']} unchanged, {counts['bad']} left out."
    )


def _figures_for_json(preview: Preview, *, seconds: float) -> dict[str, object]:
    """The figures of the operator's contract (docs/design.md#operator)."""
    counts = preview.counts
    return {
        "rows": len(preview.rows),
        "streets": preview.streets,
        "members": len(preview.rows) - counts["bad"] - counts["twice"],
        "created": counts["new"],
        "updated": counts["added"],
        "unchanged": counts["known"] + counts["twice"],
        "errors": [
            {"line": row.entry.line, "reason": " ".join(str(problem) for problem in row.problems)}
            for row in preview.bad
        ],
        "seconds": round(seconds, 3),
    }
