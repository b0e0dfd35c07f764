"""Letters between installations: forged, repeated, out of order and late; then two installations play (T58).

The other side is a program that has the keys of one meeting: it posts to our real pages what a partner would, in an
order that chance makes, beside what a stranger would try.
"""

import http.client
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from plp.demo.twin.playthrough import TwinPlaythrough
from plp.demo.twin.processes import running_twins
from plp.exchange.letter_format import sealed_letter
from proof.harness.system import fresh_database, system_under_test
from proof.harness.web_server import WebServer
from proof.result import Figure, ProofRequest, ProofResult

PATH = "/api/v1/letters"
TEXTS = {"fr": {"title": "Vols", "core": "Fermez vos portes.", "more": ""}}
TOO_MANY = 429  # in this minute: it comes again
MEETINGS = 8  # others who write at once: each may send so many a minute, and waiting for the next tries nothing
FAULTS = ("lacking", "twice", "changed", "misplaced", "waiting", "let_in", "forged", "copies")
IN_HAND = 20  # letters that are under way at once: so far may one be early
KILLED_AFTER = (1.0, 6.0)  # seconds: before it began, in the middle, or when it was done
KILLED_PAGES = 0.25  # how often the pages of that side are killed, too
WRONG_CLOCK = timedelta(hours=2)


