"""A picture from a stranger becomes a harmless one, or is refused."""

import io
import stat
import sys
from pathlib import Path

import pytest
from django.test import override_settings
from PIL import Image

from plp.sandbox.virus_scan import Infected, NotScanned, scan_for_viruses
from plp.sightings.pictures import MOST_BYTES, reencode_picture_as_jpeg
from plp.sightings.refusals import NoPicture
from tests.sightings.stage import picture
from tests.workload import work_of


def opened(content: bytes) -> Image.Image:
    """A picture as Pillow reads it."""
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_made_anew_without_hidden_data(form: str) -> None:
    content = picture(form)

    made = reencode_picture_as_jpeg(content)

    assert b"hidden words" in content
    assert b"hidden" not in made
    again = opened(made)
    assert (again.format, again.size, dict(again.getexif())) == ("JPEG", (60, 40), {})
    assert "comment" not in again.info


def test_a_large_picture_becomes_smaller() -> None:
    assert opened(reencode_picture_as_jpeg(picture(size=(4000, 1000)))).size == (2000, 500)


def test_a_picture_that_lies_on_its_side_is_turned() -> None:
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x0112] = 6
    Image.new("RGB", (60, 40)).save(out, "JPEG", exif=exif)

    assert opened(reencode_picture_as_jpeg(out.getvalue())).size == (40, 60)


def test_see_through_parts_become_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG")

    assert opened(reencode_picture_as_jpeg(out.getvalue())).getpixel((4, 4)) == (255, 255, 255)


def bomb() -> bytes:
    """A PNG of few bytes and many pixels."""
    out = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(out, "PNG")
    return out.getvalue()


def frames() -> bytes:
    """A WebP that moves."""
    out = io.BytesIO()
    first, second = Image.new("RGB", (8, 8), "red"), Image.new("RGB", (8, 8), "blue")
    first.save(out, "WEBP", save_all=True, append_images=[second])
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a" + bytes(40),
        b"%PDF-1.7",
        b"MZ" + bytes(60),
        b"\xff\xd8\xff\xe0 not a picture",
        b"RIFF\x10\x00\x00\x00WAVEfmt ",
        picture()[:200],
        picture() + bytes(MOST_BYTES),
        bomb(),
        frames(),
    ],
    ids=["empty", "svg", "gif", "pdf", "program", "broken", "sound", "cut", "large", "bomb", "moving"],
)
def test_whatever_is_no_picture_is_refused_at_once(content: bytes) -> None:
    def refused() -> None:
        with pytest.raises(NoPicture):
            reencode_picture_as_jpeg(content)

    assert work_of(refused) < 1


def test_code_hidden_behind_a_picture_does_not_come_through() -> None:
    made = reencode_picture_as_jpeg(picture() + b"<script>alert(1)</script><?php system('x'); ?>")

    assert b"script" not in made
    assert b"php" not in made


def scanner(folder: Path, words: str) -> str:
    """A command that stands for a virus scanner."""
    program = folder / "scanner.py"
    program.write_text(f"import sys, time\ncontent = sys.stdin.buffer.read()\n{words}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return f"{sys.executable} {program}"


def test_a_clean_file_passes_the_scanner(tmp_path: Path) -> None:
    with override_settings(SCAN_COMMAND=scanner(tmp_path, "sys.exit(0 if content == b'clean' else 2)")):
        assert scan_for_viruses(b"clean") is None


@pytest.mark.parametrize(("words", "refusal"), [("sys.exit(1)", Infected), ("sys.exit(2)", NotScanned)])
def test_what_the_scanner_does_not_pass_is_refused(tmp_path: Path, words: str, refusal: type[Exception]) -> None:
    with override_settings(SCAN_COMMAND=scanner(tmp_path, words)), pytest.raises(refusal):
        reencode_picture_as_jpeg(picture())


def test_a_scanner_that_is_not_there_lets_nothing_pass() -> None:
    with override_settings(SCAN_COMMAND="no-such-scanner -"), pytest.raises(NotScanned):
        reencode_picture_as_jpeg(picture())
