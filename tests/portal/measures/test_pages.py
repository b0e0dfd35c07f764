"""Measures on pages: a whole story, who sees what, fresh proof, and that nobody else can infer a measure."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from plp.charter.actions import set_contact_and_amend_charter
from plp.documents import document_html
from plp.journal.models import Entry
from plp.mandates.grants import Role
from plp.measures.actions import files, steps
from plp.measures.ladders import OFFICE
from plp.measures.models import WAITS, File, Measure, OwnWords
from plp.measures.papers import measure_paper
from plp.measures.states import MeasureGround, MeasureState, MeasureStep
from plp.people.models import Person
from plp.portal.subjects.measures.offers import measure_tasks
from tests.factories.cast import NOW, hold, member, person
from tests.measures.stage import Stage
from tests.portal.signing import AT, signed_in, stop_clock

pytestmark = pytest.mark.django_db
LISTED, MINE = "/measures/", "/measures/mine/"


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Everybody, at their hour."""
    stop_clock(monkeypatch)
    return Stage()


def at(name: str, file: File, *more: object) -> str:
    """The address of a page of a file."""
    return reverse(f"measures:{name}", args=[file.pk, *more])


def text_of(browser: Client, address: str) -> str:
    """The words of a page that opens."""
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def button_class(page: str, passes_on: str) -> str:
    """How the button looks by which one decides about what somebody says."""
    (button,) = (one for one in re.findall("<button[^>]*>", page) if f'value="{passes_on}"' in one)
    return button


def settle(browser: Client, file: File, passes_on: str = "yes") -> int:
    """Press a button under what waits to be read; answer the status."""
    words = file.own_words.get(WAITS)
    return browser.post(at("pass_on_or_keep_words", file, words.pk), {"passes_on": passes_on}).status_code


def sign(stage: Stage, measure: Measure, role: Role) -> None:
    """An office reads the letter and what the person says, and signs."""
    browser, address = signed_in(stage.signer(role)), at("sign", measure.file, measure.pk)
    assert browser.post(address, {**hidden(browser, address), "read": "on"}).status_code == 302


def hidden(browser: Client, address: str) -> dict[str, str]:
    """What a page carries back unseen: the fingerprints of what it shows."""
    return dict(re.findall(r'name="(\w*fingerprint)" value="(\w*)"', text_of(browser, address)))


def test_a_member_is_excluded_step_by_step(stage: Stage) -> None:
    coordinator, officer = signed_in(stage.here.coordinator), signed_in(stage.officer)
    coordinator.post("/measures/open/member/haren/", {"person": str(stage.member.pk)})
    file = File.objects.get()
    coordinator.post(at("talk", file), {"held_on": "2026-11-24", "came": "yes"})
    bad = officer.post(at("propose", file, "exclusion"), {"grounds": ["a free accusation"]}).content.decode()
    officer.post(at("propose", file, "exclusion"), {"grounds": [MeasureGround.RULES], "happened_on": "2026-11-20"})
    measure = Measure.objects.get(step=MeasureStep.EXCLUSION)
    for role in measure.rung.signers:
        assert [task.url for task in measure_tasks(stage.signer(role), AT)] == [at("detail", file)]
        sign(stage, measure, role)

    measure.refresh_from_db()
    assert "is not one of the available choices" in bad
    assert measure.state == MeasureState.TAKEN
    page = text_of(officer, at("detail", file))
    assert ("Carl Muster" in page, "internal rules or the charter" in page) == (True, True)
    assert officer.get(at("letter", file, measure.pk))["Content-Type"] == "application/pdf"
    assert Entry.objects.get(verb="members.viewed").details == {"list": "measure", "count": 1}
    officer_closes, coordinator_closes = officer.post(at("close", file)), coordinator.post(at("close", file))
    assert (officer_closes.status_code, coordinator_closes.status_code) == (409, 302)


