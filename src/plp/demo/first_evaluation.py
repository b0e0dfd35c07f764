"""A first look back in each quarter: a survey of the members that was closed, and a report that both signed."""

from datetime import datetime, timedelta

from django.db import transaction

from plp.charter.queries.reviews import years_after
from plp.demo.quarter import Quarter, record_plan_progress
from plp.evaluation.actions import reports, signatures, surveys
from plp.evaluation.models import Report
from plp.evaluation.queries.reports import report_languages
from plp.evaluation.questionnaire import ANSWERS, QUESTIONS, survey_form_code
from plp.toolbox.clock import local

FORMS = 30
GROUPS = {"new": 12, "some": 6, "long": 3}  # forms that came back: the smallest group is withheld, another with it
YEAR = timedelta(days=366)
SAID = {  # how many of the 21 said yes, mostly yes, mostly no, no and no opinion
    "enough": (11, 6, 2, 1, 1), "clear": (9, 8, 2, 1, 1), "feedback": (6, 5, 5, 3, 2), "effort": (7, 7, 4, 2, 1),
    "report": (13, 4, 1, 1, 2), "safe": (8, 8, 3, 1, 1), "ties": (5, 6, 6, 3, 1), "stay": (16, 3, 0, 1, 1),
}  # fmt: skip
NUMBERS = {"reports_members": 11, "reports_others": 6, "burglaries": 2, "attempts": 3}
WORDS = {
    "fr": {
        "agreements": "Le plan a été suivi. Des retours sont venus trop tard : un collègue les prépare désormais.",
        "objectives": "Plusieurs voisins ont fait contrôler leurs portes. Deux tentatives ont échoué.",
        "members": "Les membres trouvent les messages clairs. Certains en voudraient davantage.",
        "next": "Trouver un membre de plus dans chaque rue. Une soirée sur les portes et fenêtres au printemps.",
    },
    "nl": {
        "agreements": "Het plan werd gevolgd. Soms kwam de feedback te laat: een collega bereidt ze nu voor.",
        "objectives": "Verschillende buren lieten hun deuren nakijken. Twee pogingen mislukten.",
        "members": "De leden vinden de berichten duidelijk. Sommigen willen er meer.",
        "next": "In elke straat één lid meer vinden. Een avond over deuren en ramen in de lente.",
    },
    "de": {
        "agreements": "Der Plan wurde eingehalten. Manche Rückmeldung kam zu spät: Ein Kollege bereitet sie nun vor.",
        "objectives": "Mehrere Nachbarn ließen ihre Türen prüfen. Zwei Versuche scheiterten.",
        "members": "Die Mitglieder finden die Nachrichten klar. Einige wünschen sich mehr.",
        "next": "In jeder Straße ein Mitglied mehr finden. Ein Abend über Türen und Fenster im Frühling.",
    },
}


def evaluate_first_year(quarters: list[Quarter]) -> None:
    """In each quarter a closed survey, and the report of the first year that both signed.

    Where the quarter fell silent, the report still waits for the officer's signature.
    """
    for quarter in quarters:
        ended = local(quarter.launched).replace(hour=10) + YEAR
        with transaction.atomic():
            _hold_member_survey(quarter, at=ended - timedelta(days=10))
        report = _write_report(quarter, at=ended + timedelta(days=8))
        signatures.freeze_report_and_mail_for_signature(
            report=report, by=quarter.coordinator, at=ended + timedelta(days=9)
        )
        _sign_report(report, quarter, at=ended + timedelta(days=10))
        record_plan_progress(quarter.partnership, ended + timedelta(days=10))


def _hold_member_survey(quarter: Quarter, *, at: datetime) -> None:
    """Forms that came back on screen and on paper, then the close."""
    opened = at - timedelta(days=7)
    survey = surveys.open_survey(
        partnership=quarter.partnership, copies=FORMS, last_day=local(at).date(), by=quarter.coordinator, at=opened
    )
    groups = [since for since, forms in GROUPS.items() for _form in range(forms)]
    columns = {
        key: [answer for answer, forms in zip(ANSWERS, counts, strict=True) for _form in range(forms)]
        for key, counts in SAID.items()
    }
    for number, since in enumerate(groups):
        answers = {key: columns[key][(number * 8 + place * 5) % len(groups)] for place, key in enumerate(QUESTIONS)}
        code = survey_form_code(survey.pk, number)
        if number % 3:
            surveys.answer_survey(code=code, answers=answers, years=since, by=None, at=at)
        else:
            surveys.enter_paper_form(
                survey=survey, code=code, answers=answers, years=since, by=quarter.coordinator, at=at
            )
    surveys.close_survey(survey=survey, by=quarter.coordinator, at=at)


def _write_report(quarter: Quarter, *, at: datetime) -> Report:
    """The words of both, and the figures of the police."""
    until = years_after(local(quarter.launched).date(), 1) - timedelta(days=1)
    report = reports.begin_next_report(partnership=quarter.partnership, until=until, by=quarter.coordinator, at=at)
    words = {code: WORDS[code] for code in report_languages(quarter.partnership)}
    reports.save_report_words_and_numbers(
        report=report, version=report.version, words=words, typed=NUMBERS, by=quarter.officer, at=at
    )
    return report


def _sign_report(report: Report, quarter: Quarter, *, at: datetime) -> None:
    """The signatures, each with proof of that moment."""
    report.refresh_from_db()
    signatories = (("coordinator", quarter.coordinator), ("officer", quarter.officer))
    for slot, person in signatories[:1] if quarter.setting.is_silent else signatories:
        signatures.sign_report_and_file_when_both(
            report=report, slot=slot, fingerprint=report.fingerprint, proven_at=at, by=person, at=at
        )
