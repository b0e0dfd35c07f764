"""What this room knows of a person: who acted in a launch, by virtue of a mandate."""

from typing import Any

from plp.launch.models import (
    Consultation,
    Idea,
    Informing,
    LifeAct,
    PackText,
    Publication,
    QuarterChange,
    QuarterChangeMember,
    Reopening,
    Sending,
    ShowOfHands,
    Sign,
    Stakeholder,
    Survey,
    Tick,
)
from plp.people.models import Person

PERSONAL = {
    "launch.Tick.by": "exported; emptied when the person is forgotten",
    "launch.Tick.undone_by": "exported with the tick; emptied when the person is forgotten",
    "launch.Reopening.by": "exported; emptied when the person is forgotten",
    "launch.Reopening.closed_by": "exported with the opening; emptied when the person is forgotten",
    "launch.Sending.content": "the file as it left: names of signatories in office; kept with the partnership",
    "launch.Sending.by": "exported; emptied when the person is forgotten",
    "launch.ZoneRule.by": "emptied when the person is forgotten",
    "launch.PaperLook.by": "emptied when the person is forgotten",
    "launch.Publication.by": "exported; emptied when the person is forgotten",
    "launch.Sign.by": "exported; emptied when the person is forgotten",
    "launch.LifeAct.by": "exported; emptied when the person is forgotten",
    "launch.QuarterChange.prepared_by": "exported; emptied when the person is forgotten",
    "launch.QuarterChange.released_by": "exported; emptied when the person is forgotten",
    "launch.QuarterChange.before": "not exported: keys of rows, no words; emptied once a day has passed",
    "launch.QuarterChangeMember.membership": "exported; deleted with the membership",
    "launch.Idea.words": "exported to the teller; erased 90 days after the answer",
    "launch.Idea.telephone": "exported to the teller; erased 90 days after the answer",
    "launch.Idea.teller": "forgotten 90 days after the answer, or when the person is forgotten",
    "launch.Idea.answered_by": "exported; emptied when the person is forgotten",
    "launch.Consultation.persons": "people in office, not exported: kept with the file of the partnership",
    "launch.Consultation.by": "exported; emptied when the person is forgotten",
    "launch.Stakeholder.who": "services and their contact, not exported: kept with the file of the partnership",
    "launch.Stakeholder.proof": "who received word, not exported: kept with the file of the partnership",
    "launch.Stakeholder.sealed_translations": "the same in other languages, kept and erased with it",
    "launch.Stakeholder.by": "exported; emptied when the person is forgotten",
    "launch.Informing.carrier": "who went round, not exported: kept with the file of the partnership",
    "launch.Informing.by": "exported; emptied when the person is forgotten",
    "launch.SurveyCode.digest": "of a code that went to a home: names nobody, tells no answer; kept with the survey",
    "launch.ShowOfHands.by": "exported; emptied when the person is forgotten",
    "launch.Survey.by": "exported; emptied when the person is forgotten",
    "launch.PackText.written_by": "exported; emptied when the person is forgotten",
}


# Acts by virtue of a mandate: the columns that say who and when.
ACTS = (
    *((model, "by", "at") for model in (Tick, Reopening, Sending, Publication, Sign, LifeAct)),
    *((model, "by", "at") for model in (Consultation, Stakeholder, Informing, ShowOfHands)),
    (Idea, "answered_by", "answered_at"),
    (QuarterChange, "prepared_by", "prepared_at"),
    (QuarterChange, "released_by", "told_at"),
    (Survey, "by", "opened_at"),
    (PackText, "written_by", "written_at"),
)


def export(person: Person) -> dict[str, Any]:
    """The acts of a launch that a person did, with their day, and the ideas that they told."""
    return {
        "launch_acts": [
            {"act": model._meta.model_name, "at": at.isoformat()}
            for model, who, when in ACTS
            for at in model._default_manager.filter(**{who: person}).order_by(when).values_list(when, flat=True)
        ],
        "quarter_changes": [
            {"told": row.told_at.isoformat(), "answer": row.answer}
            for row in QuarterChangeMember.objects.filter(membership__person=person).order_by("told_at")
        ],
        "ideas": [
            {"words": idea.words, "telephone": idea.telephone, "filed": idea.filed_at.isoformat(), "state": idea.state}
            for idea in person.ideas.order_by("filed_at")
        ],
    }
