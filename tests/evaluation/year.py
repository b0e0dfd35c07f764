"""A year of a partnership: messages by day and night, feedback in time and owed, members in and out, a survey."""

from datetime import UTC, date, datetime, timedelta

from plp.evaluation.actions import reports, signatures, surveys
from plp.evaluation.models import Report, Survey
from plp.evaluation.questionnaire import QUESTIONS, SINCE, survey_form_code
from plp.evaluation.sections import SECTIONS
from plp.membership.models import Membership
from plp.notices import actions as notices
from plp.notices.models import Notice
from plp.partnership.models import Partnership
from tests.factories.cast import NOW, Cast, Quarter, contact, member
from tests.factories.notices import drafted_notice, submit_and_release

LATER = NOW + timedelta(days=380)
UNTIL = date(2027, 11, 24)
NIGHT = datetime(2027, 7, 1, 20, 30, tzinfo=UTC)  # half past ten in Brussels, in summer
EVENING = datetime(2027, 1, 1, 20, 30, tzinfo=UTC)  # half past nine in Brussels, in winter
WORDS = {
    "fr": ("Vol par ruse", "Deux personnes en vêtements de travail sonnent aux portes rue de Verdun. Fermez à clé."),
    "nl": ("Diefstal met list", "Twee personen in werkkledij bellen aan in de Verdunstraat. Sluit uw deur."),
}


def launched(quarter: Quarter, *, at: datetime = NOW) -> Partnership:
    """The partnership of ``quarter``, launched at ``at``."""
    Partnership.objects.filter(pk=quarter.partnership.pk).update(launched_at=at)
    quarter.partnership.refresh_from_db()
    return quarter.partnership


def relayed(cast: Cast, kind: str, at: datetime, *, minutes: int = 20, **origin: Notice) -> Notice:
    """A message here, released at ``at`` and relayed ``minutes`` later."""
    notice = submit_and_release(drafted_notice(cast, WORDS, kind=kind, at=at, **origin), cast, at=at)
    notices.relay_notice_to_members(notice=notice, by=cast.here.coordinator, at=at + timedelta(minutes=minutes))
    notice.refresh_from_db()
    return notice


def year(cast: Cast) -> Partnership:
    """Two alarms by day and night, one with feedback in time and one without; an advice; one member of three left."""
    partnership = launched(cast.here)
    for name, channel, address in (
        ("Ann Un", "email", "ann@example.org"),
        ("Bob Twee", "sms", "+32470000002"),
        ("Cem Drei", "email", "cem@example.org"),
    ):
        contact(member(partnership, name), channel, address)
    alarm = relayed(cast, "alarm", EVENING, minutes=10)
    relayed(cast, "feedback", EVENING + timedelta(hours=5), answers=alarm)
    relayed(cast, "alarm", NIGHT, minutes=30)
    relayed(cast, "advice", NIGHT + timedelta(days=1), minutes=180)
    gone = Membership.objects.filter(partnership=partnership).order_by("pk").first()
    assert gone is not None
    Membership.objects.filter(pk=gone.pk).update(state="left", left_at=NIGHT + timedelta(days=30))
    return partnership


def begun(partnership: Partnership) -> Report:
    """The report of the first year."""
    return reports.begin_next_report(partnership=partnership, until=UNTIL, by=None, at=LATER)


def written(report: Report, **typed: int) -> Report:
    """Every part of a report written."""
    words = {code: {key: f"{code}: {key} – 100 % * {{texte}}" for key in SECTIONS} for code in report.languages}
    reports.save_report_words_and_numbers(
        report=report, version=report.version, words=words, typed=typed, by=None, at=LATER
    )
    return report


def sign_both(report: Report, cast: Cast) -> Report:
    """The signatures of the coordinator and of the officer."""
    for slot, person in (("coordinator", cast.here.coordinator), ("officer", cast.officer)):
        report.refresh_from_db()
        signatures.sign_report_and_file_when_both(
            report=report, slot=slot, fingerprint=report.fingerprint, proven_at=LATER, by=person, at=LATER
        )
    report.refresh_from_db()
    return report


def answered(survey: Survey, number: int, *, since: str = "new", said: str = "yes") -> None:
    """The form with this number, on screen."""
    answers = dict.fromkeys(QUESTIONS, said)
    surveys.answer_survey(
        code=survey_form_code(survey.pk, number), answers=answers, years=since, by=None, at=survey.opened_at
    )


def survey_of(partnership: Partnership, groups: dict[str, int], *, at: datetime = NIGHT) -> Survey:
    """A closed survey in which so many forms of each group of ``SINCE`` came back."""
    survey = surveys.open_survey(partnership=partnership, copies=60, last_day=at.date(), by=None, at=at)
    number = 0
    for since in SINCE:
        for _form in range(groups.get(since, 0)):
            answered(survey, number, since=since)
            number += 1
    surveys.close_survey(survey=survey, by=None, at=at)
    return survey
