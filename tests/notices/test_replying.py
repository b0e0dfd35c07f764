"""Passing a message on by an answer: whose, from where, with which code; and everything that leads to no act."""

import re
from datetime import timedelta

import pytest

from plp.delivery.models import MessageText
from plp.journal.queries import verify_journal
from plp.mandates import actions as mandates
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.notices import actions as notices
from plp.notices.models import Notice, NoticeText, ReplyCode
from plp.notices.relay_letters import MOST_ANSWERS
from plp.notices.reply_codes import reply_code_of_signed_link, reply_confirmation_link
from plp.notices.rules.reply import ReplyWish, parse_relay_wish
from plp.notices.states import State
from plp.people.models import ContactPoint, Person
from plp.toolbox.moves import WrongState
from tests.factories.cast import NOW, Cast, contact, hold, member

MINUTE = timedelta(minutes=1)
CORE = "Des vols ont été commis rue de Verdun. Fermez portes et fenêtres."


@pytest.mark.parametrize(
    "words",
    [
        *(
            "OK 4821",
            "ok 4821",
            "Ok, 4821.",
            "OK4821",
            "« OK 4821 »",
            "\n\n  ok 4821\n",
            "ok\u00a04821",
            "ｏｋ ４８２１",
        ),
        *("RELAYER 4821", "relayé 4821", "Relayez 4821", "Transmettre 4821", "DOORSTUREN 4821", "stuur door 4821"),
        *("Weiterleiten 4821", "leite weiter: 4821", "relay 4821", "OK 4821\n\nClara\n> OK 1111", "> x\nOK 4821"),
        *("OK 4821 svp", "ok 4821, merci !", "Bitte weiterleiten 4821", "je relaie 4821", "OK 4821 a.u.b. bedankt"),
    ],
)
def test_a_code_after_a_word_of_passing_on_is_understood(words: str) -> None:
    assert parse_relay_wish(words) == ReplyWish("4821")


@pytest.mark.parametrize("words", ["LIST", "Liste ?", "lijst", "LISTE\nmerci", "list."])
def test_what_waits_is_asked_for(words: str) -> None:
    assert parse_relay_wish(words) == ReplyWish()


@pytest.mark.parametrize(
    "words",
    [
        *("", "ok", "4821", "OK 482", "OK 48211", "OK 4821 4822", "Pas OK 4821", "not ok 4821", "ok 4821 demain"),
        *("STOP 4821", "Bonjour,\nOK 4821", "> OK 4821", "OK 4 8 2 1", "liste 4821", "ok ٤٨٢١", "x" * 9000, "\x00"),
        *("OK 4821 ?", "Relayer 4821?", "oui 4821"),
        "Le mer. 25 nov. 2026 à 10:00, PLP a écrit :\nOK 4821",
    ],
)
def test_whatever_else_people_write_passes_nothing_on(words: str) -> None:
    assert parse_relay_wish(words) is None


@pytest.fixture
def cast(db: None, settings) -> Cast:
    """The coordinator has a proven number and mailbox; three members can be reached."""
    settings.ANSWERED = ["email", "sms"]
    made = Cast()
    contact(made.here.coordinator, "email", "clara@example.org")
    contact(made.here.coordinator, "sms", "+32470000001", rank=2)
    for number, name in enumerate(("Ann Un", "Bob Deux", "Cem Trois"), 2):
        contact(member(made.here.partnership, name), "sms", f"+3247000000{number}")
    return made


def released(cast: Cast, **about: object) -> Notice:
    """A message of the police that waits for the coordinator."""
    notice = notices.create_notice_draft(
        partnership=cast.here.partnership, kind="alarm", reason="threat", by=cast.officer, at=NOW
    )
    described = {
        "reason": "threat",
        "expires_at": NOW + timedelta(hours=6),
        "official_reference": "",
        "keeps_secrecy": True,
        "prosecutor_consulted_on": None,
    }
    notices.set_details_of_draft(notice=notice, by=cast.officer, at=NOW, **(described | about))
    notices.write_text_and_drop_composition(
        notice=notice, language="fr", title="Vols", core=CORE, more="Plus.", by=cast.officer, at=NOW
    )
    notices.submit_notice_for_release(notice=notice, by=cast.officer, at=NOW)
    notices.release_text_as_second_person(
        notice=notice, text_hash=notice.text_hash, proven_at=NOW, by=cast.second_officer, at=NOW
    )
    notice.refresh_from_db()
    return notice


