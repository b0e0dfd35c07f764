"""One round after the other: look, tell what is new, what lasts and what is well again; once a day heads and backup."""

import json
import os
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import Error

from plp.delivery.models import Pulse
from plp.journal import anchors
from plp.ops.backup.creation import last_backup_at
from plp.ops.cli import say
from plp.ops.environment import OWN_COMMAND
from plp.ops.watch import operator_mail
from plp.ops.watch.checks import WatchMemory, WatchTrouble, find_all_troubles

AGAIN = timedelta(hours=24)  # a trouble that lasts is told again
DAY = timedelta(hours=24)
HANGS = 900.0  # seconds; a long chain of the journal takes a minute to look through, a mail server that hangs two


def _watch_state_path() -> Path:
    return Path(settings.HOME) / "watch.json"


@dataclass
class WatchRound:
    """``told``: when each trouble was last told; kept in a file, so that a new start does not tell it again.
    ``missed``: of each setting with addresses, those (1, 2, ...) that did not get the last mail.
    """

    memory: WatchMemory = field(default_factory=WatchMemory)
    tell: Callable[[list[str], str, str], list[int]] = operator_mail.mail_and_return_numbers_of_missed_addresses
    reported_at: dict[str, datetime] = field(default_factory=dict)
    anchored: datetime | None = None
    missed: dict[str, list[int]] = field(default_factory=dict)
    backup: subprocess.Popen[bytes] | None = None
    begun: float = field(default_factory=time.monotonic)

    def write_heartbeat(self, at: datetime) -> None:
        """Say that the watch lives, as long as no round hangs: ``/readyz`` is red without it."""
        if time.monotonic() - self.begun > HANGS:
            return
        try:
            Pulse.objects.update_or_create(key="watch", defaults={"at": at})
        except Error:
            say("plp watch: the database does not answer.")

    def __post_init__(self) -> None:
        try:
            state: dict[str, Any] = json.loads(_watch_state_path().read_text())
        except (FileNotFoundError, ValueError):
            return
        self.reported_at = {key: datetime.fromisoformat(moment) for key, moment in state["told"].items()}
        self.anchored = datetime.fromisoformat(state["anchored"]) if state["anchored"] else None
        self.memory.web_seen = state["web_seen"]
        self.missed = state.get("missed", {})

    def run_round(self, at: datetime) -> list[WatchTrouble]:
        """Look once and tell; answers what is wrong now."""
        self.begun = time.monotonic()
        troubles = [*find_all_troubles(self.memory), *troubles_of_undelivered_mail(self.missed)]
        self._say_and_mail_changes(troubles, at)
        self._send_heads_and_back_up_if_due(
            at, is_whole=not any(trouble.key.startswith(("journal", "database")) for trouble in troubles)
        )
        self._save_state()
        return troubles

    def _say_and_mail_changes(self, troubles: list[WatchTrouble], at: datetime) -> None:
        keys = {trouble.key for trouble in troubles}
        new = [trouble for trouble in troubles if at - self.reported_at.get(trouble.key, at - AGAIN) >= AGAIN]
        over = [key for key in self.reported_at if key not in keys]
        for trouble in new:
            say(f"plp watch: {trouble.words} {trouble.cure}")
        for key in over:
            say(f"plp watch: well again: {key}.")
        if not new and not over:
            return
        if settings.ALARM_TO and not self._mail_setting_addresses_and_remember_missed(
            "PLP_ALARM_TO", _trouble_mail_subject(new, keys), _trouble_mail_body(new, over, troubles)
        ):
            say("plp watch: nobody got the alarm; it is tried again.")
            return
        self.reported_at = {key: moment for key, moment in self.reported_at.items() if key in keys} | {
            trouble.key: at for trouble in new
        }

    def _mail_setting_addresses_and_remember_missed(self, setting: str, subject: str, body: str) -> bool:
        """Send it to the addresses of a setting, and remember which did not get it; answers whether anybody did."""
        to = getattr(settings, setting.removeprefix("PLP_"))
        self.missed[setting] = self.tell(to, subject, body)
        return len(self.missed[setting]) < len(to)

    def _send_heads_and_back_up_if_due(self, at: datetime, *, is_whole: bool) -> None:
        """Once a day: the heads of the journal go out, and a backup is made if there is a place for it."""
        if settings.ANCHOR_TO and is_whole and (self.anchored is None or at - self.anchored >= DAY):
            body = HEADS.format(origin=settings.ORIGIN) + anchors.anchor_lines(at)
            if self._mail_setting_addresses_and_remember_missed(
                "PLP_ANCHOR_TO", f"PLP {_host_of_site()}: where the journal ended, {at:%Y-%m-%d}", body
            ):
                self.anchored = at
        if self.backup is not None and self.backup.poll() is not None:
            self.backup = None
        if settings.BACKUP_FOLDER and settings.BACKUP_RECIPIENT and self.backup is None and _is_backup_due(at):
            self.backup = subprocess.Popen([*OWN_COMMAND, "backup", "--daily"], env=os.environ)  # noqa: S603 - ours

    def _save_state(self) -> None:
        state = {
            "told": {key: moment.isoformat() for key, moment in self.reported_at.items()},
            "anchored": self.anchored.isoformat() if self.anchored else "",
            "web_seen": self.memory.web_seen,
            "missed": self.missed,
        }
        new = _watch_state_path().with_name(".watch.json")
        try:
            new.write_text(json.dumps(state))
            new.replace(_watch_state_path())
        except OSError as error:
            say(f"plp watch: {_watch_state_path()}: {error.strerror}.")


def address_numbers_without_mail() -> dict[str, list[int]]:
    """Of each setting with addresses those that did not get the last mail, as a watch of this machine wrote down."""
    try:
        missed: dict[str, list[int]] = json.loads(_watch_state_path().read_text()).get("missed", {})
    except (OSError, ValueError):
        return {}
    return missed


def troubles_of_undelivered_mail(missed: Mapping[str, list[int]]) -> list[WatchTrouble]:
    """A trouble for each setting of whose addresses some did not get the last mail, by their place in it: a log names
    no address.
    """
    return [
        WatchTrouble(
            f"mail {setting}",
            f"The last mail did not reach address {', '.join(map(str, places))} of {setting}.",
            "Is it spelt right, does that mailbox take mails of ours? The next mail tries it again.",
        )
        for setting, places in missed.items()
        if places
    ]


def _is_backup_due(at: datetime) -> bool:
    backup_at = last_backup_at()
    return backup_at is None or at - backup_at >= DAY


def _host_of_site() -> str:
    return settings.ORIGIN.partition("://")[2]


def _trouble_mail_subject(new: list[WatchTrouble], keys: set[str]) -> str:
    if new:
        return f"PLP {_host_of_site()}: {new[0].words}"
    return f"PLP {_host_of_site()}: {'better, not yet well' if keys else 'well again'}"


def _trouble_mail_body(new: list[WatchTrouble], over: list[str], troubles: list[WatchTrouble]) -> str:
    parts = [f"{trouble.words}\n  {trouble.cure}\n" for trouble in new]
    if over:
        parts.append(f"Well again: {', '.join(over)}.\n")
    lasting = [trouble.words for trouble in troubles if trouble not in new]
    if lasting:
        parts.append("As before:\n" + "".join(f"  {words}\n" for words in lasting))
    return "\n".join([*parts, f"Written by the watch of {settings.ORIGIN}. This mail cannot be answered.\n"])


HEADS = """Keep this mail. It says where each chain of the journal of {origin} ended.
If somebody cuts or rewrites the journal later, these lines show it: ./plp verify-audit --anchors FILE

"""
