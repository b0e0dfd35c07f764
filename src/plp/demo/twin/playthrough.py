"""Two installations and the federal reader on loopback: meet, offer, relay there, correct, subscribe, move."""

import time
from collections.abc import Callable
from typing import Any

from plp.demo.twin.processes import HERE, THERE, TwinProcess
from plp.ops.cli import Failed, say


class TwinPlaythrough:
    """One run: its steps with their times, and how many foreign tokens were found."""

    def __init__(self, here: TwinProcess, there: TwinProcess, reader: TwinProcess) -> None:
        self.here, self.there, self.reader = here, there, reader
        self.steps: list[dict[str, Any]] = []
        self.foreign = -1
        self.facts: dict[str, Any] = {}
        self.moved: dict[str, int] = {}  # installation: members of the partnership that moved

    @property
    def has_held(self) -> bool:
        """Whether every step held and no name is where it does not belong."""
        return self.foreign == 0 and all(step["ok"] for step in self.steps)

    def report(self) -> dict[str, Any]:
        """The shape that the operator's contract names."""
        return {"steps": self.steps, "members": self.moved, "canaries": {"foreign": self.foreign}}

    def run_step(self, name: str, act: Callable[[], Any]) -> Any:
        """Do one step, note how long it took and whether it held; a failure is told, and the run goes on."""
        began, outcome, ok = time.monotonic(), None, True
        try:
            outcome = act()
            ok = outcome is not False
        except (Failed, KeyError, OSError) as error:  # of the pages, too
            say(f"plp: {name}: {error}")
            ok = False
        self.steps.append({"name": name, "ok": ok, "seconds": round(time.monotonic() - began, 3)})
        say(f"plp: {'ok  ' if ok else 'FAIL'} {name}")
        return outcome

    def play_all_steps(self) -> None:
        """From the invitation to the partnership that moved."""
        for name, act in (
            ("three installations are built", self._build_installations),
            ("meet: an invitation is answered", self._exchange_invitation_and_check_met),
            ("meet: the words agree on both sides", self._compare_verification_words),
            ("meet: both chiefs confirm", self._confirm_both_sides_and_check_open),
            ("offer: a released message leaves with its words", self._offer_notice_and_check_arrival),
            ("accept: it becomes a draft there", self._accept_notice_and_check),
            ("relay: second officer and coordinator let it go there", self._relay_notice_and_check_reach),
            ("outcome: counts come back", self._post_letters_and_check_outcome),
            ("correct: the correction goes the same way", self._correct_notice_and_check_relayed),
            ("down: letters wait for an installation that is away", self._check_offer_survives_outage),
            ("register: the federal reader subscribes", self._subscribe_reader_and_check_entries),
            ("canaries: nobody is named at the other side", self._is_no_foreign_token_found),
            ("move: the dry run counts what goes and names the streets that lack", self._offer_move_and_check_contents),
            ("move: the chief there accepts once the addresses are read in", self._accept_move_and_check_agreed),
            ("move: members are told beforehand, and one leaves", self._check_members_told_and_one_leaves),
            ("move: on the day everybody is there, once, and nobody here", self._carry_out_move_and_check_counts),
            ("move: the old page leads on", self._check_old_page_redirects),
            ("move: a STOP in an old mail holds there", self._check_old_stop_link_works),
            ("canaries: nobody who moved is named here", self._is_no_name_left_behind),
        ):
            self.run_step(name, act)

    def _build_installations(self) -> None:
        self.here.perform_act("build", HERE)
        self.there.perform_act("build", THERE)
        self.reader.perform_act("build_reader")
        for side in (self.here, self.there, self.reader):
            side.start_web()

    def _exchange_invitation_and_check_met(self) -> bool:
        self.facts["meeting"], invitation = self.here.perform_act("create_invitation")
        self.there.perform_act("answer_invitation", invitation)
        return bool(self.there.perform_act("post_due_letters") == 1 and self._pairing_states() == ["met", "met"])

    def _pairing_states(self) -> list[str]:
        return [side.perform_act("pairing_state", self.facts["meeting"]) for side in (self.here, self.there)]

    def _compare_verification_words(self) -> bool:
        first, second = (
            side.perform_act("verification_words", self.facts["meeting"]) for side in (self.here, self.there)
        )
        return bool(first == second and len(first) > 0)

    def _confirm_both_sides_and_check_open(self) -> bool:
        for side in (self.here, self.there):
            side.perform_act("confirm_pairing", self.facts["meeting"])
            side.perform_act("post_due_letters")
        return self._pairing_states() == ["open", "open"]

    def _offer_notice_and_check_arrival(self) -> bool:
        self.facts["notice"] = self.here.perform_act("offer_and_relay_notice", self.facts["meeting"])
        return bool(
            self.here.perform_act("post_due_letters") == 1 and self.there.perform_act("count_waiting_offers") == 1
        )

    def _accept_notice_and_check(self) -> bool:
        self.facts["copy"] = self.there.perform_act("accept_offer")
        self.there.perform_act("post_due_letters")
        return bool(self.here.perform_act("offer_outcome", self.facts["notice"])[0] == "accepted")

    def _relay_notice_and_check_reach(self) -> bool:
        self.facts["members"] = self.there.perform_act("release_relay_and_count", self.facts["copy"])
        return bool(self.facts["members"] > 0)

    def _post_letters_and_check_outcome(self) -> bool:
        self.there.perform_act("post_due_letters")
        return bool(
            self.here.perform_act("offer_outcome", self.facts["notice"]) == ["accepted", 1, self.facts["members"]]
        )

    def _correct_notice_and_check_relayed(self) -> bool:
        correction = self.here.perform_act("correct_and_relay_notice", self.facts["notice"])
        self.here.perform_act("post_due_letters")
        copy = self.there.perform_act("accept_offer")
        members = self.there.perform_act("release_relay_and_count", copy)
        self.there.perform_act("post_due_letters")
        return bool(self.here.perform_act("offer_outcome", correction) == ["accepted", 1, members])

    def _check_offer_survives_outage(self) -> bool:
        self.there.stop_pages()
        notice = self.here.perform_act("offer_and_relay_notice", self.facts["meeting"])
        lost = self.here.perform_act("post_due_letters")
        self.there.start_web()
        self.here.perform_act("retry_letters")
        self.there.perform_act("accept_offer")
        self.there.perform_act("post_due_letters")
        return bool(lost == 0 and self.here.perform_act("offer_outcome", notice)[0] == "accepted")

    def _subscribe_reader_and_check_entries(self) -> bool:
        meeting, invitation = self.reader.perform_act("create_invitation")
        self.here.perform_act("answer_invitation", invitation)
        self.here.perform_act("post_due_letters")
        for side in (self.reader, self.here):
            side.perform_act("confirm_pairing", meeting)
            side.perform_act("post_due_letters")
        self.here.perform_act("queue_register_entries", meeting)
        self.here.perform_act("post_due_letters")
        return bool(self.reader.perform_act("registered_partnership_keys") == [HERE])

    def _is_no_foreign_token_found(self) -> bool:
        ours, theirs = self.here.perform_act("identifying_texts"), self.there.perform_act("identifying_texts")
        self.foreign = (
            self.there.perform_act("count_foreign_tokens", ours)
            + self.here.perform_act("count_foreign_tokens", theirs)
            + self.reader.perform_act("count_foreign_tokens", [*ours, *theirs])
        )
        return bool(self.foreign == 0 and len(ours) > 0 and len(theirs) > 0)

    def _offer_move_and_check_contents(self) -> bool:
        self.facts["moving"] = self.here.perform_act("names_without_mandate", HERE)
        contents = self.here.perform_act("offer_move_and_count_contents", self.facts["meeting"], HERE)
        self.here.perform_act("post_due_letters")
        lacking = self.there.perform_act("accept_move_and_count_lacking_streets")
        state = self.there.perform_act("move_state_and_counts")[0]
        return bool(contents["members"] > 0 and lacking > 0 and state == "offered")

    def _accept_move_and_check_agreed(self) -> bool:
        self.there.perform_act("import_addresses_of_demo_quarter", HERE)
        lacking = self.there.perform_act("accept_move_and_count_lacking_streets")
        self.there.perform_act("post_due_letters")
        states = [side.perform_act("move_state_and_counts")[0] for side in (self.here, self.there)]
        return bool(lacking == 0 and states == ["agreed", "agreed"])

    def _check_members_told_and_one_leaves(self) -> bool:
        letters = self.here.perform_act("move_state_and_counts")[1]
        before = self.here.perform_act("count_active_members", HERE)
        self.facts["left"] = self.here.perform_act("let_a_member_leave")
        self.facts["to_move"] = self.here.perform_act("count_active_members", HERE)
        return bool(letters > 0 and self.facts["to_move"] == before - 1)

    def _carry_out_move_and_check_counts(self) -> bool:
        self.facts["stop"], self.facts["stopped"] = self.here.perform_act("old_stop_link_and_contact", HERE)
        self.here.perform_act("set_move_day_to_today")
        self.post_letters_in_turn()
        self.moved = {side.name: side.perform_act("count_active_members", HERE) for side in (self.here, self.there)}
        say(f"plp: members of {HERE}: {self.moved}")
        return bool(self.moved == {HERE: 0, THERE: self.facts["to_move"]})

    def post_letters_in_turn(self) -> None:
        """What both workers do on the day: close, pack, send; read in, confirm; forget."""
        for side in (self.here, self.here, self.there, self.here):
            side.perform_act("retry_letters")

    def _check_old_page_redirects(self) -> bool:
        return self.here.final_address(f"/p/{HERE}/join/") == f"http://127.0.0.1:{self.there.port}/p/{HERE}/join/"

    def _check_old_stop_link_works(self) -> bool:
        self.here.post_form(self.facts["stop"], {"List-Unsubscribe": "One-Click"})
        self.here.perform_act("post_due_letters")
        return bool(self.there.perform_act("is_stopped", self.facts["stopped"]))

    def _is_no_name_left_behind(self) -> bool:
        names = self.facts["moving"]
        here = self.here.perform_act("count_foreign_names", names)
        there = self.there.perform_act("count_foreign_names", [self.facts["left"]])
        logs = sum(name in side.log.read_text() for side in (self.here, self.there) for name in names)
        self.foreign += here + there + logs
        return bool(here + there + logs == 0 and len(names) > 0)
