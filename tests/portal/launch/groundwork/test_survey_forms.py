"""A stack of paper forms by keyboard: counted, refused at its line, taken back by whoever typed it and nobody else."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from plp.launch.actions import surveys
from plp.launch.models import Survey
from plp.launch.queries.surveys import SurveyResult, survey_result_as_far_as_shown
from plp.launch.questionnaire import answers_from_digits, home_survey_code
from plp.toolbox.ids import grouped_code
from tests.launch.ground import Ground
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db
FORM = reverse("launch:groundwork:survey_form", args=["haren"])
TOKEN = re.compile(r'name="line" value="([^"]+)"')


@pytest.fixture
def survey(ground: Ground) -> Survey:
    """A running survey with two questions and an address for paper."""
    return surveys.open_survey_and_create_address_codes(
        partnership=ground.partnership,
        last_day=(AT + timedelta(days=9)).date(),
        questions=["evening"],
        returned_to="Ann Peeters, Rue du Pré 1",
        by=None,
        at=AT,
    )


def codes_of(ground: Ground, survey: Survey) -> list[str]:
    return [home_survey_code(survey.pk, home.register_id) for home in ground.homes]


def typed(client: Client, lines: list[str], **form: str) -> list[str]:
    """The tokens of the lines that the page shows after one more form."""
    return TOKEN.findall(client.post(FORM, {**form, "line": lines}).text)


def test_a_stack_is_counted_line_by_line_and_a_line_taken_back(ground: Ground, survey: Survey) -> None:
    client, codes = signed_in(ground.coordinator), codes_of(ground, survey)

    first = typed(client, [], code=codes[0], digits="13")
    second = typed(client, first, code=codes[1], digits="20")
    counted = survey_result_as_far_as_shown(survey).answers
    page = client.post(FORM, {"line": second, "back": second[0]}).text

    assert (len(first), len(second), counted) == (1, 2, 2)
    assert survey_result_as_far_as_shown(survey).answers == 1
    assert survey.codes.filter(spent=True).count() == 1
    assert 'value="20"' in page  # to be put right
    assert len(TOKEN.findall(page)) == 1


def test_a_wrong_code_stays_in_its_line_and_the_next_form_goes_on(ground: Ground, survey: Survey) -> None:
    client, codes = signed_in(ground.coordinator), codes_of(ground, survey)

    wrong = client.post(FORM, {"code": "222222222", "digits": "11"}).text
    lines = typed(client, TOKEN.findall(wrong), code=codes[0], digits="11")
    again = client.post(FORM, {"line": lines, "back": lines[1]}).text

    assert "We do not know this code" in wrong
    assert "autofocus" in wrong
    assert len(lines) == 2
    assert 'value="222 222 222"' in again
    assert survey_result_as_far_as_shown(survey).answers == 1


def test_what_became_of_a_form_is_said_at_the_field_where_one_goes_on(ground: Ground, survey: Survey) -> None:
    client, (first, second, *_others) = signed_in(ground.coordinator), codes_of(ground, survey)

    empty = client.get(FORM).text
    counted = client.post(FORM, {"code": first, "digits": "11"}).text
    lines = TOKEN.findall(counted)
    again = client.post(FORM, {"code": first, "digits": "11", "line": lines}).text
    more = typed(client, lines, code=second, digits="20")
    undone = client.post(FORM, {"line": more, "back": more[0]}).text

    heads = [page.partition('name="code"')[0] for page in (empty, counted, again, undone)]
    assert ['id="said"' in head for head in heads] == [False, True, True, True]
    assert f"Counted: {grouped_code(first)}" in heads[1]
    assert "Answers so far: 1 of 6 addresses." in heads[1]
    assert "Enter the next one." in heads[1]
    assert f"Not counted: {grouped_code(first)}" in heads[2]
    assert "already been used, on screen or on paper: it counts once." in heads[2]
    assert f"No longer counted: {grouped_code(second)}" in heads[3]
    assert "Answers so far: 1 of 6 addresses." in heads[3]
    assert all('aria-describedby="said"' in page and " autofocus" in page for page in (counted, again, undone))


def test_digits_that_no_answer_has_are_said_at_their_field(ground: Ground, survey: Survey) -> None:
    client, code = signed_in(ground.coordinator), codes_of(ground, survey)[0]

    pages = {digits: client.post(FORM, {"code": code, "digits": digits}).text for digits in ("19", "1", "x1", "01")}

    assert [page.count("Type one digit for each question") for page in pages.values()] == [2, 2, 2, 0]
    assert "Whether the home is in favour is missing" in pages["01"]
    assert all(f'value="{code}"' in page for page in pages.values())
    assert survey_result_as_far_as_shown(survey).answers == 0


def test_a_line_that_is_not_ours_takes_nothing_back(ground: Ground, survey: Survey) -> None:
    client, codes = signed_in(ground.coordinator), codes_of(ground, survey)
    lines = typed(client, [], code=codes[0], digits="11")

    client.post(FORM, {"line": [lines[0][:-2] + "zz"], "back": lines[0][:-2] + "zz", "code": "", "digits": ""})
    signed_in(ground.stranger).post(FORM, {"line": lines, "back": lines[0]})

    assert survey_result_as_far_as_shown(survey).answers == 1


def test_paper_and_screen_ask_what_the_partnership_chose(client: Client, ground: Ground, survey: Survey) -> None:
    page = client.get(reverse("launch:idea:survey") + "?p=haren").text
    other = client.get(reverse("launch:idea:survey")).text

    assert survey.asked_question_keys == ("support", "evening")
    assert ("Will you come to the information evening?" in page, "Would you join it?" in page) == (True, False)
    assert "Would you join it?" in other


@pytest.mark.parametrize(("homes", "answers", "has_too_few_answers"), [(201, 8, True), (201, 40, False), (6, 1, True)])
def test_a_small_response_says_nothing_about_support(homes: int, answers: int, has_too_few_answers: bool) -> None:
    assert SurveyResult(homes, answers, [], too_few=False).has_too_few_answers is has_too_few_answers


def test_digits_are_answers_in_the_order_of_the_questions() -> None:
    support = {"support": ("yes", "no", "unsure")}
    assert answers_from_digits({**support, "evening": ("yes", "no", "aided")}, "2 0") == {"support": "no"}
    with pytest.raises(ValueError, match="no such answer"):
        answers_from_digits(support, "4")
