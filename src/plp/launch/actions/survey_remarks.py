"""What becomes of the sentences of a survey: they go a year after its end (R84)."""

from datetime import datetime, timedelta

from django.db import transaction

from plp.journal.actions import note
from plp.launch.models import Survey
from plp.people.models import Person
from plp.people.retention_terms import retention_term

KEPT = timedelta(days=365)  # after the survey was closed


@transaction.atomic
def erase_old_remarks(*, by: Person | None, at: datetime) -> int:
    """Once a day: erase the sentences of surveys that were closed a year ago (R84); answer how many. Numbers stay."""
    closed = Survey.objects.filter(closed_at__lte=at - retention_term("remarks", KEPT), remarks__isnull=False)
    count = 0
    for survey in closed.select_related("partnership__area").distinct():
        count += survey.remarks.all().delete()[0]
        note(verb="survey.remarks_erased", by=by, at=at, area=survey.partnership.area.path, target=survey)
    return count
