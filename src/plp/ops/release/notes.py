"""What goes with a release for whoever runs plp: what to do, then what changes."""

import re

from plp.ops.cli import Failed
from plp.ops.release.commit import HEADING, Commit

OPERATORS = "### For operators"
WAY = """\
Compare the files with their checksums, then upgrade. Nobody notices; one command goes back:

```sh
sha256sum --check --ignore-missing SHA256SUMS
plp upgrade {name}.tar.gz
plp upgrade --back
```
"""


def changelog_section(changelog: str, version: str) -> str:
    """What the CHANGELOG says of a version, without its heading. Raises ``Failed`` if it says nothing."""
    headings = list(HEADING.finditer(changelog))
    ends = [*(heading.start() for heading in headings[1:]), len(changelog)]
    for heading, end in zip(headings, ends, strict=True):
        if heading[1] == version and (words := changelog[heading.end() : end].strip()):
            return words
    raise Failed(f"CHANGELOG.md says nothing of version {version}: say there what changes, and for whom.")


def release_notes(changelog: str, commit: Commit, *, steps: int | None, oldest: str) -> str:
    """The notes of a release (Markdown).

    ``steps``: how many steps of the database are new; ``oldest``: the oldest version that runs on it afterwards.
    """
    words = changelog_section(changelog, commit.version)
    before, heading, after = words.partition(OPERATORS)
    own, *further_sections = re.split(r"^(?=### )", after, maxsplit=1, flags=re.MULTILINE)
    counted = "" if steps is None else f"New steps of the database: {steps}. "
    database = f"{counted}Version {oldest} and newer run on the database of this one, so that one may go back to them."
    parts = [
        f"# plp {commit.version}",
        "## What an operator does",
        WAY.format(name=commit.release_file_stem).strip(),
        own.strip() if heading else "",
        database,
        "## What changes",
        f"{before.strip()}\n\n{''.join(further_sections).strip()}".strip(),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"
