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

from django.conf import settings

from plp.ops.canary.building import Aviary
from plp.ops.canary.tokens import MOST_PERSONS, MOST_PLPS
from plp.ops.cli import SUCCESS, Failed, say
from plp.ops.commands.migrate import bring_up
from plp.people.models import Person
from plp.toolbox import clock

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
    if not 1 <= options.plps <= MOST_PLPS or not FEWEST_MEMBERS <= options.members < MOST_PERSONS // 3:
        raise Failed(f"Ask for 1 to {MOST_PLPS} partnerships of {FEWEST_MEMBERS} to {MOST_PERSONS // 3 - 1} members.")
    bring_up()
    if Person.objects.exists():
        raise Failed("This database holds people already: set PLP_HOME to an empty folder.")
    began = time.monotonic()
    aviary = Aviary(options.canary, clock.now(), options.members, options.plps)
    aviary.build()
    seconds = time.monotonic() - began
    _write(options.json, report(aviary, seconds))
    say(f"plp: {options.plps} partnerships of {options.members} members each: {seconds:.1f} s.")
    return SUCCESS


def report(aviary: Aviary, seconds: float) -> dict[str, object]:
    """What was built, and who can sign in."""
    return {
        "canary": aviary.seed,
        "seconds": round(seconds, 1),
        "partnerships": [
            {
                "key": stage.setting.key,
                "number": number,
                "area": stage.partnership.area.path,
                "register": stage.setting.register,
                "members": stage.members,
            }
            for number, stage in enumerate(aviary.stages)
        ],
        "owners": aviary.sower.owners,
        "identities": [asdict(one) for one in aviary.identities],
    }


def _write(target: str, found: dict[str, object]) -> None:
    text = json.dumps(found, indent=1, ensure_ascii=False) + "\n"
    if target == "-":
        sys.stdout.write(text)
    else:
        path = Path(target)
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
