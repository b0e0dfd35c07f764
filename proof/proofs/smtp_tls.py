"""A certificate of nobody, and STARTTLS stripped from the greeting: the mail waits, it never goes in clear (F13)."""

import tempfile
from pathlib import Path

from proof.harness.system import system_under_test
from proof.proofs.kills import lost_and_double_figures
from proof.receivers import certificates
from proof.receivers.smtp_script import Script
from proof.result import Figure, ProofRequest, ProofResult

SHARES = {"tls-wrong": 0.3, "tls-stripped": 0.3}  # of the lines; the rest is as it should be


def prove(ask: ProofRequest) -> ProofResult:
    """Three lines in five are tampered with, and each line is cut after some mails so that there are many."""
    people = ask.number_for_size(trial=12, quick=100, floor=400, full=2000)
    cut = {"rcpt-421": 0.1}  # hangs up before the data: another line has to be opened
    script = Script(seed=ask.seed, lines=SHARES, letters=cut, starttls=True)
    with tempfile.TemporaryDirectory(prefix="plp-proof-") as folder:
        pems = Path(folder, "certificates")
        pems.mkdir()
        certificates.create_good_and_wrong_certificate(pems)
        receiver = ("proof.receivers.faulty_smtp", "--script", script.as_text(), "--certificates", str(pems))
        url, trusted = "smtp://127.0.0.1:{port}?starttls=require", {"PLP_SMTP_CA_FILE": str(pems / "good.pem")}
        with system_under_test(
            Path(folder), ask.database, connections=4, lease=10, receiver=receiver, url=url, settings=trusted
        ) as scene:
            message = scene.call_procedure("create_people_and_message", people)
            scene.start_workers(ask.worker_process_count, hurried=True)
            scene.call_procedure("queue_for_people_in_range", message, 0, people)
            scene.wait_until_no_dispatch_waits(600)
            struck = Path(f"{scene.log}.faults").read_text().split()
            figures = lost_and_double_figures(
                scene.call_procedure("ledger_and_copy_states", message),
                scene.count_received_copies(),
                people=people,
                window=0,
            )
    bad = struck.count("tls-wrong") + struck.count("tls-stripped")
    return ProofResult(
        bad,
        f"a line with a wrong certificate or without STARTTLS, while {people:,} mails wait",
        (
            Figure("mails in clear", struck.count("in-clear"), floor=0, goal=0),
            Figure("mails to a server with a certificate of nobody", struck.count("to-nobody"), floor=0, goal=0),
            *figures,
        ),
    )
