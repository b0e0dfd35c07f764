"""The survey: one answer a home, numbers only, nothing after its end (R17, T42)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from time import sleep

import pytest
from django.db import OperationalError, connections
from django.utils.translation import override

from plp.launch.actions import surveys
from plp.launch.actions.life import end_partnership_and_notify
from plp.launch.actions.summaries import add_statements_from_survey
from plp.launch.crime_promises import promises_fewer_crimes
from plp.launch.models import Survey, SurveyCode, SurveyCount
from plp.launch.queries.groundwork import gather_groundwork_facts
from plp.launch.queries.surveys import SurveyResult, street_counts_of, survey_result_as_far_as_shown
from plp.launch.questionnaire import (
    ANSWER_LABELS,
    QUESTIONS,
    answer_keys_of,
    answers_from_digits,
    home_survey_code,
    survey_code_digest,
)
from plp.launch.survey_papers import questions_with_boxes
from plp.mandates.queries import NotAllowed
from plp.partnership.models import Partnership, Statement
from plp.partnership.translations import TranslatedText
from plp.toolbox.ids import CODE_LENGTH, grouped_code, normalise_code
from tests.launch.ground import NOW, Ground

LAST = date(2026, 12, 1)
YES = {"support": "yes", "join": "yes", "help": "unsure"}
NO = {"support": "no", "join": "no", "help": "no"}


@pytest.fixture
def ground(db: None) -> Ground:
    """The stage."""
    return Ground()


@pytest.fixture
def survey(ground: Ground) -> Survey:
    """A running survey."""
    return surveys.open_survey_and_create_address_codes(
        partnership=ground.partnership, last_day=LAST, by=ground.officer, at=NOW
    )


def codes(ground: Ground, survey: Survey) -> list[str]:
    """The code of each home."""
    return [home_survey_code(survey.pk, home.register_id) for home in ground.homes]


def test_each_address_has_a_code_of_which_only_the_digest_is_kept(ground: Ground, survey: Survey) -> None:
    made = codes(ground, survey)

    assert survey.homes == len(set(made)) == 6
    assert all(len(code) == CODE_LENGTH for code in made)
    assert set(survey.codes.values_list("digest", flat=True)) == {survey_code_digest(code) for code in made}


def test_a_code_is_read_however_it_is_typed(ground: Ground, survey: Survey) -> None:
    code = codes(ground, survey)[0]

    assert {normalise_code(typed) for typed in (code, grouped_code(code), code.upper(), f" {code[:3]}-{code[3:]}")} == {
        code
    }
    assert [normalise_code(bad) for bad in ("", "abc", "0" * 9, "x" * 10_000, "'; drop")] == [""] * 5


def test_a_home_answers_once(ground: Ground, survey: Survey) -> None:
    code = codes(ground, survey)[0]

    surveys.spend_code_and_count_screen_answer(code=code, answers=YES, by=None, at=NOW)
    with pytest.raises(surveys.HomeHasAnswered):
        surveys.spend_code_and_count_screen_answer(code=code, answers=NO, by=None, at=NOW)
    with pytest.raises(surveys.HomeHasAnswered):
        surveys.spend_code_and_count_paper_answer(survey=survey, code=code, answers=NO, by=ground.coordinator, at=NOW)

    assert survey_result_as_far_as_shown(survey).answers == 1


def test_screen_and_paper_add_up(ground: Ground, survey: Survey) -> None:
    first, second, third, fourth, *_rest = codes(ground, survey)
    surveys.spend_code_and_count_screen_answer(code=first, answers=YES, by=None, at=NOW)
    surveys.spend_code_and_count_screen_answer(code=second, answers=NO, by=None, at=NOW)
    surveys.spend_code_and_count_paper_answer(survey=survey, code=third, answers=YES, by=ground.coordinator, at=NOW)
    surveys.spend_code_and_count_paper_answer(survey=survey, code=fourth, answers=YES, by=ground.coordinator, at=NOW)
    surveys.save_support_counts_of_street(
        survey=survey, street=ground.elm, yes=1, no=1, unsure=0, by=ground.coordinator, at=NOW
    )
    surveys.close_survey(survey=survey, by=ground.coordinator, at=NOW)

    found = survey_result_as_far_as_shown(survey)
    support = {line.label: (line.screen, line.paper, line.homes, line.percent) for line in found.questions[0].lines}
    assert (found.answers, found.answer_percent) == (6, 100)
    assert list(support.values()) == [(1, 3, 4, 67), (1, 1, 2, 33), (0, 0, 0, 0)]
    assert [question.apart for question in found.questions] == [False]  # of either few (T53)
    assert found.has_hidden_questions  # the four with a code answered them alone
    known = gather_groundwork_facts(ground.partnership)
    assert known.survey_answers == 6
    assert known.survey_in_favour == 4
    assert known.is_support_measured is True


def test_the_share_that_answered_is_rounded() -> None:
    assert [
        SurveyResult(homes, answers, [], too_few=False).answer_percent
        for homes, answers in ((400, 63), (400, 61), (0, 0))
    ] == [
        16,
        15,
        0,
    ]


def test_screen_and_paper_are_told_apart_where_neither_is_few(ground: Ground, survey: Survey) -> None:
    for code in codes(ground, survey)[:5]:
        surveys.spend_code_and_count_paper_answer(survey=survey, code=code, answers=YES, by=ground.coordinator, at=NOW)
    surveys.close_survey(survey=survey, by=ground.coordinator, at=NOW)

    assert [question.apart for question in survey_result_as_far_as_shown(survey).questions] == [True, True, True]


def test_a_question_that_nobody_answered_has_no_table(ground: Ground, survey: Survey) -> None:
    surveys.save_support_counts_of_street(survey=survey, street=ground.oak, yes=3, no=1, unsure=0, by=None, at=NOW)
    surveys.save_support_counts_of_street(survey=survey, street=ground.elm, yes=1, no=0, unsure=0, by=None, at=NOW)
    surveys.close_survey(survey=survey, by=ground.coordinator, at=NOW)

    (question,) = survey_result_as_far_as_shown(survey).questions

    assert [line.homes for line in question.lines] == [4, 1, 0]


def test_no_result_shows_before_the_end_nor_under_five_answers(ground: Ground, survey: Survey) -> None:
    for code in codes(ground, survey)[:4]:
        surveys.spend_code_and_count_screen_answer(code=code, answers=YES, by=None, at=NOW)
    running = survey_result_as_far_as_shown(survey)

    surveys.close_survey(survey=survey, by=ground.coordinator, at=NOW)

    assert (running.answers, running.questions) == (4, [])
    assert survey_result_as_far_as_shown(survey).questions == []
    assert survey_result_as_far_as_shown(survey).too_few is True
    assert gather_groundwork_facts(ground.partnership).survey_in_favour is None


def test_nothing_counts_after_the_end(ground: Ground, survey: Survey) -> None:
    first, second, *_rest = codes(ground, survey)
    late = NOW + timedelta(days=7)
    with pytest.raises(surveys.AreaSurveyOver):
        surveys.spend_code_and_count_screen_answer(code=first, answers=YES, by=None, at=late)
    surveys.spend_code_and_count_paper_answer(
        survey=survey, code=second, answers=YES, by=ground.coordinator, at=late
    )  # came by post

    surveys.close_survey(survey=survey, by=ground.coordinator, at=late)

    for act in (
        lambda: surveys.spend_code_and_count_screen_answer(code=first, answers=YES, by=None, at=NOW),
        lambda: surveys.spend_code_and_count_paper_answer(survey=survey, code=first, answers=YES, by=None, at=NOW),
        lambda: surveys.save_support_counts_of_street(
            survey=survey, street=ground.oak, yes=1, no=0, unsure=0, by=None, at=NOW
        ),
        lambda: surveys.close_survey(survey=survey, by=None, at=NOW),
    ):
        with pytest.raises(surveys.AreaSurveyOver):
            act()
    assert survey_result_as_far_as_shown(survey).answers == 1
    assert not SurveyCode.objects.filter(spent=True).exists()


@pytest.mark.parametrize(
    "answers", [{}, {"join": "yes"}, {**YES, "support": "maybe"}, {**YES, "name": "x"}, {**YES, "join": ""}]
)
def test_an_odd_answer_or_none_on_support_is_refused(ground: Ground, survey: Survey, answers: dict[str, str]) -> None:
    with pytest.raises(surveys.AreaSurveyIncomplete):
        surveys.spend_code_and_count_screen_answer(code=codes(ground, survey)[0], answers=answers, by=None, at=NOW)

    assert not SurveyCode.objects.filter(spent=True).exists()


def test_all_but_support_may_stay_open_on_screen_as_on_paper(ground: Ground, survey: Survey) -> None:
    on_screen, on_paper = codes(ground, survey)[:2]

    surveys.spend_code_and_count_screen_answer(code=on_screen, answers={"support": "yes"}, by=None, at=NOW)
    surveys.spend_code_and_count_paper_answer(survey=survey, code=on_paper, answers={"support": "no"}, by=None, at=NOW)

    assert sorted(SurveyCount.objects.values_list("question", "answer", "homes")) == [
        ("support", "no", 1),
        ("support", "yes", 1),
    ]


@pytest.mark.parametrize("code", ["", "222222222", "\x00", "é" * 9])
def test_an_unknown_code_counts_nothing(ground: Ground, survey: Survey, code: str) -> None:
    with pytest.raises(surveys.UnknownHomeCode):
        surveys.spend_code_and_count_screen_answer(code=code, answers=YES, by=None, at=NOW)

    assert not SurveyCount.objects.exists()


def test_no_more_forms_than_homes(ground: Ground, survey: Survey) -> None:
    surveys.save_support_counts_of_street(survey=survey, street=ground.elm, yes=2, no=0, unsure=0, by=None, at=NOW)
    surveys.save_support_counts_of_street(survey=survey, street=ground.elm, yes=1, no=0, unsure=1, by=None, at=NOW)
    for bad in ((3, 0, 0), (-1, 0, 0), (0, 0, 10**6)):
        with pytest.raises(surveys.TooManyForms):
            surveys.save_support_counts_of_street(
                survey=survey, street=ground.elm, yes=bad[0], no=bad[1], unsure=bad[2], by=None, at=NOW
            )
    for code in codes(ground, survey)[:4]:
        surveys.spend_code_and_count_screen_answer(code=code, answers=YES, by=None, at=NOW)

    with pytest.raises(surveys.TooManyForms):
        surveys.save_support_counts_of_street(survey=survey, street=ground.oak, yes=1, no=0, unsure=0, by=None, at=NOW)
    assert [(one.yes, one.no, one.unsure) for one in street_counts_of(survey)] == [(1, 0, 1)]


def test_one_survey_at_a_time_over_a_drawn_area(ground: Ground, survey: Survey) -> None:
    with pytest.raises(surveys.AreaSurveyRunning):
        surveys.open_survey_and_create_address_codes(
            partnership=ground.partnership, last_day=LAST, by=ground.officer, at=NOW
        )
    with pytest.raises(surveys.NoAddressToSurvey):
        surveys.open_survey_and_create_address_codes(
            partnership=ground.cast.next_door.partnership, last_day=LAST, by=ground.officer, at=NOW
        )
    with pytest.raises(surveys.BadAreaSurveyEnd):
        surveys.open_survey_and_create_address_codes(
            partnership=ground.cast.abroad.partnership, last_day=date(2026, 11, 24), by=None, at=NOW
        )


def test_a_stranger_may_not_touch_it(ground: Ground, survey: Survey) -> None:
    code = codes(ground, survey)[0]
    for act in (
        lambda: surveys.spend_code_and_count_paper_answer(
            survey=survey, code=code, answers=YES, by=ground.stranger, at=NOW
        ),
        lambda: surveys.save_support_counts_of_street(
            survey=survey, street=ground.oak, yes=1, no=0, unsure=0, by=ground.stranger, at=NOW
        ),
        lambda: surveys.close_survey(survey=survey, by=ground.stranger, at=NOW),
        lambda: surveys.open_survey_and_create_address_codes(
            partnership=ground.partnership, last_day=LAST, by=ground.stranger, at=NOW
        ),
    ):
        with pytest.raises(NotAllowed):
            act()


def count(ground: Ground, yes: int, no: int = 0, unsure: int = 0) -> None:
    """Note a show of hands of today."""
    surveys.record_show_of_hands(
        partnership=ground.partnership,
        held_on=NOW.date(),
        occasion="Réunion de rue",
        yes=yes,
        no=no,
        unsure=unsure,
        by=ground.coordinator,
        at=NOW,
    )


def test_hands_measure_support_too(ground: Ground) -> None:
    for bad in ((0, 0, 0), (-1, 2, 0), (5_000, 1, 0)):
        with pytest.raises(surveys.BadShowOfHands):
            count(ground, *bad)
    assert not gather_groundwork_facts(ground.partnership).is_support_measured

    count(ground, 18, 2)

    assert gather_groundwork_facts(ground.partnership).is_support_measured


@pytest.mark.django_db(transaction=True)
def test_fifty_answers_at_once_count_once() -> None:
    """0.5 s: fifty connections wait for one another."""
    ground = Ground()
    survey = surveys.open_survey_and_create_address_codes(
        partnership=ground.partnership, last_day=LAST, by=None, at=NOW
    )
    code = codes(ground, survey)[0]

    def submit(number: int) -> bool:
        while True:
            try:
                surveys.spend_code_and_count_screen_answer(
                    code=code, answers=YES if number % 2 else NO, by=None, at=NOW
                )
            except surveys.HomeHasAnswered:
                return False
            except OperationalError:  # SQLite in memory, as here, refuses a second writer where a file makes it wait
                sleep(0.001)
            else:
                return True
            finally:
                connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        counted = sum(pool.map(submit, range(50)))

    assert counted == 1
    assert survey_result_as_far_as_shown(survey).answers == 1


@pytest.mark.parametrize(
    "text",
    [
        "Grâce au PLP il y aura moins de cambriolages.",
        "Faire diminuer les vols de 30 %.",
        "Een daling van het aantal inbraken.",
        "Minder diefstallen in de wijk.",
        "Weniger Einbrüche im Viertel.",
        "Fewer burglaries.",
        "Grâce au PLP, les cambriolages diminuent de 71 %.",
        "Là où il y a un PLP, on vole moins.",
        "Depuis le PLP, le quartier est plus sûr.",
        "Waar een BIN is, wordt minder gestolen.",
        "Dank zij het BIN is de wijk veiliger.",
        "Seit der Partnerschaft ist das Viertel sicherer.",
        "Since the partnership the neighbourhood is safer.",
    ],
)
def test_a_promise_of_fewer_crimes_is_seen(text: str) -> None:
    assert promises_fewer_crimes(text)


@pytest.mark.parametrize(
    "text",
    [
        "Mieux se connaître entre voisins.",
        "Sneller melden wat verdacht is.",
        "Après un cambriolage, savoir quoi faire. Moins de peur.",
        "Schneller melden, was auffällt.",
    ],
)
def test_an_honest_objective_passes(text: str) -> None:
    assert not promises_fewer_crimes(text)


@pytest.mark.parametrize(("mark", "is_reached"), [(80, True), (81, False), (None, True)])
def test_the_share_in_favour_is_measured_against_a_mark(ground: Ground, mark: int | None, is_reached: bool) -> None:
    survey = surveys.open_survey_and_create_address_codes(
        partnership=ground.partnership, last_day=LAST, by=ground.officer, at=NOW, needed_share=mark
    )
    for number, code in enumerate(codes(ground, survey)[:5]):
        surveys.spend_code_and_count_screen_answer(code=code, answers=NO if number == 0 else YES, by=None, at=NOW)
    surveys.close_survey(survey=survey, by=ground.officer, at=NOW)

    result = survey_result_as_far_as_shown(survey)

    assert (result.in_favour, result.is_share_reached) == (80, is_reached)


def test_a_mark_is_one_of_a_hundred(ground: Ground) -> None:
    with pytest.raises(surveys.BadShare):
        surveys.open_survey_and_create_address_codes(
            partnership=ground.partnership, last_day=LAST, by=ground.officer, at=NOW, needed_share=101
        )

    assert not Survey.objects.exists()


def test_questions_of_ones_own_are_asked_on_screen_and_paper_and_counted(ground: Ground) -> None:
    survey = surveys.open_survey_and_create_address_codes(
        partnership=ground.partnership,
        last_day=LAST,
        by=ground.officer,
        at=NOW,
        questions=(),
        own_questions=[TranslatedText("Faut-il plus de lumière ?", "fr", {"nl": "Is er meer licht nodig?"})],
    )
    with override("nl"):
        paper = questions_with_boxes(survey)
    for number, code in enumerate(codes(ground, survey)[:5]):
        answers = {"support": "yes", "own1": "no" if number == 0 else "yes"}
        surveys.spend_code_and_count_screen_answer(code=code, answers=answers, by=None, at=NOW)
    surveys.close_survey(survey=survey, by=ground.officer, at=NOW)

    own = survey_result_as_far_as_shown(survey).questions[-1]

    assert survey.question_labels("nl")["own1"] == "Is er meer licht nodig?"
    assert paper[-1].startswith("Is er meer licht nodig?\n\N{BALLOT BOX} ")
    assert [line.homes for line in own.lines] == [4, 1, 0]
    keys = {question: survey.answer_keys(question) for question in survey.asked_question_keys}
    assert answers_from_digits(keys, "13") == {"support": "yes", "own1": "unsure"}


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_paper_offers_each_answer_that_the_page_and_the_entry_offer(ground: Ground, language: str) -> None:
    ground.partnership.kind = Partnership.Kind.TRADERS  # asked the most
    ground.partnership.save()
    survey = surveys.open_survey_and_create_address_codes(
        partnership=ground.partnership, last_day=LAST, by=ground.officer, at=NOW, questions=list(QUESTIONS)
    )
    with override(language):
        paper = questions_with_boxes(survey)
        for key, line in zip(survey.asked_question_keys, paper, strict=True):
            boxes = [box.strip() for box in line.partition("\n")[2].split("\N{BALLOT BOX}") if box.strip()]
            assert boxes == [str(ANSWER_LABELS[answer]) for answer in survey.answer_keys(key)]
    assert survey.asked_question_keys == tuple(QUESTIONS)
    assert len(answer_keys_of("topic")) == 6


@pytest.mark.parametrize("kind", [Partnership.Kind.TRADERS, Partnership.Kind.SECTORAL])
def test_businesses_are_asked_about_shops_first_and_a_survey_keeps_its_order(ground: Ground, kind: str) -> None:
    ask = {"last_day": LAST, "by": ground.officer, "at": NOW, "questions": ["topic", "expect", "hours"]}
    homes = surveys.open_survey_and_create_address_codes(partnership=ground.partnership, **ask)
    surveys.close_survey(survey=homes, by=ground.officer, at=NOW)
    ground.partnership.kind = kind
    ground.partnership.save()
    shops = surveys.open_survey_and_create_address_codes(partnership=ground.partnership, **ask)

    homes, shops = Survey.objects.get(pk=homes.pk), Survey.objects.get(pk=shops.pk)
    assert (homes.answer_keys("topic")[0], shops.answer_keys("topic")[0]) == ("burglary", "shop")
    with override("en"):
        assert "alone" in questions_with_boxes(homes)[-1]
        *_others, expected, hours = questions_with_boxes(shops)
        assert ("alone" in expected, "employees" in expected) == (False, True)
        assert hours.startswith("Until when is your business open")
    keys = {question: shops.answer_keys(question) for question in shops.asked_question_keys}
    assert answers_from_digits(keys, "1133") == {
        "support": "yes",
        "topic": "shop",
        "expect": "staff",
        "hours": "later",
    }
    for code in codes(ground, shops)[:5]:
        surveys.spend_code_and_count_screen_answer(
            code=code, answers={"support": "yes", "topic": "shop", "expect": "staff"}, by=None, at=NOW
        )
    with pytest.raises(surveys.AreaSurveyIncomplete):
        surveys.spend_code_and_count_screen_answer(
            code=codes(ground, shops)[5], answers={"support": "yes", "expect": "frail"}, by=None, at=NOW
        )
    surveys.close_survey(survey=shops, by=ground.officer, at=NOW)
    lines = survey_result_as_far_as_shown(shops).questions[1].lines
    assert [line.homes for line in lines] == [5, 0, 0, 0, 0, 0]


def test_a_question_that_nobody_answered_moves_no_answer_to_another(ground: Ground) -> None:
    survey = surveys.open_survey_and_create_address_codes(
        partnership=ground.partnership, last_day=LAST, by=ground.officer, at=NOW, questions=["topic", "expect"]
    )
    for code in codes(ground, survey)[:5]:
        answers = {"support": "yes", "expect": "told"}
        surveys.spend_code_and_count_screen_answer(code=code, answers=answers, by=None, at=NOW)
    surveys.close_survey(survey=survey, by=ground.officer, at=NOW)

    assert add_statements_from_survey(partnership=ground.partnership, by=ground.officer, at=NOW) == 1
    assert Statement.objects.get(partnership=ground.partnership).kind == Statement.Kind.EXPECTATION


def test_what_most_homes_expect_becomes_a_statement_once(ground: Ground) -> None:
    survey = surveys.open_survey_and_create_address_codes(
        partnership=ground.partnership, last_day=LAST, by=ground.officer, at=NOW, questions=["expect"]
    )
    assert add_statements_from_survey(partnership=ground.partnership, by=ground.officer, at=NOW) == 0
    for number, code in enumerate(codes(ground, survey)[:5]):
        answers = {"support": "yes", "expect": "ties" if number == 0 else "told"}
        surveys.spend_code_and_count_screen_answer(code=code, answers=answers, by=None, at=NOW)
    surveys.close_survey(survey=survey, by=ground.officer, at=NOW)

    first, again = (
        add_statements_from_survey(partnership=ground.partnership, by=ground.officer, at=NOW) for _touch in range(2)
    )

    statements = ground.partnership.statements.filter(party="residents", kind="expectation").order_by("position")
    assert (first, again) == (2, 0)
    assert [statement.text_in("text", "fr", ["fr"]).split()[-1] for statement in statements] == ["temps", "quartier"]


def test_the_end_of_a_partnership_closes_its_survey(ground: Ground) -> None:
    survey = surveys.open_survey_and_create_address_codes(
        partnership=ground.partnership, last_day=LAST, by=ground.officer, at=NOW
    )
    code = codes(ground, survey)[0]

    end_partnership_and_notify(partnership=ground.partnership, reason="Plus personne.", by=ground.officer, at=NOW)

    survey.refresh_from_db()
    assert survey.closed_at == NOW
    with pytest.raises(surveys.AreaSurveyOver):
        surveys.spend_code_and_count_screen_answer(code=code, answers={"support": "yes"}, by=None, at=NOW)
