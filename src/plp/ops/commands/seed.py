"""Fill an empty database with invented partnerships whose every personal field is a recognisable token.

For tests alone: each partnership is founded and launched, the identities print with passwords and TOTP secrets.
Refused on a public origin, and in a database that holds anybody.
"""

import argparse
import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings

from plp.ops.cli import SUCCESS, Failed, say
from plp.ops.commands.migrate import migrate_and_report_database
from plp.ops.environment import repository_root
from plp.people.models import Person
from plp.toolbox import clock

FOR_DEVELOPERS = True
FEWEST_MEMBERS = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--plps``, ``--members``, ``--canary``, ``--json``."""
    parser.add_argument("--plps", type=int, required=True, metavar="N", help="how many partnerships")
    parser.add_argument("--members", type=int, required=True, metavar="M", help="members of each")
    parser.add_argument("--canary", required=True, metavar="SEED", help="what the tokens are made from")
    parser.add_argument("--json", required=True, metavar="FILE", help="where the identities go ('-': standard output)")


def run(options: argparse.Namespace) -> int:
    """Build everything, write the identities."""
    if not settings.IS_LOCAL:
        raise Failed("seed prints passwords: it is refused on a public origin. Use a PLP_ORIGIN of this machine.")
    sys.path.insert(0, str(repository_root()))
    from proof.canaries.builder import CanaryBuilder  # noqa: PLC0415 - of the repository, on the path since a line ago
    from proof.canaries.tokens import MOST_PERSONS, MOST_PLPS  # noqa: PLC0415 - as above

    if not 1 <= options.plps <= MOST_PLPS or not FEWEST_MEMBERS <= options.members < MOST_PERSONS // 3:
        raise Failed(f"Ask for 1 to {MOST_PLPS} partnerships of {FEWEST_MEMBERS} to {MOST_PERSONS // 3 - 1} members.")
    migrate_and_report_database()
    if Person.objects.exists():
        raise Failed("This database holds people already: set PLP_HOME to an empty folder.")
    began = time.monotonic()
    builder = CanaryBuilder(options.canary, clock.now(), options.members, options.plps)
    builder.build_partnerships_with_tokens()
    seconds = time.monotonic() - began
    _write_json_report_private(options.json, seeded_report(builder, seconds))
    say(f"plp: {options.plps} partnerships of {options.members} members each: {seconds:.1f} s.")
    return SUCCESS


def seeded_report(builder: Any, seconds: float) -> dict[str, object]:
    """What was built, and who can sign in."""
    return {
        "canary": builder.seed,
        "seconds": round(seconds, 1),
        "partnerships": [
            {
                "key": quarter.setting.key,
                "number": number,
                "area": quarter.partnership.area.path,
                "register": quarter.setting.register,
                "members": quarter.members,
            }
            for number, quarter in enumerate(builder.quarters)
        ],
        "owners": builder.writer.owners,
        "identities": [asdict(identity) for identity in builder.identities],
    }


def _write_json_report_private(target: str, content: dict[str, object]) -> None:
    text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    if target == "-":
        sys.stdout.write(text)
    else:
        path = Path(target)
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
