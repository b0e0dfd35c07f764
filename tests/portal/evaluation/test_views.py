"""The evaluation on pages: write, freeze, sign, read; the survey; what was decided (R60, R139-R142, R153)."""

from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from plp.evaluation.actions import reports, signatures, surveys
from plp.evaluation.models import Report, Survey, SurveyCount
from plp.evaluation.queries.reports import evaluation_cycles_of
from plp.evaluation.questionnaire import QUESTIONS, survey_form_code
from plp.evaluation.sections import SECTIONS
from plp.mandates.grants import Role
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places.models import Area
from plp.portal.subjects.evaluation.offers import evaluation_tasks
from plp.toolbox.clock import local
from tests.evaluation.year import launched, survey_of
from tests.factories.cast import NOW, Cast, hold, member, person
from tests.portal.evaluation.conftest import BEGAN
from tests.portal.signing import AT, signed_in

pytestmark = pytest.mark.django_db
UNTIL = date(2026, 11, 24)


def at(name: str, *more: object, key: str = "haren") -> str:
    """The address of a page of the partnership here."""
    return reverse(f"evaluation:{name}", args=[key, *more])


def begun(cast: Cast) -> Report:
    """The report of the year that is over."""
    return reports.begin_next_report(partnership=cast.here.partnership, until=UNTIL, by=None, at=AT)


def form_of(report: Report, **more: object) -> dict[str, object]:
    """What a browser sends from the editor, every part written."""
    words = {f"{key}_{code}": f"{key} <b>{code}</b>" for key in SECTIONS for code in report.languages}
    return {"seen": report.version, **words, **more}


def frozen(cast: Cast) -> Report:
    """A report that waits for signatures."""
    report = begun(cast)
    words = {code: dict.fromkeys(SECTIONS, "Bien.") for code in report.languages}
    reports.save_report_words_and_numbers(report=report, version=1, words=words, typed={}, by=None, at=AT)
    signatures.freeze_report_and_mail_for_signature(report=report, by=None, at=AT)
    return Report.objects.get()


def text_of(browser: Client, address: str) -> str:
    """The words of a page that opens."""
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_from_the_first_word_to_the_filed_report(cast: Cast) -> None:
    coordinator, officer = signed_in(cast.here.coordinator), signed_in(cast.officer)
    coordinator.post(at("begin"), {"until": "2026-11-24"})
    report = Report.objects.get()
    page = coordinator.post(at("write"), form_of(report, attempts="7"), follow=True).content.decode()
    assert "agreements &lt;b&gt;" in page
    officer.post(at("put_up"))
    report.refresh_from_db()
    signed = {"fingerprint": report.fingerprint, "read": "on"}
    coordinator.post(at("sign", "coordinator"), signed)
    officer.post(at("sign", "officer"), signed)

    report.refresh_from_db()
    assert (report.state, report.typed) == ("filed", {"attempts": 7})
    assert "Filed on" in text_of(signed_in(cast.chief), at("home"))


def test_the_one_who_saves_second_keeps_the_words_and_is_told(cast: Cast) -> None:
    report = begun(cast)
    browser = signed_in(cast.officer)
    browser.post(at("write"), form_of(report))
    page = browser.post(at("write"), form_of(report, agreements_fr="Mes mots à moi")).content.decode()

    assert "Somebody else saved the report" in page
    assert "Mes mots à moi" in page


def test_bad_input_is_said_in_words(cast: Cast) -> None:
    browser = signed_in(cast.officer)
    assert "not later than today" in browser.post(at("begin"), {"until": "2027-01-01"}).content.decode()
    report = begun(cast)
    assert "4000" in browser.post(at("write"), form_of(report, next_fr="x" * 4001)).content.decode()
    assert "greater than or equal to 0" in browser.post(at("write"), form_of(report, attempts="-1")).content.decode()
    assert "two years" in browser.post(at("due"), {"due_on": "2031-01-01"}).content.decode()
    refused = browser.post(at("put_up"))
    assert (refused.status_code, "Still to be written" in refused.content.decode()) == (409, True)


def test_signing_asks_for_fresh_proof(cast: Cast) -> None:
    frozen(cast)
    answer = signed_in(cast.officer, minutes_ago=6).get(at("sign", "officer"))
    assert (answer.status_code, "/account/" in answer["Location"]) == (302, True)
    other = signed_in(cast.officer).post(at("sign", "coordinator"), {"fingerprint": "x", "read": "on"})
    assert (other.status_code, "each for their own office" in other.content.decode()) == (409, True)


