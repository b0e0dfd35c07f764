"""The whole journey without a browser: real actions, real SMTP and SMS receivers on loopback, an honest ledger."""

import random
import subprocess
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from plp.delivery import actions as delivery
from plp.delivery.actions import record_hand_outcome_and_reroute
from plp.delivery.installed import channels
from plp.delivery.models import Dispatch, Message
from plp.delivery.queries import copies_to_deliver_by_hand, ledger, message_tally
from plp.delivery.states import State
from plp.demo.message_texts import ALARM, BREACH, FEEDBACK
from plp.demo.notice_journey import (
    list_rules_holding_draft_and_drop_it,
    relay_notice,
    release_notice,
    write_and_submit,
    write_release_and_relay_notice,
)
from plp.demo.quarter import Quarter, QuarterBuilder
from plp.demo.quarter_settings import SETTINGS
from plp.journal.queries import verify_journal
from plp.notices import actions as notices
from plp.notices import refusals
from plp.notices.models import Notice
from plp.ops.cli import say
from plp.ops.environment import OWN_COMMAND
from plp.ops.receivers.mailbox import ReceivedMail, ReceivedSms, RunningReceiver
from plp.ops.receivers.telephone import RunningTelephones
from plp.toolbox import clock

ARRIVED = {State.ACCEPTED, State.DELIVERED}


