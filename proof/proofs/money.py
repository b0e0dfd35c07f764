"""What an attack on the SMS can cost: never more than the caps, to the part (T40, G20).

Fifty clients at once ask for codes to generated numbers, after a quarter's alarm that is too dear for it, while four
workers send beside a gateway that now and then says "not now". The gateway's own record says what was spent.
"""

import json
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from proof.harness.system import SystemUnderTest, system_under_test
from proof.result import Figure, ProofRequest, ProofResult

WORKERS, PARTS, CODES = 4, 2, 10
BODY = "Prêts ? " * 10  # 80 letters outside the seven-bit alphabet: two parts
GATEWAY = {"faults": {"429": 0.1, "500": 0.1, "503": 0.05}, "after": 0, "spares": 3}
HOUR = 3600


@dataclass(frozen=True)
class Plan:
    """How many ask and are members, and for how many copies there is money: of the quarter, and for codes."""

    requests: int
    people: int
    quarter: int
    codes: int

    @property
    def daily_parts(self) -> int:
        """Parts in all, when codes take the last: a code takes one."""
        return self.quarter * PARTS + self.codes

    @property
    def money_settings(self) -> dict[str, str]:
        """What the operator has set: a day has a third more than what codes may take of it."""
        return {
            "PLP_SMS_CENTS": "7",
            "PLP_SMS_CENTS_A_DAY": str(-(-self.daily_parts * 4 // 3) * 7 + 6),
            "PLP_SMS_PARTS_A_QUARTER": str(self.quarter * PARTS),
            "PLP_SMS_CODES_AN_HOUR": str(CODES),
        }


def prove(ask: ProofRequest) -> ProofResult:
    """Spend what a quarter has on its alarm, and what is left on the codes of an attack."""
    requests, people = (
        ask.number_for_size(trial=60, quick=120, floor=1_000, full=10_000),
        ask.number_for_size(trial=12, quick=24, floor=200, full=1_000),
    )
    plan = Plan(requests, people, people // 2, max(15, requests // 40))
    gateway = ("proof.receivers.faulty_sms", "--script", json.dumps(GATEWAY | {"seed": ask.seed}))
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        system_under_test(
            Path(folder),
            ask.database,
            connections=10,
            lease=30,
            sms=gateway,
            stage="proof.procedures.sms_spending",
            settings=plan.money_settings,
        ) as scene,
    ):
        figures = _send_alarm_and_attack_codes(scene, plan, ask.seed)
    return ProofResult(
        requests,
        f"requests for a code by SMS, 50 at once, after an alarm to {people:,}; {WORKERS} workers; a quarter of the "
        "gateway's answers is 429, 500 or 503",
        figures,
    )


def _send_alarm_and_attack_codes(scene: SystemUnderTest, plan: Plan, seed: int) -> tuple[Figure, ...]:
    scene.call_procedure("make_database")
    scene.call_procedure("create_members_and_queue_sms_alarm", plan.people, "1/2/3/", BODY)
    scene.start_workers(WORKERS, hurried=True)
    _wait_until_not_busy(scene)
    alarm, mails, begun = _read_sms_bill(scene), len(scene.log.read_text().splitlines()), int(time.time())
    elsewhere = PARTS * _count_copies_failed_by_gateway(
        scene
    )  # by e-mail at last; what they had cost came back too late
    taken, refused = scene.call_procedure("request_codes_by_sms_and_count_taken", plan.requests, seed)
    _wait_until_not_busy(scene)
    total, ends = _read_sms_bill(scene), scene.call_procedure("count_sms_by_state_and_reason")
    hours = int(time.time()) // HOUR - begun // HOUR + 1  # a run may begin before the full hour and end after it
    codes = Counter[str]()
    for number, (copies, _) in (total - alarm).items():
        codes[number[:6]] += copies
    sent = sum(ends.get(end, 0) for end in ("accepted", "delivered"))
    outside = sum(copies for number, (copies, _) in total.items() if not number.startswith("+324"))
    return (
        Figure("requests taken", taken),
        Figure("requests refused at the door", refused),
        *_cap_figures(
            "of the day for codes", total.part_count, plan.daily_parts, elsewhere
        ),  # codes cannot take it: each range has its own cap
        Figure("parts of the alarm that came back to the quarter", elsewhere),
        *_cap_figures("of the quarter", alarm.part_count, plan.quarter * PARTS, elsewhere),
        Figure("codes to one range in an hour, above the cap", max(codes.values()) - CODES * hours, "", 0, 0),
        Figure("SMS to numbers that are not allowed", outside, floor=0, goal=0),
        Figure("members of the alarm without SMS or e-mail", plan.people - alarm.sms_count - mails, floor=0, goal=0),
        Figure("SMS that the book does not know", abs(total.sms_count - sent), floor=0, goal=0),
        Figure("refused for want of money", ends.get("failed over-budget", 0)),
    )


def _count_copies_failed_by_gateway(scene: SystemUnderTest) -> int:
    """Copies that the gateway refused so often that their members' e-mail took over."""
    ends = scene.call_procedure("count_sms_by_state_and_reason")
    return sum(number for end, number in ends.items() if end.startswith("failed") and end != "failed over-budget")


def _cap_figures(name: str, spent: int, cap: int, returned: int = 0) -> tuple[Figure, ...]:
    """Never above; and to the last part, for more was asked than there was money for.

    ``returned``: parts that came back when nobody was left to ask for them.
    """
    return (
        Figure(f"parts above the cap {name}", max(0, spent - cap), floor=0, goal=0),
        Figure(f"parts left of the cap {name}", max(0, cap - spent - returned), floor=PARTS - 1, goal=0),
    )


def _wait_until_not_busy(scene: SystemUnderTest) -> None:
    until = time.monotonic() + 600
    while scene.call_procedure("is_any_copy_unfinished"):
        assert time.monotonic() < until, (scene.log.parent / "worker.log").read_text()[-2000:]
        time.sleep(0.1)


class Bill(dict[str, tuple[int, int]]):
    """What the gateway sent to each number: SMS and parts."""

    @property
    def sms_count(self) -> int:
        """SMS in all."""
        return sum(copies for copies, _ in self.values())

    @property
    def part_count(self) -> int:
        """Parts in all."""
        return sum(parts for _, parts in self.values())

    def __sub__(self, other: "Bill") -> "Bill":
        """What came since."""
        return Bill({number: one for number, one in self.items() if number not in other})


def _read_sms_bill(scene: SystemUnderTest) -> Bill:
    found = Bill()
    for line in scene.sms_log.read_text().splitlines() if scene.sms_log.exists() else ():
        _, _, number, parts = line.split()
        copies, before = found.get(number, (0, 0))
        found[number] = (copies + 1, before + int(parts))
    return found
