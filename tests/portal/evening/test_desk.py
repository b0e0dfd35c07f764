"""The desk of those who lead an evening: from the plan to the minutes, through the pages."""

import io
import re
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pypdf import PdfReader

from plp.evening import actions as evening
from plp.evening.minutes import hash_of_current_minutes
from plp.evening.models import Decision, Meeting, Question
from plp.evening.states import MeetingState
from plp.launch.documents import files
from plp.mandates.grants import Role
from plp.partnership.models import Partnership
from plp.portal.subjects.evening.forms.meetings import PlanMeetingForm
from plp.portal.subjects.evening.offers import meeting_and_decision_tasks
from plp.portal.subjects.evening.views import invitations
from tests.evening.stage import opinion_in
from tests.factories.cast import hold, person
from tests.portal.evening.stage import Stage, convened, opened, planned, second_leader
from tests.portal.staff import sign_in, staff

pytestmark = pytest.mark.django_db
DAY = (datetime.now(UTC) + timedelta(days=20)).date().isoformat()
PLAN = {
    "purpose": "information",
    "day": DAY,
    "begins": "19:30",
    "until": "21:30",
    "place": "Salle des fêtes",
    "street": "Rue de la Paroisse 12",
    "languages": ["fr", "nl"],
    "voters": "household",
}


def test_the_first_page_names_the_day_of_a_meeting_until_it_is_over(stage: Stage) -> None:
    meeting = convened(stage)
    before, after = (
        meeting_and_decision_tasks(stage.lead.person, meeting.starts_at + timedelta(hours=hours)) for hours in (-1, 1)
    )

    assert [[task.due_at for task in found] for found in (before, after)] == [[meeting.starts_at], [None]]


def test_a_meeting_is_planned_convened_and_everybody_invited(client: Client, stage: Stage) -> None:
    assert "No meeting is planned" in client.get("/evening/haren/").text

    client.post("/evening/haren/plan/", PLAN)
    meeting = Meeting.objects.get()
    client.post(stage.url(meeting, "change/"), PLAN | {"place": "École"})
    client.post(stage.url(meeting, "convene/"))
    page = client.post(stage.url(meeting, "invitations/"), {"invite": "1"}, follow=True).text

    meeting.refresh_from_db()
    assert (meeting.state, meeting.place, meeting.voters) == (MeetingState.CONVENED, "École", "household")
    assert "Letters to deliver: 3." in page
    invitation = meeting.invitations.get()
    letters = client.get(stage.url(meeting, f"invitations/{invitation.pk}/letters.pdf"))
    assert letters.content.startswith(b"%PDF")
    for part in ("0", "2", "x", "-1"):
        beyond = client.get(stage.url(meeting, f"invitations/{invitation.pk}/letters.pdf?part={part}"))
        assert beyond.status_code == 404
    with pytest.MonkeyPatch.context() as shorter:
        shorter.setattr(invitations, "LETTERS_A_FILE", 2)
        assert "part 2, numbers" in client.get(stage.url(meeting, "invitations/")).text
    client.post(stage.url(meeting, "invitations/"), {"carried": invitation.pk})
    invitation.refresh_from_db()
    assert invitation.printed_at
    assert invitation.carried_at


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"day": "2020-01-01"}, "This date is past."),
        ({"day": "yesterday"}, "Enter a valid date."),
        ({"until": "19:00"}, "The meeting would end before it begins."),
        ({"place": ""}, "This field is required."),
        ({"languages": []}, "This field is required."),
        ({"languages": ["xx"]}, "Select a valid choice."),
        ({"place": "x" * 121}, "at most 120 characters"),
        ({"capacity": "-1"}, "greater than or equal to 0"),
    ],
)
def test_a_plan_that_cannot_be_says_what_to_do_and_keeps_what_was_typed(
    client: Client, stage: Stage, changes: dict, words: str
) -> None:
    page = client.post("/evening/haren/plan/", PLAN | changes)

    assert page.status_code == 200
    assert words in page.text
    assert "Rue de la Paroisse 12" in page.text
    assert not Meeting.objects.exists()


