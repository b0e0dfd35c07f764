"""What this room knows of a person."""

from typing import Any

from plp.firms.models import Firm
from plp.firms.rules import formatted_number
from plp.people.models import Person

SECTION = "partnership"  # of what a person is given of themselves: its name stays
PERSONAL = {
    "partnership.Membership.person": "exported; deleted with the person",
    "partnership.LetterboxCode.digest": "not exported: a keyed digest; deleted with the membership",
    "partnership.Enquiry.words": "exported; deleted with the request to join",
    "partnership.Enquiry.answer": "exported; deleted with the request to join",
    "partnership.Enquiry.asked_by": "not exported to others; emptied when the coordinator is forgotten",
    "partnership.Refusal.words": "exported; deleted with the request to join, a month after it was refused",
    "partnership.Refusal.by": "not exported to others; emptied when the coordinator is forgotten",
    "partnership.Candidate.person": "exported; deleted with the person, or 90 days after it came to nothing",
    "partnership.Candidate.screened_on": "exported; deleted with the person",
    "partnership.ListImport.content": "not exported: a draft of others; emptied when brought in, or after a day",
    "partnership.ListImport.proof_what": "not exported: says what all on a list agreed to; stays as proof",
    "partnership.ListImport.proof_kept": "not exported: says where that proof lies; stays as proof",
    "partnership.ListImport.started_by": "not exported to others; emptied when that person is forgotten",
    "partnership.ListExport.reason": "not exported: why a list was taken out; stays as proof",
    "partnership.ListExport.taken_by": "not exported to others; emptied when that person is forgotten",
    "partnership.Candidate.screened_by": "not exported to others; emptied when the officer is forgotten",
}


def export(person: Person) -> dict[str, Any]:
    """The partnerships a person asked to join, joined or left, and what they were a candidate for."""
    return {
        "memberships": [
            {
                "partnership": membership.partnership.name(person.language),
                "state": membership.state,
                "asked": membership.asked_at.isoformat(),
                "joined": membership.joined_at.isoformat() if membership.joined_at else "",
                "left": membership.left_at.isoformat() if membership.left_at else "",
                **({"firm": _firm_for_export(membership.firm, person)} if membership.firm else {}),
                "questions": [[enquiry.words, enquiry.answer_in_words] for enquiry in membership.enquiries.all()],
                "refused": [membership.refusal.ground, membership.refusal.words]
                if hasattr(membership, "refusal")
                else [],
            }
            for membership in person.memberships.select_related("partnership__area", "refusal", "firm__street")
            .prefetch_related("enquiries")
            .order_by("asked_at")
        ],
        "candidacies": [
            {
                "partnership": candidate.partnership.name(person.language),
                "function": candidate.function,
                "state": candidate.state,
                "proposed": candidate.proposed_at.isoformat(),
                "decided_on": str(candidate.decided_on or ""),
                "screened_on": str(candidate.screened_on or ""),
            }
            for candidate in person.candidacies.select_related("partnership__area").order_by("proposed_at")
        ],
    }


def _firm_for_export(firm: Firm, person: Person) -> dict[str, Any]:
    return {
        "name": firm.name,
        "number": formatted_number(firm.number),
        "sector": firm.sector,
        "door": f"{firm.street.name(person.language)} {firm.house}" if firm.street else "",
        "hours": firm.hours,
        "screens": firm.screens.exclude(paired_at=None).count(),
    }