def code_of(notice: Notice, person: Person) -> str:
    return ReplyCode.objects.get(notice=notice, person=person).code


def wrong(*codes: str) -> str:
    """A code that is none of these."""
    return next(f"{number:04}" for number in range(10_000) if f"{number:04}" not in codes)


def take(words: str, *, source: str = "+32470000001", proven: bool = True, event: str = "", at=NOW + MINUTE) -> bool:
    channel = "email" if "@" in source else "sms"
    contacts = [one for one in ContactPoint.objects.filter(channel=channel) if one.address == source]
    return notices.relay_by_code_reply_and_answer(contacts=contacts, text=words, event=event, is_proven=proven, at=at)


def said(purpose: str = "notices.answer", channel: str = "") -> list[str]:
    """What was written for this purpose, the oldest first."""
    found = MessageText.objects.filter(message__purpose=purpose).order_by("message__created_at", "pk")
    return [row.body for row in (found.filter(channel=channel) if channel else found)]


def state(notice: Notice) -> str:
    return Notice.objects.values_list("state", flat=True).get(pk=notice.pk)


@pytest.mark.parametrize("words", ["{0}", "Pas OK {0}", "OK {0} ?", "oui {0} tout de suite"])
def test_whoever_names_the_code_in_other_words_is_told_how_to_answer(cast: Cast, words: str) -> None:
    notice = released(cast)
    code = code_of(notice, cast.here.coordinator)

    taken = [take(words.format(code)), take(words.format(wrong(code))), take(f"STOP {code}")]

    assert (taken, state(notice)) == ([True, False, False], State.RELEASED)
    [way] = said()
    assert f"OK {code}" in way


def test_a_forged_mail_that_names_the_code_hears_nothing(cast: Cast) -> None:
    code = code_of(released(cast), cast.here.coordinator)

    assert take(f"oui {code}", source="clara@example.org", proven=False) is False
    assert said() == []


def test_the_message_arrives_by_mail_and_sms_with_one_code(cast: Cast) -> None:
    notice = released(cast)

    code = code_of(notice, cast.here.coordinator)
    [mail] = said("notices.waiting", "email")
    [sms] = said("notices.waiting", "sms")
    assert f"OK {code}" in mail
    assert f"OK {code}" in sms
    assert CORE in mail
    assert "Plus." in mail
    assert "rue de Verdun" in sms
    assert all(parse_relay_wish(line) is None for line in mail.splitlines())  # quoted below an answer, it says nothing


@pytest.mark.parametrize(("language", "note"), [("fr", ""), ("de", "Französisch"), ("nl", "Frans"), ("en", "French")])
def test_a_text_in_another_language_is_named_in_ones_own(cast: Cast, settings, language: str, note: str) -> None:
    settings.ANSWERED = []
    Person.objects.filter(pk=cast.here.coordinator.pk).update(language=language)

    released(cast)

    [mail] = said("notices.waiting", "email")
    named = [one for one in ("Französisch", "Frans", "French") if re.search(rf"\b{one}\b", mail)]
    assert named == ([note] if note else [])
    assert "\n\n\n" not in mail


def test_nothing_is_said_of_answers_where_nobody_reads_them(cast: Cast, settings) -> None:
    settings.ANSWERED = ["sms"]
    notice = released(cast)

    code = code_of(notice, cast.here.coordinator)
    assert [code in body for body in (*said("notices.waiting", "email"), *said("notices.waiting", "sms"))] == [
        False,
        True,
    ]


