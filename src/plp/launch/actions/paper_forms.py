"""A stack of paper forms: one that was typed wrongly is taken back at once (R17)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F

from plp.journal.actions import note
from plp.launch.actions.surveys import AreaSurveyOver, UnknownHomeCode
from plp.launch.models import Survey, SurveyCode, SurveyCount
from plp.launch.questionnaire import survey_code_digest
from plp.mandates.grants import Permission
from plp.mandates.queries import require_unless_machine
from plp.people.models import Person
from plp.toolbox.ids import normalise_code


@transaction.atomic
def undo_paper_form_entry_and_free_code(
    *, survey: Survey, code: str, answers: Mapping[str, str], by: Person | None, at: datetime
) -> None:
    """Undo the entry of a form by whoever still has it in hand: its code is free again, its answers count no more.

    The caller proves that these answers were entered with this code: here nothing ties them. Raises ``NotAllowed``,
    ``AreaSurveyOver``, and ``UnknownHomeCode`` for a code that was not spent.
    """
    area = survey.partnership.area
    require_unless_machine(by, Permission.GROUNDWORK, area, at=at)
    if Survey.objects.select_for_update().get(pk=survey.pk).closed_at is not None:
        raise AreaSurveyOver
    spent = SurveyCode.objects.filter(survey=survey, digest=survey_code_digest(normalise_code(code)), spent=True)
    if not spent.update(spent=False):
        raise UnknownHomeCode
    for question, answer in answers.items():
        row = {"survey": survey, "question": question, "answer": answer, "medium": SurveyCount.Medium.PAPER}
        SurveyCount.objects.filter(**row, homes__gt=0).update(homes=F("homes") - 1)
    note(verb="survey.form_taken_back", by=by, at=at, area=area.path, target=survey)
