"""Rivals at the same thing at the same moment: one winner, the others are told (F25, F26, F27, G12, T42, T43)."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Thread
from typing import Any, NamedTuple

from proof.harness.system import SystemUnderTest, system_under_test
from proof.harness.web_server import PageAnswer, WebServer, web_server
from proof.result import Figure, ProofRequest, ProofResult, print_progress

RACES = ("release", "take_back", "relay", "stop", "revoke", "vote", "export", "draft")
ALIKE = {"revoke", "draft"}  # one form alone, or the same drawing of a page: all get the same answer
PROVEN = 50  # races after which everybody proves anew who they are: a proof holds for five minutes
CAP = 3  # lists of members a day
WINS = {
    "release": 1,
    "take_back": 1,
    "relay": 1,
    "vote": 1,
    "export": CAP,
    "draft": 1,
}  # acts of a race, where they are fixed
DONE = {200, 302}
TOLD = {"vote": "already voted", "export": "three times today"}  # what the others read on their page


class Tally(NamedTuple):
    """The sums over all races."""

    races: int = 0
    wrong: int = 0  # not as many acts as there may be
    unfit: int = 0  # other words than those approved, two fan-outs, a copy that waits after a stop
    untold: int = 0  # a loser whose page does not say why, or who was first
    broken: int = 0  # pages that broke
    late: int = 0  # acts by somebody whose mandate had ended

    def sum_with(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


def prove(ask: ProofRequest) -> ProofResult:
    """So many races of each kind, against a real web server."""
    each = ask.number_for_size(trial=2, quick=3, floor=100, full=1000)
    sums = Tally()
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        _system_and_web_server(Path(folder), ask.database) as (scene, site),
    ):
        for kind in RACES:
            cookies = scene.call_procedure("session_cookies_by_participant")
            for number in range(each):
                if number % PROVEN == PROVEN - 1 or kind == "revoke":  # whose mandate ended has to sign in again
                    cookies = scene.call_procedure("session_cookies_by_participant")
                sums = sums.sum_with(_run_race(scene, site, kind, cookies))
            print_progress(f"{each} races of {kind}")
    return ProofResult(
        sums.races,
        f"{each:,} races of each of {len(RACES)} kinds: {', '.join(RACES)}; two to six clients at a barrier",
        (
            Figure("races with another number of winners", sums.wrong, floor=0, goal=0),
            Figure("texts, fan-outs or stops that do not fit", sums.unfit, floor=0, goal=0),
            Figure("acts after the mandate ended", sums.late, floor=0, goal=0),
            Figure("losers not told who was first and where it stands", sums.untold, floor=0, goal=0),
            Figure("pages that broke", sums.broken, floor=0, goal=0),
        ),
    )


@contextmanager
def _system_and_web_server(folder: Path, database: str) -> Iterator[tuple[SystemUnderTest, WebServer]]:
    with system_under_test(folder, database, connections=2, stage="proof.procedures.races") as scene:
        scene.call_procedure("create_quarter_with_third_officer")
        with web_server(scene, 2) as site:
            yield scene, site


def _run_race(scene: SystemUnderTest, site: WebServer, kind: str, cookies: dict[str, str]) -> Tally:
    """Set it up, let all go at once, look what came of it."""
    made = scene.call_procedure("create_race_with_forms", kind)
    ends: list[float] = []
    also = [lambda: ends.append(scene.call_procedure("end_coordinator_mandate"))] if kind == "revoke" else []
    answers = _send_forms_at_once(site, made["forms"], cookies, also)
    found = scene.call_procedure("outcome_of_race", kind, made["key"])
    if kind == "revoke":
        scene.call_procedure("appoint_coordinator")
    won = [answer for answer in answers if answer.status in DONE and TOLD.get(kind, "\0") not in answer.body]
    wrong = found["acts"] != WINS.get(kind, len(won)) or (kind not in ALIKE and len(won) != found["acts"])
    lost = [
        (form["who"], answer)
        for form, answer in zip(made["forms"], answers, strict=True)
        if answer not in won and kind != "revoke"
    ]
    winners = {form["who"] for form, answer in zip(made["forms"], answers, strict=True) if answer in won}
    tally = Tally(
        races=1,
        wrong=int(wrong),
        unfit=int(not found["fits"]),
        untold=sum(not _is_loser_told_why(scene, kind, who, answer, winners) for who, answer in lost),
        broken=sum(answer.status in {0, 403, 500} or answer.status > 500 for answer in answers),
        late=int(bool(ends) and found.get("relayed", 0) > ends[0]),
    )
    if tally != Tally(races=1):
        said = [
            f"{form['who']} {one.status} {_heading_of_page(one)}"
            for form, one in zip(made["forms"], answers, strict=True)
        ]
        print_progress(f"a race of {kind} came out as {tally}: {found}, ended at {ends}; {'; '.join(said)}")
    return tally


def _heading_of_page(answer: PageAnswer) -> str:
    """What a page is called, or the beginning of an answer that is none."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", answer.body, re.DOTALL)
    return " ".join((found[1] if found else answer.body[:100]).split())


def _send_forms_at_once(
    site: WebServer, forms: list[dict[str, Any]], cookies: dict[str, str], also: list[Any]
) -> list[PageAnswer]:
    """Send all forms when everybody stands at the barrier; the answers in the same order."""
    barrier, answers = Barrier(len(forms) + len(also)), [PageAnswer(0)] * len(forms)

    def send_form_at_barrier(place: int, form: dict[str, Any]) -> None:
        barrier.wait()
        answers[place] = site.get_page_or_post_form(form["path"], cookies[form["who"]], form["fields"])

    def run_order_at_barrier(order: Any) -> None:
        barrier.wait()
        order()

    threads = [Thread(target=send_form_at_barrier, args=pair) for pair in enumerate(forms)]
    threads += [Thread(target=run_order_at_barrier, args=(order,)) for order in also]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _is_loser_told_why(scene: SystemUnderTest, kind: str, who: str, answer: PageAnswer, winners: set[str]) -> bool:
    """Whether a loser's page says why; where somebody else was first, who, and where it stands now."""
    if kind in TOLD:
        return TOLD[kind] in answer.body
    if winners - {who}:
        names = scene.call_procedure("displayed_names_of_participants")
        return answer.status == 409 and any(names[winner] in answer.body for winner in winners)
    return answer.status == 409 and "already been done" in answer.body
