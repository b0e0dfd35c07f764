"""What this room knows of a person: the measures about them, and those that they signed by mandate."""

from typing import Any

from plp.measures.models import File, Measure, OwnWords, Signature
from plp.measures.queries import measures_of
from plp.people.models import Person

PERSONAL = {
    "measures.File.person": "exported once something was decided; deleted with the person, or by the rule (R102)",
    "measures.File.words": "of 0.2.0, stands in OwnWords; deleted with the file",
    "measures.OwnWords.words": "exported: the person's own words; deleted with the file",
    "measures.File.opened_by": "exported as a count; emptied when that person is forgotten",
    "measures.Measure.proposed_by": "exported as a count; emptied when that person is forgotten",
    "measures.Measure.ended_by": "not exported to others; emptied when that person is forgotten",
    "measures.Signature.name": "part of a signed letter; deleted with the file",
    "measures.Signature.person": "exported as a count; emptied when that person is forgotten",
    "measures.Signature.fingerprint": "of what was signed; deleted with the file",
    "measures.Appeal.noted_by": "not exported to others; emptied when that person is forgotten",
    "measures.Appeal.decided_by": "not exported to others; emptied when that person is forgotten",
    "measures.Appeal.decided_name": "part of a signed letter; deleted with the file",
}


def export(person: Person) -> dict[str, Any]:
    """The measures about a person that were taken, and how many they signed: no name of anybody else."""
    own = File.objects.filter(person=person).select_related("partnership__area").order_by("opened_at")
    return {
        "measures": [
            {
                "partnership": file.partnership.name(person.language),
                "own_words": [_own_words_for_export(one) for one in file.own_words.all()],
                "steps": [_step_for_export(one) for one in measures_of(file, seen_by_deciders=False)],
            }
            for file in own
        ],
        "measures_signed": Signature.objects.filter(person=person).count(),
    }


def _own_words_for_export(one: OwnWords) -> dict[str, str]:
    return {
        "words": one.words,
        "written": one.written_at.isoformat(),
        "read_by_those_who_decide": one.passed_on_at.isoformat() if one.passed_on_at else "",
        "kept_by_the_police": one.held_back_at.isoformat() if one.held_back_at else "",
    }


def _step_for_export(measure: Measure) -> dict[str, Any]:
    appeal = getattr(measure, "appeal", None)
    return {
        "step": measure.step,
        "state": measure.state,
        "grounds": measure.grounds,
        "day": str(measure.happened_on or ""),
        "taken": measure.taken_at.isoformat() if measure.taken_at else "",
        "ended": measure.ended_at.isoformat() if measure.ended_at else "",
        "appeal": appeal.state if appeal else "",
    }