class Playthrough:
    """One run: its steps with their times, its quarters and messages."""

    def __init__(
        self,
        smtp: RunningReceiver[ReceivedMail],
        sms: RunningReceiver[ReceivedSms],
        telephones: RunningTelephones | None = None,
    ) -> None:
        """Without ``telephones`` nobody is called by a machine."""
        self.smtp, self.sms, self.telephones = smtp, sms, telephones
        self.began = time.monotonic()
        self.steps: list[dict[str, Any]] = []
        self.quarters: list[Quarter] = []
        self.sent: list[tuple[Quarter, Notice]] = []
        self.carried = {"paper": 0, "calls": 0}

    def run_step(self, name: str, act: Callable[[], Any]) -> Any:
        """Do one step, note how long it took and whether it held; a failure is kept and told, and the run goes on."""
        started, outcome, ok = time.monotonic(), None, True
        try:
            outcome = act()
            ok = outcome is not False
        except Exception as error:  # a step that breaks is a step that did not hold
            say(f"plp: {name}: {type(error).__name__}: {error}")
            ok = False
        self.steps.append({"name": name, "ok": ok, "seconds": round(time.monotonic() - started, 3)})
        say(f"plp: {'ok  ' if ok else 'FAIL'} {name}")
        return outcome

    def play_all_steps(self) -> None:
        """From the idea to the feedback, in all partnerships."""
        chance = random.Random("plp")  # noqa: S311 - invented people, the same each time
        quarters = QuarterBuilder(at=clock.now(), chance=chance, step=self.run_step)
        self.quarters = [quarters.build(setting) for setting in SETTINGS]
        for quarter in self.quarters:
            self._play_alarm(quarter)
        self.run_step("the worker delivers", self._run_worker_once)
        for quarter, notice in list(self.sent):
            self._deliver_by_hand_and_phone(quarter, notice)
            self._send_feedback(quarter, notice)
        self.run_step("the worker delivers the feedback", self._run_worker_once)
        for quarter, notice in self.sent[len(self.quarters) :]:
            self._deliver_by_hand_and_phone(quarter, notice)
        self.run_step("the journal's chains hold", lambda: not verify_journal().flaws)

    def _play_alarm(self, quarter: Quarter) -> None:
        """A breach is held, the author cannot release, the second officer can, the coordinator relays."""
        key = quarter.setting.key
        words = BREACH[quarter.setting.languages[0]]
        self.run_step(
            f"{key}: a call to pursue is held",
            lambda: "confront_search" in list_rules_holding_draft_and_drop_it(quarter, words, at=clock.now()),
        )
        notice = self.run_step(
            f"{key}: the officer writes an alarm",
            lambda: write_and_submit(quarter, ALARM, at=clock.now()),
        )
        if notice is None:
            return
        self.run_step(
            f"{key}: the author cannot release it", lambda: self._is_release_by_author_refused(quarter, notice)
        )
        self.run_step(
            f"{key}: a second person releases it",
            lambda: release_notice(quarter, notice, at=clock.now()),
        )
        self.run_step(f"{key}: the coordinator relays it", lambda: relay_notice(quarter, notice, at=clock.now()))
        self.sent.append((quarter, notice))

    @staticmethod
    def _is_release_by_author_refused(quarter: Quarter, notice: Notice) -> bool:
        now = clock.now()
        try:
            notices.release_text_as_second_person(
                notice=notice, text_hash=notice.text_hash, proven_at=now, by=quarter.officer, at=now
            )
        except refusals.SamePerson:
            return True
        return False

    @staticmethod
    def _run_worker_once() -> bool:
        """One worker, in its own process, until nothing is ready."""
        command = [*OWN_COMMAND, "worker", "--once"]
        ended = subprocess.run(command, check=False, capture_output=True, text=True, timeout=180)  # noqa: S603
        if ended.returncode:
            say(ended.stderr)
        return ended.returncode == 0

    def _deliver_by_hand_and_phone(self, quarter: Quarter, notice: Notice) -> None:
        """Volunteers carry the letters and the coordinator phones: everything is ticked off."""
        message = notice.relay.message
        for channel in ("paper", "calls"):
            if channel in message.channels.values_list("channel", flat=True):
                self.run_step(
                    f"{quarter.setting.key}: {channel} of the {notice.kind} is carried",
                    partial(self._mark_copies_delivered_by_hand, quarter, message, channel, clock.now()),
                )

    def _mark_copies_delivered_by_hand(self, quarter: Quarter, message: Message, channel: str, at: datetime) -> None:
        delivery.mark_handed_out(message=message, channel=channel, by=quarter.coordinator, at=at)
        reached = next(key for key, outcome in channels()[channel].outcomes.items() if outcome.state == State.DELIVERED)
        for copy in copies_to_deliver_by_hand(message, channel):
            record_hand_outcome_and_reroute(dispatch=copy, outcome=reached, by=quarter.coordinator, at=at)
            self.carried[channel] += 1

    def _send_feedback(self, quarter: Quarter, alarm: Notice) -> None:
        """Feedback goes to exactly those whom the alarm reached."""
        notice = self.run_step(
            f"{quarter.setting.key}: feedback to those who got the alarm",
            lambda: write_release_and_relay_notice(quarter, FEEDBACK, at=clock.now(), answers=alarm),
        )
        if notice is not None:
            self.sent.append((quarter, notice))

    def report(self) -> dict[str, Any]:
        """What ``demo --once --json`` writes; the counts of receivers, database and page are compared here."""
        ledgers = [(quarter, notice, ledger(notice.relay.message)) for quarter, notice in self.sent]
        disagreements = (
            sum(not self._ledger_agrees(notice) for _stage, notice, _book in ledgers) + self._count_missing_copies()
        )
        return {
            "quarters": [quarter.as_json() for quarter in self.quarters],
            "steps": self.steps,
            "messages": [
                {
                    "id": str(notice.pk),
                    "kind": notice.kind,
                    "quarter": quarter.setting.key,
                    "audience": book.audience,
                    "by_channel": book.as_json()["by_channel"],
                    "by_state": book.as_json()["by_state"],
                }
                for quarter, notice, book in ledgers
            ],
            "receivers": {
                "smtp": self.smtp.count,
                "sms": self.sms.count,
                **self._heard_calls_by_channel(),
                **self.carried,
            },
            "ledger": {"recipients": sum(book.audience for *_, book in ledgers), "disagreements": disagreements},
            "seconds": round(time.monotonic() - self.began, 2),
        }

    @staticmethod
    def _ledger_agrees(notice: Notice) -> bool:
        """Whether the ledger adds up and the coordinator's page says the same."""
        book, page_figures = ledger(notice.relay.message), message_tally(notice.relay.message)
        sum_of_states = page_figures.reached + page_figures.pending + page_figures.lost
        return book.is_balanced and page_figures.audience == book.audience == sum_of_states

    def _count_missing_copies(self) -> int:
        """By how many copies the receivers and the database differ, over all mail and SMS."""
        counted = {"email": self.smtp.count, "sms": self.sms.count, **self._heard_calls_by_channel(), **self.carried}
        rows = Dispatch.objects.filter(state__in=ARRIVED)
        return sum(abs(rows.filter(channel=channel).count() - number) for channel, number in counted.items())

    def _heard_calls_by_channel(self) -> dict[str, int]:
        """How many telephones were called and heard a message."""
        return {"voice": self.telephones.count} if self.telephones is not None else {}

    @property
    def succeeded(self) -> bool:
        """Whether every step held."""
        return all(step["ok"] for step in self.steps) and len(self.quarters) == len(SETTINGS)