def test_no_reason_is_ticked_beforehand_and_the_one_that_is_needed_is_said(stage: Stage) -> None:
    officer, needed = signed_in(stage.officer), "the serious harm to the partnership must be among them"
    of_member, of_coordinator = stage.about_member(), stage.about_coordinator()

    pages = [text_of(officer, at("propose", file, "suspension")) for file in (of_member, of_coordinator)]
    bad = officer.post(at("propose", of_member, "suspension"), {"grounds": ["rules"]}).content.decode()
    officer.post(at("propose", of_coordinator, "suspension"), {"grounds": ["rules"]})

    assert [(" checked" in page, needed in page) for page in pages] == [(False, True), (False, False)]
    assert "A provisional exclusion needs the serious harm to the partnership among them." in bad
    assert [measure.grounds for measure in Measure.objects.exclude(step="talk")] == [["rules"]]


def test_who_may_open_one_kind_of_file_reads_where_and_about_whom(stage: Stage) -> None:
    page = text_of(signed_in(stage.here.coordinator), LISTED)

    assert '<span class="small">Haren&nbsp;· about a member</span>' in page


def test_whoever_opened_a_file_and_may_not_go_on_sees_for_whom_it_waits(stage: Stage) -> None:
    chief = signed_in(stage.signer(Role.CHIEF))
    chief.post("/measures/open/coordinator/haren/", {"person": str(stage.here.coordinator.pk)})

    page = text_of(chief, at("detail", File.objects.get()))

    assert "<li>Talk (mandated police officer)</li>" in page
    assert "Written reprimand" not in page


def test_the_person_reads_answers_and_sees_how_long_an_appeal_is_possible(stage: Stage) -> None:
    file = stage.about_coordinator()
    measure = stage.taken(file, MeasureStep.EXCLUSION)
    Measure.objects.filter(pk=measure.pk).update(taken_at=NOW - timedelta(days=7))
    set_contact_and_amend_charter(
        partnership=stage.here.partnership,
        slot=Role.MUNICIPALITY,
        organisation="Ville",
        name="Maud Voorbeeld",
        email="ville@plp.test",
        phone="",
        by=stage.officer,
        at=NOW,
    )
    browser = signed_in(stage.here.coordinator)

    page = text_of(browser, MINE)
    browser.post(reverse("measures:say", args=[file.pk]), {"words": "Je vois cela <b>autrement</b>."})

    assert ("9 December 2026: 15 days are left" in page, "Final removal from the function" in page) == (True, True)
    assert "mailto:ville@plp.test" in page
    for someone in (stage.mayor, stage.officer):
        assert "Je vois cela &lt;b&gt;autrement&lt;/b&gt;." in text_of(signed_in(someone), at("detail", file))
    assert browser.get(reverse("measures:my_letter", args=[measure.pk])).status_code == 200
    assert browser.get(at("detail", file)).status_code == 404  # nobody reads the file about oneself


def test_what_the_person_says_is_read_by_the_police_alone_until_they_pass_it_on(stage: Stage) -> None:
    file = stage.about_member()
    measure = stage.proposed(file, MeasureStep.EXCLUSION)
    coordinator, officer, chief = map(signed_in, (stage.here.coordinator, stage.officer, stage.chief))
    own, words, plate = signed_in(stage.member), "Je n’y étais pas.", "Une Golf grise, plaque 1-ABC-123."

    def seen(text: str) -> list[bool]:
        addresses = [(coordinator, at("sign", file, measure.pk)), *((one, at("detail", file)) for one in deciders)]
        return [text in text_of(browser, address) for browser, address in addresses]

    deciders = (coordinator, officer, chief)
    own.post(reverse("measures:say", args=[file.pk]), {"words": words})
    waiting = seen(words)
    forbidden, passed = settle(coordinator, file), settle(officer, file)
    own.post(reverse("measures:say", args=[file.pk]), {"words": plate})

    assert (waiting, forbidden, passed) == ([False, False, True, True], 409, 302)
    assert (seen(words), seen(plate)) == ([True] * 4, [False, False, True, True])
    assert "Look for a number plate" in text_of(officer, at("detail", file))
    assert (settle(officer, file, "no"), seen(plate)) == (302, [False, False, True, True])  # a neighbour reads no plate
    assert "it describes others" in text_of(coordinator, at("sign", file, measure.pk))
    sign(stage, measure, Role.COORDINATOR)