def test_traders_vote_by_business_where_residents_vote_by_household(client: Client, stage: Stage) -> None:
    """The choice and the page of the evening say it in the words of the partnership's kind."""
    meeting = planned(stage)
    Meeting.objects.filter(pk=meeting.pk).update(voters="household")
    for kind, words, other in (("plp", "household", "business"), ("plp_i", "business", "household")):
        Partnership.objects.filter(pk=stage.partnership.pk).update(kind=kind)
        for page in (client.get(stage.url(meeting)).text, client.get(stage.url(meeting, "change/")).text):
            assert f"one vote per {words}" in page
            assert f"one vote per {other}" not in page


def test_a_meeting_keeps_the_order_of_the_languages_of_its_partnership(client: Client, stage: Stage) -> None:
    Partnership.objects.filter(pk=stage.partnership.pk).update(languages=["nl", "fr"])
    plan = stage.url(planned(stage)).rpartition("/")[0].rpartition("/")[0] + "/plan/"

    page = client.get(plan).text
    client.post(plan, PLAN | {"languages": ["nl", "fr"], "place": "Parochiezaal / Salle des fêtes"})

    meeting = Meeting.objects.get(place__contains="Parochiezaal")
    assert "in this order: Dutch and French." in page
    assert meeting.languages == ["nl", "fr"]
    assert (meeting.place_in("nl"), meeting.place_in("fr")) == ("Parochiezaal", "Salle des fêtes")


@pytest.mark.parametrize(("kind", "voters"), [("plp", "person"), ("plp_i", "household"), ("sectoral", "household")])
def test_a_partnership_of_businesses_votes_by_business_unless_it_says_otherwise(
    stage: Stage, kind: str, voters: str
) -> None:
    Partnership.objects.filter(pk=stage.partnership.pk).update(kind=kind)
    stage.partnership.refresh_from_db()

    assert PlanMeetingForm(None, partnership=stage.partnership)["voters"].value() == voters


def test_who_convenes_an_evening_within_a_week_is_asked_about_the_letters(client: Client, stage: Stage) -> None:
    soon, later = planned(stage, hours=9), planned(stage, hours=8 * 24)

    pages = [client.get(stage.url(meeting, "convene/")).text for meeting in (soon, later)]

    assert ["Can all letters be delivered before it?" in page for page in pages] == [True, False]


def test_the_evening_is_led_from_a_telephone_to_its_end(client: Client, stage: Stage) -> None:
    meeting = convened(stage)
    chair = stage.url(meeting, "chair/")
    assert "Open the doors" in client.get(chair).text
    early = client.get(stage.url(convened(stage, hours=13), "chair/")).text
    assert ('name="open_doors"' in early, "in the twelve hours before it begins" in early) == (False, True)

    client.post(chair, {"open_doors": "1"})
    client.post(chair, {"show": "1"})
    room = client.get(f"/evening/p/{meeting.token}/screen/").text
    assert "Le concept du partenariat et les règles légales" in room
    assert "Wat het netwerk is, en de wettelijke regels" in room
    client.post(stage.url(meeting, "end/"))
    for position in range(1, 8):
        client.post(chair, {"treated": position, "record": f"Said {position}", "next": position + 1})
    client.post(stage.url(meeting, "agreements/"), {
        "add": "1", "about": "evaluation", "words": "Look back", "owner": "Committee", "due": DAY,
    })  # fmt: skip
    client.post(stage.url(meeting, "end/"))
    client.post(stage.url(meeting, "minutes/"), {"write": "1"})
    client.post(stage.url(meeting, "minutes/fr/"), {"text": "# Procès-verbal\n\nCorrigé"})
    second_leader(stage).post(
        stage.url(meeting, "minutes/approve/"), {"text_hash": hash_of_current_minutes(meeting), "untranslated": "on"}
    )
    page = client.post(stage.url(meeting, "minutes/"), {"send": "1"}, follow=True).text

    meeting.refresh_from_db()
    assert meeting.state == MeetingState.APPROVED
    assert [point.record for point in meeting.points.all()] == [f"Said {n}" for n in range(1, 8)]
    assert "Corrigé" in page
    assert "Sent to those who registered: 0." in page
    assert client.get(stage.url(meeting, "minutes/fr.pdf")).content.startswith(b"%PDF")
    assert Decision.objects.get().owner == "Committee"
    client.post(stage.url(meeting, "agreements/"), {"done": Decision.objects.get().pk})
    assert Decision.objects.get().done_at


