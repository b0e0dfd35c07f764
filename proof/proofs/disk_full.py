"""A disk without room, each alone: data, attached files, temporary files, logs (F6).

What cannot be kept is refused before it is accepted, in words; what was accepted is finished; all recovers by itself.
"""

import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from proof.harness.small_disks import fill_disk_with_ballast_file, memory_disk
from proof.harness.system import SystemUnderTest, system_under_test
from proof.harness.web_server import WebServer, web_server
from proof.proofs.kills import lost_and_double_figures
from proof.result import Figure, ProofRequest, ProofResult, Size, print_progress

MEMBERS, CONNECTIONS, RESERVE = 40, 4, 8
SIZES = {"data": 64, "files": 24, "temp": 24, "log": 8}  # megabytes
EACH = {"release": 2, "relay": 2, "bring_in": 1}
NO_ROOM = "There is no room left on our machine"
UPLOAD = "multipart/form-data; boundary=x"
READY = 30.0  # seconds after room is back


def prove(ask: ProofRequest) -> ProofResult:
    """Fill each disk in turn while mails leave, send forms, make room again, and send them once more."""
    fills = ask.number_for_size(trial=4, quick=4, floor=20, full=80)
    tally: Counter[str] = Counter()
    slowest, limit = 0.0, 120 if ask.size == Size.TRIAL else READY
    with _system_on_small_disks() as (disks, scene, server):
        scene.start_workers(2)
        for number in range(fills):
            name = list(SIZES)[number % len(SIZES)]
            forms = scene.call_procedure("create_forms_ready_to_send", EACH)
            _send_forms_and_tally_answers(
                server,
                scene.call_procedure("create_forms_ready_to_send", {"relay": 1}),
                scene.call_procedure("sign_in_and_get_cookies_by_act"),
                tally,
                "begun",
            )  # mails on their way
            ballast = fill_disk_with_ballast_file(disks[name])
            _try_forms_while_disk_full(name, server, scene, forms, tally)
            ballast.unlink()
            if name == "data":
                tally["half"] += sum(
                    any(scene.call_procedure("count_rows_written_by_act", form["act"], form["key"])) for form in forms
                )
            slowest = max(slowest, _seconds_until_forms_succeed(server, scene, forms))
            print_progress(f"{number + 1} of {fills} fills")
        scene.wait_until_no_dispatch_waits(300)
        books, census, copies = (
            scene.call_procedure("ledger_and_copies_of_all_messages"),
            scene.call_procedure("count_members_doubles_and_flaws"),
            scene.count_received_copies(),
        )
        sound = scene.call_procedure("is_database_intact")
    return ProofResult(
        fills,
        "disks of data, files, temporary files and logs filled to the last byte",
        (
            Figure("forms refused in words before they were accepted", tally["refused"], floor=1, most=False),
            Figure("refused forms that did something", tally["half"], floor=0, goal=0),
            Figure("forms refused though they had room", tally["odd"], floor=0, goal=0),
            Figure("answers that said: our fault", tally["wrong"], floor=0, goal=0),
            Figure("databases that were not sound", int(not sound) + census["flaws"], floor=0, goal=0),
            Figure("slowest to take forms again", slowest, "s", floor=limit, goal=READY),
            *lost_and_double_figures(books, copies, people=books["people"], window=0),
        ),
    )


@contextmanager
def _system_on_small_disks() -> Iterator[tuple[dict[str, Path], SystemUnderTest, WebServer]]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="plp-proof-")))
        disks = {name: folder / name for name in SIZES}
        disks["files"] = disks["data"] / "files"
        for name, size in SIZES.items():  # the data first: one of the others stands in it
            stack.enter_context(memory_disk(disks[name], size))
        for log in ("web.log", "worker.log"):
            (folder / log).symlink_to(disks["log"] / log)
        settings = {"PLP_HOME": str(disks["data"]), "TMPDIR": str(disks["temp"]), "PLP_DISK_RESERVE_MB": str(RESERVE)}
        of_house: dict[str, Any] = {
            "connections": CONNECTIONS,
            "delay": 0.01,
            "lease": 30,
            "stage": "proof.procedures.web_forms",
        }
        scene = stack.enter_context(system_under_test(folder, "", settings=settings, **of_house))
        scene.call_procedure("create_cast_streets_and_members", MEMBERS)
        yield disks, scene, stack.enter_context(web_server(scene, 1))


def _send_forms_and_tally_answers(
    server: WebServer, forms: list[dict[str, Any]], cookies: dict[str, str], tally: Counter[str], found: str
) -> list[int]:
    statuses = []
    for form in forms:
        answer = server.get_page_or_post_form(form["path"], cookies[form["act"]], form["fields"])
        statuses.append(answer.status)
        if answer.status in {302, 409}:
            tally[found] += 1
        elif answer.status == 507 and NO_ROOM in answer.body:
            tally["refused"] += 1
        else:
            print_progress(f"{form['act']} was answered with {answer.status}")
            tally["wrong"] += 1
    return statuses


def _try_forms_while_disk_full(
    name: str, server: WebServer, scene: SystemUnderTest, forms: list[dict[str, Any]], tally: Counter[str]
) -> None:
    """What people meet while this disk is full."""
    if name == "data":
        cookies = dict.fromkeys(EACH, f"session={'a' * 32}; csrf={'c' * 32}; language=en")  # nothing can be noted
        _send_forms_and_tally_answers(server, forms, cookies, tally, "odd")
        tally["wrong"] += server.get_page_or_post_form("/").status not in {200, 503}
        return
    statuses = _send_forms_and_tally_answers(
        server, forms, scene.call_procedure("sign_in_and_get_cookies_by_act"), tally, "done while full"
    )
    refused = [form for form, status in zip(forms, statuses, strict=True) if status == 507]
    tally["half"] += sum(
        any(scene.call_procedure("count_rows_written_by_act", form["act"], form["key"])) for form in refused
    )
    upload = server.get_page_or_post_form("/language/", fields={}, kind=UPLOAD).status
    tally["odd"] += name == "log" and upload == 507
    tally["wrong"] += name != "log" and upload != 507


def _seconds_until_forms_succeed(server: WebServer, scene: SystemUnderTest, forms: list[dict[str, Any]]) -> float:
    """How long it takes until every form goes through."""
    begun = time.monotonic()
    cookies = scene.call_procedure("sign_in_and_get_cookies_by_act")
    while set(_send_forms_and_tally_answers(server, forms, cookies, Counter(), "")) - {302, 409}:
        assert time.monotonic() - begun < 120, server.log.read_text()[-2000:]
        time.sleep(0.1)
    return time.monotonic() - begun