@pytest.mark.parametrize("source", ["+32470000001", "clara@example.org"])
def test_the_code_passes_it_on_once_with_a_receipt(cast: Cast, source: str) -> None:
    notice = released(cast)
    words = f"ok {code_of(notice, cast.here.coordinator)}"

    taken = [take(words, source=source), take(words, source=source)]

    assert (taken, state(notice)) == ([True, True], State.RELAYED)
    notice.refresh_from_db()
    assert (notice.relay.by, notice.relay.audience) == (cast.here.coordinator, 3)
    first, second = said()
    assert "Relayé à 3 personnes." in first
    assert "Alerte, Haren : Relayé" in first.replace("\u00a0", " ")  # an SMS has no space that does not break
    assert "déjà" in second
    assert verify_journal().flaws == ()


def test_an_answer_that_is_brought_again_does_nothing(cast: Cast) -> None:
    notice = released(cast)
    words = f"OK {wrong(code_of(notice, cast.here.coordinator))}"

    taken = [take(words, event="sms:1"), take(words, event="sms:1")]

    assert (taken, len(said()), ReplyCode.objects.get().wrong) == ([True, True], 1, 1)


def test_three_wrong_codes_lock_and_the_page_still_works(cast: Cast) -> None:
    notice = released(cast)
    code = code_of(notice, cast.here.coordinator)

    for _ in range(3):
        take(f"OK {wrong(code)}")
    take(f"OK {code}")

    assert state(notice) == State.RELEASED
    assert ["2" in said()[0], "1" in said()[1], "page" in said()[2], "page" in said()[3]] == [True] * 4
    assert notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=NOW + MINUTE) == 3


def test_several_codes_are_apart_and_listed(cast: Cast) -> None:
    first, second = released(cast), released(cast)
    codes = [code_of(one, cast.here.coordinator) for one in (first, second)]

    take("Liste")
    take(f"OK {codes[1]}")

    assert (len(set(codes)), [f"OK {code}" in said()[0] for code in codes]) == (2, [True, True])
    assert (state(first), state(second)) == (State.RELEASED, State.RELAYED)


def test_what_is_locked_is_listed_as_such(cast: Cast) -> None:
    code = code_of(released(cast), cast.here.coordinator)
    for _ in range(3):
        take(f"OK {wrong(code)}")

    take("Liste")

    assert code not in said()[-1]
    assert "page" in said()[-1]


def test_two_who_answer_from_one_number_with_one_code_pass_nothing_on(cast: Cast) -> None:
    notice = released(cast)
    hold(cast.here.deputy, Role.COORDINATOR, cast.here.area)
    contact(cast.here.deputy, "sms", "+32470000001")
    code = ReplyCode.objects.get(notice=notice, person=cast.here.coordinator)
    known = {name: getattr(code, name) for name in ("notice", "code", "text_hash", "made_at", "expires_at")}
    ReplyCode.objects.create(person=cast.here.deputy, **known)

    take(f"OK {code.code}")

    assert state(notice) == State.RELEASED
    assert all("Deux personnes" in words for words in said())


def test_nothing_waits_is_said_to_a_coordinator_only(cast: Cast) -> None:
    taken = [
        take("LISTE"),
        take("LISTE", source="+32470000002"),
        take("OK 1234"),
        take("OK 1234", source="+32470000002"),
    ]

    assert (taken, len(said())) == ([True, False, True, False], 2)
    assert set(said()) == {"Aucun message de la police ne vous attend."}


@pytest.mark.parametrize("change", ["ended", "withdrawn", "text", "mandate", "stopped", "unproven", "plan"])
def test_the_checks_are_those_of_the_moment(cast: Cast, change: str) -> None:
    notice, at = released(cast), NOW + MINUTE
    words = f"OK {code_of(notice, cast.here.coordinator)}"
    if change == "ended":
        at = NOW + timedelta(hours=6)
    elif change == "withdrawn":
        notices.retract_notice_everywhere(notice=notice, by=cast.officer, at=NOW)
    elif change == "text":
        NoticeText.objects.filter(notice=notice).update(core="Autre chose.")
    elif change == "mandate":
        mandate = Mandate.objects.get(person=cast.here.coordinator)
        mandates.end_mandate(mandate=mandate, by=None, at=NOW)
    elif change == "stopped":
        ContactPoint.objects.filter(person=cast.here.coordinator).update(stopped_at=NOW)
    elif change == "unproven":
        ContactPoint.objects.filter(person=cast.here.coordinator).update(confirmed_at=None)
    else:
        cast.here.plan.rules.update(relayers=["committee"])

    take(words, at=at)

    assert state(notice) != State.RELAYED
    assert hasattr(Notice.objects.get(pk=notice.pk), "relay") is False