def test_whoever_changed_the_minutes_last_does_not_approve_them(client: Client, stage: Stage) -> None:
    meeting, button = opened(stage), "Approve the minutes</a>"
    for point in meeting.points.all():
        evening.record_agenda_point_treated(point=point, record="Dit.", by=None, at=datetime.now(UTC))
    evening.end_meeting_and_delete_codes(meeting=meeting, by=None, at=datetime.now(UTC))
    alone = client.post(stage.url(meeting, "minutes/"), {"write": "1"}, follow=True).text
    second = second_leader(stage)
    own = client.get(stage.url(meeting, "minutes/")).text
    refused = client.post(stage.url(meeting, "minutes/approve/"))
    unread = Meeting.objects.get().state
    others = second.get(stage.url(meeting, "minutes/")).text
    approved = second.post(
        stage.url(meeting, "minutes/approve/"), {"text_hash": hash_of_current_minutes(meeting), "untranslated": "on"}
    )

    assert [button in page for page in (alone, own, others)] == [False, False, True]
    assert "Nobody else leads meetings here yet. Ask the chief of corps to name a second officer." in alone
    assert "Ask one of these people to read and approve them: Bart Haren." in own
    assert (refused.status_code, unread) == (302, MeetingState.MINUTED)
    assert (approved.status_code, Meeting.objects.get().state) == (302, MeetingState.APPROVED)


def test_minutes_that_changed_since_they_were_read_are_shown_anew_instead_of_approved(
    client: Client, stage: Stage
) -> None:
    meeting = opened(stage)
    for point in meeting.points.all():
        evening.record_agenda_point_treated(point=point, record="Dit.", by=None, at=datetime.now(UTC))
    evening.end_meeting_and_delete_codes(meeting=meeting, by=None, at=datetime.now(UTC))
    client.post(stage.url(meeting, "minutes/"), {"write": "1"})
    second, page = second_leader(stage), stage.url(meeting, "minutes/approve/")
    read = second.get(page).text
    client.post(stage.url(meeting, "minutes/nl/"), {"text": "# Verslag\n\nEen derde zin."})

    refused = second.post(page, {"text_hash": shown_hash(read)})

    assert ("Dit." in read, 'lang="nl"' in read, "Een derde zin." in read) == (True, True, False)
    assert (refused.status_code, Meeting.objects.get().state) == (409, MeetingState.MINUTED)
    assert "The minutes have changed since you read them." in refused.text
    assert "Een derde zin." in refused.text
    second.post(page, {"text_hash": shown_hash(refused.text)})
    assert Meeting.objects.get().state == MeetingState.APPROVED


def shown_hash(page: str) -> str:
    """The hash of the minutes in the form of the page."""
    (found,) = re.findall(r'name="text_hash" value="(\w+)"', page)
    return str(found)


def test_what_an_agreement_may_not_say_is_told_at_the_words_that_say_it(client: Client, stage: Stage) -> None:
    meeting, right = opened(stage), {"add": "1", "about": "evaluation", "words": "Bilan", "owner": "Comité", "due": DAY}

    wrong = {"words": "Suivez le Marocain", "owner": "Suivez le Marocain", "due": "2020-01-01"}
    for name, typed in wrong.items():
        page = client.post(stage.url(meeting, "agreements/"), right | {name: typed})

        assert re.findall('<a href="#id_(.*?)">', page.text) == [name]


def test_what_was_typed_on_a_point_is_kept_whatever_is_done_between(client: Client, stage: Stage) -> None:
    meeting = opened(stage)
    question = evening.prepare_question(meeting=meeting, kind="approval", by=None, at=datetime.now(UTC))
    chair = stage.url(meeting, "chair/")
    client.post(chair, {"show": "3"})

    opened_vote = client.post(chair, {"treated": "3", "record": "Half a sentence", "open_vote": "1"}, follow=True)
    closing = client.post(chair, {"treated": "3", "record": "Half a sentence, more", "close": "1"}, follow=True)
    too_long = client.post(chair, {"treated": "3", "record": "x" * 4001, "next": "4"})

    point = meeting.points.get(position=3)
    assert (point.record, point.ticked_at) == ("Half a sentence, more", None)
    assert "Half a sentence" in opened_vote.text
    assert closing.request["PATH_INFO"] == stage.url(meeting, f"votes/{question.pk}/close/")
    assert "at most 4000 characters" in too_long.text
    assert "x" * 4001 in too_long.text
    assert client.post(chair, {"open_vote": "99"}).status_code == 404


