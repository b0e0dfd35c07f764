"""``.venv/bin/python -m proof.sheet``: open every page of every role, in every way.

In four languages, wide and narrow, light and dark. Makes a contact sheet of all pictures, and says what axe finds,
what is cut, what is in English, what has no heading.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from proof.harness.seeded_data import probe_in_process, seeded_home
from proof.probes import contact_sheet
from proof.probes.page_faults import SCHEMES, SIZES, PageFault, PageView
from proof.result import ProofRequest, ProofResult, Size, print_progress

ROLES = (
    *("anonymous", "member", "committee", "coordinator", "officer"),
    *("supervisor", "chief", "municipality", "federal", "administrator"),
)
LANGUAGES = ("fr", "nl", "de", "en")
WAYS = tuple(f"{size} {scheme}" for size in SIZES for scheme in SCHEMES)
QUICK = {"languages": ["de"], "roles": ["anonymous", "member", "coordinator", "officer"], "each": 8}


def check_chosen_pages(folder: Path, home: Path | None = None, **wish: object) -> ProofResult:
    """Look at the pages that ``wish`` chooses (``roles``, ``languages``, ``ways``, ``only``, ``each``): every page
    where it says nothing.
    """
    everything = {"roles": ROLES, "languages": LANGUAGES, "ways": WAYS, "only": "", "each": 1}
    asked = json.dumps(everything | wish | {"folder": str(folder)})
    with _given_or_seeded_home(home) as built:
        return probe_in_process(built, "proof.probes.page_walk", ProofRequest(Size.FULL, 1), minutes=600, SHEET=asked)


@contextmanager
def _given_or_seeded_home(home: Path | None) -> Iterator[Path]:
    """A data folder that is there, or one that is made for this."""
    if home:
        yield home
        return
    with seeded_home() as made:
        yield made


def read_page_views(folder: Path) -> list[PageView]:
    """What was seen, read back."""
    parts = [json.loads(part.read_text(encoding="utf-8")) for part in sorted(folder.glob("seen-*.json"))]
    return [
        PageView(**one | {"faults": [PageFault(**fault) for fault in one["faults"]]})
        for part in parts
        for one in part["seen"]
    ]


def main() -> int:
    """Look, then make the sheet; 1 if anything is not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, help="the folder for the sheet, gone on with if it is there")
    parser.add_argument("--home", type=Path, help="a data folder made by `./plp seed --json`; without it one is made")
    parser.add_argument("--only", default="", help="routes that match this regular expression")
    parser.add_argument("--role", action="append", choices=ROLES, help="only this role; may be given more than once")
    parser.add_argument("--language", action="append", choices=LANGUAGES, help="only this language; also more than one")
    parser.add_argument("--way", action="append", choices=WAYS, help="only so; may be given more than once")
    parser.add_argument("--words", action="store_true", help="only read each page: no axe, no pictures")
    parser.add_argument("--quick", action="store_true", help="one language, four roles, every eighth page")
    options = parser.parse_args()
    wish = dict(QUICK) if options.quick else {}
    chosen = {"roles": options.role, "languages": options.language, "ways": options.way}
    if options.words:
        wish["ways"] = []
    wish |= {name: chosen[name] for name in chosen if chosen[name]}
    folder = options.to or Path(tempfile.mkdtemp(prefix="plp-sheet-"))
    folder.mkdir(parents=True, exist_ok=True)
    found = check_chosen_pages(folder, options.home, only=options.only, **wish)
    contact_sheet.write_sheet_and_faults(folder, read_page_views(folder))
    print_progress(f"{found.n} pages; {folder / 'sheet.html'} and {folder / 'faults.md'} tell the rest")
    return int(not found.meets_all_floors)


if __name__ == "__main__":
    raise SystemExit(main())
