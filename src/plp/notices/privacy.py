"""What this room knows of a person: what they wrote and released by virtue of a mandate, emptied when forgotten."""

from typing import Any

from plp.notices.models import Forwarding, Notice, NoticeWriter, Reading, Recommendation
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
    "notices.Reading.person": "exported as a count; deleted with the person",
}


def export(person: Person) -> dict[str, Any]:
    """How many notices the person wrote, released, relayed and read."""
    return {
        "notices": {
            "written": NoticeWriter.objects.filter(person=person).count(),
            "released": Notice.objects.filter(release__by=person).count(),
            "relayed": Notice.objects.filter(relay__by=person).count(),
            "answered_for_others": Forwarding.objects.filter(answered_by=person).count(),
            "advice_on_plans": Recommendation.objects.filter(by=person).count(),
            "read": Reading.objects.filter(person=person).count(),
        }
    }