def test_a_meeting_cannot_end_before_its_points_are_treated(client: Client, stage: Stage) -> None:
    meeting = opened(stage)

    page = client.post(stage.url(meeting, "end/"))

    assert page.status_code == 409
    assert "These points are still missing: What a partnership is" in page.text


def test_the_page_of_a_vote_says_that_the_doors_come_first(client: Client, stage: Stage) -> None:
    meeting = convened(stage)
    client.post(stage.url(meeting, "votes/"), {"kind": "approval", "quorum": ""})

    page = client.get(stage.url(meeting, f"votes/{Question.objects.get().pk}/")).text

    assert "This vote can be opened once the doors are open." in page
    assert f'href="{stage.url(meeting, "chair/")}"' in page
    assert 'name="open"' not in page


def test_a_vote_is_prepared_opened_entered_and_closed(client: Client, stage: Stage) -> None:
    meeting = opened(stage)
    codes = evening.create_ballot_codes(meeting=meeting, number=2, by=None, at=datetime.now(UTC))
    client.post(stage.url(meeting, "votes/"), {"kind": "approval", "quorum": "3"})
    question = Question.objects.get()
    url = stage.url(meeting, f"votes/{question.pk}/")

    client.post(url, {"open": "1"})
    client.post(url, {"hands": "1", "h-yes": "5", "h-no": "1", "h-abstain": ""})
    client.post(url, {"paper": "1", "p-yes": "1", "p-no": "1", "p-codes": "\n".join(codes)})
    wrong = client.post(url, {"paper": "1", "p-yes": "9", "p-no": "", "p-codes": ""}).text
    assert "This field is required." in wrong
    again = client.post(url, {"paper": "1", "p-yes": "2", "p-no": "1", "p-codes": codes[0]})
    assert "These codes are unknown or have already voted" in again.text
    assert codes[0] in again.text
    assert "unknown or have already voted" in again.text
    assert "Close this vote?" in client.get(f"{url}close/").text
    client.post(f"{url}close/")

    assert "6 yes, 2 no, 0 abstained: approved." in client.get(url).text
    room = client.get(f"/evening/p/{meeting.token}/screen/").text
    assert "6 oui, 2 non, 0 abstention\u00a0: vote favorable." in room
    assert "6 ja, 2 nee, 0 onthoudingen: goedgekeurd." in room


@pytest.mark.parametrize(
    "typed",
    [
        {"hands": "1", "h-yes": "20", "h-no": "2"},
        {"hands": "1", "h-yes": "", "h-no": "2"},
        {"paper": "1", "p-yes": "1", "p-no": "0", "p-codes": "never given"},
    ],
)
def test_hands_and_ballots_that_are_refused_are_seen(client: Client, stage: Stage, typed: dict[str, str]) -> None:
    meeting = opened(stage)
    evening.set_attendance_on_paper_list(meeting=meeting, persons=1, by=None, at=datetime.now(UTC))
    question = open_approval(meeting)

    page = client.post(stage.url(meeting, f"votes/{question.pk}/"), typed).text

    opened_folds = re.findall(r"<details class=\"details\" open>.*?</details>", page, re.DOTALL)
    assert len(opened_folds) == 1
    assert f'name="{next(iter(typed))}"' in opened_folds[0]
    assert 'role="alert"' in opened_folds[0]


def test_closing_says_that_no_hands_and_no_ballots_are_entered(client: Client, stage: Stage) -> None:
    meeting = opened(stage)
    question = open_approval(meeting)
    url = stage.url(meeting, f"votes/{question.pk}/")

    before = client.get(f"{url}close/").text
    client.post(url, {"hands": "1", "h-yes": "5", "h-no": "1"})
    after = client.get(f"{url}close/").text

    assert "No hands and no ballots on paper are entered" in before
    assert "No hands and no ballots on paper are entered" not in after


