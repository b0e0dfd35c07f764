"""A first look back in each quarter: a survey of the members that was closed, and a report that both signed."""

from datetime import datetime, timedelta

from django.db import transaction

from plp.evaluation.actions import filing, reports, surveys
from plp.evaluation.asking import QUESTIONS, code_of
from plp.evaluation.models import Report
from plp.evaluation.queries.reports import languages_of
from plp.evaluation.rules import a_year_after
from plp.ops.demo.stage import Stage, note_standing
from plp.toolbox.clock import local

FORMS = 30
GROUPS = {"new": 12, "some": 6, "long": 3}  # forms that came back: the smallest group is withheld, another with it
YEAR = timedelta(days=366)
SAID = ("yes", "rather", "yes", "hardly", "unsure", "yes", "no")  # in turn
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


def look_back(stages: list[Stage]) -> None:
    """In each quarter a closed survey, and the report of the first year that both signed.

    Where the quarter fell silent, the report still waits for the officer's signature.
    """
    for stage in stages:
        ended = local(stage.launched).replace(hour=10) + YEAR
        with transaction.atomic():
            _survey(stage, at=ended - timedelta(days=10))
        report = _write(stage, at=ended + timedelta(days=8))
        filing.put_up(report=report, by=stage.coordinator, at=ended + timedelta(days=9))
        _sign(report, stage, at=ended + timedelta(days=10))
        note_standing(stage.partnership, ended + timedelta(days=10))


def _survey(stage: Stage, *, at: datetime) -> None:
    """Forms that came back on screen and on paper, then the close."""
    opened = at - timedelta(days=7)
    survey = surveys.ask(
        partnership=stage.partnership, copies=FORMS, last_day=local(at).date(), by=stage.coordinator, at=opened
    )
    groups = [since for since, forms in GROUPS.items() for _form in range(forms)]
    for number, since in enumerate(groups):
        answers = {key: SAID[(number + place) % len(SAID)] for place, key in enumerate(QUESTIONS)}
        code = code_of(survey.pk, number)
        if number % 3:
            surveys.answer(code=code, answers=answers, since=since, by=None, at=at)
        else:
            surveys.enter_form(survey=survey, code=code, answers=answers, since=since, by=stage.coordinator, at=at)
    surveys.close(survey=survey, by=stage.coordinator, at=at)


def _write(stage: Stage, *, at: datetime) -> Report:
    """The words of both, and the figures of the police."""
    until = a_year_after(local(stage.launched).date()) - timedelta(days=1)
    report = reports.begin(partnership=stage.partnership, until=until, by=stage.coordinator, at=at)
    words = {code: WORDS[code] for code in languages_of(stage.partnership)}
    reports.write(report=report, version=report.version, words=words, typed=NUMBERS, by=stage.officer, at=at)
    return report


def _sign(report: Report, stage: Stage, *, at: datetime) -> None:
    """The signatures, each with proof of that moment."""
    report.refresh_from_db()
    both = (("coordinator", stage.coordinator), ("officer", stage.officer))
    for slot, person in both[:1] if stage.setting.is_silent else both:
        filing.sign(report=report, slot=slot, fingerprint=report.fingerprint, proven_at=at, by=person, at=at)