def test_what_was_read_is_passed_on_and_not_what_was_written_later(stage: Stage) -> None:
    first = stage.said(stage.about_member())
    officer, address = signed_in(stage.officer), at("pass_on_or_keep_words", first.file, first.pk)
    page = text_of(officer, at("detail", first.file))
    stage.pass_on(first)
    later = stage.said(first.file, "La voiture était grise.")

    refused = officer.post(address, {"passes_on": "yes"})

    assert (f'action="{address}"' in page, refused.status_code) == (True, 409)
    later.refresh_from_db()
    assert later.is_waiting_for_police


def test_what_was_kept_by_a_slip_is_passed_on_from_the_same_page(stage: Stage) -> None:
    words = stage.said(stage.about_member())
    address, page = at("pass_on_or_keep_words", words.file, words.pk), at("detail", words.file)
    officer, coordinator = signed_in(stage.officer), signed_in(stage.here.coordinator)
    settle(officer, words.file, "no")
    offered = [f'action="{address}"' in text_of(browser, page) for browser in (officer, coordinator)]

    officer.post(address, {"passes_on": "yes"})

    assert offered == [True, False]
    assert ("Mon voisin a menti" in text_of(coordinator, page), address in text_of(officer, page)) == (True, False)


def test_who_presses_no_button_neither_passes_on_nor_keeps(stage: Stage) -> None:
    words = stage.said(stage.about_member())
    officer, address = signed_in(stage.officer), at("pass_on_or_keep_words", words.file, words.pk)

    answers = [officer.post(address, sent, follow=True).content.decode() for sent in ({}, {"passes_on": "perhaps"})]

    assert ["Choose an answer." in page for page in answers] == [True, True]
    words.refresh_from_db()
    assert words.is_waiting_for_police


def test_an_honest_defence_is_passed_on_without_any_warning(stage: Stage) -> None:
    file, officer = stage.about_member(), signed_in(stage.officer)
    stage.pass_on(stage.said(file, "Je n’étais pas à la réunion, j’étais au travail."))
    stage.said(file, "Je l’ai dit au coordinateur.")
    honest = text_of(officer, at("detail", file))
    settle(officer, file)
    stage.said(file, "Une Golf grise, plaque 1-ABC-123.")
    doubtful = text_of(officer, at("detail", file))

    assert ["Look for a number plate" in page for page in (honest, doubtful)] == [False, True]
    emphasised = [button_class(page, "yes") for page in (honest, doubtful)]
    assert ["quiet" in one for one in emphasised] == [False, True]


def test_whoever_cannot_read_it_yet_is_told_so_and_signs_nothing(stage: Stage) -> None:
    file = stage.about_member()
    measure = stage.proposed(file, MeasureStep.EXCLUSION)
    stage.said(file)
    coordinator, address = signed_in(stage.here.coordinator), at("sign", file, measure.pk)

    page = text_of(coordinator, address)
    refused = coordinator.post(address, {"fingerprint": measure.fingerprint, "read": "on"})

    assert ("the police read it first" in page, 'name="read"' in page) == (True, False)
    assert f'<p><a href="{at("detail", file)}">Back</a></p>' in page
    with override("en"):
        titles = [task.title for task in measure_tasks(stage.here.coordinator, AT)]
    assert titles == ["A measure waits: the police read first what the person says"]
    assert (refused.status_code, "the police read it first" in refused.content.decode()) == (409, True)
    assert not measure.signatures.exists()
    settle(signed_in(stage.officer), file)
    sign(stage, measure, Role.COORDINATOR)


