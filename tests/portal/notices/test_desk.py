"""The officer's desk: draft, check, offer, release as second person, stop, correct, feedback."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from plp.charter.kinds import KINDS
from plp.notices import actions as notices
from plp.notices.models import Notice, Override
from plp.notices.states import State
from plp.people.models import Person
from plp.portal.subjects.notices.checks import short_text_lengths
from plp.wording.check import suggested_replacement_sentence
from tests.factories.cast import Cast, contact, member
from tests.portal.signing import AT, prove, signed_in

pytestmark = pytest.mark.django_db
CORE = "Deux personnes en vêtements de travail sombres sonnent aux portes rue de Verdun vers 14h30. Fermez à clé."
KERN = "Twee personen in donkere werkkledij bellen aan in de Verdunstraat rond 14.30 uur. Sluit uw deur."
ROW = r'href="(/police/[0-9a-f-]{36}/)"'
NAMED = "M. Albert Durieux rôde rue de Verdun vers 14h30. Fermez à clé."


def typed(core: str = CORE, **more: str) -> dict[str, str]:
    """What an officer types on the edit page."""
    return {
        "reason": "threat",
        "keeps_secrecy": "on",
        "fr-title": "Vol par ruse",
        "fr-core": core,
        "nl-title": "Diefstal met list",
        "nl-core": KERN,
        **more,
    }


def drafted(cast: Cast) -> Notice:
    return notices.create_notice_draft(
        partnership=cast.here.partnership, kind="alarm", reason="threat", by=cast.officer, at=AT
    )


def test_everything_that_a_missing_person_message_lacks_is_named_at_once_and_at_its_field(cast: Cast) -> None:
    notice = notices.create_notice_draft(
        partnership=cast.here.partnership, kind="missing_person", reason="threat", by=cast.officer, at=AT
    )
    words = typed(keeps_secrecy="", go_on="1")

    answer = signed_in(cast.officer).post(reverse("notices:write:edit", args=[notice.pk]), words)

    assert set(answer.context["about"].errors) == {"official_reference", "expires_at", "keeps_secrecy"}
    assert answer.context["about"]["official_reference"].id_for_label in answer.text


def submitted(cast: Cast) -> Notice:
    notice = drafted(cast)
    client = signed_in(cast.officer)
    client.post(reverse("notices:write:edit", args=[notice.pk]), typed())
    client.post(reverse("notices:write:submit", args=[notice.pk]))
    notice.refresh_from_db()
    assert notice.state == State.SUBMITTED
    return notice


def test_a_short_text_that_is_too_long_is_not_called_ready(cast: Cast) -> None:
    officer, notice = signed_in(cast.officer), drafted(cast)
    address = reverse("notices:write:edit", args=[notice.pk])

    pages = [officer.post(address, typed(**{"nl-core": words}), follow=True).text for words in (KERN, f"{KERN} " * 9)]

    assert [("Nothing to change." in page, "characters, 320 allowed" in page) for page in pages] == [
        (True, False),
        (False, True),
    ]


def test_what_leaves_out_what_to_do_is_offered_only_when_somebody_says_so(cast: Cast) -> None:
    officer, notice = signed_in(cast.officer), drafted(cast)
    bare = typed(
        "Deux vols rue de Verdun vers 14h30.", **{"nl-core": "Twee diefstallen in de Verdunstraat rond 14.30 uur."}
    )
    officer.post(reverse("notices:write:edit", args=[notice.pk]), bare)
    address = reverse("notices:write:submit", args=[notice.pk])

    refused = officer.post(address, {}).text
    state = Notice.objects.get().state
    officer.post(address, {"nothing_to_do": "on"})

    assert "Say what people should do, or tick" in refused
    assert (state, Notice.objects.get().state) == (State.DRAFT, State.SUBMITTED)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_message_bears_the_day_on_which_the_prosecutor_was_consulted(cast: Cast, kind: str) -> None:
    notice = notices.create_notice_draft(
        partnership=cast.here.partnership, kind=kind, reason="threat", by=cast.officer, at=AT
    )

    written = signed_in(cast.officer).get(reverse("notices:write:edit", args=[notice.pk]), {"by_hand": "1"}).text

    assert "Public prosecutor consulted on" in written


def page(client: Client, name: str, notice: Notice, **data: str) -> str:
    return client.get(reverse(f"notices:{name}", args=[notice.pk]), data).content.decode()


def test_an_empty_desk_teaches_how_to_begin(cast: Cast) -> None:
    officer = signed_in(cast.officer)

    before = officer.get(reverse("notices:desk:desk")).text
    drafted(cast)
    after = officer.get(reverse("notices:desk:desk")).text

    taught = "“Should we send something?” leads you to the right message."
    assert (taught in before, taught in after) == (True, False)


def test_what_is_held_is_marked_and_replaced_by_a_sentence_that_passes(cast: Cast) -> None:
    officer, notice = signed_in(cast.officer), drafted(cast)
    address = reverse("notices:write:edit", args=[notice.pk])

    held = officer.post(address, typed(f"Fermez à clé. {NAMED}", save="1")).text
    shown = officer.get(address).text + held
    key = re.findall(r'name="say" value="([^"]+)"', shown)[0]
    replaced = officer.post(address, typed(f"Fermez à clé. {NAMED}", say=key))

    form = replaced.context["texts"][0]
    assert '<q lang="fr"><mark>M. Albert</mark> Durieux rôde rue de Verdun vers 14h30.</q>' in shown
    assert (
        form.title_core_and_more()[1]
        == f"Fermez à clé. {suggested_replacement_sentence('names_person', 'fr')} Fermez à clé."
    )
    assert (replaced.context["findings"], notice.texts.filter(core__contains="seulement").exists()) == ([], False)


def test_a_draft_is_saved_by_one_main_button_and_one_quiet_one(cast: Cast) -> None:
    officer, notice = signed_in(cast.officer), drafted(cast)

    form = page(officer, "write:edit", notice).partition('<form id="notice-form"')[2].partition("</form>")[0]

    assert re.findall(r'<button class="button (\w+)" type="submit" name="(\w+)"', form) == [
        ("main", "go_on"), ("quiet", "save"),
    ]  # fmt: skip
    assert form.count("<button") == 2
    assert 'data-hx-post="/drafts/"' in form  # what is typed is kept all the same


def test_what_is_missing_is_said_before_the_copies_are_shown(cast: Cast) -> None:
    officer, notice = signed_in(cast.officer), drafted(cast)
    address, half = (
        reverse("notices:write:edit", args=[notice.pk]),
        typed(**{"nl-title": "", "nl-core": "", "go_on": "1"}),
    )

    stays = officer.post(address, half | {"keeps_secrecy": ""})
    goes = officer.post(address, half, follow=True)

    assert list(stays.context["about"].errors) == ["keeps_secrecy"]
    assert goes.redirect_chain == [(reverse("notices:write:submit", args=[notice.pk]), 302)]
    assert "Dutch: nothing is written." in goes.content.decode()
    assert "French: nothing is written." not in goes.content.decode()


def test_the_length_is_told_in_the_languages_that_leave_alone(cast: Cast) -> None:
    notice = drafted(cast)
    words = dict.fromkeys(("fr", "nl", "de", "en"), ("Titre", "Un vol est signalé.", ""))

    lengths = short_text_lengths(notice, words, at=AT)
    reader = member(cast.here.partnership, "Eva Exemple")
    Person.objects.filter(pk=reader.pk).update(language="de")
    contact(reader, "email", "eva@plp.test")
    with_reader = short_text_lengths(notice, words, at=AT)

    assert [length.language for length in lengths] == notice.partnership.languages
    assert {length.language for length in with_reader} == {*notice.partnership.languages, "de"}


def test_a_message_from_the_pen_to_the_release(cast: Cast) -> None:
    someone = member(cast.here.partnership, "Eva Exemple")
    contact(someone, "email", "eva@plp.test")
    officer = signed_in(cast.officer)
    chosen = {"partnership": cast.here.partnership.pk, "kind": "alarm", "reason": "threat"}

    answer = officer.post(reverse("notices:write:new"), chosen)
    notice = Notice.objects.get()
    assert answer["Location"] == reverse("notices:write:edit", args=[notice.pk])

    answer = officer.post(reverse("notices:write:edit", args=[notice.pk]), typed() | {"go_on": "1"}, follow=True)
    assert "Vol par ruse" in answer.content.decode()
    assert "SMS part" in answer.content.decode()
    answer = officer.post(reverse("notices:write:submit", args=[notice.pk]), follow=True)
    assert "Offered for release" in answer.content.decode()
    assert officer.post(reverse("notices:release:release", args=[notice.pk]), {"text_hash": "x"}).status_code == 409

    second = signed_in(cast.second_officer, minutes_ago=6)
    url = reverse("notices:release:release", args=[notice.pk])
    assert second.get(url)["Location"].startswith(reverse("account_prove"))
    prove(second)
    shown = second.get(url).content.decode()
    found = re.search(r'name="text_hash" value="(\w{64})"', shown)
    assert found
    assert "Deux personnes" in shown
    assert second.post(url, {"text_hash": "0" * 64}).status_code == 409
    second.post(url, {"text_hash": found[1]})

    notice.refresh_from_db()
    assert notice.state == State.RELEASED
    assert notice.release.by == cast.second_officer


def test_the_check_stops_a_name_until_a_reason_is_given(cast: Cast) -> None:
    notice, client = drafted(cast), signed_in(cast.officer)
    url = reverse("notices:write:edit", args=[notice.pk])
    client.post(url, typed(NAMED))

    shown = client.get(url).content.decode()
    fields = re.findall(r'name="(reason-\w{16})"', shown)
    assert len(fields) == 1
    assert "Albert Durieux" in shown
    refused = client.post(reverse("notices:write:submit", args=[notice.pk]), follow=True)
    assert "The message check stops this text" in refused.content.decode()
    short = client.post(url, typed(NAMED) | {fields[0]: "short"})
    assert "ten characters" in short.content.decode()
    assert not Override.objects.exists()

    client.post(url, typed(NAMED) | {fields[0]: "Avis officiel, nom déjà public"})
    client.post(reverse("notices:write:submit", args=[notice.pk]))

    notice.refresh_from_db()
    assert notice.state == State.SUBMITTED
    assert Override.objects.get().reason == "Avis officiel, nom déjà public"


def test_the_live_check_saves_nothing(cast: Cast) -> None:
    notice, client = drafted(cast), signed_in(cast.officer)

    answer = client.post(
        reverse("notices:write:findings", args=[notice.pk]), typed(NAMED), headers={"hx-request": "true"}
    )

    assert "stops the message" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert not notice.texts.exists()


@pytest.mark.parametrize(
    ("because", "fault"), [("", "This field is required."), ("Rue ?", "Give a reason of at least ten characters")]
)
def test_what_is_too_short_to_send_back_is_said_beside_the_word_and_kept(cast: Cast, because: str, fault: str) -> None:
    notice, second = submitted(cast), signed_in(cast.second_officer)

    answer = second.post(reverse("notices:release:send_back", args=[notice.pk]), {"because": because})
    notice.refresh_from_db()

    assert (answer.status_code, notice.state) == (200, State.SUBMITTED)
    assert f'<li><a href="#id_because">What should change? {fault}' in answer.text
    assert answer.context["form"]["because"].value() == because
    assert f'action="{reverse("notices:release:release", args=[notice.pk])}"' in answer.text


def test_a_message_can_be_sent_back_and_taken_back(cast: Cast) -> None:
    notice, second = submitted(cast), signed_in(cast.second_officer)

    second.post(
        reverse("notices:release:send_back", args=[notice.pk]), {"because": "Précisez la rue, s'il vous plaît."}
    )
    notice.refresh_from_db()
    assert notice.state == State.DRAFT
    officer = signed_in(cast.officer)
    assert "Précisez la rue" in page(officer, "write:edit", notice)

    officer.post(reverse("notices:write:submit", args=[notice.pk]))
    officer.post(reverse("notices:write:take_back", args=[notice.pk]))
    notice.refresh_from_db()
    assert notice.state == State.DRAFT
    dropped = officer.post(reverse("notices:write:drop", args=[notice.pk]), follow=True).content.decode()
    notice.refresh_from_db()
    assert (notice.state, "Take it up again" in dropped) == (State.DROPPED, True)
    for name in ("edit", "compose", "submit", "drop"):
        earlier = officer.get(reverse(f"notices:write:{name}", args=[notice.pk]))
        assert earlier.headers["Location"] == reverse("notices:desk:detail", args=[notice.pk])
    officer.post(reverse("notices:write:take_up", args=[notice.pk]))
    notice.refresh_from_db()
    assert notice.state == State.DRAFT


def test_the_help_of_a_message_is_about_what_comes_next(cast: Cast) -> None:
    notice, officer = submitted(cast), signed_in(cast.officer)
    second = signed_in(cast.second_officer)

    waiting = page(second, "desk:detail", notice)
    officer.post(reverse("notices:write:take_back", args=[notice.pk]))
    taken_back = page(officer, "desk:detail", notice)
    officer.post(reverse("notices:write:drop", args=[notice.pk]))
    dropped = page(officer, "desk:detail", notice)

    told = [f"/guide/officer/{task}/?from=" for task in ("release", "write", "feedback")]
    assert [[one in shown for one in told] for shown in (waiting, taken_back, dropped)] == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
    ]


def test_after_sending_come_stop_correction_and_feedback(cast: Cast) -> None:
    contact(member(cast.here.partnership, "Eva Exemple"), "email", "eva@plp.test")
    notice = submitted(cast)
    notices.release_text_as_second_person(
        notice=notice, text_hash=notice.text_hash, proven_at=AT, by=cast.second_officer, at=AT
    )
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=AT)
    officer = signed_in(cast.officer)

    shown = page(officer, "desk:detail", notice)
    assert ("every 5s" in shown, "noscript" in shown) == (True, True)
    assert "Bart Voorbeeld" in shown
    assert "Clara Haren" in shown
    officer.post(reverse("notices:write:feedback", args=[notice.pk]))
    officer.post(reverse("notices:write:correct", args=[notice.pk]))
    assert Notice.objects.get(answers=notice).kind == "feedback"
    assert Notice.objects.get(corrects=notice).kind == "alarm"

    assert "cannot be undone" in page(officer, "release:stop", notice)
    officer.post(reverse("notices:release:stop", args=[notice.pk]))
    notice.refresh_from_db()
    assert notice.state == State.RETRACTED


@pytest.mark.parametrize(
    ("language", "titles"), [("fr", ["Vol par ruse", "Diefstal"]), ("nl", ["Diefstal", "Vol par"])]
)
def test_a_message_begins_with_the_language_of_its_reader(cast: Cast, language: str, titles: list[str]) -> None:
    notice = submitted(cast)
    officer = signed_in(cast.officer)
    officer.cookies["language"] = language

    shown = page(officer, "desk:detail", notice)
    text = shown[shown.index('<article class="card"') :]
    assert text.index(titles[0]) < text.index("<details") < text.index(titles[1])
    assert text.count("<article") == 1, "the other languages are folded"


GET = ["desk:detail", "write:edit", "write:submit", "write:drop", "release:release", "release:stop"]
POST = ["write:findings", "write:take_back", "release:send_back", "write:correct", "write:feedback"]


def test_foreign_and_absent_messages_answer_alike(cast: Cast) -> None:
    notice, foreign = submitted(cast), signed_in(cast.foreign_officer)
    tokens = re.compile(rb'csrfmiddlewaretoken" value="\w+"|/police/[0-9a-f-]+/')

    for name in [*GET, *POST]:
        method = foreign.get if name in GET else foreign.post
        answers = [method(reverse(f"notices:{name}", args=[key])) for key in (notice.pk, uuid4())]
        assert [answer.status_code for answer in answers] == [404, 404], name
        assert tokens.sub(b"", answers[0].content) == tokens.sub(b"", answers[1].content), name


def test_a_coordinator_has_no_desk_of_the_police(cast: Cast) -> None:
    assert signed_in(cast.here.coordinator).get(reverse("notices:desk:desk")).status_code == 404
    assert Client().get(reverse("notices:desk:desk"))["Location"].startswith("/account/sign-in/")


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"partnership": "haren"}, [0, 1]),
        ({"kind": "alarm"}, [0, 2]),
        ({"state": "relayed"}, []),
        ({"partnership": "elsewhere", "order": "oldest"}, [0, 1, 2]),
    ],
)
def test_earlier_messages_are_narrowed_and_sorted(cast: Cast, asked: dict[str, str], shown: list[int]) -> None:
    """A value that does not exist counts as none."""
    kinds = [("alarm", cast.here), ("advice", cast.here), ("alarm", cast.next_door)]
    keys = [
        notices.create_notice_draft(
            partnership=place.partnership,
            kind=kind,
            reason="threat",
            by=cast.officer,
            at=AT + timedelta(minutes=minute),
        ).pk
        for minute, (kind, place) in enumerate(kinds)
    ]
    Notice.objects.update(state=State.DROPPED)

    desk = signed_in(cast.officer).get(reverse("notices:desk:desk"), asked).content.decode()

    found = [next(index for index, key in enumerate(keys) if str(key) in link) for link in re.findall(ROW, desk)]
    newest_first = sorted(shown, reverse=True)
    assert found == (shown if asked.get("order") == "oldest" else newest_first)


def test_five_earlier_messages_lie_on_the_desk_and_a_link_leads_to_all(cast: Cast) -> None:
    for _ in range(7):
        drafted(cast)
    Notice.objects.update(state=State.DROPPED)
    officer, address = signed_in(cast.officer), reverse("notices:desk:desk")

    few, everything = (officer.get(address, query).text for query in ({}, {"page": "1"}))

    assert [len(re.findall(ROW, page)) for page in (few, everything)] == [5, 7]
    assert ['href="?page=1#earlier"' in page for page in (few, everything)] == [True, False]


@pytest.mark.parametrize("number", [1, 3])
def test_the_desk_costs_the_same_however_full(
    cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        drafted(cast)
        submitted(cast)
    client = signed_in(cast.second_officer)
    client.get(reverse("notices:desk:desk"))

    with django_assert_num_queries(10):
        shown = client.get(reverse("notices:desk:desk")).content.decode()

    assert shown.count("Vol par ruse") == number


def test_the_first_page_names_what_waits(cast: Cast) -> None:
    submitted(cast)

    shown = signed_in(cast.second_officer).get("/").content.decode()

    assert "1 message waits for your release" in shown


def test_a_newsletter_of_one_partnership_is_written_in_rubrics(cast: Cast) -> None:
    """From the desk: its own form. The same for several is one text, written by hand."""
    officer, new = signed_in(cast.officer), reverse("notices:write:new")
    here = {"partnership": cast.here.partnership.pk, "kind": "newsletter", "reason": "prevention"}

    desk = officer.get(reverse("notices:desk:desk")).text
    answer = officer.post(new, here)

    assert f"{new}?kind=newsletter" in desk
    assert answer["Location"] == reverse("followup:newsletter", args=["haren"])
    assert not Notice.objects.filter(kind="newsletter").exists()
    officer.post(new, {"partnership": cast.here.partnership.pk, "subject": "meeting"})
    assert Notice.objects.get(kind="newsletter").composition
