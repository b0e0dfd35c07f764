"""What becomes of the sentences of a survey: they go a year after its end (R84)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from plp.journal.actions import note
from plp.launch.models import Survey
from plp.people.models import Person
from plp.people.retention_terms import retention_term

KEPT = timedelta(days=365)  # after the survey was closed


@transaction.atomic
def erase_old_remarks(*, by: Person | None, at: datetime) -> int:
    """Once a day: erase the sentences of surveys that ended a year ago (R84); answer how many. Numbers stay."""
    before = at - retention_term("remarks", KEPT)
    ended = Q(closed_at__lte=before) | Q(closed_at=None, last_day__lt=before.date())  # nobody closed it
    count = 0
    for survey in Survey.objects.filter(ended, remarks__isnull=False).select_related("partnership__area").distinct():
        count += survey.remarks.all().delete()[0]
        note(verb="survey.remarks_erased", by=by, at=at, area=survey.partnership.area.path, target=survey)
    return count