def test_whoever_decides_reads_what_came_since_they_opened_the_page(stage: Stage) -> None:
    file = stage.about_coordinator()
    measure = stage.taken(file, MeasureStep.EXCLUSION)
    mayor, decide = signed_in(stage.mayor), at("decide", file, measure.pk)
    mayor.post(at("lodge", file, measure.pk), {"way": "email", "sent_on": "2026-11-25"})
    nothing = hidden(mayor, decide)
    stage.said(file)

    refused = mayor.post(decide, {**nothing, "outcome": "rejected"})

    assert (refused.status_code, "What stands on this page has changed" in refused.content.decode()) == (409, True)
    assert "Mon voisin a menti" in text_of(mayor, decide)
    assert mayor.post(decide, {**hidden(mayor, decide), "outcome": "rejected"}).status_code == 302


def test_words_wait_on_the_desk_of_the_police_who_see_the_file(stage: Stage) -> None:
    file = stage.about_member()
    words = stage.said(file)
    police = (stage.officer, stage.chief)

    def waiting() -> list[list[str]]:
        with override("en"):
            return [
                [task.title for task in measure_tasks(one, AT)]
                for one in (*police, stage.here.coordinator, stage.mayor)
            ]

    before = waiting()
    stage.proposed(file, MeasureStep.REPRIMAND)  # the chief signs it
    both = waiting()
    stage.pass_on(words)

    read, sign_it = "What somebody says for themselves waits to be read", "A measure waits for your signature"
    assert before == [[read], [], [], []]
    assert both == [[read], [sign_it, read], [], []]
    assert waiting() == [[], [sign_it], [], []]


def test_the_person_sees_who_reads_their_words_and_why_the_police_keep_some(stage: Stage) -> None:
    file, own = stage.about_member(), signed_in(stage.member)
    say, officer = reverse("measures:say", args=[file.pk]), signed_in(stage.officer)
    before = text_of(own, say)
    own.post(say, {"words": "La voiture grise de Luc."})

    waiting, early = text_of(own, MINE), own.get(say)
    settle(officer, file, "no")
    kept, anew = text_of(own, MINE), text_of(own, say)
    own.post(say, {"words": "Je n’y étais pas."})
    settle(officer, file)

    assert "They pass it on to the coordinator, unless it describes somebody else or a vehicle." in before
    assert ("Sent on 25 November 2026. The police read it first." in waiting, say in waiting) == (True, False)
    assert (early.status_code, "you can write three times" in early.content.decode()) == (409, True)
    assert ("that protects everybody here" in kept, "write it anew" in kept, say in kept) == (True,) * 3
    assert "La voiture grise de Luc." in anew  # to be mended, not typed again
    assert "Those who decide can read it since 25 November 2026." in text_of(own, MINE)


def test_pressing_send_twice_sends_once(stage: Stage) -> None:
    own, words = signed_in(stage.member), {"words": "Je n’y étais pas."}
    say = reverse("measures:say", args=[stage.about_member().pk])

    assert [own.post(say, words).status_code for _press in range(2)] == [302, 302]
    assert own.post(say, {"words": "Autre chose."}).status_code == 409
    assert OwnWords.objects.count() == 1


def test_a_coordinator_is_told_that_the_police_and_the_municipality_read(stage: Stage) -> None:
    file, own = stage.about_coordinator(), signed_in(stage.here.coordinator)
    stage.said(file)

    assert "The police read it, and the municipality where it decides." in text_of(
        own, reverse("measures:say", args=[file.pk])
    )
    assert "Those who decide can read it since 25 November 2026." in text_of(own, MINE)
    assert "Keep it with the police" not in text_of(signed_in(stage.officer), at("detail", file))


