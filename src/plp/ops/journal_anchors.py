"""Heads of the journal noted outside the database: in a file of the data folder, and daily by mail (T38)."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from plp.journal import anchors
from plp.journal.queries import Anchors


def path_of_journal_anchor_file() -> Path:
    """Where the heads were last noted on this machine."""
    return Path(settings.HOME) / "journal-heads"


def read_anchors_here_and_in_files(*more: Path) -> Anchors:
    """The heads noted here, and those in other files (a mail that was saved, say)."""
    heads_by_chain: dict[str, dict[int, str]] = {}
    for path in (path_of_journal_anchor_file(), *more):
        if path != path_of_journal_anchor_file() or path.exists():
            for chain, marks in anchors.parse_anchors(path.read_text(encoding="utf-8", errors="replace")).items():
                heads_by_chain.setdefault(chain, {}).update(marks)
    return heads_by_chain


def replace_anchor_file_with_verified_heads(at: datetime) -> None:
    """Note where every chain ends now. Only to be done after they were found whole."""
    new = path_of_journal_anchor_file().with_name(".journal-heads")
    new.write_text(anchors.anchor_lines(at), encoding="utf-8")
    new.replace(path_of_journal_anchor_file())