def open_approval(meeting: Meeting) -> Question:
    """The vote on the partnership, open."""
    now = datetime.now(UTC)
    question = evening.prepare_question(meeting=meeting, kind="approval", by=None, at=now)
    evening.open_vote(question=question, by=None, at=now)
    return question


def test_a_prepared_vote_can_be_taken_off_and_needs_words(client: Client, stage: Stage) -> None:
    meeting = planned(stage)
    wordless = client.post(stage.url(meeting, "votes/"), {"kind": "free", "quorum": "7"}).text
    assert "Write what the meeting decides on." in wordless
    assert 'value="7"' in wordless
    client.post(stage.url(meeting, "votes/"), {"kind": "free", "label": "Un barbecue ?"})

    client.post(stage.url(meeting, f"votes/{Question.objects.get().pk}/"), {"drop": "1"})

    assert not Question.objects.exists()


def test_the_kit_and_the_ballots_are_printed_with_new_codes(client: Client, stage: Stage) -> None:
    meeting = convened(stage)

    for button in ("kit", "ballots"):
        made = client.post(stage.url(meeting, "papers/"), {"number": "3", button: "1"})
        assert made.content.startswith(b"%PDF")
    assert meeting.slips.count() == 6
    assert "300" in client.post(stage.url(meeting, "papers/"), {"number": "301"}).text
    assert meeting.slips.count() == 6
    assert "/slides/" in client.get(stage.url(meeting, "papers/")).text


def test_the_pack_of_the_evening_holds_the_ballots_with_their_codes(
    client: Client, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_pack_print_orders", lambda *_ready: [])  # the ballots alone are set
    meeting = convened(stage)

    made = client.post(stage.url(meeting, "papers/"), {"number": "3", "pack": "1"})

    with zipfile.ZipFile(io.BytesIO(made.content)) as pack:
        ballots = [name for name in pack.namelist() if "bulletins" in name or "ballot" in name]
        words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pack.read(ballots[0]))).pages)
    assert (len(ballots), meeting.slips.count()) == (1, 3)
    assert words.count("Code") == 3


def test_presence_forms_and_names(client: Client, stage: Stage) -> None:
    meeting = opened(stage)
    evening.record_own_arrival(meeting=meeting, persons=2, name="Léa Peeters", by=None, at=datetime.now(UTC))
    url = stage.url(meeting, "presence/")

    client.post(url, {"persons": "41"})
    client.post(url, {"forms": "7"})
    assert "Léa Peeters" in client.get(url).text
    client.post(url, {"strike": meeting.attendance.get(way="screen").pk})

    meeting.refresh_from_db()
    page = client.get(url).text
    assert meeting.forms == 7
    assert "Léa Peeters" not in page
    assert '<span class="figure-number">43</span>' in page
    assert client.post(url, {"strike": "nonsense"}).status_code == 404
    assert "field-wrong" in client.post(url, {"persons": "-3"}).text


def test_voices_are_typed_in_answered_and_taken_out(client: Client, stage: Stage) -> None:
    meeting = opened(stage)
    url = stage.url(meeting, "voices/")
    client.post(url, {"help": "1", "help-name": "Léa", "help-reach": "0470 00 00 00", "help-tasks": ["letters"]})
    client.post(
        url, {"opinion": "1", "opinion-about": "costs", "opinion-view": "disagrees", "opinion-words": "La Golf grise"}
    )
    offer, opinion = meeting.offers.get(), meeting.opinions.get()

    client.post(url, {"spoken": offer.pk})
    client.post(f"{url}{opinion.pk}/answer/", {"answer": "It is free"})
    page = client.get(url).text

    assert ("The costs: one person does not agree" in page, opinion.words) == (True, "")
    assert "It is free" in page
    assert "spoken to" in page
    assert "0470 00 00 00" in page
    client.post(f"{url}offer/{offer.pk}/strike/")
    client.post(f"{url}opinion/{opinion.pk}/strike/")
    assert (meeting.offers.count(), meeting.opinions.count()) == (0, 0)
    assert client.post(f"{url}meeting/{opinion.pk}/strike/").status_code == 404


