"""Mail that comes back, with two real Postfix: dead mailboxes are known and good ones left alone; forgeries do nothing.

One sends for us and takes what comes back; the other has the mailboxes: some full, some that greylist. Days are
seconds: a mail that finds no server is given up after six.
"""

import os
import socketserver
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from proof.harness.system import SystemUnderTest, system_under_test
from proof.receivers.postfix import Postfix, free_port, running_postfix
from proof.result import Figure, ProofRequest, ProofResult
from tests.factories.dovecot import Dovecot, dovecot

BOX = 100_000  # bytes of a mailbox that is full
GREY = 3.0  # seconds for which an unknown sender must wait
PATIENCE = 600  # seconds
QUIET = 3  # looks after which nothing more is awaited
MARKS = {"unknown": "gone", "nowhere": "gone", "full": "full", "slow": "unreachable"}


def prove(ask: ProofRequest) -> ProofResult:
    """An alarm to dead and good addresses, until the mailbox has nothing more to say; then forgeries."""
    dead, forged = (
        ask.number_for_size(trial=16, quick=100, full=1_000),
        ask.number_for_size(trial=20, quick=200, full=1_000),
    )
    kinds = {"unknown": dead - 3 * (dead // 4), "nowhere": dead // 4, "full": dead // 4, "slow": dead // 4}
    kinds |= {"good": dead // 2, "grey": dead // 4}
    with _system_with_two_postfixes(ask) as (scene, ours):
        began = time.monotonic()
        scene.call_procedure("create_members_by_mailbox_kind", kinds)
        scene.call_procedure("queue_alarm_for_everybody")
        scene.start_workers(1)
        scene.wait_until_no_dispatch_waits(PATIENCE)
        marked = _read_bounces_until_dead_known(scene, dead)
        seconds = time.monotonic() - began
        taken_in = scene.call_procedure("send_forged_bounces_and_count_taken", forged, ask.seed, ours.port)
        repeated = scene.call_procedure("resend_bounce_and_count_changes", ours.port)
        after = scene.call_procedure("count_addresses_by_kind_and_mark")
    right = sum(marked.get(f"{kind} {mark}", 0) for kind, mark in MARKS.items())
    honest = sum(after.get(f"{kind} good", 0) for kind in ("good", "grey"))
    return ProofResult(
        dead,
        "an address without mailbox, without domain, full, or without server for days, beside good ones and a greylist",
        (
            Figure("dead addresses known for what they are", 100 * right / dead, "%", floor=100, goal=100, most=False),
            Figure("copies that went on by the next channel", after["sms"], floor=dead, goal=dead, most=False),
            Figure("honest addresses marked", kinds["good"] + kinds["grey"] - honest, floor=0, goal=0),
            Figure("forged reports that changed something", taken_in, floor=0, goal=0),
            Figure("repeated reports that changed something", repeated, floor=0, goal=0),
            Figure("until the last one was known", round(seconds), "s"),
        ),
        details={"marks": after},
    )


def _read_bounces_until_dead_known(scene: SystemUnderTest, dead: int) -> dict[str, int]:
    """Read what comes back until so many are known, and then as long as good ones may still be refused."""
    until, quiet = time.monotonic() + PATIENCE, 0
    while quiet < QUIET:
        scene.call_procedure("handle_answer_mailbox_once")
        marks = scene.call_procedure("count_addresses_by_kind_and_mark")
        quiet = (
            quiet + 1
            if sum(number for key, number in marks.items() if (" " in key and not key.endswith(" good"))) >= dead
            else 0
        )
        if time.monotonic() > until:
            break
        time.sleep(1)
    return dict(marks)


@contextmanager
def _system_with_two_postfixes(ask: ProofRequest) -> Iterator[tuple[SystemUnderTest, Postfix]]:
    """A house whose mails leave by one Postfix and arrive at another; what comes back lies in a mailbox of Dovecot."""
    with (
        tempfile.TemporaryDirectory(prefix="plp-proof-") as folder,
        dovecot() as box,
        _greylist_server() as policy,
        _receiving_postfix(policy) as theirs,
        _sending_postfix(box, theirs.port) as ours,
        _system_reading_bounces(ask, folder, box, ours.port) as scene,
    ):
        _route_bounces_to_port(theirs, ours.port)
        yield scene, ours


def _system_reading_bounces(
    ask: ProofRequest, folder: str, box: Dovecot, port: int
) -> AbstractContextManager[SystemUnderTest]:
    settings = {
        "PLP_BOUNCES_TO": "plp+*@plp.test",
        "PLP_IMAP_URL": box.url,
        "PLP_IMAP_CA_FILE": str(box.certificate),
        "PLP_SMTP_URL": f"smtp://127.0.0.1:{port}",
    }
    stage, gateway = "proof.procedures.bounced_mail", ("proof.receivers.faulty_sms",)
    return system_under_test(
        Path(folder), ask.database, connections=5, lease=60, stage=stage, sms=gateway, settings=settings
    )


@contextmanager
def _sending_postfix(box: Dovecot, theirs: int) -> Iterator[Postfix]:
    """The one that sends for us: what comes back goes into the mailbox, wherever the star of the address stands."""
    settings = {
        "myhostname": "mx.plp.test",
        "recipient_delimiter": "+",
        "virtual_mailbox_domains": "plp.test",
        "virtual_mailbox_base": str(box.mailbox),
        "virtual_mailbox_maps": "regexp:{folder}/conf/boxes",
        "virtual_uid_maps": f"static:{box.owner.pw_uid}",
        "virtual_gid_maps": f"static:{box.owner.pw_gid}",
        "virtual_minimum_uid": "1",
        "transport_maps": "inline:{"
        f" people.test=smtp:[127.0.0.1]:{theirs}, slow.test=smtp:[127.0.0.1]:{free_port()} "
        "}",
        "delay_warning_time": "2s",
    }
    with running_postfix(settings, {"conf/boxes": "/^plp(\\+.*)?@plp\\.test$/ ./\n"}) as running:
        yield running


@contextmanager
def _receiving_postfix(policy: int) -> Iterator[Postfix]:
    """The one with the mailboxes of members."""
    boxes = "/^(good|grey)[0-9]+@people\\.test$/ good/\n/^full[0-9]+@people\\.test$/ full\n"
    settings = {
        "myhostname": "mx.people.test",
        "virtual_mailbox_domains": "people.test",
        "virtual_mailbox_base": "{folder}/data/boxes",
        "virtual_mailbox_maps": "regexp:{folder}/conf/boxes",
        "virtual_mailbox_limit": str(BOX),
        "message_size_limit": str(BOX),
        "virtual_uid_maps": "static:65534",
        "virtual_gid_maps": "static:65534",
        "smtpd_recipient_restrictions": f"reject_unlisted_recipient, check_policy_service inet:127.0.0.1:{policy}, "
        "permit_mynetworks, reject_unauth_destination",
    }
    with running_postfix(settings, {"conf/boxes": boxes}) as running:
        folder = running.folder / "data" / "boxes"
        folder.mkdir()
        (folder / "full").write_text("x" * BOX)
        for path in (folder, folder / "full"):
            os.chown(path, 65534, 65534)
        running.folder.joinpath("data").chmod(0o755)
        yield running


def _route_bounces_to_port(theirs: Postfix, port: int) -> None:
    """Reports of the other one go back to ours."""
    main = theirs.folder / "conf" / "main.cf"
    main.write_text(main.read_text() + f"transport_maps = inline:{{ plp.test=smtp:[127.0.0.1]:{port} }}\n")


@contextmanager
def _greylist_server() -> Iterator[int]:
    """A greylist: whoever writes to ``grey...`` for the first time is asked to come again. Answers its port."""
    first: dict[str, float] = {}

    class Policy(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            asked: dict[str, str] = {}
            for raw in self.rfile:
                name, equals, value = raw.decode().strip().partition("=")
                if equals:
                    asked[name] = value
                    continue
                to, now = asked.get("recipient", ""), time.monotonic()
                is_new = to.startswith("grey") and now - first.setdefault(to, now) < GREY
                self.wfile.write(b"action=defer 4.2.0 Greylisted\n\n" if is_new else b"action=dunno\n\n")
                asked = {}

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Policy) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
