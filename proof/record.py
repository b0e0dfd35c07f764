"""``.venv/bin/python -m proof.record``: add the rows of new routes to the table of access, and make its page anew."""

from proof.found import Ask, Size, progress
from proof.stand import table
from proof.stand.seeded import ROOT, inside, seeded


def main() -> None:
    """The rows are what the pages do now: read them before they are kept."""
    with seeded() as home:
        progress(f"{inside(home, 'proof.stand.recording', Ask(Size.FULL, 1), minutes=60).n} rows added")
    (ROOT / "docs" / "access.md").write_text(table.page(), encoding="utf-8")


if __name__ == "__main__":
    main()
