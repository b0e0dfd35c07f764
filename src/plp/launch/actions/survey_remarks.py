"""The sentence that a home may add to its answer: checked, kept apart from it, shown and erased (R17, R71, R84)."""

from datetime import datetime, timedelta

from django.db import transaction

from plp.journal.actions import note
from plp.launch.models import Survey, SurveyRemark
from plp.membership.enquiries import HeldWords
from plp.people.models import Person
from plp.people.retention_terms import retention_term
from plp.toolbox.words import normalise_text
from plp.wording.check import check

MOST_REMARK = 300
KEPT = timedelta(days=365)  # after the survey was closed


def checked_remark(words: str, *, language: str) -> str:
    """The sentence in its one form, empty if there is none.

    Raises ``BadWords``, or ``HeldWords`` where it names or describes somebody (R71-R74).
    """
    remark = normalise_text(words, most=MOST_REMARK, empty=True)
    findings = check(remark, language=language, kind="coordinator_note").findings if remark else ()
    for finding in findings:
        if finding.severity == "hold":
            raise HeldWords(words=finding.excerpt)
    return remark


def add_remark(survey: Survey, remark: str) -> None:
    """Keep a checked sentence, if there is one and the survey asks for it. Nothing says who wrote it, nor when."""
    if remark and survey.asks_remark:
        SurveyRemark.objects.create(survey=survey, words=remark)


def take_back_remark(survey: Survey, remark: str) -> None:
    """Delete one sentence with these words: that of a paper form that was typed wrongly."""
    same = next((row for row in survey.remarks.all() if row.words == remark), None) if remark else None
    if same is not None:
        same.delete()


@transaction.atomic
def erase_old_remarks(*, by: Person | None, at: datetime) -> int:
    """Once a day: erase the sentences of surveys that were closed a year ago (R84); answer how many. Numbers stay."""
    closed = Survey.objects.filter(closed_at__lte=at - retention_term("remarks", KEPT), remarks__isnull=False)
    count = 0
    for survey in closed.select_related("partnership__area").distinct():
        count += survey.remarks.all().delete()[0]
        note(verb="survey.remarks_erased", by=by, at=at, area=survey.partnership.area.path, target=survey)
    return count
