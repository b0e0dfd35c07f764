"""What this room knows of a person: who signed a report or opened a survey. Of an answer it knows nobody."""

from typing import Any

from plp.evaluation.models import Signature, Survey
from plp.people.models import Person

ARCHIVE = "part of the filed report, an act of two offices: kept as it was signed"

PERSONAL = {
    "evaluation.ReportFile.content": ARCHIVE,
    "evaluation.Signature.name": ARCHIVE,
    "evaluation.Signature.person": "exported; emptied when the person is forgotten",
    "evaluation.Survey.by": "exported; emptied when the person is forgotten",
    "evaluation.SurveyCode.digest": "of a code handed out by chance: names nobody, tells no answer",
}


def export(person: Person) -> dict[str, Any]:
    """The reports that a person signed, and the surveys that they opened."""
    signed = Signature.objects.filter(person=person).order_by("signed_at")
    opened = Survey.objects.filter(by=person).order_by("opened_at")
    return {
        "signed_reports": [{"slot": one.slot, "at": one.signed_at.isoformat()} for one in signed],
        "member_surveys": [{"opened": one.opened_at.isoformat()} for one in opened],
    }
