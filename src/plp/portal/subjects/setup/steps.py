"""What stands between an empty machine and its first message, told from facts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plp.accounts.installation import was_role_ever_held
from plp.delivery.installed import channels, testable_senders
from plp.delivery.models import Dispatch
from plp.delivery.states import OPEN, State
from plp.mandates.grants import Role
from plp.membership.trial_messages import TrialAnswer, last_trial_messages, trial_answer
from plp.people.models import Person
from plp.places.gazetteer import REGISTER
from plp.places.models import Street

LOOKED_AT_FOR = timedelta(minutes=10)  # the page looks again by itself for receipt and answer
ARRIVED = (State.ACCEPTED, State.DELIVERED)
WORDS = {
    State.QUEUED: (capfirst(gettext_lazy("on its way")), "busy"),
    State.HELD: (gettext_lazy("It waits"), "busy"),
    State.CLAIMED: (capfirst(gettext_lazy("on its way")), "busy"),
    State.SENDING: (capfirst(gettext_lazy("on its way")), "busy"),
    State.ACCEPTED: (gettext_lazy("The supplier has taken it: look whether it arrived"), "good"),
    State.DELIVERED: (gettext_lazy("It arrived"), "good"),
    State.FAILED: (gettext_lazy("It did not arrive"), "bad"),
    State.UNKNOWN: (gettext_lazy("Nobody knows whether it arrived: look"), "warn"),
    State.EXPIRED: (gettext_lazy("It was too late"), "bad"),
    State.STOPPED: (gettext_lazy("It was stopped"), "bad"),
}


@dataclass(frozen=True)
class SetupStep:
    """One thing to do; ``must`` if nothing works without it. ``test`` is the last message to oneself.

    Without ``url`` there is nothing to press yet: the text says what is missing.
    """

    title: Any
    text: Any
    url: str
    action: Any
    done: bool
    must: bool = True
    test: Dispatch | None = None
    answer: TrialAnswer | None = None
    asks_answer: bool = False  # whether somebody reads what is answered to the test

    @property
    def outcome_text_and_sign_kind(self) -> tuple[Any, str]:
        """What became of the test, in words, and the kind of its sign."""
        return WORDS[State(self.test.state)] if self.test else ("", "plain")

    @property
    def key_press_text(self) -> Any:
        """What became of a call, in words: whether a key was pressed; nothing of another test."""
        if self.test is None or self.test.channel != "voice" or self.is_test_under_way:
            return ""
        return _("A key was pressed: it was heard.") if self.test.state == State.DELIVERED else _("No key was pressed.")

    @property
    def is_test_under_way(self) -> bool:
        """Whether the test is still on its way."""
        return self.test is not None and self.test.state in OPEN

    def expects_news(self, at: datetime) -> bool:
        """Whether a receipt or an answer may still come, so that the page looks again."""
        if self.test is None or self.is_test_under_way:
            return self.is_test_under_way
        awaits = self.test.state == State.ACCEPTED or (self.asks_answer and self.answer is None)
        return awaits and at - self.test.queued_at < LOOKED_AT_FOR


def setup_steps(person: Person) -> list[SetupStep]:
    """Every step in its order: the chief, each way by which messages leave, the addresses, the municipality."""
    tests = last_trial_messages(person)
    return [
        _name_chief_step(),
        *(_test_step(key, tests.get(key)) for key in testable_senders()),
        _import_addresses_step(),
        _name_municipal_officer_step(),
    ]


def count_missing_required_steps(person: Person) -> int:
    """How many steps that nothing works without are still to be done."""
    return sum(step.must and not step.done for step in setup_steps(person))


def _name_chief_step() -> SetupStep:
    return SetupStep(
        _("Name the chief of corps"),
        _("The chief gets a link by e-mail and designates the police officers, who do the rest."),
        reverse("setup:name", args=[Role.CHIEF.value]),
        _("Name the chief"),
        was_role_ever_held(Role.CHIEF),
    )


def _import_addresses_step() -> SetupStep:
    return SetupStep(
        _("Read in the addresses"),
        _(
            "Streets and house numbers come from the public register. Fetch the file of your region, then type: "
            "./plp import addresses FILE --zone “%(zone)s”"
        )
        % {"zone": _("name of your police zone")},
        REGISTER,
        _("Fetch the file"),
        Street.objects.exists(),
    )


def _name_municipal_officer_step() -> SetupStep:
    return SetupStep(
        _("Name somebody at the municipality"),
        _("They sign charters for the mayor. This can wait until there is one."),
        reverse("setup:name", args=[Role.MUNICIPALITY.value]),
        _("Name them"),
        was_role_ever_held(Role.MUNICIPALITY),
        must=False,
    )


SHOWN_ANSWERS = ("sms",)  # channels whose answers to a test the page shows
TESTS: dict[str, Callable[[], tuple[str, str, str]]] = {
    "email": lambda: (
        _("Send yourself an e-mail"),
        _("If it does not arrive, look at PLP_SMTP_URL and PLP_MAIL_FROM in the settings."),
        _("Send an e-mail"),
    ),
    "sms": lambda: (
        _("Send yourself an SMS"),
        _("It needs a supplier: PLP_SMS_URL in the settings. You may leave SMS for later."),
        _("Send an SMS"),
    ),
    "voice": lambda: (
        _("Call yourself"),
        _("A machine rings you and reads a test. Press 1: that you heard it stands here then."),
        _("Call now"),
    ),
}


def can_be_tested(channel: str) -> bool:
    """Whether a test may leave by ``channel``: without a gateway an SMS would wait for ever."""
    return channel in testable_senders() and (channel != "sms" or bool(settings.SMS_URL or settings.SMS_URL_2))


def test_title_text_and_button(channel: str) -> tuple[str, str, str]:
    """Title, explanation and button of a test; a channel that came with a package of its own is called by its label."""
    if channel in TESTS:
        return TESTS[channel]()
    return (
        _("Send yourself a test: %(channel)s") % {"channel": channels()[channel].label},
        _("If it does not arrive, look at the settings of this channel. It can wait."),
        _("Send a test"),
    )


def _test_step(channel: str, last: Dispatch | None) -> SetupStep:
    title, text, action = test_title_text_and_button(channel)
    done = last is not None and last.state in ARRIVED
    url = reverse("setup:test", args=[channel]) if can_be_tested(channel) else ""
    asks = channel in SHOWN_ANSWERS and channel in settings.ANSWERED and last is not None and last.state in ARRIVED
    answer = trial_answer(last) if last is not None and channel in SHOWN_ANSWERS else None
    return SetupStep(title, text, url, action, done, channel == "email", last, answer, asks)