def test_whoever_signs_reads_the_letter_in_their_own_language_too(stage: Stage) -> None:
    measure = stage.proposed(stage.about_member(), MeasureStep.REPRIMAND)
    chief, address = signed_in(stage.chief), at("sign", measure.file, measure.pk)
    with override("de"):
        letters = {code: document_html(measure_paper(measure, code)) for code in ("fr", "de")}

    chief.post("/language/", {"language": "de"})
    in_german = text_of(chief, address)
    chief.post("/language/", {"language": "fr"})
    in_french = text_of(chief, address)

    assert (letters["fr"] in in_german, letters["de"] in in_german) == (True, True)
    assert "Auf Deutsch lesen: verschickt wird nur der Brief auf Französisch" in in_german
    assert (in_french.count(letters["fr"]), "Lire en" in in_french) == (1, False)


def test_whom_a_measure_is_about_finds_the_letter_from_the_first_page(stage: Stage) -> None:
    before = measure_tasks(stage.here.coordinator, AT)
    stage.taken(stage.about_coordinator(), MeasureStep.EXCLUSION)

    with override("en"):
        after = [(task.title, task.url) for task in measure_tasks(stage.here.coordinator, AT)]

    assert (before, after) == ([], [("A letter about you", MINE)])


def test_an_appeal_is_noted_and_decided_by_the_authority(stage: Stage) -> None:
    file = stage.about_coordinator()
    measure = stage.taken(file, MeasureStep.EXCLUSION)
    chief, mayor = signed_in(stage.chief), signed_in(stage.mayor)
    chief.post(at("copy", file, measure.pk), {"on": "2026-11-25"})
    chief.post(at("lodge", file, measure.pk), {"way": "email", "sent_on": "2026-11-25"})
    refused = chief.post(at("decide", file, measure.pk), {"outcome": "upheld"})
    mayor.post(at("decide", file, measure.pk), {"outcome": "rejected"})

    measure.refresh_from_db()
    assert (refused.status_code, measure.appeal.state, str(measure.copied_on)) == (409, "rejected", "2026-11-25")
    assert mayor.get(at("appeal_letter", file, measure.pk)).status_code == 200
    own = signed_in(stage.here.coordinator)
    assert own.get(reverse("measures:my_appeal_letter", args=[measure.pk])).status_code == 200


def pages(file: File, measure: Measure) -> list[str]:
    """Every page of a file."""
    of_file = [at(name, file) for name in ("detail", "talk", "close")]
    names = ("sign", "drop", "lift", "copy", "letter", "lodge", "decide", "appeal_letter")
    return [*of_file, at("propose", file, "exclusion"), *(at(name, file, measure.pk) for name in names)]


def test_whoever_does_not_decide_gets_the_same_answer_as_for_nothing(stage: Stage) -> None:
    file = stage.about_member()
    measure = stage.proposed(file, MeasureStep.REPRIMAND)
    committee = person("Emma Comité")
    hold(committee, Role.COMMITTEE, stage.here.area)
    strangers: list[Person] = [
        stage.here.deputy,
        committee,
        stage.next_door.coordinator,
        stage.foreign_officer,
        stage.mayor,
        stage.member,
    ]
    for someone in strangers:
        browser = signed_in(someone)
        for page in pages(file, measure):
            assert (browser.get(page).status_code, browser.post(page).status_code) == (404, 404), (someone.name, page)
        assert "Marc Membre" not in browser.get(LISTED).content.decode()
    assert Measure.objects.get(pk=measure.pk).state == MeasureState.PROPOSED


def test_signing_and_deciding_ask_for_fresh_proof(stage: Stage) -> None:
    file = stage.about_coordinator()
    measure = stage.proposed(file, MeasureStep.REPRIMAND)
    stale = signed_in(stage.chief, minutes_ago=6)

    answer = stale.post(at("sign", file, measure.pk), {"fingerprint": measure.fingerprint, "read": "on"})

    assert (answer.status_code, "/account/" in answer["Location"]) == (302, True)
    assert not measure.signatures.exists()