@dataclass
class LetterWriter:
    """The other installation, and a stranger beside it."""

    keys: dict[str, str]
    port: int
    chance: Random
    answers: dict[int, int] = field(default_factory=dict)

    def sealed_offer_letter(
        self, number: int, key: UUID, *, signing_secret: str = "", late: timedelta = timedelta(0)
    ) -> bytes:
        """An offer as the letter with this number."""
        content = {
            "offer": str(key),
            "corrects": None,
            "message_kind": "advice",
            "reason": "prevention",
            "expires_at": None,
            "official_reference": "",
            "texts": TEXTS,
        }
        body = {
            "version": 1,
            "number": number,
            "seen": 0,
            "sent_at": (datetime.now(UTC) - late).isoformat(),
            "kind": "offer",
            "content": content,
        }
        secret = signing_secret or self.keys["signing_secret"]
        return sealed_letter(UUID(self.keys["meeting"]), body, signing_secret=secret, recipient=self.keys["recipient"])

    def post_letter_and_get_status(self, content: bytes) -> int:
        """The status that came back."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        try:
            line.request("POST", PATH, content, {"content-type": "application/age"})
            status = line.getresponse().status
        finally:
            line.close()
        self.answers[status] = self.answers.get(status, 0) + 1
        if status == TOO_MANY:
            time.sleep(1)
        return status

    def random_forged_letter(self, number: int) -> bytes:
        """One of five: by a stranger, altered, cut, of a wrong clock, of nothing."""
        key = UUID(int=self.chance.getrandbits(128), version=4)
        genuine = self.sealed_offer_letter(number, key)
        place = self.chance.randrange(len(genuine))
        return self.chance.choice(
            [
                self.sealed_offer_letter(number, key, signing_secret=self.keys["stranger"]),
                genuine[:place] + bytes([genuine[place] ^ 1 << self.chance.randrange(8)]) + genuine[place + 1 :],
                genuine[:place],
                self.sealed_offer_letter(number, key, late=WRONG_CLOCK),
                self.chance.randbytes(place),
            ]
        )


def prove(ask: ProofRequest) -> ProofResult:
    """A storm of letters at real pages; then the play of two installations."""
    number = ask.number_for_size(trial=40, quick=200, floor=500, full=2_000)
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        system_under_test(Path(folder), ask.database, connections=1, stage="proof.procedures.letter_storm") as scene,
    ):
        meetings = scene.call_procedure("create_zone_and_partner_meetings", MEETINGS)
        server = WebServer(scene, 1)
        try:
            chance = Random(ask.seed)
            writers = [LetterWriter(keys, server.port, chance) for keys in meetings]
            storm = _post_letters_and_forgeries(writers, chance, number)
        finally:
            server.close()
        for keys, wanted in zip(meetings, storm["keys"], strict=True):
            _add_letter_faults_to_totals(
                storm, wanted, scene.call_procedure("received_offer_keys_in_order", keys["meeting"])
            )
            received, held = scene.call_procedure("received_number_and_held_count", keys["meeting"])
            storm["waiting"] += len(wanted) - received + held
        flaws = scene.call_procedure("count_journal_flaws")
    play = _run_killed_playthrough(ask)
    return ProofResult(
        number,
        f"{number} genuine letters of {MEETINGS} others in the order of chance, each {storm['copies'] / number:.1f} "
        f"times, beside {storm['forged']} forged, altered, cut or late ones; then two installations and a reader that "
        f"play; in the middle of the move {play.kills} processes are killed",
        (
            Figure("genuine letters not taken", storm["lacking"], floor=0, goal=0),
            Figure("letters taken twice", storm["twice"], floor=0, goal=0),
            Figure("forged letters taken", storm["let_in"], floor=0, goal=0),
            Figure("things that they changed", storm["changed"], floor=0, goal=0),
            Figure("letters done out of order", storm["misplaced"], floor=0, goal=0),
            Figure("letters that still wait", storm["waiting"], floor=0, goal=0),
            Figure("lines of the journal that do not hold", flaws, floor=0, goal=0),
            Figure("steps of the play that did not hold", sum(not step["ok"] for step in play.steps), floor=0, goal=0),
            Figure("names of the other side that were found", play.foreign, floor=0, goal=0),
            Figure("members who were lost on the way", play.lost_member_count, floor=0, goal=0),
            Figure("members who are there twice, or on both sides", play.doubled_member_count, floor=0, goal=0),
        ),
        details={"answers": storm["answers"], "steps": play.steps, "kills": play.kills},
    )


def _post_letters_and_forgeries(writers: list[LetterWriter], chance: Random, number: int) -> dict[str, Any]:
    """Every letter at least once, some early, some again, with forgeries between; what was not kept comes again."""
    keys = [
        [UUID(int=chance.getrandbits(128), version=4) for _letter in range(number)[place :: len(writers)]]
        for place in range(len(writers))
    ]
    missing = [set(range(1, len(own) + 1)) for own in keys]
    storm: Counter[str] = Counter()
    while any(missing):
        place = chance.choice([place for place, numbers in enumerate(missing) if numbers])
        writer, own = writers[place], keys[place]
        chosen = chance.choice(sorted(missing[place])[:IN_HAND])
        for _again in range(1 + (chance.random() < 0.3)):
            storm["copies"] += 1
            if writer.post_letter_and_get_status(writer.sealed_offer_letter(chosen, own[chosen - 1])) == 200:
                missing[place].discard(chosen)
        if chance.random() < 0.5:
            storm["forged"] += 1
            storm["let_in"] += (
                writer.post_letter_and_get_status(writer.random_forged_letter(chosen + chance.randrange(3))) == 200
            )
    answers = sum((Counter(writer.answers) for writer in writers), Counter())
    told = {"keys": [[str(key) for key in own] for own in keys]}
    told |= {"answers": {str(status): count for status, count in sorted(answers.items())}}
    return {**dict.fromkeys(FAULTS, 0), **storm, **told}


def _add_letter_faults_to_totals(storm: dict[str, Any], wanted: list[str], offers: list[str]) -> None:
    """Add what is wrong with the letters of one meeting."""
    storm["lacking"] += len(set(wanted) - set(offers))
    storm["twice"] += len(offers) - len(set(offers))
    storm["changed"] += len(set(offers) - set(wanted))
    storm["misplaced"] += sum(a != b for a, b in zip(offers, wanted, strict=False))


def _run_killed_playthrough(ask: ProofRequest) -> "KilledPlaythrough":
    """Three installations, each with a database of its own."""
    with (
        tempfile.TemporaryDirectory(prefix="plp-twin-") as home,
        fresh_database(ask.database) as here,
        fresh_database(ask.database) as there,
        fresh_database(ask.database) as reader,
        running_twins(Path(home), (here, there, reader)) as sides,
    ):
        journey = KilledPlaythrough(*sides)
        journey.chance = Random(ask.seed)
        journey.wanted = ask.number_for_size(trial=2, quick=6, floor=12, full=40)
        journey.play_all_steps()
    return journey


class KilledPlaythrough(TwinPlaythrough):
    """The play, in which whoever works on the move is killed again and again before it may end."""

    chance: Random
    wanted = 0  # kills
    kills = 0

    @property
    def lost_member_count(self) -> int:
        """Members who are on neither side; all of them where the move did not get so far."""
        return max(int(self.facts.get("to_move", 1)) - sum(self.moved.values()), 0)

    @property
    def doubled_member_count(self) -> int:
        """Members beyond those who moved, on either side."""
        return max(sum(self.moved.values()) - int(self.facts.get("to_move", 0)), 0)

    def post_letters_in_turn(self) -> None:
        """The operator's command on both sides in turn, killed at any moment, as are the pages that take letters."""
        sides = (self.here, self.there)
        while self.kills < self.wanted:
            side = sides[self.kills % 2]
            side.run_and_kill_command(self.chance.uniform(*KILLED_AFTER), "exchange", "retry")
            self.kills += 1
            if self.chance.random() < KILLED_PAGES:
                side.kill_pages()
                side.start_web()
                self.kills += 1
        for _round in range(3):
            super().post_letters_in_turn()