@pytest.mark.parametrize("typed", [("Léa", "Celui du 12 rôde"), ("Léa, Golf 1-KAN-777", "0470 00 00 00")])
def test_a_volunteer_has_a_name_and_a_telephone_or_an_address_and_no_sentence(
    client: Client, stage: Stage, typed: tuple[str, str]
) -> None:
    meeting, (name, reach) = opened(stage), typed

    page = client.post(stage.url(meeting, "voices/"), {"help": "1", "help-name": name, "help-reach": reach}).text

    assert "field-wrong" in page
    assert not meeting.offers.exists()


def test_a_volunteer_is_asked_for_a_task_with_a_letter_that_says_it(client: Client, stage: Stage) -> None:
    meeting, until = opened(stage), datetime.now(UTC).date() + timedelta(days=9)
    url = stage.url(meeting, "voices/")
    client.post(url, {"help": "1", "help-name": "Jan", "help-reach": "jan@plp.test", "help-tasks": ["letters"]})
    offer = meeting.offers.get()
    task, day = f"ask-{offer.pk}-task", f"ask-{offer.pk}-until"

    begun = client.get(url).text
    past = client.post(url, {"ask": offer.pk, task: "Rue du Pré", day: "2020-01-01"}).text
    client.post(url, {"ask": offer.pk, task: "Rue du Pré", day: str(until)})
    page = client.get(url).text

    assert 'value="Deliver letters"' in begun
    assert "This day is past." in past
    assert 'value="Rue du Pré"' in past
    offer.refresh_from_db()
    assert (offer.task, offer.task_until, offer.taken_up_at is not None) == ("Rue du Pré", until, True)
    assert "mailto:jan@plp.test?subject=" in page
    assert "Rue%20du%20Pr%C3%A9" in page
    assert client.post(url, {"ask": "nobody"}).status_code == 404


def test_all_volunteers_are_asked_in_one_act_with_one_letter(client: Client, stage: Stage) -> None:
    meeting, until = opened(stage), datetime.now(UTC).date() + timedelta(days=9)
    url = stage.url(meeting, "voices/")
    for name, reach in (("Jan", "jan@plp.test"), ("Lea", "lea@plp.test"), ("Bart", "0470 00 00 00")):
        client.post(url, {"help": "1", "help-name": name, "help-reach": reach, "help-tasks": ["letters"]})

    begun = client.get(url).text
    past = client.post(url, {"ask_all": "1", "all-until": "2020-01-01"}).text
    left = meeting.offers.filter(task="").count()
    client.post(url, {"ask_all": "1", "all-until": str(until)})
    page = client.get(url).text

    assert ('name="ask_all"' in begun, 'name="ask_all"' in page) == (True, False)
    assert ("This day is past." in past, left) == (True, 3)
    assert {(offer.task, offer.task_until) for offer in meeting.offers.all()} == {("Deliver letters", until)}
    assert "mailto:?bcc=jan%40plp.test%2Clea%40plp.test&amp;subject=" in page
    assert "0470" not in page.partition("mailto:?bcc=")[2].partition('"')[0]


@pytest.mark.parametrize(
    ("state", "forms"), [("convened", (0, 2)), ("held", (2, 2)), ("minuted", (0, 2)), ("approved", (0, 0))]
)
def test_no_form_is_offered_that_the_meeting_takes_no_more(
    client: Client, stage: Stage, state: str, forms: tuple[int, int]
) -> None:
    meeting = opened(stage)
    Meeting.objects.filter(pk=meeting.pk).update(state=state)

    pages = [client.get(stage.url(meeting, page)).text for page in ("presence/", "voices/")]

    assert tuple(page.partition("<main")[2].count('method="post" novalidate>') for page in pages) == forms


def test_a_theme_is_added_and_a_point_corrected(client: Client, stage: Stage) -> None:
    meeting = opened(stage)
    client.post(stage.url(meeting, "agenda/"), {"title": "Vélos", "duration": "10"})
    client.post(stage.url(meeting, "agenda/8/"), {"record": "On roule"})

    page = client.get(stage.url(meeting, "agenda/")).text

    assert "8. Vélos" in page
    assert "On roule" in page
    assert "No patrol, no watch, no uniform" in page
    assert client.get(stage.url(meeting, "agenda/99/")).status_code == 404