def offices(cast: Cast) -> dict[str, Person]:
    """Somebody of each office that reads, and two strangers."""
    municipality, supervisor = person("Mia Gemeente"), person("Sam Toezicht")
    hold(municipality, Role.MUNICIPALITY, Area.objects.get(path="be/z1/m21004/"))
    hold(supervisor, Role.SUPERVISOR, cast.zone)
    return {
        "coordinator": cast.here.coordinator,
        "officer": cast.officer,
        "chief": cast.chief,
        "municipality": municipality,
        "supervisor": supervisor,
        "next door": cast.next_door.coordinator,
        "foreign": cast.foreign_officer,
    }


def who_opens(people: dict[str, Person], address: str) -> set[str]:
    """The offices for which a page opens; for the others it does not exist."""
    codes = {office: signed_in(one).get(address).status_code for office, one in people.items()}
    assert set(codes.values()) <= {200, 404}
    return {office for office, code in codes.items() if code == 200}


def test_each_page_opens_for_its_offices_alone(cast: Cast) -> None:
    people = offices(cast)
    report = frozen(cast)
    file = report.files.order_by("pk").first()
    assert file is not None
    writers, readers = {"coordinator", "officer"}, {"coordinator", "officer", "chief", "municipality", "supervisor"}

    assert who_opens(people, at("home")) == readers
    assert who_opens(people, at("trail")) == readers - {"supervisor"}
    for name in ("read", "put_up", "take_back", "survey", "due", "begin"):
        assert who_opens(people, at(name)) == writers
    for address in (at("figures", report.pk), at("file", file.pk)):
        assert who_opens(people, address) == writers
    Report.objects.update(state="filed", filed_at=AT)
    for address in (at("figures", report.pk), at("file", file.pk)):
        assert who_opens(people, address) == readers
    assert signed_in(cast.officer).get(at("home", key="malmedy")).status_code == 404


def test_whoever_has_one_partnership_chooses_none(cast: Cast) -> None:
    assert signed_in(cast.here.coordinator).get(reverse("evaluation:index")).headers["Location"] == at("home")


def test_the_list_costs_the_same_for_one_partnership_and_two(cast: Cast) -> None:
    browser = signed_in(cast.officer)
    browser.get(reverse("evaluation:index"))
    Partnership.objects.filter(pk=cast.next_door.partnership.pk).update(launched_at=None)
    costs = []
    for quarter in (cast.here, cast.next_door):
        launched(quarter, at=BEGAN)
        with CaptureQueriesContext(connection) as queries:
            browser.get(reverse("evaluation:index"))
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_the_desk_says_what_waits(cast: Cast) -> None:
    [task] = evaluation_tasks(cast.officer, AT)
    [cycle] = evaluation_cycles_of(Partnership.objects.filter(pk=cast.here.partnership.pk))
    assert (task.url, local(task.due_at).date()) == (at("home"), cycle.due_on)
    report = frozen(cast)
    with translation.override("en"):
        assert [task.title for task in evaluation_tasks(cast.officer, AT)] == ["Sign the evaluation report: Haren"]
    signatures.sign_report_and_file_when_both(
        report=report, slot="officer", fingerprint=report.fingerprint, proven_at=AT, by=cast.officer, at=AT
    )
    assert evaluation_tasks(cast.officer, AT) == []
    assert evaluation_tasks(cast.chief, AT) == []


def answered(survey: Survey, number: int, **more: str) -> dict[str, str]:
    """What a browser sends for the form with this number."""
    return {"code": survey_form_code(survey.pk, number), **dict.fromkeys(QUESTIONS, "yes"), "since": "new", **more}


def test_a_member_answers_without_signing_in(cast: Cast, client: Client) -> None:
    survey = surveys.open_survey(partnership=cast.here.partnership, copies=5, last_day=NOW.date(), by=None, at=NOW)

    done = client.post(reverse("evaluation:answer"), answered(survey, 0))
    twice = client.post(reverse("evaluation:answer"), answered(survey, 0)).content.decode()
    wrong = client.post(reverse("evaluation:answer"), answered(survey, 1, safe="<script>")).content.decode()

    assert done["Location"] == reverse("evaluation:thanks")
    assert client.get(done["Location"]).content.count(b'class="confirmation"') == 1
    assert "already been used" in twice
    assert "<script>" not in wrong.split("</head>")[1].replace('<script src="', "")
    assert SurveyCount.objects.get(breakdown="all", question="safe", answer="yes").forms == 1


