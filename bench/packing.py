"""The whole launch pack of a partnership: every document of every step in every form, one archive a language.

``python -c BUILD`` with the number of runs, in a country that was built, prints the seconds of the quickest.
"""

import io
import json
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass

from bench.stage import ROOT, say

BUILD = "import django; django.setup(); from bench.packing import main; main()"


@dataclass(frozen=True)
class Pack:
    """Seconds for all languages of the partnership together, and how many files that were."""

    seconds: float
    files: int
    languages: int


def measure(environment: dict[str, str]) -> Pack:
    """Make it in a process of its own that has made none before."""
    command = [sys.executable, "-W", "ignore", "-c", BUILD]
    made = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found = Pack(**json.loads(made.stdout))
    say(f"{found.files} files of the launch pack in {found.seconds:.2f} s")
    return found


def main() -> None:
    """Make the pack of the first partnership."""
    from plp.launch.documents.files import whole_pack_as_zip  # noqa: PLC0415 - as above
    from plp.launch.documents.placeholder_values import gather_partnership_data  # noqa: PLC0415 - Django is set up here alone
    from plp.launch.queries.texts import newest_wordings_for_partnership  # noqa: PLC0415 - as above
    from plp.partnership.models import Partnership  # noqa: PLC0415 - as above
    from plp.toolbox import clock  # noqa: PLC0415 - as above

    partnership, at = Partnership.objects.get(key="haren"), clock.now()
    begun, files = time.perf_counter(), 0
    facts = gather_partnership_data(partnership, at=at)
    for language in partnership.languages:
        made = whole_pack_as_zip(facts, newest_wordings_for_partnership(partnership), language, at=at)
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            files += len(archive.namelist())
    told = {"seconds": time.perf_counter() - begun, "files": files, "languages": len(partnership.languages)}
    print(json.dumps(told))