def test_a_deputy_answers_during_an_absence_and_not_after(cast: Cast) -> None:
    contact(cast.here.deputy, "sms", "+32470000009")
    theirs = Mandate.objects.get(person=cast.here.coordinator)
    until = NOW + timedelta(days=7)
    absence = mandates.record_absence_and_ask_deputy(
        mandate=theirs,
        deputy=Mandate.objects.get(person=cast.here.deputy),
        starts_at=NOW,
        ends_at=until,
        by=cast.here.coordinator,
        at=NOW,
    )
    first, second = released(cast), released(cast)

    take(f"OK {code_of(first, cast.here.deputy)}", source="+32470000009")
    mandates.end_absence_and_notify_deputy(absence=absence, by=cast.here.coordinator, at=NOW + MINUTE)
    take(f"OK {code_of(second, cast.here.deputy)}", source="+32470000009", at=NOW + 2 * MINUTE)

    assert (state(first), state(second)) == (State.RELAYED, State.RELEASED)
    first.refresh_from_db()
    assert first.relay.by == cast.here.deputy


def test_what_is_not_proven_becomes_a_question_in_the_registered_mailbox(cast: Cast) -> None:
    notice = released(cast)
    row = ReplyCode.objects.get(person=cast.here.coordinator)

    taken = take(f"OK {row.code}", source="clara@example.org", proven=False)

    assert taken is True
    assert state(notice) == State.RELEASED
    assert row.used_at is None
    assert reply_confirmation_link(row) in said()[0]
    key, signature = reply_confirmation_link(row).rstrip("/").split("/")[-2:]
    found = reply_code_of_signed_link(row.pk, signature, at=NOW)
    assert found == row
    assert reply_code_of_signed_link(row.pk, signature[:-1] + "x", at=NOW) is None
    assert key == str(row.pk)
    assert notices.relay_reply_confirmed_by_mail(code=found, by=None, at=NOW + MINUTE) == 3
    assert (state(notice), reply_code_of_signed_link(row.pk, signature, at=NOW + timedelta(hours=7))) == (
        State.RELAYED,
        None,
    )
    with pytest.raises(WrongState):
        notices.relay_reply_confirmed_by_mail(code=found, by=None, at=NOW + MINUTE)


def test_wrong_codes_that_are_not_proven_cost_nothing_and_say_nothing(cast: Cast) -> None:
    notice = released(cast)
    code = code_of(notice, cast.here.coordinator)

    for _ in range(5):
        take(f"OK {wrong(code)}", source="clara@example.org", proven=False)

    assert (said(), ReplyCode.objects.get().wrong) == ([], 0)


def test_nobody_makes_us_write_without_end(cast: Cast) -> None:
    released(cast)

    for number in range(20):
        take("LISTE", event=f"sms:{number}")

    assert len(said()) == MOST_ANSWERS


def test_old_codes_are_forgotten(cast: Cast) -> None:
    notice = released(cast)
    take(f"OK {code_of(notice, cast.here.coordinator)}", event="sms:1")

    kept = notices.delete_old_reply_codes_and_events(by=None, at=NOW + timedelta(days=20))
    gone = notices.delete_old_reply_codes_and_events(by=None, at=NOW + timedelta(days=31))

    assert (kept, gone, ReplyCode.objects.count()) == (0, 2, 0)


def test_the_list_names_each_message_by_its_title_and_a_receipt_says_when_it_leaves(cast: Cast) -> None:
    notice = released(cast, send_at=NOW + timedelta(hours=5))

    take("LISTE", event="list")
    take(f"OK {code_of(notice, cast.here.coordinator)}", event="ok")

    listed, receipt = said()
    assert listed.startswith("Vols - Alerte")
    assert ("Relayé à 3 personnes." in receipt, "Départ : " in receipt.replace("\u00a0", " ")) == (True, True)