def test_a_meeting_is_called_off_with_a_reason(client: Client, stage: Stage) -> None:
    meeting = convened(stage)
    assert "This field is required." in client.post(stage.url(meeting, "cancel/"), {"because": ""}).text

    client.post(stage.url(meeting, "cancel/"), {"because": "La salle est fermée"})

    assert "La salle est fermée" in client.get(f"/evening/p/{meeting.token}/").text


PAGES = (
    "", "change/", "convene/", "cancel/", "agenda/", "agenda/1/", "invitations/", "presence/", "door/", "door/abc/",
    "door/abc/code.svg", "papers/", "votes/", "voices/", "agreements/", "minutes/", "minutes/approve/", "minutes/fr/",
    "minutes/fr.pdf", "screen/", "chair/", "end/",
)  # fmt: skip


def test_who_leads_next_door_finds_nothing_and_can_do_nothing(client: Client, stage: Stage) -> None:
    meeting = convened(stage)
    client.logout()
    sign_in(client, stage.stranger)

    answers = [client.get(stage.url(meeting, page)).status_code for page in PAGES]
    answers += [client.post(stage.url(meeting, page)).status_code for page in PAGES]
    answers += [client.get(url).status_code for url in ("/evening/haren/", "/evening/haren/plan/", "/evening/nowhere/")]
    mixed = client.get(f"/evening/laeken/{meeting.pk}/")

    assert set(answers) == {404}
    assert mixed.status_code == 404
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CONVENED


@pytest.mark.parametrize("role", [Role.MUNICIPALITY, Role.ADMINISTRATOR, Role.CHIEF, Role.DEPUTY])
def test_other_roles_do_not_lead_evenings(client: Client, role: Role) -> None:
    other = staff("Otto Muster", role=role)
    if other.mandate is not None and role == Role.DEPUTY:  # without a coordinator a deputy would lead (R152)
        hold(person("Clara Exemple"), Role.COORDINATOR, other.mandate.area)
    sign_in(client, other)

    assert client.get("/evening/").status_code == 404


def test_whoever_is_not_signed_in_is_asked_to(client: Client) -> None:
    assert client.get("/evening/haren/").status_code == 302


@pytest.mark.parametrize("state", list(MeetingState))
def test_every_page_opens_in_every_state(client: Client, stage: Stage, state: MeetingState) -> None:
    meeting = planned(stage)
    Meeting.objects.filter(pk=meeting.pk).update(
        state=state, convened_at=meeting.starts_at, approved_at=meeting.starts_at, opened_at=meeting.starts_at
    )
    evening.prepare_question(
        meeting=meeting, kind="approval", by=None, at=datetime.now(UTC)
    ) if state == MeetingState.PLANNED else None

    answers = {page: client.get(stage.url(meeting, page)).status_code for page in PAGES}

    assert [page for page, status in answers.items() if status not in {200, 302} and "minutes/fr" not in page] == []


@pytest.mark.parametrize(
    ("page", "queries"), [("agenda/", 9), ("invitations/", 7), ("votes/", 7), ("voices/", 9), ("chair/", 7)]
)
def test_a_list_costs_the_same_however_long(
    client: Client, stage: Stage, django_assert_num_queries: object, page: str, queries: int
) -> None:
    meeting, now = opened(stage), datetime.now(UTC)

    def add() -> None:
        evening.add_agenda_theme(meeting=meeting, title="Vélos", duration=5, by=None, at=now)
        evening.prepare_question(meeting=meeting, kind="free", label="Un barbecue ?", by=None, at=now)
        opinion_in(meeting, stage.lead.person)
        evening.record_help_offer(meeting=meeting, name="Léa", reach="0470 00 00 00", tasks=[], by=None, at=now)

    client.get("/evening/haren/")  # the first page of a session writes into it
    for rows in (1, 2):
        for _ in range(rows):
            add()
        with django_assert_num_queries(queries):  # type: ignore[operator]
            client.get(stage.url(meeting, page))


def test_the_desk_costs_the_same_however_many_meetings(
    client: Client, stage: Stage, django_assert_num_queries: object
) -> None:
    client.get("/evening/haren/")  # the first page of a session writes into it
    for rows in (1, 2):
        for _ in range(rows):
            planned(stage)
        with django_assert_num_queries(5):  # type: ignore[operator]
            client.get("/evening/haren/")
