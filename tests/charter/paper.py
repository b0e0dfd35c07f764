"""A quick paper: loads no model, so that a conftest may import it."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pikepdf
import pytest


def set_quickly(monkeypatch: pytest.MonkeyPatch, where: str = "plp.charter.actions.stored_files.pdfs") -> None:
    """Let a charter, or what is printed ``where``, become a PDF of one empty page whose title holds its words."""
    monkeypatch.setattr(where, _empty_pages)


def _empty_pages(prints: Sequence[Any], *, at: datetime) -> list[bytes]:
    return [_empty_page(str(order.document.blocks)) for order in prints]


def _empty_page(words: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Title"] = words
        pdf.save(out, deterministic_id=True)
    return out.getvalue()
