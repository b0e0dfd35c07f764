"""List, confirm and end mandates at the machine: who holds which role, since when, confirmed when, until when.

``list`` prints a line for each with its number; ``confirm`` and ``end`` take such numbers, or as many of their first
letters as no other begins with. ``end --on DATE`` gives a last day instead of ending at once. What nobody could do any
more is said, and done only with ``--yes``. Sessions end at once; what was signed stays.
"""

import argparse
import json
from datetime import date

from plp.connections.queries import count_tokens_ending_with
from plp.mandates import confirmations
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.mandates.queries import mandates_in_force
from plp.mandates.rules import OFFICES
from plp.mandates.terms import is_last_releaser
from plp.notices.queries import count_notices_to_release_and_relay
from plp.ops.cli import SUCCESS, Failed, say
from plp.toolbox import clock
from plp.toolbox.clock import local


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``list [--all] [--json]``, ``confirm NUMBER...`` and ``end NUMBER [--on DATE] [--yes]``."""
    acts = parser.add_subparsers(dest="act", required=True)
    table = acts.add_parser("list", help="chiefs, municipalities, federal readers and administrators")
    table.add_argument("--all", action="store_true", help="every role")
    table.add_argument("--json", action="store_true", help="as JSON on standard output")
    confirm = acts.add_parser("confirm", help="these go on for a year")
    confirm.add_argument("numbers", nargs="+", metavar="NUMBER")
    end = acts.add_parser("end", help="end one, now or on a day")
    end.add_argument("number", metavar="NUMBER")
    end.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="the last day, as 2031-01-31")
    end.add_argument("--yes", action="store_true", help="also where nobody could release a message any more")


def find_mandate_in_force(number: str) -> Mandate:
    """The mandate in force whose number begins so. Raises ``Failed``."""
    mandates = mandates_in_force(clock.now()).select_related("person", "area")
    matches = [mandate for mandate in mandates if mandate.pk.hex.startswith(number.replace("-", "").lower())]
    if len(matches) != 1:
        raise Failed(f"{len(matches) or 'No'} mandates in force begin with {number!r}: ./plp mandate list names each.")
    return matches[0]


def mandate_as_text_row(mandate: Mandate) -> dict[str, str]:
    """What the table says of one mandate, as text."""
    return {
        "number": mandate.pk.hex,
        "role": mandate.role,
        "area": mandate.area.name("fr"),
        "name": mandate.person.name,
        "since": str(local(mandate.starts_at).date()),
        "confirmed": str(local(mandate.confirmed_at).date()) if mandate.confirmed_at else "",
        "until": str(mandate.last_day),
    }


def print_mandates(options: argparse.Namespace) -> None:
    """The table, or the same as JSON."""
    mandates = (
        mandates_in_force(clock.now()).select_related("person", "area").order_by("area__path", "role", "starts_at")
    )
    facts = [mandate_as_text_row(mandate) for mandate in mandates if options.all or Role(mandate.role) in OFFICES]
    if options.json:
        print(json.dumps(facts, ensure_ascii=False))
        return
    for fact in facts:
        confirmed = f", confirmed {fact['confirmed']}" if fact["confirmed"] else ""
        who = f"{fact['number']}  {fact['role']}, {fact['area']}: {fact['name']}"
        print(f"{who}; since {fact['since']}{confirmed}, until {fact['until']}")


def warn_of_open_work_and_refuse_release_gap(mandate: Mandate, *, is_accepted: bool) -> None:
    """Say what waits and what ends with a mandate. Raises ``Failed`` where nobody could release, unless accepted."""
    at = clock.now()
    to_release, to_relay = count_notices_to_release_and_relay(mandate.area)
    if to_release or to_relay:
        say(f"plp: Waiting there: {to_release} messages to be released, {to_relay} to be relayed.")
    tokens = count_tokens_ending_with(mandate, at=at)
    if tokens:
        say(f"plp: Keys of programs that end with it: {tokens}.")
    if is_last_releaser(mandate, at=at):
        if not is_accepted:
            raise Failed("Nobody there could release a message any more, not even an alarm: appoint first, or --yes.")
        say("plp: Nobody there can release a message any more. Appoint somebody today.")


def end_mandate_of_options(options: argparse.Namespace) -> None:
    """End one, now or with a last day."""
    mandate, at = find_mandate_in_force(options.number), clock.now()
    warn_of_open_work_and_refuse_release_gap(mandate, is_accepted=options.yes)
    if options.on:
        confirmations.set_last_day_of_mandate(mandate=mandate, last_day=options.on, by=None, at=at)
        say(f"plp: Ends after {options.on}.")
    else:
        confirmations.end_mandate_and_notify_holder(mandate=mandate, by=None, at=at)
        say("plp: Ended. The holder is told by mail.")


def run(options: argparse.Namespace) -> int:
    """Do what was asked."""
    if options.act == "list":
        print_mandates(options)
    elif options.act == "confirm":
        mandates = [find_mandate_in_force(number) for number in options.numbers]
        count = confirmations.confirm_mandates(mandates=mandates, by=None, at=clock.now())
        say(f"plp: {count} go on for a year; one with a last day of its own keeps it (end --on DATE).")
    else:
        end_mandate_of_options(options)
    return SUCCESS