def test_wrong_codes_of_others_shut_nobody_out(cast: Cast, client: Client) -> None:
    cache.clear()
    survey = surveys.open_survey(partnership=cast.here.partnership, copies=5, last_day=NOW.date(), by=None, at=NOW)
    for _again in range(30):
        client.post(reverse("evaluation:answer"), answered(survey, 0, code="aaaaaaaaa"))

    assert client.post(reverse("evaluation:answer"), answered(survey, 0)).status_code == 302
    assert SurveyCount.objects.get(breakdown="all", question="safe", answer="yes").forms == 1
    cache.clear()


def test_the_result_shows_after_the_close_and_hides_small_groups(cast: Cast) -> None:
    browser = signed_in(cast.here.coordinator)
    survey_of(cast.here.partnership, {"new": 3, "some": 6, "long": 8}, at=NOW)

    page = text_of(browser, at("survey"))

    assert "17 of 60 forms came back" in page
    assert page.count("not shown, so that nobody can be recognised") == 2
    assert "More than three years (8)" in page
    assert "One to three years (6)" not in page


def test_after_an_end_the_evaluation_leads_to_the_survey_only_to_read_it(cast: Cast) -> None:
    browser = signed_in(cast.here.coordinator)
    Partnership.objects.filter(pk=cast.here.partnership.pk).update(state="ended")
    link = f'href="{at("survey")}"'

    without = text_of(browser, at("home")), text_of(browser, at("survey"))
    survey_of(cast.here.partnership, {"new": 3, "some": 6, "long": 8}, at=NOW)
    pages = text_of(browser, at("home")), text_of(browser, at("survey"))

    assert (link in without[0], "no survey was held" in without[1]) == (False, True)
    assert (link in pages[0], "no survey was held" in pages[1]) == (True, False)
    assert "What the members answered" in pages[0]
    assert "17 of 60 forms came back" in pages[1]
    assert "<form" not in pages[1].partition("<main")[2]


def test_the_survey_is_opened_entered_and_closed_on_pages(cast: Cast) -> None:
    browser = signed_in(cast.here.coordinator)
    assert "at least 5" in browser.post(at("survey"), {"copies": "4", "last_day": "2026-12-01"}).content.decode()
    browser.post(at("survey"), {"copies": "25", "last_day": "2026-12-01"})
    survey = Survey.objects.get()
    assert "part 2" in text_of(browser, at("survey"))
    browser.post(at("survey_form"), answered(survey, 24))
    browser.post(at("survey_close"))

    survey.refresh_from_db()
    assert survey.closed_at == AT
    assert "Fewer than five forms" in text_of(browser, at("survey"))


def test_forms_are_printed_in_parts_for_the_right_people(cast: Cast) -> None:
    surveys.open_survey(partnership=cast.here.partnership, copies=5, last_day=NOW.date(), by=None, at=NOW)
    browser = signed_in(cast.here.coordinator)

    printed = browser.get(f"{at('survey_forms')}?part=1&language=fr")

    assert (printed.status_code, printed["Content-Type"], printed.content[:5]) == (200, "application/pdf", b"%PDF-")
    for query in ("part=2&language=fr", "part=1&language=de", "part=0&language=fr", "part=x&language=fr", ""):
        assert browser.get(f"{at('survey_forms')}?{query}").status_code == 404
    assert signed_in(cast.next_door.coordinator).get(f"{at('survey_forms')}?part=1&language=fr").status_code == 404


def test_the_trail_names_nobody(cast: Cast) -> None:
    member(cast.here.partnership, "Marie Membre")
    frozen(cast)

    page = text_of(signed_in(cast.chief), at("trail"))

    assert "The evaluation report was submitted for signature" in page
    assert "A side agreed to the communication plan" in page
    main = page.split("<main")[1].split("</main")[0]
    names = [cast.here.coordinator.name, cast.officer.name, "Marie Membre", str(cast.officer.pk)]
    assert [name for name in names if name in main] == []


def test_the_trail_shows_what_is_asked_for(cast: Cast) -> None:
    frozen(cast)
    browser = signed_in(cast.chief)

    chosen = text_of(browser, f"{at('trail')}?topic=charter&office=officer&party=&like=x")

    assert 'value="officer" selected' in chosen
    assert "The evaluation report was submitted for signature" not in chosen
    assert "Nothing fits what you chose." in text_of(browser, f"{at('trail')}?party=municipality&topic=evaluation")
