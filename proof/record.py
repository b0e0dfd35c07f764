"""``.venv/bin/python -m proof.record``: add the rows of new routes to the table of access, and make its page anew."""

import argparse

from proof.harness.seeded_data import ROOT, probe_in_process, seeded_home
from proof.probes import access_table
from proof.result import ProofRequest, Size, print_progress


def main() -> None:
    """The rows are what the pages do now: read them before they are kept."""
    asked = argparse.ArgumentParser(prog="proof.record", description=main.__doc__)
    asked.add_argument("--again", metavar="BEGINNING", nargs="*", default=[], help="make the rows that begin so anew")
    again = " ".join(asked.parse_args().again)
    with seeded_home() as home:
        made = probe_in_process(
            home, "proof.probes.access_recorder", ProofRequest(Size.FULL, 1), minutes=60, AGAIN=again
        ).n
        print_progress(f"{made} rows added or changed")
    (ROOT / "docs" / "access.md").write_text(access_table.access_page_as_markdown(), encoding="utf-8")


if __name__ == "__main__":
    main()
