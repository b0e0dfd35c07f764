"""The country's machines killed at random under Patroni: nothing acknowledged is lost, and soon all goes on (F18).

Two machines answer pages, two send, three hold the database and decide by themselves which of them writes. Forms go to
both doors in turn, each until it is answered. Meanwhile the machine that writes dies by signal 9, with everything on
it, at a moment of chance; now and then one that answers pages or sends dies, too.
"""

import random
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import cycle, pairwise
from pathlib import Path
from statistics import median
from typing import Any

import psycopg

from proof.harness.patroni import PatroniCluster, patroni_cluster
from proof.harness.service_machines import ServiceMachine
from proof.harness.system import SystemUnderTest
from proof.harness.web_server import STARTING, get_page_or_post_form
from proof.proofs.kills import lost_and_double_figures
from proof.proofs.web_kills import AGAIN, ANSWERED
from proof.result import Figure, ProofRequest, ProofResult, print_progress

NAME = "plp"
MEMBERS, CONNECTIONS = 20, 5
ACTS = ("release", "relay", "bring_in")
PAUSE = 0.2  # seconds between two acts
SIGN_IN_EVERY = 60.0  # seconds: a release needs a fresh proof
CALM, DARK = (10.0, 30.0), (5.0, 25.0)  # seconds before a kill, and until the machine is switched on again
PATIENCE = 180.0


def prove(ask: ProofRequest) -> ProofResult:
    """So many deaths of the machine that writes, while forms are sent and mails leave."""
    kills = ask.number_for_size(trial=1, quick=2, floor=20, full=60)
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        _running_cluster_and_services(Path(folder)) as country,
    ):
        deaths = Deaths(country, kills, random.Random(ask.seed))
        acts = _send_forms_until_kills_end(country, deaths)
        country.scene.wait_until_no_dispatch_waits(PATIENCE)
        for act, key in acts.sent:
            acts.count_lost_or_repeated_act(country.scene.call_procedure("count_rows_written_by_act", act, key))
        book, census = (
            country.scene.call_procedure("ledger_and_copies_of_all_messages"),
            country.scene.call_procedure("count_members_doubles_and_flaws"),
        )
        copies, mails = country.scene.count_received_copies(), _read_mail_times(country.scene)
    window = (kills + deaths.others) * CONNECTIONS * len(country.workers)
    return ProofResult(
        kills,
        f"machines that write killed under Patroni, and {deaths.others} that answer pages or send, in"
        f" {deaths.seconds:,.0f} s",
        (
            *_outage_figures(deaths, acts.times, mails),
            *acts.acknowledged_act_figures(census),
            *lost_and_double_figures(book, copies, people=book["people"], window=window),
        ),
    )


@dataclass
class Country:
    """All its machines, and the stage beside."""

    cluster: PatroniCluster
    scene: SystemUnderTest
    webs: list[ServiceMachine]
    workers: list[ServiceMachine]


@contextmanager
def _running_cluster_and_services(folder: Path) -> Iterator[Country]:
    with ExitStack() as stack:
        cluster = stack.enter_context(patroni_cluster(folder))
        with psycopg.connect(cluster.leader_database_url("postgres"), autocommit=True) as line:
            line.execute(f"CREATE DATABASE {NAME}")  # type: ignore[call-overload]
        home = folder / "home"
        home.mkdir()
        scene = SystemUnderTest(
            home,
            cluster.leader_database_url(NAME),
            delay=0.01,
            connections=CONNECTIONS,
            lease=5,
            stage="proof.procedures.patient_forms",
        )
        stack.callback(scene.close)
        scene.call_procedure("create_cast_streets_and_members", MEMBERS)
        machines = [
            ServiceMachine(scene, f"{command}{number}", command) for command in ("web", "worker") for number in range(2)
        ]
        for machine in machines:
            stack.callback(machine.close)
        until = time.monotonic() + STARTING
        for web in machines[:2]:
            while get_page_or_post_form(web.port, "/healthz").status != 200:
                assert time.monotonic() < until, web.log.read_text()[-2000:]
                time.sleep(0.1)
        yield Country(cluster, scene, machines[:2], machines[2:])


