"""What this room knows of a person: what they agreed to, wrote and signed by virtue of a mandate."""

from typing import Any

from django.db.models import Q

from plp.charter.models import Acceptance, CommunicationPlan, Proposal, Revision, Signature
from plp.people.models import Person

EMPTIED = "exported; emptied when the person is forgotten"
FUNCTIONAL = "functional details of a partner, given for the charter; replaced by those of the next holder"
ARCHIVE = "part of the signed charter, an act of a public authority: kept as it was signed"

PERSONAL = {
    "charter.CommunicationPlan.partnership_agreed_by": EMPTIED,
    "charter.CommunicationPlan.police_agreed_by": EMPTIED,
    "charter.Revision.written_by": EMPTIED,
    "charter.Assent.given_by": "emptied when the person is forgotten",
    "charter.Proposal.made_by": EMPTIED,
    "charter.Proposal.answered_by": "emptied when the person is forgotten",
    "charter.Contact.name": FUNCTIONAL,
    "charter.Contact.email": FUNCTIONAL,
    "charter.Contact.phone": FUNCTIONAL,
    "charter.Contact.changed_by": "emptied when the person is forgotten",
    "charter.StoredFile.content": ARCHIVE,
    "charter.Signature.name": ARCHIVE,
    "charter.Signature.person": EMPTIED,
    "charter.Signature.witness": EMPTIED,
    "charter.Acceptance.person": "exported; deleted with the person",
    "charter.Acceptance.noted_by": "emptied when the person is forgotten",
    "charter.Amendment.noted_by": "emptied when the person is forgotten",
}


def export(person: Person) -> dict[str, Any]:
    """The plans a person agreed to, the clauses they wrote or proposed, and what they signed or witnessed."""
    plans = CommunicationPlan.objects.filter(Q(partnership_agreed_by=person) | Q(police_agreed_by=person))
    written = Revision.objects.filter(written_by=person).select_related("clause")
    proposed = Proposal.objects.filter(made_by=person).select_related("clause")
    signed = Signature.objects.filter(Q(person=person) | Q(witness=person))
    return {
        "agreed_plans": [{"version": plan.version, "written": plan.written_at.isoformat()} for plan in plans],
        "written_clauses": [{"clause": one.clause.key, "at": one.at.isoformat()} for one in written],
        "proposals": [
            {"clause": one.clause.key, "text": one.text, "remark": one.remark, "at": one.at.isoformat()}
            for one in proposed
        ],
        "accepted_rules": [
            {"version": one.deed.version, "at": one.accepted_at.isoformat(), "way": one.way}
            for one in Acceptance.objects.filter(person=person).select_related("deed").order_by("accepted_at")
        ],
        "signatures": [
            {
                "part": "signed" if one.person_id == person.pk else "witnessed",
                "slot": one.slot,
                "on": str(one.signed_on),
            }
            for one in signed
        ],
    }
