"""What every installed channel must fulfil, whoever wrote it."""

import ast
import asyncio
import inspect
from dataclasses import FrozenInstanceError
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import entry_points
from types import SimpleNamespace
from typing import get_args

import pytest
from django.test import override_settings
from django.utils.functional import Promise
from django.utils.translation import override

from plp.charter.queries.plan import default_plan_rules, proposed_channels
from plp.delivery import channel as contract
from plp.delivery import installed
from plp.delivery.channel import (
    BadAddress,
    Channel,
    Connection,
    ConnectionFailed,
    Envelope,
    Metered,
    ReceiptReader,
    Sender,
    Slot,
    Text,
    count_suppliers,
)
from plp.delivery.states import State
from tests.factories.devices import Device

LANGUAGES = ("fr", "nl", "de", "en")
BROWSER = Device().subscription  # the address of a channel whose addresses come from a browser
NOBODY = "smtp://127.0.0.1:1"  # a port that nothing listens on

channels = pytest.mark.parametrize("channel", list(installed.channels().values()), ids=list(installed.channels()))
senders = pytest.mark.parametrize("channel", list(installed.senders().values()), ids=list(installed.senders()))


def test_every_announced_channel_is_found() -> None:
    announced = {point.name for point in entry_points(group=installed.GROUP)}

    assert {"email", "sms", "paper", "calls", "webpush", "voice"} <= announced
    assert set(installed.channels()) == announced
    assert installed.check_channels() == []


def test_what_channels_of_others_import_and_offer_keeps_its_name() -> None:
    words = {"PLACES", "Slot", "Text", "fill", "pieces", "plain", "slots_of", "count_suppliers"}
    offered = {
        contract.Progress: {"mark_leaving", "mark_taken"},
        contract.Untracked: {"mark_leaving", "mark_taken"},
        contract.ManySuppliers: {"count_suppliers", "open"},
        contract.Sited: {"site_of"},
        contract.Metered: {"limits", "count_parts", "number_range_of"},
    }

    assert words <= set(vars(contract))
    assert [kind for kind, names in offered.items() if not names <= set(dir(kind))] == []


@channels
def test_a_channel_says_what_it_is(channel: Channel) -> None:
    assert isinstance(channel, Channel)
    assert channel.key == channel.key.lower()
    assert channel.key.isidentifier()
    assert len(channel.key) <= 20
    assert channel.abilities.by_hand is not isinstance(channel, Sender)
    assert channel.abilities.by_hand == (channel.abilities.concurrency == 0)
    assert set(channel.abilities.borrows) <= set(installed.channels()) - {channel.key}
    assert channel.abilities.cost >= 0
    with pytest.raises(FrozenInstanceError):
        channel.abilities.cost = 0  # type: ignore[misc]


@channels
def test_its_words_are_said_in_every_language(channel: Channel) -> None:
    words = [channel.label, channel.address_form.label, channel.address_form.hint]
    words += [outcome.label for outcome in channel.outcomes.values()]

    for phrase in words:
        assert isinstance(phrase, Promise)
        said = []
        for language in LANGUAGES:
            with override(language):
                said.append(str(phrase))
        assert all(said)
    assert channel.address_form.input_type in {"text", "email", "tel"}


@channels
@pytest.mark.parametrize("raw", ["", " ", "\x00", "\n", "a\nb", "x" * 10_000, "'; DROP TABLE people_person; --", "<b>"])
def test_nonsense_is_refused_with_a_sentence(channel: Channel, raw: str) -> None:
    with pytest.raises(BadAddress) as refused:
        channel.normalise(raw)

    sentence = refused.value.in_words()
    assert sentence
    assert len(raw.strip()) < 3 or raw not in sentence


@channels
def test_an_address_has_one_form_that_stays_as_it_is(channel: Channel) -> None:
    form = channel.address_form
    if form.autocomplete == "street-address":
        return  # a front door: its own test knows the form
    typed = form.example or BROWSER
    assert typed, "say in address_form.example how somebody types an address of this channel"

    kept = channel.normalise(typed)

    assert channel.normalise(kept) == kept
    assert channel.normalise(f"  {typed} ") == kept


def test_channels_that_take_the_same_address_take_turns() -> None:
    """An address that was brought in goes to the channel that comes first, whatever its name."""
    turns = [
        (channel.address_form.input_type, channel.address_form.turn)
        for channel in installed.channels().values()
        if channel.address_form.typed
    ]

    assert len(turns) == len(set(turns)), "give the new channel a turn of its own in address_form"


def test_the_plan_of_a_new_partnership_names_every_channel_for_every_kind_of_message() -> None:
    """Unless a channel goes before one that is named."""
    planned = set(installed.planned_channels())
    forgotten = {rule.kind: planned - set(rule.channels) for rule in default_plan_rules()}
    before = {key: set(channel.abilities.precedes) for key, channel in installed.channels().items()}

    assert {kind: channels for kind, channels in forgotten.items() if channels} == {}
    assert all(channels <= planned for channels in before.values())
    assert planned | {key for key, channels in before.items() if channels} == set(installed.channels())