def test_nothing_tells_others_of_a_talk_or_a_reprimand(stage: Stage) -> None:
    """Pages of everybody else, byte for byte, before and after (R102)."""
    watched = {
        stage.here.deputy: ["/", "/mandates/quarters/haren/"],
        stage.second_officer: ["/police/", "/zone/", "/mandates/quarters/haren/", "/evaluation/"],
        stage.here.coordinator: ["/coordinator/members/", "/coordinator/"],
        stage.next_door.coordinator: ["/", "/coordinator/members/"],
    }
    browsers = {someone: signed_in(someone) for someone in watched}

    def seen() -> list[bytes]:
        tokens = [(browser.get(page), page) for someone, browser in browsers.items() for page in watched[someone]]
        return [_without_token(answer.content) for answer, _page in tokens if answer.status_code == 200]

    before = seen()
    stage.taken(stage.about_member(), MeasureStep.REPRIMAND)

    assert seen() == before
    assert len(before) >= 8


def _without_token(content: bytes) -> bytes:
    """A page without the tokens that are new on every answer."""
    lines = content.splitlines()
    return b"\n".join(line for line in lines if b"csrfmiddlewaretoken" not in line and b"nonce" not in line)


def test_the_list_costs_the_same_however_long(stage: Stage) -> None:
    browser = signed_in(stage.here.coordinator)
    text_of(browser, LISTED)
    counts = []
    for number in (1, 2):
        for _one in range(number):
            someone = member(stage.here.partnership, "Autre Membre")
            File.objects.create(partnership=stage.here.partnership, person=someone, ladder="member", opened_at=NOW)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            text_of(browser, LISTED)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_the_file_of_a_deputy_says_deputy(stage: Stage) -> None:
    about = {"partnership": stage.here.partnership, "ladder": OFFICE, "by": stage.officer, "at": NOW}
    deputy = files.open_measures_file(person=stage.here.deputy, **about)
    coordinator = files.open_measures_file(person=stage.here.coordinator, **about)
    browser = signed_in(stage.officer)

    said = [text_of(browser, at("detail", file)) for file in (deputy, coordinator)]

    assert ["· deputy coordinator" in page.replace("&nbsp;", " ") for page in said] == [True, False]
    assert "· coordinator" in said[1].replace("&nbsp;", " ")
    assert text_of(browser, LISTED).count("deputy coordinator") == 1


def test_a_file_says_who_did_each_act_and_in_which_office(stage: Stage) -> None:
    file = stage.about_member()
    measure = steps.propose_measure_and_ask_signature(
        file=file, step=MeasureStep.REPRIMAND, grounds=["rules"], happened_on=None, by=stage.officer, at=NOW
    )
    steps.drop_measure(measure=measure, by=stage.chief, at=NOW + timedelta(minutes=1))

    page = " ".join(text_of(signed_in(stage.officer), at("detail", file)).split())

    officer, chief = str(Role.OFFICER.label), str(Role.CHIEF.label)
    assert f"Opened by: {Role.COORDINATOR.label}, {stage.here.coordinator.name}, " in page
    assert f"Noted by: {officer}, {stage.officer.name}, " in page
    assert f"Proposed by: {officer}, {stage.officer.name}, " in page
    assert f"Not taken, decided by: {chief}, {stage.chief.name}, " in page


def test_the_letter_of_a_talk_says_who_noted_it_in_which_office(stage: Stage) -> None:
    talk = stage.about_member().measures.get()

    letter = document_html(measure_paper(talk, "en"))
    Measure.objects.update(proposed_by=None)
    forgotten = document_html(measure_paper(Measure.objects.get(), "en"))

    with override("en"):
        assert f"Noted by {stage.officer.name}, {Role.OFFICER.label}." in letter
    assert "Noted by" not in forgotten
