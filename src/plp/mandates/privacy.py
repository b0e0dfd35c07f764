"""What this room knows of a person."""

from typing import Any

from plp.people.models import Person

PERSONAL = {
    "mandates.Mandate.person": "exported; deleted with the person",
    "mandates.Mandate.confirmed_at": "exported; deleted with the person",
    "mandates.Mandate.decided_by": "not exported to others; emptied when the decider is forgotten",
    "mandates.Mandate.screened_on": "exported; deleted with the person",
    "mandates.Mandate.screened_fit": "exported; deleted with the person",
    "mandates.Absence.starts_at": "exported; deleted with the person",
    "mandates.Absence.ends_at": "exported; deleted with the person",
    "mandates.Absence.accepted_at": "exported; deleted with the person",
    "mandates.Standin.deputy": "exported with the mandate; deleted with the person",
    "mandates.Suspension.mandate": "exported with the mandate; deleted with the person, or with the measure behind it",
    "mandates.Delegation.mandate": "exported with the mandate; deleted with the person",
    "mandates.Rota.made_by": "not exported to others; emptied when the maker is forgotten",
    "mandates.Shift.person": "exported; deleted with the person, and a year after the hours",
    "mandates.Shift.instead_of": "not exported to others; emptied when that person is forgotten",
    "mandates.Shift.offered_to": "not exported to others; emptied when that person is forgotten",
    "mandates.Delegation.delegated_by": "not exported to others; emptied when the delegator is forgotten",
}


def export(person: Person) -> dict[str, Any]:
    """The mandates a person holds or held, and their absences."""
    return {
        "mandates": [
            {
                "role": mandate.role,
                "area": mandate.area.name(person.language),
                "from": mandate.starts_at.isoformat(),
                "until": mandate.ends_at.isoformat() if mandate.ends_at else "",
                "confirmed": mandate.confirmed_at.isoformat() if mandate.confirmed_at else "",
                "screened_on": str(mandate.screened_on or ""),
                "screened_fit": mandate.screened_fit,
                "absences": [
                    {
                        "from": absence.starts_at.isoformat(),
                        "until": absence.ends_at.isoformat(),
                        "accepted": absence.accepted_at.isoformat() if absence.accepted_at else "",
                    }
                    for absence in mandate.absences.all()
                ],
                "standing_in": [
                    {"from": item.starts_at.isoformat(), "until": item.ends_at.isoformat() if item.ends_at else ""}
                    for item in mandate.standins.all()
                ],
                "suspended": [
                    {
                        "from": suspension.starts_at.isoformat(),
                        "until": suspension.ends_at.isoformat() if suspension.ends_at else "",
                    }
                    for suspension in mandate.suspensions.all()
                ],
                "tasks": [
                    {
                        "task": item.task,
                        "from": item.starts_at.isoformat(),
                        "until": item.ends_at.isoformat() if item.ends_at else "",
                    }
                    for item in mandate.delegations.all()
                ],
            }
            for mandate in person.mandates.select_related("area")
            .prefetch_related("absences", "delegations", "standins", "suspensions")
            .order_by("starts_at")
        ],
        "on_call": [
            {"from": shift.starts_at.isoformat(), "until": shift.ends_at.isoformat()}
            for shift in person.shifts.order_by("starts_at")
        ],
    }
