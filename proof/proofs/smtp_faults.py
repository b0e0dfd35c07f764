"""A mail server that refuses, stalls, babbles and hangs up at each stage, beside a domain that is well (F8-F10)."""

import tempfile
from pathlib import Path

from plp.channels.email.refusals import SPAM
from plp.delivery.channel import MAILBOX_FULL, MAILBOX_GONE, MAILBOX_UNREACHABLE
from proof.harness.system import SystemUnderTest, system_under_test
from proof.proofs.kills import lost_and_double_figures
from proof.receivers.faulty_sms import Script as SmsScript
from proof.receivers.smtp_script import Script
from proof.result import Figure, ProofRequest, ProofResult, Size

PASSING = (
    "mail-451",
    "rcpt-450",
    "data-451",
    "dot-452",
    "rcpt-421",
    "mail-reset",
    "data-deaf",
    "dot-reset",
    "dot-stall",
)
LASTING = ("rcpt-550", "rcpt-553", "data-554", "dot-554")
DOUBTFUL = ("data-deaf", "dot-reset", "dot-stall")  # of these the sender cannot know whether the mail arrived
LINES = {"banner-421": 0.04, "banner-stall": 0.02, "banner-endless": 0.02, "banner-reset": 0.04, "ehlo-550": 0.04}
SAID = ("smtp-", MAILBOX_GONE, MAILBOX_FULL, MAILBOX_UNREACHABLE, SPAM)  # how the reasons begin that a server gives


def prove(ask: ProofRequest) -> ProofResult:
    """One alarm: to addresses whose first try meets a fault, to some that refuse for good, and to a healthy domain."""
    each = ask.number_for_size(trial=2, quick=20, floor=60, full=200)
    troubled = _addresses_at_domains(PASSING, each)
    refused = _addresses_at_domains([f"{fault}--always" for fault in LASTING], each)
    healthy = [f"well{number}@example.be" for number in range(len(troubled) + len(refused))]
    script = ("proof.receivers.faulty_smtp", "--script", Script(seed=ask.seed, lines=LINES, delay=0.02).as_text())
    sms = ("proof.receivers.faulty_sms", "--script", SmsScript().as_text())
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        system_under_test(
            Path(folder),
            ask.database,
            connections=10,
            lease=3,
            receiver=script,
            sms=sms,
            stage="proof.procedures.quarter_members",
        ) as scene,
    ):
        scene.call_procedure("create_tables_and_cast")
        addresses = [*refused, *troubled, *healthy]
        scene.call_procedure("add_members", "email", addresses, "sms")
        scene.start_workers(ask.worker_process_count, hurried=ask.size == Size.TRIAL)
        _, message, begun = scene.call_procedure("create_release_and_relay_notice")
        scene.wait_until_no_dispatch_waits(600)
        figures = (
            *lost_and_double_figures(
                scene.call_procedure("ledger_and_copy_states", message),
                scene.count_received_copies(),
                people=len(addresses),
                window=len(DOUBTFUL) * each,
            ),
            *_next_channel_figures(scene, message, begun, refused),
            Figure(
                "last of the healthy domain",
                _seconds_until_last_received(scene, healthy, begun),
                "s",
                60 if ask.size == Size.TRIAL else 20,
                5,
            ),
        )
    kinds = len(PASSING) + len(LASTING)
    return ProofResult(
        kinds * each, f"an address that meets one of {kinds} faults, beside as many that are well", figures
    )


def _addresses_at_domains(domains: tuple[str, ...] | list[str], each: int) -> list[str]:
    return [f"member{number}@{domain}.example.be" for number in range(each) for domain in domains]


def _seconds_until_last_received(scene: SystemUnderTest, wanted: list[str], begun: float) -> float:
    """Seconds from the release until the receiver had the last of these."""
    rows = [line.split() for line in scene.log.read_text().splitlines()]
    return max(float(moment) for moment, _, address in rows if address in set(wanted)) - begun


def _next_channel_figures(scene: SystemUnderTest, message: str, begun: float, refused: list[str]) -> tuple[Figure, ...]:
    """Those whom a server refuses for good: with its reason, and by their telephone instead."""
    became = scene.call_procedure("outcome_by_address", message)
    told = sum(became[one][0] == "failed" and became[one][1].startswith(SAID) for one in refused)
    rows = [line.split() for line in scene.sms_log.read_text().splitlines()]
    numbers = {f"+324{place:08d}" for place in range(len(refused))}  # they joined first, with these telephones
    reached = len(numbers & {row[2] for row in rows})
    taken = [float(moment) - begun for moment, *_ in rows]
    return (
        Figure("refused for good, with the server's reason", 100 * told / len(refused), "%", 100, 100, most=False),
        Figure("reached by the next channel", 100 * reached / len(refused), "%", 100, 100, most=False),
        Figure("given to the next channel while their mail waited", len(rows) - reached),
        Figure("last by the next channel", max(taken, default=0), "s", 60, 60),
    )
