"""One parser under coverage-guided fuzzing, within the memory of a reader: ``python -m proof.stand.fuzz NAME FOLDER``.

What is no rejection and no want of memory ends the process: the input is then in the folder.
"""

import contextlib
import gzip
import importlib
import io
import logging
import resource
import sys
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import atheris

from plp.sandbox import limits
from plp.sandbox.parsers import Rejected
from proof.stand import hostile_files as made
from proof.stand import poison

NOTED = 50  # inputs between two looks at the memory
ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "tests" / "samples"
SIGNED = b"DKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=a; h=from:subject; bh=; b=\r\n"
KEYS = {"a._domainkey.example.org": "v=DKIM1; k=rsa; p="}
REPORT = (
    b"From: MAILER-DAEMON@x.test\r\nContent-Type: multipart/report; boundary=b\r\n\r\n--b\r\n"
    b"Content-Type: text/plain\r\n\r\nnot found\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
    b"Reporting-MTA: dns; x\r\n\r\nAction: failed\r\n"
    b"Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 no\r\n--b--\r\n"
)
ROW = b"<table:table-row><table:table-cell office:value-type='string'><text:p>x</text:p></table:table-cell>"


def _tell(_head: dict[str, Any], _piece: bytes) -> None:
    """Whoever asked, who keeps nothing."""


def _tar(content: bytes) -> bytes:
    made_tar = io.BytesIO()
    with tarfile.open(fileobj=made_tar, mode="w") as tar:
        entry = tarfile.TarInfo("files/a")
        entry.size = len(content)
        tar.addfile(entry, io.BytesIO(content))
    return made_tar.getvalue()


def _paper() -> bytes:
    from pypdf import PdfWriter  # noqa: PLC0415 - heavy

    writer, whole = PdfWriter(), io.BytesIO()
    writer.add_blank_page(9, 9)
    writer.write(whole)
    return whole.getvalue()


def _picture(form: str) -> bytes:
    from PIL import Image  # noqa: PLC0415 - heavy

    whole = io.BytesIO()
    Image.new("RGB", (9, 7)).save(whole, form)
    return whole.getvalue()


def _files(pattern: str) -> list[bytes]:
    return [path.read_bytes()[:50_000] for path in sorted(SAMPLES.glob(pattern)) if path.is_file()]


@dataclass(frozen=True)
class Target:
    """``act`` gives an input to the module ``name``; ``libraries`` are watched beside it, ``seeds`` begin it."""

    name: str
    act: Callable[[Any, bytes], object]
    seeds: Callable[[], list[bytes]]
    libraries: tuple[str, ...] = ()


SHEETS = ("zipfile", "csv")
MAILS = ("email", "quopri", "flufl")
TARGETS: dict[str, Target] = {
    "csv": Target("tables", lambda it, raw: it.rows(raw, most_rows=999), lambda: _files("contacts/*.csv"), SHEETS),
    "xlsx": Target(
        "tables",
        lambda it, raw: it.rows(made.xlsx(raw), most_rows=999),
        lambda: [made.sheet([made.HEADER, made.PERSON]), made.sheet([], f'<row r="9">{made.cell("XFD9", "x")}</row>')],
        SHEETS,
    ),
    "ods": Target(
        "tables",
        lambda it, raw: it.rows(made.ods(raw), most_rows=999),
        lambda: [ROW + b"</table:table-row>"],
        SHEETS,
    ),
    "packed or old": Target(
        "tables",
        lambda it, raw: it.rows(raw, most_rows=999),
        lambda: [*_files("contacts/messy-tables/simple.[xo][ld]s*"), made.honest(2)],
        SHEETS,
    ),
    "vcard": Target(
        "vcards", lambda it, raw: list(it.cards(raw.decode("latin-1"))), lambda: _files("contacts/vcard/*")
    ),
    "xml": Target("xml", lambda it, raw: it.tree(raw), lambda: [b"<a xmlns='u'>b<c/>f</a>", *_files("cap/**/*.xml")]),
    "feed": Target(
        "xml",
        lambda it, raw: it.parts(raw, name="alert"),
        lambda: [b"<feed><entry><link href='a'/></entry><alert xmlns='u'/></feed>", *_files("cap/**/*.xml")],
    ),
    "picture": Target(
        "pictures", lambda it, raw: it.made_anew(raw), lambda: [_picture(form) for form in ("JPEG", "PNG", "WEBP")]
    ),
    "pdf": Target(
        "pdfs",
        lambda it, raw: it.joined(raw, media=["application/pdf"], titles=["a"], title="b"),
        lambda: [_paper()],
        ("pypdf",),
    ),
    "mail": Target("mails", lambda it, raw: it.reply(raw, now=0), lambda: [made.HEAD + b"\r\nOK 4821", REPORT], MAILS),
    "signature": Target(
        "mails", lambda it, raw: it.signers(raw, keys=KEYS, now=0), lambda: [SIGNED + made.HEAD + b"\r\nOK"]
    ),
    "bounce": Target("bounces", lambda it, raw: it.facts(raw), lambda: [REPORT, made.HEAD + b"\r\nOK"], MAILS),
    "gzip or zip": Target(
        "archives",
        lambda it, raw: it.tables(io.BytesIO(raw), _tell),
        lambda: [gzip.compress(b"a,b\n"), made.zipped(b"a,b\n"), poison.archive({"a.csv": b"a,b\n"})],
        ("zipfile", "gzip"),
    ),
    "tar": Target(
        "archives",
        lambda it, raw: it.entries(io.BytesIO(gzip.compress(raw, 1)), _tell),
        lambda: [_tar(b"hello"), _tar(bytes(600))],
        ("tarfile",),
    ),
    "json": Target(
        "data", lambda it, raw: it.checked(raw), lambda: [b'{"a": [{"b": 1.5e3, "c": null}], "d": "\\u00e9"}']
    ),
}


def _note_memory(file: Path) -> None:
    """The most memory of this process so far, in kB; what libFuzzer says counts whoever started it too."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    file.write_text(status.partition("VmHWM:")[2].split()[0])


def main() -> None:
    """Try so many inputs; libFuzzer says how many there were."""
    name, folder, *options = sys.argv[1:]
    logging.disable()
    target = TARGETS[name]
    for library in target.libraries:
        for loaded in [one for one in sys.modules if one == library or one.startswith(f"{library}.")]:
            del sys.modules[loaded]  # so that it is loaded again, and watched
    with atheris.instrument_imports(include=[f"plp.sandbox.parsers.{target.name}", *target.libraries]):
        module = importlib.import_module(f"plp.sandbox.parsers.{target.name}")
    for number, seed in enumerate(target.seeds()):
        Path(folder, "corpus", f"seed-{number}").write_bytes(seed)
    for kind, most in ((resource.RLIMIT_AS, limits.MEMORY), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(kind, (most, most))

    turns = count()

    def one(raw: bytes) -> None:
        if next(turns) % NOTED == 0:
            _note_memory(Path(folder, "corpus.peak"))
        with contextlib.suppress(Rejected, MemoryError):
            target.act(module, raw)

    words = [f"-artifact_prefix={folder}/", "-rss_limit_mb=0", "-print_final_stats=1", f"-timeout={limits.SECONDS}"]
    atheris.Setup([sys.argv[0], *words, *options, f"{folder}/corpus"], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
