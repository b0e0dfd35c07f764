"""Two connected installations that are served until somebody stops them: to click through, a chief on either side."""

import json
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from plp.demo.outbox_files import save_mail_as_file, save_sms_as_file
from plp.demo.twin.processes import HERE, THERE, TwinProcess, running_twins
from plp.ops.cli import say
from plp.ops.receivers.mailbox import sms_receiver, smtp_receiver


def serve_twin(home: Path, *, say_sign_ins: Callable[[list[dict[str, Any]]], None]) -> None:
    """Build both, let their chiefs meet, serve pages and workers until Ctrl-C. Mail and SMS stay here."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with ExitStack() as stack, suppress(KeyboardInterrupt):
        settings = {name: stack.enter_context(_outbox_receivers(home / f"outbox-{name}")) for name in (HERE, THERE)}
        here, there, _reader = stack.enter_context(running_twins(home, settings=settings))
        for side, quarter in ((here, HERE), (there, THERE)):
            say(f"plp: {side.name} is built ...")
            side.perform_act("build", quarter)
            _link_outbox_and_save_sign_ins(side)
            side.start_web()
        _pair_and_import_addresses(here, there)
        for side in (here, there):
            side.start_worker()
            say(f"plp: {side.name}: http://127.0.0.1:{side.port}/")
            say_sign_ins(side.perform_act("sign_ins"))
        signal.pause()


@contextmanager
def _outbox_receivers(outbox: Path) -> Iterator[dict[str, str]]:
    """Where the mails and SMS of one installation end; the settings that lead them there."""
    outbox.mkdir(parents=True)
    with (
        smtp_receiver(lambda mail: save_mail_as_file(outbox, mail)) as smtp,
        sms_receiver(lambda sms: save_sms_as_file(outbox, sms)) as sms,
    ):
        yield {
            "PLP_DEMO": "1",
            "PLP_SMTP_URL": f"smtp://127.0.0.1:{smtp.port}",
            "PLP_SMS_URL": f"http://demo:demo@127.0.0.1:{sms.port}/cgi-bin/sendsms",
        }


def _link_outbox_and_save_sign_ins(side: TwinProcess) -> None:
    """Where the page “Who can sign in” finds them."""
    (side.home / "outbox").symlink_to(side.home.parent / f"outbox-{side.name}")
    file = side.home / "demo.json"
    file.touch(mode=0o600)
    file.write_text(json.dumps(side.perform_act("sign_ins"), ensure_ascii=False), encoding="utf-8")


def _pair_and_import_addresses(here: TwinProcess, there: TwinProcess) -> None:
    """An invitation, its answer, both confirmations; each side then knows the streets of the other."""
    meeting, invitation = here.perform_act("create_invitation")
    there.perform_act("answer_invitation", invitation)
    there.perform_act("post_due_letters")
    for side in (here, there):
        side.perform_act("confirm_pairing", meeting)
        side.perform_act("post_due_letters")
    there.perform_act("import_addresses_of_demo_quarter", HERE)
    here.perform_act("import_addresses_of_demo_quarter", THERE)