class Deaths(threading.Thread):
    """Kills the machine that writes so many times, each time once all three were whole again."""

    def __init__(self, country: Country, kills: int, dice: random.Random) -> None:
        super().__init__(daemon=True)
        self.country, self.kills, self.dice = country, kills, dice
        self.moments: list[float] = []
        self.others = 0
        self.seconds = 0.0
        self.failed: Exception | None = None

    def run(self) -> None:
        """Wait, kill, switch on again."""
        begun = time.monotonic()
        try:
            for number in range(self.kills):
                self._kill_leader_and_maybe_service()
                print_progress(f"{number + 1} of {self.kills} deaths")
        except Exception as error:  # told where the acts are counted
            self.failed = error
        self.seconds = time.monotonic() - begun

    def _kill_leader_and_maybe_service(self) -> None:
        cluster = self.country.cluster
        time.sleep(self.dice.uniform(*CALM))
        leader = cluster.find_leader()
        assert leader
        self.moments.append(time.time())
        leader.kill_all_processes()
        if self.dice.random() < 0.5:
            time.sleep(self.dice.uniform(0, DARK[0]))
            self.dice.choice([*self.country.webs, *self.country.workers]).kill()
            self.others += 1
        time.sleep(self.dice.uniform(*DARK))
        cluster.start_machine(leader)
        cluster.wait_until_leader_and_two_standbys()


@dataclass
class Acts:
    """What was acknowledged, and when; and what became of it."""

    sent: list[tuple[str, str]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    broke_off: int = 0
    odd: int = 0
    half: int = 0
    repeated: int = 0
    forgotten: int = 0

    def count_lost_or_repeated_act(self, rows: list[int]) -> None:
        """Everything that the act writes is there, once: it was acknowledged."""
        self.half += len({bool(row) for row in rows}) > 1 or min(rows) < 0
        self.repeated += max(rows) > 1
        self.forgotten += not any(rows)

    def acknowledged_act_figures(self, census: dict[str, int]) -> tuple[Figure, ...]:
        """All of it."""
        return (
            Figure("acts acknowledged", len(self.sent)),
            Figure("tries that no page answered", self.broke_off),
            Figure("acknowledged and lost", self.forgotten, floor=0, goal=0),
            Figure("half acts", self.half + abs(census["members"] - MEMBERS), floor=0, goal=0),
            Figure("repeated acts", self.repeated + census["doubled"], floor=0, goal=0),
            Figure("answers that were neither done nor done before", self.odd, floor=0, goal=0),
            Figure("flaws in the journal's chains", census["flaws"], floor=0, goal=0),
        )


def _send_forms_until_kills_end(country: Country, deaths: Deaths) -> Acts:
    """One form after the other, of each kind in turn, until nobody dies any more."""
    acts, doors, signed = Acts(), cycle(country.webs), 0.0
    deaths.start()
    for act in cycle(ACTS):
        if time.monotonic() - signed > SIGN_IN_EVERY:
            cookies, signed = country.scene.call_procedure("sign_in_and_get_cookies_by_act"), time.monotonic()
        form = country.scene.call_procedure("create_forms_ready_to_send", {act: 1})[0]
        _send_form_until_answered(form, cookies[act], doors, acts)
        if not deaths.is_alive():
            break
        time.sleep(PAUSE)
    if deaths.failed:
        raise deaths.failed
    return acts


def _send_form_until_answered(form: dict[str, Any], cookies: str, doors: Iterator[ServiceMachine], acts: Acts) -> None:
    """Until it is answered, by whichever machine."""
    until = time.monotonic() + PATIENCE
    while (status := get_page_or_post_form(next(doors).port, form["path"], cookies, form["fields"]).status) in AGAIN:
        acts.broke_off += 1
        assert time.monotonic() < until
        time.sleep(0.1)
    if status in ANSWERED:
        acts.sent.append((form["act"], form["key"]))
        acts.times.append(time.time())
    else:
        acts.odd += 1
        print_progress(f"an odd answer: {status}")


def _read_mail_times(scene: SystemUnderTest) -> list[float]:
    return sorted(float(line.split()[0]) for line in scene.log.read_text().splitlines())


def _outage_figures(deaths: Deaths, acts: list[float], mails: list[float]) -> tuple[Figure, ...]:
    """After each death: for how long no act was acknowledged, and no mail left."""
    spans = list(pairwise([*deaths.moments, time.time()]))
    waits = [_longest_pause_after_death(acts, *span) for span in spans]
    return (
        Figure("without an acknowledged act, longest", max(waits), "s", floor=120, goal=30),
        Figure("without an acknowledged act, half within", median(waits), "s"),
        Figure(
            "without a mail, longest",
            max(_longest_pause_after_death(mails, *span) for span in spans),
            "s",
            floor=120,
            goal=30,
        ),
    )


def _longest_pause_after_death(times: list[float], death: float, next_death: float) -> float:
    """The longest pause that began before the next death and ended after this one."""
    pauses = [after - before for before, after in pairwise(times) if after > death and before < next_death]
    return max(pauses, default=next_death - death)
