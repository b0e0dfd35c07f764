"""Letters with other installations: list, invite, answer, moves, import, export, retry, keys.

The words that confirm a meeting are compared and confirmed by the chiefs of corps, on the page “Other installations”;
no command does it for them.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

from plp.exchange import actions as exchange
from plp.exchange import outbox
from plp.exchange.models import PartnerInstallation, PartnershipMove
from plp.exchange.move_queries import unknown_streets
from plp.exchange.queries import invitation_text_of, letters_not_taken_by_partner, verification_words_of
from plp.exchange.states import LetterKind
from plp.ops.cli import SUCCESS, Failed, say
from plp.ops.letter_post import queue_and_post_due_letters_and_wait
from plp.places.models import Area
from plp.places.queries import areas_by_name_or_nis, similar_area_names
from plp.toolbox import clock

COUNTRY = "be/"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One word each: what to do, and what with."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    listed = acts.add_parser("list", help="partners, how they stand, and what waits")
    listed.add_argument("--json", action="store_true", help="as JSON")
    for name, words in (("invite", "make an invitation"), ("answer", "answer an invitation, read from standard input")):
        act = acts.add_parser(name, help=words)
        act.add_argument("area", metavar="ZONE", help="name of the police zone, or 'register' for the federal register")
        act.add_argument("--by-file", action="store_true", help="letters to us come on a stick alone")
    imported = acts.add_parser("import", help="read a file of letters")
    imported.add_argument("file", type=Path)
    exported = acts.add_parser("export", help="write the letters that wait for a partner into a file")
    exported.add_argument("partner", type=UUID)
    exported.add_argument("file", type=Path)
    moves = acts.add_parser("moves", help="partnerships that move, how far they are, and what waits")
    moves.add_argument("--json", action="store_true", help="as JSON")
    acts.add_parser("retry", help="try every letter that waits now")
    ended = acts.add_parser("end", help="exchange nothing any more with a partner")
    ended.add_argument("partner", type=UUID)
    keys = acts.add_parser("keys", help="show our public keys")
    keys.add_argument("--renew", action="store_true", help="make new ones and tell every partner, signed by the old")


def run(options: argparse.Namespace) -> int:
    """Do it."""
    ACTS[options.act](options)
    return SUCCESS


def _print_partner_installations(options: argparse.Namespace) -> None:
    rows = [
        _partner_as_row(partner) for partner in PartnerInstallation.objects.select_related("area").order_by("made_at")
    ]
    if options.json:
        print(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    if not rows:
        say("plp: No other installation is known yet: ./plp exchange invite ZONE makes an invitation.")
    for row in rows:
        print("{id}  {state:<8} {purpose:<9} {waiting:>3} wait  {name} ({area})  {trouble}".format_map(row).rstrip())


def _partner_as_row(partner: PartnerInstallation) -> dict[str, Any]:
    return {
        "id": str(partner.pk),
        "name": partner.name,
        "area": partner.area.name("fr"),
        "purpose": partner.purpose,
        "state": partner.state,
        "origin": partner.origin,
        "waiting": letters_not_taken_by_partner(partner).count(),
        "trouble": partner.reason,
        "words": verification_words_of(partner),
    }


def _print_moves(options: argparse.Namespace) -> None:
    moves = PartnershipMove.objects.select_related("partner").order_by("made_at")
    rows = [_partnership_move_as_row(move) for move in moves]
    if options.json:
        print(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    if not rows:
        say("plp: No partnership moves or has moved.")
    for row in rows:
        print("{id}  {state:<8} {partnership} {way} {partner}  {members} members  day {day}  {parts}".format_map(row))


def _partnership_move_as_row(move: PartnershipMove) -> dict[str, Any]:
    waiting = move.partner.letters.filter(kind=LetterKind.MOVE_PART, taken_at=None).count() if move.is_ours else 0
    return {
        "id": str(move.key),
        "partnership": move.slug,
        "way": "to" if move.is_ours else "from",
        "partner": move.partner.name,
        "state": move.state,
        "members": move.members,
        "day": move.day.isoformat() if move.day else "-",
        "parts": f"{waiting} of {move.parts} parts wait" if waiting else "",
        "lacking_streets": [] if move.is_ours or move.finished_at else unknown_streets(move.streets),
        "because": move.because,
    }


def _create_and_print_partner_invitation(options: argparse.Namespace) -> None:
    partner = exchange.create_invitation(
        area=_find_zone_or_country(options.area), by_file=options.by_file, by=None, at=clock.now()
    )
    say("plp: Send this to the other installation. It is good for a week and for one answer.")
    print(invitation_text_of(partner))


def _accept_invitation_and_print_verification_words(options: argparse.Namespace) -> None:
    area, invitation = _find_zone_or_country(options.area), sys.stdin.read()
    partner = exchange.accept_invitation(
        invitation=invitation, area=area, by_file=options.by_file, by=None, at=clock.now()
    )
    say("plp: Answered. Both chiefs of corps now read these words to each other and confirm them on their page:")
    print(" ".join(verification_words_of(partner)))


def _find_zone_or_country(text: str) -> Area:
    """The zone of that name, or the country for the register. Raises ``Failed``."""
    areas = list(Area.objects.filter(path=COUNTRY)) if text == "register" else areas_by_name_or_nis("zone", text)
    if not areas and (names := similar_area_names("zone", text)):
        raise Failed(f"There is no police zone {text!r} here. Did you mean: {', '.join(names)}?")
    if len(areas) != 1:
        raise Failed(f"There is no police zone {text!r} here, or several: give its name as ./plp appoint does.")
    return areas[0]


def _import_letters_and_print_outcomes(options: argparse.Namespace) -> None:
    outcomes = exchange.receive_letters_of_file(content=options.file.read_bytes(), by=None, at=clock.now())
    print(json.dumps({key: outcomes[key] for key in ("taken", "repeated", "held", "not_understood", "refused")}))


def _write_waiting_letters_to_file(options: argparse.Namespace) -> None:
    content = outbox.export_letters(partner=_find_partner(options.partner), by=None, at=clock.now())
    options.file.write_bytes(content)


def _find_partner(partner_id: UUID) -> PartnerInstallation:
    """The partner of that number. Raises ``Failed``."""
    partner = PartnerInstallation.objects.select_related("area").filter(pk=partner_id).first()
    if partner is None:
        raise Failed("There is no such partner: ./plp exchange list shows the number of each.")
    return partner


def _post_waiting_letters_now(_options: argparse.Namespace) -> None:
    outbox.retry_letters_now(at=clock.now())
    number = queue_and_post_due_letters_and_wait()
    say(f"plp: {number} {'letter' if number == 1 else 'letters'} arrived.")


def _end_partner_and_notify_it(options: argparse.Namespace) -> None:
    exchange.end_partner(partner=_find_partner(options.partner), by=None, at=clock.now())
    say("plp: Ended. The other installation is told.")


def _print_own_keys_renewed_if_asked(options: argparse.Namespace) -> None:
    renew = exchange.renew_own_keys_and_announce if options.renew else exchange.get_or_create_own_key
    key = renew(by=None, at=clock.now())
    print(f"{key.signing_key} {key.recipient}")


ACTS = {
    "list": _print_partner_installations,
    "invite": _create_and_print_partner_invitation,
    "answer": _accept_invitation_and_print_verification_words,
    "import": _import_letters_and_print_outcomes,
    "export": _write_waiting_letters_to_file,
    "moves": _print_moves,
    "retry": _post_waiting_letters_now,
    "end": _end_partner_and_notify_it,
    "keys": _print_own_keys_renewed_if_asked,
}
