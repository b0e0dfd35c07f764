"""What this room knows of a person: what they wrote and released by virtue of a mandate, emptied when forgotten."""

from typing import Any

from plp.notices.models import (
    Acknowledgement,
    Forwarding,
    HelpCall,
    Notice,
    NoticeAnswer,
    NoticeWriter,
    Reading,
    Recommendation,
)
from plp.people.models import Person

PERSONAL = {
    "notices.Notice.author": "exported as a count; emptied when the person is forgotten",
    "notices.NoticeText.written_by": "exported with the count of writers; emptied when the person is forgotten",
    "notices.NoticeWriter.person": "exported as a count; deleted with the person",
    "notices.Override.by": "not exported: part of the decision; emptied when the person is forgotten",
    "notices.Release.by": "exported as a count; emptied when the person is forgotten",
    "notices.Relay.by": "exported as a count; emptied when the person is forgotten",
    "notices.Forwarding.answered_by": "exported as a count; emptied when the person is forgotten",
    "notices.DecisionModel.by": "not exported: part of the decision; emptied when the person is forgotten",
    "notices.ZoneText.written_by": "not exported: part of the decision; emptied when the person is forgotten",
    "notices.ZoneText.released_by": "not exported: part of the decision; emptied when the person is forgotten",
    "notices.Recommendation.by": "exported as a count; emptied when the person is forgotten",
    "notices.ReplyCode.person": "not exported: a key of three days; deleted with the person",
    "notices.ReplyCode.code": "not exported: a key of three days; deleted with the person",
    "notices.NoticeAnswer.person": "exported; deleted with the person",
    "notices.NoticeAnswer.contact": "exported with the person; emptied with the contact",
    "notices.NoticeAnswer.words": "exported to whoever wrote them; deleted with the person",
    "notices.NoticeAnswer.read_by": "exported as a count; emptied when the person is forgotten",
    "notices.Acknowledgement.person": "exported as a count; deleted with the person",
    "notices.HelpCall.person": "exported; deleted with the person",
    "notices.HelpCall.words": "exported to whoever wrote them; deleted with the person",
    "notices.HelpCall.taken_by": "exported as a count; emptied when the person is forgotten",
    "notices.Reading.person": "exported as a count; deleted with the person",
}


def export(person: Person) -> dict[str, Any]:
    """How many notices the person wrote, released, relayed and read; what they answered, and when they needed help."""
    return {
        "answers_to_notices": [
            {"words": answer.words, "at": answer.at.isoformat()}
            for answer in NoticeAnswer.objects.filter(person=person).order_by("at")
        ],
        "calls_for_help": [
            {"cause": call.cause, "words": call.words, "at": call.at.isoformat()}
            for call in HelpCall.objects.filter(person=person).order_by("at")
        ],
        "notices": {
            "written": NoticeWriter.objects.filter(person=person).count(),
            "released": Notice.objects.filter(release__by=person).count(),
            "relayed": Notice.objects.filter(relay__by=person).count(),
            "answered_for_others": Forwarding.objects.filter(answered_by=person).count(),
            "advice_on_plans": Recommendation.objects.filter(by=person).count(),
            "acknowledged": Acknowledgement.objects.filter(person=person).count(),
            "answers_read": NoticeAnswer.objects.filter(read_by=person).count(),
            "help_calls_taken": HelpCall.objects.filter(taken_by=person).count(),
            "read": Reading.objects.filter(person=person).count(),
        },
    }