def test_a_channel_that_no_order_names_is_proposed_before_those_carried_by_hand(monkeypatch) -> None:
    sent, carried = SimpleNamespace(by_hand=False), SimpleNamespace(by_hand=True)
    abilities = {"email": sent, "calls": carried, "leaflet": carried, "pager": sent}
    found = {key: SimpleNamespace(abilities=ability) for key, ability in abilities.items()}
    monkeypatch.setattr("plp.charter.queries.plan.planned_channels", lambda: found)

    assert proposed_channels(("email", "calls", "paper")) == ("email", "pager", "calls", "leaflet")


@channels
def test_outcomes_lead_to_states_that_a_person_may_report(channel: Channel) -> None:
    assert bool(channel.outcomes) == channel.abilities.by_hand
    for key, outcome in channel.outcomes.items():
        assert len(key) <= 60
        assert outcome.state in {State.DELIVERED, State.FAILED, State.QUEUED}


@channels
def test_the_check_answers_in_sentences(channel: Channel) -> None:
    with override_settings(SMTP_URL=NOBODY, SMTP_URL_2="", SMS_URL="", SMS_URL_2=""):
        sentences = channel.check()

    assert all(sentence.endswith(".") for sentence in sentences)


@senders
def test_a_sender_asks_for_the_slots_that_its_text_uses(channel: Sender) -> None:
    prepared = channel.prepare(Text(channel.key, "fr", "Sujet", f"{Slot.NAME} {Slot.CHECK_CODE}", ""))

    assert {Slot.NAME, Slot.CHECK_CODE} <= prepared.slots


@senders
def test_a_supplier_that_is_not_there_is_a_failed_connection(channel: Sender) -> None:
    nobody = {
        "SMTP_URL": NOBODY,
        "SMTP_URL_2": "",
        "SMS_URL": "http://u:p@127.0.0.1:1/",
        "SMS_URL_2": "",
        "PUSH_HOSTS": [],
        "VOICE_URL": "",
    }

    with override_settings(**nobody), pytest.raises(ConnectionFailed) as failure:
        asyncio.run(channel.open())

    assert failure.value.reason.startswith(f"{'smtp' if channel.key == 'email' else channel.key}-")
    assert "127.0.0.1" not in failure.value.reason


def imported_later(module: str, name: str) -> type:
    """The class ``name`` that ``module`` imports somewhere, be it for the type checker alone."""
    imports = [
        node
        for node in ast.walk(ast.parse(inspect.getsource(import_module(module))))
        if isinstance(node, ast.ImportFrom)
    ]
    origin = next(node.module for node in imports if name in {alias.name for alias in node.names})
    return getattr(import_module(str(origin)), name)


@senders
def test_a_line_has_the_two_words_of_a_connection(channel: Sender) -> None:
    returned = inspect.signature(channel.open).return_annotation
    if isinstance(returned, str):  # loaded when a connection opens
        returned = imported_later(type(channel).__module__, returned)

    for line in get_args(returned) or (returned,):
        for name in ("send", "close"):
            assert inspect.iscoroutinefunction(getattr(line, name))
            assert list(inspect.signature(getattr(line, name)).parameters) == list(
                inspect.signature(getattr(Connection, name)).parameters
            )


@senders
def test_receipts_that_are_fetched_are_a_sequence(channel: Sender) -> None:
    assert not isinstance(channel, ReceiptReader) or list(asyncio.run(channel.read_receipts())) == []


@channels
def test_what_costs_money_is_metered_and_nothing_else_is(channel: Channel) -> None:
    metered = isinstance(channel, Metered)

    assert metered == (channel.abilities.cost > 0)
    if metered:
        text = Text(channel.key, "fr", "", "Bonjour")
        copy = Envelope("p1-" + "0" * 32, "+32475123456", channel.prepare(text), {}, datetime(2026, 1, 1, tzinfo=UTC))
        limits = channel.limits()
        assert channel.count_parts(copy) == 1
        assert (
            channel.number_range_of("+32475123456")
            == channel.number_range_of("+32475999999")
            != channel.number_range_of("+32499123456")
        )
        assert min(limits.cents, limits.day, limits.area, limits.number, limits.codes) > 0


@senders
def test_a_channel_has_at_least_one_supplier_also_where_none_is_set(channel: Sender) -> None:
    with override_settings(SMTP_URL="", SMTP_URL_2="", SMS_URL="", SMS_URL_2=""):
        assert count_suppliers(channel) == 1


def test_an_envelope_cannot_be_changed() -> None:
    envelope = Envelope("p1-" + "0" * 32, "a@example.be", None, {}, datetime(2026, 1, 1, tzinfo=UTC))

    with pytest.raises(AttributeError):
        envelope.address = "b@example.be"  # type: ignore[misc]
