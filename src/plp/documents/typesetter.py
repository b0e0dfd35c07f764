"""The child process that sets a PDF: started by ``tagged_pdf.render_pdf`` as a program, it imports nothing of ours.

Reads one JSON object from standard input, writes each PDF (or PNG) to standard output, its length in eight bytes before
it. It has no network (its own empty network namespace where the system allows one), writes no file, and has limits on
memory and time; typst reads files only under ``root``, which is an empty folder (T25).
"""

import contextlib
import json
import os
import resource
import sys
from typing import cast

MEMORY = 512 * 2**20  # bytes of address space: some 90 for the library, then about 0.3 a letter
SECONDS = 10


def drop_privileges_and_limit_resources() -> None:
    """Give up what setting a page does not need."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError, AttributeError):  # a container may forbid it: typst asks for no network anyway
        os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)


def main() -> int:
    """Set the order given on standard input; exit 1 with the place of the fault, and no word of the data."""
    order = json.load(sys.stdin.buffer)
    drop_privileges_and_limit_resources()
    import typst  # noqa: PLC0415 - only after the limits are set

    try:
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[order["fonts"]])
        for sheet in order["sheets"]:
            compiler = typst.Compiler(
                sheet["source"].encode(),
                root=order["root"],
                font_paths=fonts,
                ignore_system_fonts=True,
                sys_inputs={"data": json.dumps(sheet["data"])},
                package_path=order["root"],
                package_cache_path=order["root"],
            )
            if sheet["as_picture"]:
                output = compiler.compile(format="png", ppi=72)
            else:
                output = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=order["timestamp"])
            content = cast(bytes, output)  # one file of one page or one PDF, since no file was named
            sys.stdout.buffer.write(len(content).to_bytes(8) + content)
    except typst.TypstError as error:
        sys.stderr.write(error.message.split("`", 1)[0])
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
