"""One parser under coverage-guided fuzzing, within the memory of a reader.

``python -m proof.probes.parser_fuzzer NAME FOLDER``

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
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from plp.sandbox import limits
from plp.sandbox.parsers import Rejected
from plp.sandbox.registry import STREAMS
from proof.probes import hostile_files as made
from proof.probes import payloads

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


def _ignore_piece(_head: dict[str, Any], _piece: bytes) -> None:
    """Whoever asked, who keeps nothing."""


def _tar_with_one_file(content: bytes) -> bytes:
    made_tar = io.BytesIO()
    with tarfile.open(fileobj=made_tar, mode="w") as tar:
        entry = tarfile.TarInfo("files/a")
        entry.size = len(content)
        tar.addfile(entry, io.BytesIO(content))
    return made_tar.getvalue()


def _blank_pdf() -> bytes:
    from pypdf import PdfWriter  # noqa: PLC0415 - heavy

    writer, whole = PdfWriter(), io.BytesIO()
    writer.add_blank_page(9, 9)
    writer.write(whole)
    return whole.getvalue()


def _small_blank_picture(form: str) -> bytes:
    from PIL import Image  # noqa: PLC0415 - heavy

    whole = io.BytesIO()
    Image.new("RGB", (9, 7)).save(whole, form)
    return whole.getvalue()


def _sample_file_contents(pattern: str) -> list[bytes]:
    return [path.read_bytes()[:50_000] for path in sorted(SAMPLES.glob(pattern)) if path.is_file()]


def _unchanged_input(raw: bytes) -> bytes:
    return raw


@dataclass(frozen=True)
class Target:
    """A parser (``module:function``) and its options.

    ``wrap`` makes the file of an input, ``seeds`` are the first inputs, ``libraries`` are watched beside it.
    """

    parser: str
    seeds: Callable[[], list[bytes]]
    options: Mapping[str, Any] = field(default_factory=dict)
    wrap: Callable[[bytes], bytes] = _unchanged_input
    libraries: tuple[str, ...] = ()

    @property
    def is_stream(self) -> bool:
        """Whether it reads an open file."""
        return self.parser in STREAMS


LIST = {"most_rows": 999}
SHEETS = ("zipfile", "csv")
MAILS = ("email", "quopri", "flufl")
TARGETS: dict[str, Target] = {
    "csv": Target("tables:read_rows", lambda: _sample_file_contents("contacts/*.csv"), LIST, libraries=SHEETS),
    "xlsx": Target(
        "tables:read_rows",
        lambda: [
            made.xlsx_sheet([made.HEADER, made.PERSON]),
            made.xlsx_sheet([], f'<row r="9">{made.xlsx_cell("XFD9", "x")}</row>'),
        ],
        LIST,
        made.xlsx_workbook,
        SHEETS,
    ),
    "ods": Target("tables:read_rows", lambda: [ROW + b"</table:table-row>"], LIST, made.ods_workbook, SHEETS),
    "packed or old": Target(
        "tables:read_rows",
        lambda: [*_sample_file_contents("contacts/messy-tables/simple.[xo][ld]s*"), made.honest_member_list(2)],
        LIST,
        libraries=SHEETS,
    ),
    "vcard": Target(
        "tables:read_rows",
        lambda: _sample_file_contents("contacts/vcard/*"),
        LIST,
        lambda raw: b"BEGIN:VCARD\n" + raw,
        SHEETS,
    ),
    "xml": Target("xml:read_tree", lambda: [b"<a xmlns='u'>b<c/>f</a>", *_sample_file_contents("cap/**/*.xml")]),
    "feed": Target(
        "xml:find_elements_or_feed_links",
        lambda: [
            b"<feed><entry><link href='a'/></entry><alert xmlns='u'/></feed>",
            *_sample_file_contents("cap/**/*.xml"),
        ],
        {"name": "alert"},
    ),
    "picture": Target(
        "pictures:encode_as_jpeg", lambda: [_small_blank_picture(form) for form in ("JPEG", "PNG", "WEBP")]
    ),
    "pdf": Target(
        "pdfs:merge_papers",
        lambda: [_blank_pdf()],
        {"media": ["application/pdf"], "titles": ["a"], "title": "b"},
        libraries=("pypdf",),
    ),
    "mail": Target("mails:read_reply", lambda: [made.HEAD + b"\r\nOK 4821", REPORT], {"now": 0}, libraries=MAILS),
    "signature": Target("mails:signing_domains", lambda: [SIGNED + made.HEAD + b"\r\nOK"], {"keys": KEYS, "now": 0}),
    "bounce": Target("bounces:read_bounce", lambda: [REPORT, made.HEAD + b"\r\nOK"], libraries=MAILS),
    "gzip or zip": Target(
        "archives:stream_csv_files",
        lambda: [gzip.compress(b"a,b\n"), made.zip_with_one_csv(b"a,b\n"), payloads.build_zip({"a.csv": b"a,b\n"})],
        libraries=("zipfile", "gzip"),
    ),
    "tar": Target(
        "archives:stream_entries",
        lambda: [_tar_with_one_file(b"hello"), _tar_with_one_file(bytes(600))],
        wrap=lambda raw: gzip.compress(raw, 1),
        libraries=("tarfile",),
    ),
    "json": Target("data:keys_of_object", lambda: [b'{"a": [{"b": 1.5e3, "c": null}], "d": "\\u00e9"}']),
}


def is_answered_in_sandbox(name: str, raw: bytes) -> bool:
    """Whether an input that ended a process here is answered where it counts: in the sandbox, which goes on."""
    from plp.sandbox.client import parse_in_sandbox, stream_from_sandbox  # noqa: PLC0415 - of the site
    from plp.sandbox.refusals import TooHeavy  # noqa: PLC0415

    target = TARGETS[name]
    with tempfile.TemporaryFile() as file:
        file.write(target.wrap(raw))
        file.seek(0)
        try:
            if target.is_stream:
                return all(True for _piece in stream_from_sandbox(target.parser, file))
            parse_in_sandbox(target.parser, file.read(), **target.options)
        except (Rejected, TooHeavy):
            pass
    return parse_in_sandbox("data:keys_of_object", b"{}") == []


def _write_peak_memory(file: Path) -> None:
    """The most memory of this process so far, in kB; what libFuzzer says counts whoever started it too."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    file.write_text(status.partition("VmHWM:")[2].split()[0])


