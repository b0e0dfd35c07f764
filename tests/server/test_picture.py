"""The logo that the installer supplies: a PNG or JPEG known by its content, of a sensible size (R5)."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from plp.server.settings import read_picture_path

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize("content", [PNG + b"x", b"\xff\xd8\xff" + b"x"])
def test_a_picture_is_taken(content, tmp_path, monkeypatch):
    (tmp_path / "logo").write_bytes(content)
    monkeypatch.setenv("PLP_LOGO", str(tmp_path / "logo"))

    assert read_picture_path("PLP_LOGO") == str(tmp_path / "logo")


@pytest.mark.parametrize("content", [None, b"", b"<svg/>", b"%PDF-1.7", PNG + b"x" * 300_000])
def test_anything_else_is_refused_with_a_sentence(content, tmp_path, monkeypatch):
    if content is not None:
        (tmp_path / "logo.png").write_bytes(content)
    monkeypatch.setenv("PLP_LOGO", str(tmp_path / "logo.png"))

    with pytest.raises(ImproperlyConfigured, match="PLP_LOGO must be the path of a PNG or JPEG picture"):
        read_picture_path("PLP_LOGO")


def test_there_may_be_none(monkeypatch):
    monkeypatch.delenv("PLP_LOGO", raising=False)

    assert read_picture_path("PLP_LOGO") == ""
