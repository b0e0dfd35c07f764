"""The evening in one sheet: what is typed once flows on, what does not add up is said at its field, nothing is lost."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.db.models import F
from django.test import Client
from django.utils.translation import gettext, override

from plp.evening import actions as evening
from plp.evening.minutes import hash_of_current_minutes
from plp.evening.models import Decision, Meeting, Offer, Opinion, Question
from plp.evening.queries.decisions import EveningAgreement, agreement_of_last_held_evening
from plp.evening.states import MeetingState
from plp.launch.queries.dates import planned_day_of_coming_launch
from plp.membership.candidates import propose_candidate
from plp.membership.models import Candidate, Membership
from plp.membership.states import Candidacy, Function
from plp.partnership.models import Partnership, Statement
from plp.portal.subjects.evening.forms.sheet_lines import SheetLineForm
from plp.portal.subjects.evening.offers import NOBODY_ELSE, meeting_and_decision_tasks
from plp.toolbox.clock import local
from tests.factories.cast import contact, person
from tests.portal.evening.stage import Stage, convened, opened, second_leader

pytestmark = pytest.mark.django_db
NO_LINES = {
    f"{kind}-{name}": "0"
    for kind in ("candidate", "volunteer", "objective", "agreement", "opinion")
    for name in ("TOTAL_FORMS", "INITIAL_FORMS")
}


def candidate_in(stage: Stage, name: str = "Léa Castelein") -> Candidate:
    """Somebody put forward for the committee."""
    return propose_candidate(
        partnership=stage.partnership, person=person(name), function=Function.COMMITTEE, by=None, at=datetime.now(UTC)
    )


def lines(kind: str, *rows: dict[str, object], kept: int = 0) -> dict[str, object]:
    """Lines of one kind as a browser sends them."""
    sent: dict[str, object] = {f"{kind}-TOTAL_FORMS": str(len(rows)), f"{kind}-INITIAL_FORMS": str(kept)}
    return sent | {f"{kind}-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}


def vote(key: object, yes: int, no: int, abstain: int = 0) -> dict[str, object]:
    """The counts of one vote as a browser sends them."""
    return {f"vote-{key}-yes": yes, f"vote-{key}-no": no, f"vote-{key}-abstain": abstain}


def typed(meeting: Meeting, **more: object) -> dict[str, object]:
    """A sheet of nine people with every point discussed."""
    points = {f"ticked-{point.position}": "on" for point in meeting.points.all()}
    return {"language": "fr", "persons": 9} | NO_LINES | points | more


def test_one_sheet_closes_the_evening_and_what_was_decided_flows_on(client: Client, stage: Stage) -> None:
    candidate, meeting = candidate_in(stage), convened(stage)
    due = local(meeting.starts_at).date().isoformat()

    answer = client.post(
        stage.url(meeting, "sheet/"),
        typed(meeting, **{"said-1": "Questions sur les caméras."})
        | vote("approval", 7, 1, 1)
        | vote(candidate.pk, 8, 0, 1)
        | lines("volunteer", {"name": "Jan Peeters", "reach": "jan@plp.test", "tasks": ["letters"]}, {"name": ""})
        | lines("agreement", {"about": "evaluation", "words": "Un bilan", "owner": "Comité", "due": due})
        | lines("objective", {"words": "Mieux se connaître"}, {"words": ""})
        | lines("opinion", {"about": "messages", "view": "agrees", "name": ""}),
    )

    meeting.refresh_from_db()
    candidate.refresh_from_db()
    assert answer["Location"] == stage.url(meeting, "minutes/")
    assert meeting.state == MeetingState.MINUTED
    assert (candidate.state, candidate.votes_for, candidate.abstentions) == (Candidacy.APPROVED, 8, 1)
    assert [question.counts.cast for question in Question.objects.all() if question.counts] == [9, 9]
    assert (Offer.objects.get().name, Decision.objects.get().words, Opinion.objects.get().view) == (
        "Jan Peeters",
        "Un bilan",
        "agrees",
    )
    objective = Statement.objects.get(text="Mieux se connaître")
    assert (objective.kind, objective.language) == ("objective", "fr")
    assert "Questions sur les caméras." in meeting.minutes.get(language="fr").text
    assert Decision.objects.get().text_language("words", ["nl"]) == "fr"


@pytest.mark.parametrize(("kind", "party"), [("plp", "residents"), ("plp_i", "traders"), ("sectoral", "traders")])
def test_an_objective_of_the_evening_is_of_those_who_speak_there(
    client: Client, stage: Stage, kind: str, party: str
) -> None:
    Partnership.objects.update(kind=kind)
    meeting = convened(stage)
    sheet = typed(meeting) | vote("approval", 9, 0) | lines("objective", {"words": "Mieux se connaître"})

    client.post(stage.url(meeting, "sheet/"), sheet)

    assert Statement.objects.get(text="Mieux se connaître").party == party


def test_a_meeting_of_members_without_a_vote_asks_for_none_and_for_no_launch(client: Client, stage: Stage) -> None:
    meeting = convened(stage, purpose="members")

    page = client.get(stage.url(meeting, "sheet/")).text
    answer = client.post(stage.url(meeting, "sheet/"), typed(meeting))

    meeting.refresh_from_db()
    assert [name for name in ("launch_on", "contribution", "registrations", "open-votes") if name in page] == []
    assert "3. Votes on people who stood at the evening" in page
    assert "4. Who wants to help" in page
    assert (answer.status_code, meeting.state) == (302, MeetingState.MINUTED)


def test_whoever_stands_up_at_a_meeting_of_members_is_voted_on(client: Client, stage: Stage) -> None:
    meeting = convened(stage, purpose="members")
    stood = {"name": "An Maes", "function": "coordinator", "reach": "an@plp.test", "yes": 9, "no": 0}

    page = client.get(stage.url(meeting, "sheet/")).text
    client.post(stage.url(meeting, "sheet/"), typed(meeting) | lines("candidate", stood))

    question = Question.objects.get()
    assert 'name="candidate-0-yes"' in page
    assert (question.label, question.counts and question.counts.yes) == ("An Maes", 9)


def test_a_correction_keeps_what_the_sheet_of_a_meeting_of_members_does_not_ask(client: Client, stage: Stage) -> None:
    meeting = convened(stage, purpose="members")
    client.post(stage.url(meeting, "sheet/"), typed(meeting))
    Meeting.objects.update(forms=4, contribution=5)

    client.post(stage.url(meeting, "sheet/"), typed(meeting) | {"persons": 11})

    meeting.refresh_from_db()
    assert (meeting.forms, meeting.contribution) == (4, 5)


def test_an_opinion_on_the_sheet_is_chosen_and_one_in_words_of_a_version_before_stays(
    client: Client, stage: Stage
) -> None:
    meeting = convened(stage)
    meeting.opinions.create(words="Enfin.", name="")
    url, sheet = stage.url(meeting, "sheet/"), typed(meeting) | vote("approval", 9, 0)

    page = client.post(url, sheet | lines("opinion", {"about": "costs", "view": "", "name": ""})).text
    client.post(url, sheet | lines("opinion", {"about": "costs", "view": "doubts", "words": "La Golf du 12"}))
    kept = Opinion.objects.exclude(about="").get()
    changed = lines("opinion", {"about": "costs", "view": "agrees", "name": "", "row": kept.pk}, kept=1)
    client.post(url, typed(meeting, persons=10) | vote(Question.objects.get().pk, 10, 0) | changed)

    assert "Opinion 1, Opinion" in page
    rows = [(row.about, row.view, row.words) for row in Opinion.objects.all()]
    assert sorted(rows) == [("", "", "Enfin."), ("costs", "agrees", "")]


def test_a_draft_of_before_takes_out_no_opinion_in_words(client: Client, stage: Stage) -> None:
    meeting = convened(stage)
    kept = meeting.opinions.create(words="Enfin.", name="")
    chosen = meeting.opinions.create(about="costs", view="agrees", name="")
    of_before = {"row": kept.pk, "words": "Enfin.", "name": ""}
    emptied = {"row": chosen.pk, "about": "", "view": "", "name": ""}

    answer = client.post(
        stage.url(meeting, "sheet/"),
        typed(meeting) | vote("approval", 9, 0) | lines("opinion", of_before, emptied, kept=2),
    )

    assert answer.status_code == 302
    assert [(row.pk, row.words) for row in meeting.opinions.all()] == [(kept.pk, "Enfin.")]


def test_a_contact_that_stood_on_the_sheet_before_stays_as_it_was(client: Client, stage: Stage) -> None:
    meeting = convened(stage)
    offer = meeting.offers.create(name="Léa n° 12", reach="Rue Haute 12", tasks=[])
    line: dict[str, object] = {"row": offer.pk, "name": offer.name, "reach": offer.reach, "tasks": ["letters"]}
    sheet = typed(meeting) | vote("approval", 9, 0)

    answer = client.post(stage.url(meeting, "sheet/"), sheet | lines("volunteer", line, kept=1))

    assert answer.status_code == 302
    assert [(row.name, row.reach, row.tasks) for row in meeting.offers.all()] == [
        ("Léa n° 12", "Rue Haute 12", ["letters"])
    ]


def test_minutes_drafted_by_a_program_of_before_are_written_anew(client: Client, stage: Stage) -> None:
    meeting = convened(stage, purpose="members")
    client.post(stage.url(meeting, "sheet/"), typed(meeting))
    meeting.minutes.update(text="## As the program of before drafted them")
    evening.correct_minutes(
        minutes=meeting.minutes.get(language="nl"), text="Met de hand", by=None, at=datetime.now(UTC)
    )

    client.post(stage.url(meeting, "sheet/"), typed(meeting, **{"said-1": "Un mot."}))

    texts = dict(meeting.minutes.values_list("language", "text"))
    assert ("Un mot." in texts["fr"], texts["nl"]) == (True, "Met de hand")


def test_minutes_of_a_meeting_that_moved_here_are_left_as_they_came(client: Client, stage: Stage) -> None:
    meeting = convened(stage, purpose="members")
    client.post(stage.url(meeting, "sheet/"), typed(meeting))
    arrived = Meeting.objects.get(pk=meeting.pk)
    arrived.pk, arrived.token = (
        uuid4(),
        "moved",
    )  # a move brings every row and no journal: nothing tells whether somebody worded them
    arrived.save(force_insert=True)
    meeting.points.update(meeting=arrived)
    meeting.minutes.update(meeting=arrived, text="Met de hand")

    page = client.post(stage.url(arrived, "sheet/"), typed(arrived, **{"said-1": "Un mot."}), follow=True).text

    assert set(arrived.minutes.values_list("text", flat=True)) == {"Met de hand"}
    assert [point.record for point in arrived.points.filter(position=1)] == ["Un mot."]
    assert "You worded the minutes yourself: put them right there too." in page


def test_what_does_not_add_up_is_said_at_its_field_and_nothing_is_lost(client: Client, stage: Stage) -> None:
    meeting = convened(stage)
    sheet = typed(meeting) | vote("approval", 7, 1) | lines("objective", {"words": "Une longue remarque."})

    missing = client.post(stage.url(meeting, "sheet/"), sheet).text
    too_many = client.post(stage.url(meeting, "sheet/"), sheet | vote("approval", 12, 1)).text
    checked = client.post(stage.url(meeting, "sheet/"), sheet | {"vote-approval-checked": "on"})

    assert "9 people present, 8 votes: 1 is missing." in missing
    assert 'name="vote-approval-checked"' in missing
    assert "Une longue remarque." in missing
    assert "13 votes, but only 9 people present." in too_many
    assert checked.status_code == 302
    assert Question.objects.get().counts is not None


def test_an_agreement_and_who_sees_to_it_are_read_each_by_itself(client: Client, stage: Stage) -> None:
    meeting = convened(stage)
    due = local(meeting.starts_at).date().isoformat()
    agreed = {
        "about": "organisation",
        "words": "Lettre aux absents dans toutes les boîtes",
        "owner": "Amina",
        "due": due,
    }

    answer = client.post(
        stage.url(meeting, "sheet/"), typed(meeting) | vote("approval", 9, 0) | lines("agreement", agreed)
    )

    assert answer["Location"] == stage.url(meeting, "minutes/")
    assert Decision.objects.get().owner == "Amina"


def test_the_sheet_says_that_an_agreement_is_still_open(client: Client, stage: Stage) -> None:
    meeting = convened(stage)
    due = local(meeting.starts_at).date().isoformat()
    agreement = lines("agreement", {"about": "evaluation", "words": "Un bilan", "owner": "Comité", "due": due})

    empty = client.get(stage.url(meeting, "sheet/"))
    noted = client.post(stage.url(meeting, "sheet/"), typed(meeting, persons="") | agreement)

    counts = [shown.context["forms"].sections["agreements"].open_count for shown in (empty, noted)]
    assert counts == [1, 0]
    assert "The step plan asks for at least one more" in empty.text


def test_an_agreement_noted_after_the_close_stands_in_the_minutes(client: Client, stage: Stage) -> None:
    meeting = convened(stage)
    client.post(stage.url(meeting, "sheet/"), typed(meeting) | vote("approval", 9, 0))
    due = (local(meeting.starts_at).date() + timedelta(days=20)).isoformat()
    agreement = {"add": "1", "about": "evaluation", "words": "Bilan annuel", "owner": "Comité", "due": due}

    second = second_leader(stage)
    said = second.post(stage.url(meeting, "agreements/"), agreement, follow=True)
    refused = second.get(stage.url(meeting, "minutes/approve/"))
    first = meeting.minutes.order_by("language").first()
    evening.correct_minutes(minutes=first, text="Dit par moi.", by=None, at=datetime.now(UTC))
    again = second.post(stage.url(meeting, "agreements/"), agreement | {"words": "Fête"}, follow=True)

    assert "worded the minutes yourself" not in said.text
    assert refused.status_code == 302  # who wrote in the minutes does not approve them
    assert "worded the minutes yourself" in again.text
    texts = {row.language: row.text for row in meeting.minutes.all()}
    assert texts.pop(first.language) == "Dit par moi."
    assert all("Bilan annuel" in text and "Fête" in text for text in texts.values())


def test_minutes_wait_in_the_list_of_whoever_may_approve_them(client: Client, stage: Stage) -> None:
    meeting = convened(stage)
    client.post(stage.url(meeting, "sheet/"), typed(meeting) | vote("approval", 9, 0))
    at = datetime.now(UTC)

    alone = meeting_and_decision_tasks(stage.lead.person, at)
    second_leader(stage)
    waiting = meeting_and_decision_tasks(stage.lead.person, at)

    assert [str(task.text) for task in alone if "minutes" in task.url] == [str(NOBODY_ELSE)]
    assert not [task for task in waiting if "minutes" in task.url]


def test_what_the_check_refuses_in_the_language_of_the_evening_stands_at_its_field(
    client: Client, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = convened(stage)
    due = local(meeting.starts_at).date().isoformat()
    good = {"about": "organisation", "words": "Un bilan", "owner": "Comité", "due": due}
    monkeypatch.setattr(
        SheetLineForm, "read_rules", frozenset()
    )  # as where the page is in a language that lets it pass

    page = client.post(
        stage.url(meeting, "sheet/"),
        typed(meeting) | vote("approval", 9, 0) | lines("agreement", good, good | {"words": "Suivez le Marocain"}),
    )

    forms = page.context["forms"]
    assert [list(form.errors) for form in forms.agreements.forms] == [[], ["words"]]
    assert not forms.main.non_field_errors()
    assert Decision.objects.count() == 0
    assert "Agreement 2" in page.text


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Les vélos du quartier sont gravés et enregistrés.", "fr"),
        ("De fietsen van de buurt zijn gemerkt en geregistreerd.", "nl"),
    ],
)
def test_a_common_sentence_typed_as_an_objective_is_known_in_every_language(
    client: Client, stage: Stage, words: str, language: str
) -> None:
    meeting = convened(stage)

    client.post(
        stage.url(meeting, "sheet/"), typed(meeting) | vote("approval", 9, 0) | lines("objective", {"words": words})
    )

    objective = Statement.objects.get(kind="objective")
    assert (objective.language, objective.text) == (language, words)
    assert [objective.missing_languages("text", stage.partnership.languages)] == [[]]
    assert objective.text_in("text", "nl", ["fr", "nl"]) == "De fietsen van de buurt zijn gemerkt en geregistreerd."


def test_an_objective_that_is_already_written_down_is_not_added_again(client: Client, stage: Stage) -> None:
    meeting = convened(stage)
    Statement.objects.create(
        partnership=stage.partnership,
        party="residents",
        kind="objective",
        text="Les vélos du quartier sont gravés et enregistrés.",
        language="fr",
        position=1,
        written_at=meeting.starts_at,
    )
    same, other = {"words": "De fietsen van de buurt zijn gemerkt en geregistreerd"}, {"words": "Mieux se connaître"}

    client.post(stage.url(meeting, "sheet/"), typed(meeting) | vote("approval", 9, 0) | lines("objective", same, other))

    assert list(Statement.objects.order_by("position").values_list("text", "position")) == [
        ("Les vélos du quartier sont gravés et enregistrés.", 1),
        ("Mieux se connaître", 2),
    ]


def test_an_objective_that_another_party_has_written_down_is_in_the_same_languages(
    client: Client, stage: Stage
) -> None:
    meeting = convened(stage)
    Statement.objects.create(
        partnership=stage.partnership,
        party="municipality",
        kind="objective",
        text="Des rues plus calmes.",
        language="fr",
        position=1,
        written_at=meeting.starts_at,
        translations={"text": {"language": "fr", "others": {"nl": "Rustigere straten."}}},
    )

    same = {"words": "rustigere straten"}
    client.post(stage.url(meeting, "sheet/"), typed(meeting) | vote("approval", 9, 0) | lines("objective", same))

    row = Statement.objects.get(party="residents")
    assert (row.text, row.language, row.other_translations("text")) == (
        "rustigere straten",
        "nl",
        {"fr": "Des rues plus calmes."},
    )


@pytest.mark.parametrize(
    ("state", "why"),
    [
        ("planned", "Convene the meeting first: its sheet is typed after that."),
        ("approved", "The minutes are approved"),
    ],
)
def test_who_opens_the_sheet_too_early_or_too_late_is_told_why(
    client: Client, stage: Stage, state: MeetingState, why: str
) -> None:
    meeting = convened(stage)
    Meeting.objects.update(state=state)

    page = client.get(stage.url(meeting, "sheet/"), follow=True)

    assert page.redirect_chain == [(stage.url(meeting), 302)]
    assert why in page.text


def test_a_meeting_under_way_is_not_said_to_be_still_to_begin(client: Client, stage: Stage) -> None:
    meeting = opened(stage, persons=9)

    page = client.get(stage.url(meeting, "sheet/")).text

    assert "The meeting has not begun yet" not in page


def test_before_a_meeting_begins_its_sheet_and_its_approval_say_so(client: Client, stage: Stage) -> None:
    meeting = convened(stage, hours=1)
    words = "The meeting has not begun yet"
    early_sheet = client.get(stage.url(meeting, "sheet/")).text
    client.post(stage.url(meeting, "sheet/"), typed(meeting) | vote("approval", 9, 0))
    second = second_leader(stage)
    early_approval = second.get(stage.url(meeting, "minutes/approve/")).text

    Meeting.objects.update(starts_at=F("starts_at") - timedelta(hours=2))
    pages = [second.get(stage.url(meeting, page)).text for page in ("sheet/", "minutes/approve/")]

    assert (words in early_sheet, words in early_approval) == (True, True)
    assert ["Approve the minutes?" in page for page in pages] == [False, True]
    assert [words in page for page in pages] == [False, False]


def test_a_line_that_is_half_filled_says_what_it_lacks(client: Client, stage: Stage) -> None:
    meeting = convened(stage)
    sheet = typed(meeting) | vote("approval", 9, 0)

    page = client.post(
        stage.url(meeting, "sheet/"),
        sheet
        | lines("volunteer", {"name": "Jan Peeters"})
        | lines("agreement", {"about": "evaluation", "words": "Un bilan", "owner": "Comité", "due": "2020-01-01"})
        | lines("candidate", {"name": "", "reach": "an@plp.test", "function": "committee"}),
    ).text

    assert page.count("Fill this in too, or empty the line.") == 4  # twice each: at the field and above
    assert "This day is before the meeting." in page
    assert Meeting.objects.get().state == MeetingState.CONVENED


def test_whoever_stood_at_the_evening_is_found_by_their_contact_or_kept_for_later(client: Client, stage: Stage) -> None:
    meeting = convened(stage)

    client.post(
        stage.url(meeting, "sheet/"),
        typed(meeting)
        | vote("approval", 9, 0)
        | lines(
            "candidate",
            {"name": "An Maes", "function": "committee", "reach": "an@plp.test", "yes": 9, "no": 0, "abstain": ""},
        ),
    )

    question = Question.objects.get(kind="person")
    assert (question.label, question.subject, question.counts and question.counts.yes) == ("An Maes", None, 9)
    assert Offer.objects.get().tasks == ["committee"]


def test_whoever_was_elected_before_registering_stands_on_the_page_of_people_and_flows_on(
    client: Client, stage: Stage
) -> None:
    meeting, people = convened(stage), f"/mandates/quarters/{stage.partnership.key}/"
    rosa = {"name": "Rosa Diaz", "function": "deputy", "reach": "rosa@plp.test", "yes": 8, "no": 0, "abstain": 1}
    beaten = {"name": "Luc Maes", "function": "deputy", "reach": "luc@plp.test", "yes": 1, "no": 7, "abstain": 1}
    client.post(
        stage.url(meeting, "sheet/"), typed(meeting) | vote("approval", 9, 0) | lines("candidate", rosa, beaten)
    )

    before, voices = client.get(people).text, client.get(stage.url(meeting, "voices/"))
    nothing_yet = evening.propose_elected_who_registered(by=None, at=datetime.now(UTC))
    asked = Membership.objects.create(
        partnership=stage.partnership, person=person("rosa diaz"), asked_at=datetime.now(UTC)
    )
    waiting = client.get(people).text
    asked.delete()
    member_with_mail(stage, "Rosa Diaz", "rosa@plp.test")
    registered = evening.propose_elected_who_registered(by=None, at=datetime.now(UTC))
    again = evening.propose_elected_who_registered(by=None, at=datetime.now(UTC))

    assert re.search(r"Rosa Diaz.*not yet a member.*Elected on .*8 for, 0 against, 1 abstained", before, re.DOTALL)
    letter = unquote(before.partition("mailto:rosa@plp.test?")[2].partition('"')[0])
    in_each_language = []
    for language in stage.partnership.languages:
        with override(language):
            in_each_language.append(gettext("Please register here first: %s").partition("%")[0])
    assert len(in_each_language) > 1
    assert [words for words in in_each_language if words not in letter] == []
    assert ("not confirmed yet" in waiting, "mailto:rosa" in waiting, "not yet a member" in waiting) == (
        True,
        False,
        False,
    )
    assert "Luc Maes" not in before
    assert [card.offer.name for card in voices.context["volunteers"]] == ["Luc Maes"]
    assert [card.offer.name for card in voices.context["elected"]] == ["Rosa Diaz"]
    candidate = Candidate.objects.get()
    assert (nothing_yet, registered, again) == (0, 1, 0)
    assert (candidate.state, candidate.votes_for, candidate.votes_against) == (Candidacy.APPROVED, 8, 0)
    after = client.get(people).text
    assert ("not yet a member" in after, "Rosa Diaz" in after) == (False, True)


def test_whoever_was_elected_and_registered_with_another_contact_is_put_forward_with_the_vote(
    client: Client, stage: Stage
) -> None:
    meeting, people = convened(stage), f"/mandates/quarters/{stage.partnership.key}/"
    rosa = {"name": "Rosa Diaz", "function": "deputy", "reach": "", "yes": 8, "no": 0, "abstain": 1}
    client.post(stage.url(meeting, "sheet/"), typed(meeting) | vote("approval", 9, 0) | lines("candidate", rosa))
    question = Question.objects.get(kind="person")
    early = client.post(f"{people}propose/", {"elected": question.pk})

    member_with_mail(stage, "Rosa Diaz", "rosa@plp.test")
    page = client.get(people).text
    client.post(f"{people}propose/", {"elected": question.pk})

    candidate = Candidate.objects.get()
    assert early.status_code == 404
    assert f'name="elected" value="{question.pk}"' in page
    assert (candidate.person.name, candidate.state, candidate.votes_for) == ("Rosa Diaz", Candidacy.APPROVED, 8)
    assert "Put forward with this vote" not in client.get(people).text


def test_of_two_members_of_the_elected_name_none_is_put_forward_unseen(client: Client, stage: Stage) -> None:
    meeting, people = convened(stage), f"/mandates/quarters/{stage.partnership.key}/"
    rosa = {"name": "Rosa Diaz", "function": "deputy", "reach": "", "yes": 8, "no": 0, "abstain": 1}
    client.post(stage.url(meeting, "sheet/"), typed(meeting) | vote("approval", 9, 0) | lines("candidate", rosa))
    member_with_mail(stage, "Rosa Diaz", "rosa@plp.test")
    member_with_mail(stage, "rosa diaz", "other@plp.test")

    refused = client.post(f"{people}propose/", {"elected": Question.objects.get(kind="person").pk})

    assert refused.status_code == 404
    assert not Candidate.objects.exists()


def member_with_mail(stage: Stage, name: str, address: str) -> None:
    """Somebody who registered and confirmed an e-mail."""
    someone, now = person(name), datetime.now(UTC)
    Membership.objects.create(
        partnership=stage.partnership, person=someone, state="active", asked_at=now, joined_at=now
    )
    contact(someone, "email", address)


def test_a_correction_changes_the_candidate_and_the_minutes(client: Client, stage: Stage) -> None:
    candidate, meeting = candidate_in(stage), convened(stage)
    client.post(stage.url(meeting, "sheet/"), typed(meeting) | vote("approval", 9, 0) | vote(candidate.pk, 8, 1))
    about = Question.objects.get(kind="person")
    approval = Question.objects.get(kind="approval")

    answer = client.post(stage.url(meeting, "sheet/"), typed(meeting) | vote(approval.pk, 9, 0) | vote(about.pk, 1, 8))

    candidate.refresh_from_db()
    assert answer.status_code == 302
    assert (candidate.state, candidate.votes_for) == (Candidacy.NOT_APPROVED, 1)
    assert "1 oui, 8 non" in meeting.minutes.get(language="fr").text


def test_a_correction_that_would_unseat_somebody_says_why_not(client: Client, stage: Stage) -> None:
    candidate, meeting = candidate_in(stage), convened(stage)
    client.post(stage.url(meeting, "sheet/"), typed(meeting) | vote("approval", 9, 0) | vote(candidate.pk, 8, 1))
    Candidate.objects.update(state=Candidacy.APPOINTED)
    keys = {question.kind: question.pk for question in Question.objects.all()}

    page = client.post(
        stage.url(meeting, "sheet/"), typed(meeting) | vote(keys["approval"], 9, 0) | vote(keys["person"], 1, 8)
    ).text

    candidate.refresh_from_db()
    assert "was already screened or appointed on this vote" in page
    assert (candidate.state, candidate.votes_for) == (Candidacy.APPOINTED, 8)


def test_an_evening_takes_five_forms_from_its_plan_to_approved_minutes_and_candidates(
    client: Client, stage: Stage
) -> None:
    """Plan, convene and invite, print, close with the sheet, approve and send: all by who leads the evening."""
    candidate, sent = candidate_in(stage), 0

    def send(address: str, by: Client = client, **form: object) -> None:
        nonlocal sent
        sent += 1
        assert by.post(address, form).status_code in {200, 302}

    day = (datetime.now(UTC) + timedelta(days=20)).date().isoformat()
    hours = {"day": day, "begins": "19:30", "until": "21:30"}
    where = {"place": "Salle des fêtes", "street": "Rue de la Paroisse 12", "languages": ["fr", "nl"]}
    send("/evening/haren/plan/", purpose="information", voters="person", **hours, **where)
    meeting = Meeting.objects.get()
    send(stage.url(meeting, "convene/"), invites="on")
    send(stage.url(meeting, "papers/"), number=9, ballots="1")
    Meeting.objects.update(starts_at=datetime.now(UTC) + timedelta(hours=1))  # the day has come
    votes = {question.kind: question.pk for question in meeting.questions.all()}
    send(stage.url(meeting, "sheet/"), **typed(meeting) | vote(votes["approval"], 8, 1) | vote(votes["person"], 9, 0))
    read = hash_of_current_minutes(meeting)
    send(stage.url(meeting, "minutes/approve/"), by=second_leader(stage), sends="on", text_hash=read)

    meeting.refresh_from_db()
    candidate.refresh_from_db()
    assert (meeting.state, candidate.state) == (MeetingState.APPROVED, Candidacy.APPROVED)
    assert meeting.invited_at is not None
    assert {row.sent_at is not None for row in meeting.minutes.all()} == {True}
    assert sent == 5


def test_a_vote_before_the_candidacy_is_taken_over_not_typed_again(client: Client, stage: Stage) -> None:
    meeting = convened(stage)
    line = {"name": "An Maes", "function": "committee", "reach": "an@plp.test", "yes": 7, "no": 1, "abstain": 1}
    client.post(stage.url(meeting, "sheet/"), typed(meeting) | vote("approval", 9, 0) | lines("candidate", line))
    candidate = candidate_in(stage, "Annemie Maes")
    address = f"/mandates/quarters/haren/candidates/{candidate.pk}/vote/"
    question = Question.objects.get(kind="person")

    page = client.get(address).text
    client.post(address, {"earlier": str(question.pk)})

    candidate.refresh_from_db()
    assert "An Maes" in page
    assert (candidate.state, candidate.votes_for, candidate.votes_against) == (Candidacy.APPROVED, 7, 1)
    assert client.post(address, {"earlier": str(question.pk)}).status_code == 404


def test_what_was_agreed_waits_for_whoever_leads_and_volunteers_get_a_letter(client: Client, stage: Stage) -> None:
    meeting = convened(stage)
    due = local(meeting.starts_at).date()
    agreement = {"about": "evaluation", "words": "Un bilan", "owner": "Comité", "due": due.isoformat()}
    volunteer = {"name": "Jan", "reach": "jan@plp.test", "tasks": ["committee", "letters"]}

    client.post(
        stage.url(meeting, "sheet/"),
        typed(meeting) | vote("approval", 9, 0) | lines("agreement", agreement) | lines("volunteer", volunteer),
    )

    at = meeting.starts_at + timedelta(days=3)
    waiting = [task for task in meeting_and_decision_tasks(stage.lead.person, at) if "Comité" in str(task.text)]
    page = client.get(stage.url(meeting, "voices/")).text
    assert [(task.title, task.urgent, task.due_at and task.due_at.date()) for task in waiting] == [
        ("Un bilan (in French)", True, due)
    ]
    assert meeting_and_decision_tasks(stage.stranger.person, at) == []
    assert 'href="mailto:jan@plp.test?subject=Your%20help%20in%20Haren' in page
    assert "/p/haren/join/" in page.replace("%2F", "/")


def test_money_and_launch_of_the_evening_flow_into_minutes_and_calendar(client: Client, stage: Stage) -> None:
    meeting = convened(stage)
    first, launch = local(meeting.starts_at).date(), local(meeting.starts_at).date() + timedelta(days=90)
    sheet = typed(meeting) | vote("approval", 9, 0) | {"contribution": "5.50"}

    early = client.post(stage.url(meeting, "sheet/"), sheet | {"launch_on": str(first - timedelta(days=1))}).text
    client.post(stage.url(meeting, "sheet/"), sheet | {"launch_on": str(launch)})

    agreement = agreement_of_last_held_evening(stage.partnership)
    stage.partnership.launched_at = None
    assert early.count("This day is before the meeting.") == 2  # at its field and above
    assert agreement == EveningAgreement(first, Decimal("5.50"), launch, 0)
    assert planned_day_of_coming_launch(stage.partnership) == launch
    minutes = meeting.minutes.get(language="nl").text
    assert "5,50" in minutes
    assert str(launch.year) in minutes.partition("5,50")[2]


def test_minutes_that_lack_a_language_are_approved_knowingly_alone(client: Client, stage: Stage) -> None:
    meeting = convened(stage)
    client.post(stage.url(meeting, "sheet/"), typed(meeting, **{"said-1": "Plus de lumière."}) | vote("approval", 9, 0))
    Meeting.objects.update(starts_at=F("starts_at") - timedelta(days=1), ends_at=F("ends_at") - timedelta(days=1))
    second, page = second_leader(stage), stage.url(meeting, "minutes/approve/")

    asked = second.get(page)
    refused = second.post(page, {"text_hash": hash_of_current_minutes(meeting)})
    (row,) = asked.context["untranslated"]
    assert (row.words, [str(name) for name in row.languages]) == ("Plus de lumière.", ["Dutch"])
    assert row.url == stage.url(meeting, "minutes/nl/")
    assert "1 text is not in every language of the partnership" in asked.text
    assert list(refused.context["form"].errors) == ["untranslated"]
    assert Meeting.objects.get().state == MeetingState.MINUTED

    approved = second.post(page, {"text_hash": hash_of_current_minutes(meeting), "untranslated": "on"})
    assert approved["Location"] == stage.url(meeting, "minutes/")
    assert Meeting.objects.get().state == MeetingState.APPROVED


def test_minutes_translated_by_hand_ask_for_no_tick(client: Client, stage: Stage) -> None:
    meeting = convened(stage)
    client.post(stage.url(meeting, "sheet/"), typed(meeting, **{"said-1": "Plus de lumière."}) | vote("approval", 9, 0))
    Meeting.objects.update(starts_at=F("starts_at") - timedelta(days=1), ends_at=F("ends_at") - timedelta(days=1))
    dutch = meeting.minutes.get(language="nl").text
    client.post(
        stage.url(meeting, "minutes/nl/"), {"text": dutch.replace("Plus de lumière. (in het Frans)", "Meer licht.")}
    )
    second, page = second_leader(stage), stage.url(meeting, "minutes/approve/")

    asked = second.get(page)
    second.post(page, {"text_hash": hash_of_current_minutes(meeting)})

    assert asked.context["untranslated"] == []
    assert 'name="untranslated"' not in asked.text
    assert Meeting.objects.get().state == MeetingState.APPROVED