def main() -> None:
    """Try so many inputs; libFuzzer says how many there were."""
    import atheris  # noqa: PLC0415 - where something is fuzzed alone: it takes over what ends a process

    name, folder, *options = sys.argv[1:]
    logging.disable()
    target = TARGETS[name]
    module_name, _, function = target.parser.partition(":")
    for library in target.libraries:
        for loaded in [one for one in sys.modules if one == library or one.startswith(f"{library}.")]:
            del sys.modules[loaded]  # so that it is loaded again, and watched
    with atheris.instrument_imports(include=[f"plp.sandbox.parsers.{module_name}", *target.libraries]):
        parser = getattr(importlib.import_module(f"plp.sandbox.parsers.{module_name}"), function)
    for number, seed in enumerate(target.seeds()):
        Path(folder, "corpus", f"seed-{number}").write_bytes(seed)
    for kind, most in ((resource.RLIMIT_AS, limits.MEMORY), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(kind, (most, most))

    turns = count()

    def parse_fuzz_input(raw: bytes) -> None:
        if next(turns) % NOTED == 0:
            _write_peak_memory(Path(folder, "corpus.peak"))
        content = target.wrap(raw)
        with contextlib.suppress(Rejected, MemoryError):
            parser(io.BytesIO(content), _ignore_piece) if target.is_stream else parser(content, **target.options)

    words = [f"-artifact_prefix={folder}/", "-rss_limit_mb=0", "-print_final_stats=1", f"-timeout={limits.SECONDS}"]
    atheris.Setup([sys.argv[0], *words, *options, f"{folder}/corpus"], parse_fuzz_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
