"""Somebody acts whose mandate has just ended: each act, at each moment, however the mandate ended; who takes over.

A process with the database under test (``proof.procedures.message_queue.serve_procedure_calls``).
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.test import Client
from django.urls import reverse

from plp.delivery.models import Message
from plp.journal.models import Entry
from plp.mandates import actions as mandates
from plp.mandates import confirmations
from plp.mandates.grants import Role
from plp.mandates.models import Mandate
from plp.mandates.rules import CONFIRMED_FOR
from plp.membership.models import ListExport, Membership
from plp.notices.models import Notice
from plp.people.models import Person
from plp.toolbox import clock
from proof.procedures import quarter_members, web_forms
from tests.factories import cast as people
from tests.portal import signing

SCREENED = {"screened_on": date(2026, 1, 5), "screened_fit": True}
ENDED = {302, 404}  # to the sign-in, or nothing there
AFTER_LOOK = {"mandate.appointed", "account.device_added"}


class Act(NamedTuple):
    """One form: who sends it, the page on which it stands, where it goes, with which fields."""

    role: Role
    page: str
    address: str
    fields: dict[str, str]


def create_quarter_with_successors() -> None:
    """The quarter and some members; of each role a second person, who takes over."""
    web_forms.create_cast_streets_and_members(3)
    play = web_forms.current_cast()
    others["coordinator"] = people.person("Eva Suivante")
    others["officer"] = people.person("Omar Suivant")
    others["chief"] = people.person("Nora Suivante")
    others[Role.ADMINISTRATOR] = people.person("Alma Suivante")
    appoint_to_role(Role.OFFICER, others["officer"])
    appoint_to_role(Role.CHIEF, others["chief"])
    appoint_to_role(Role.COORDINATOR, others["coordinator"])
    appoint_to_role(Role.ADMINISTRATOR, others[Role.ADMINISTRATOR])
    holders.update(coordinator=play.here.coordinator, officer=play.second_officer, chief=play.chief)
    holders[Role.ADMINISTRATOR] = people.person("Alix Exemple")
    appoint_to_role(Role.ADMINISTRATOR, holders[Role.ADMINISTRATOR])


others: dict[str, Person] = {}
holders: dict[str, Person] = {}


def appoint_to_role(role: Role, person: Person) -> Mandate:
    """Give ``person`` the role where it is held."""
    play = web_forms.current_cast()
    area = play.here.area if role == Role.COORDINATOR else play.zone
    screening = SCREENED if role == Role.COORDINATOR else {}
    about = {"person": person, "role": role, "area": area, "decision": "again", "by": None}
    return mandates.appoint(**about, **screening, at=clock.now())  # type: ignore[arg-type]


def _write_notice_act() -> Act:
    fields = {
        "partnership": str(web_forms.current_cast().here.partnership.pk),
        "kind": "advice",
        "reason": "prevention",
    }
    return Act(Role.OFFICER, reverse("notices:write:new"), reverse("notices:write:new"), fields)


def _submit_notice_act() -> Act:
    address = reverse("notices:write:submit", args=[quarter_members.create_draft_notice().pk])
    return Act(Role.OFFICER, address, address, {})


def _release_notice_act() -> Act:
    key = quarter_members.create_submitted_notice()
    address = reverse("notices:release:release", args=[key])
    words = Notice.objects.get(pk=key).text_hash
    return Act(Role.OFFICER, reverse("notices:desk:desk"), address, {"text_hash": words})


def _stop_released_notice_act() -> Act:
    key = quarter_members.create_submitted_notice()
    quarter_members.notices.release_text_as_second_person(
        notice=(notice := Notice.objects.get(pk=key)),
        text_hash=notice.text_hash,
        proven_at=clock.now(),
        by=others["officer"],
        at=clock.now(),
    )
    return Act(Role.OFFICER, reverse("notices:desk:desk"), reverse("notices:release:stop", args=[key]), {})


def _relay_notice_act() -> Act:
    act = _stop_released_notice_act()
    key = act.address.rstrip("/").split("/")[-2]
    return Act(Role.COORDINATOR, reverse("notices:relay:inbox"), reverse("notices:relay:relay", args=[key]), {})


def _export_member_list_act() -> Act:
    for taken in ListExport.objects.order_by("day", "number"):
        ListExport.objects.filter(pk=taken.pk).update(day=taken.day - timedelta(days=1))
    address = reverse("membership:enrolment:export", args=[web_forms.current_cast().here.partnership.key])
    return Act(Role.COORDINATOR, address, address, {"form": "csv", "reason": "A meeting of the committee"})


def _confirm_officer_mandate_act() -> Act:
    kept = Mandate.objects.filter(role=Role.OFFICER, person=web_forms.current_cast().officer).first()
    page = reverse("mandates:zone")
    return Act(Role.CHIEF, page, reverse("mandates:confirm"), {"mandate": str(kept.pk) if kept else ""})


def _confirm_chief_mandate_act() -> Act:
    kept = Mandate.objects.filter(role=Role.CHIEF, ends_at=None).first()
    page = reverse("mandates:zone")
    return Act(Role.ADMINISTRATOR, page, reverse("mandates:confirm"), {"mandate": str(kept.pk) if kept else ""})


def _designate_deputy_officer_act() -> Act:
    number = Person.objects.count()
    fields = {
        "name": "Inès Modèle",
        "email": f"ines{number}@zone.test",
        "language": "fr",
        "role": "deputy_officer",
        "area": str(web_forms.current_cast().zone.pk),
        "decision": "service order 12 of 20 November 2026",
    }
    return Act(Role.CHIEF, reverse("mandates:designate"), reverse("mandates:designate"), fields)


ACTS: dict[str, Callable[[], Act]] = {
    "write": _write_notice_act,
    "submit": _submit_notice_act,
    "release": _release_notice_act,
    "stop": _stop_released_notice_act,
    "relay": _relay_notice_act,
    "export": _export_member_list_act,
    "confirm": _confirm_officer_mandate_act,
    "confirm a chief": _confirm_chief_mandate_act,
    "designate": _designate_deputy_officer_act,
}


def _end_mandate_by_hand(mandate: Mandate) -> None:
    confirmations.end_mandate_and_notify_holder(mandate=mandate, by=None, at=clock.now())


def _end_mandate_by_date(mandate: Mandate) -> None:
    """Its last day was over a moment ago."""
    Mandate.objects.filter(pk=mandate.pk).update(ends_at=clock.now())


def _end_mandate_as_unconfirmed(mandate: Mandate) -> None:
    at = clock.now()
    Mandate.objects.filter(pk=mandate.pk).update(starts_at=at - 2 * CONFIRMED_FOR, confirmed_at=None)
    confirmations.end_unconfirmed_and_notify(mandate=mandate, by=None, at=at)


def _end_mandate_by_successor(mandate: Mandate) -> None:
    following = Mandate.objects.filter(person=others[mandate.role], ends_at=None).get()
    confirmations.end_predecessors_and_notify(mandate=following, predecessors=[mandate], by=None, at=clock.now())


WAYS: dict[str, Callable[[Mandate], None]] = {
    "by hand": _end_mandate_by_hand,
    "by date": _end_mandate_by_date,
    "unconfirmed": _end_mandate_as_unconfirmed,
    "followed": _end_mandate_by_successor,
}
MOMENTS = ("before the page", "before the form", "after signing in anew")


def names_of_acts_ways_and_moments() -> dict[str, list[str]]:
    """What there is to try."""
    return {"acts": list(ACTS), "ways": list(WAYS), "moments": list(MOMENTS)}


def _rows_that_acts_change() -> list[Any]:
    """What an act would change; what the end itself writes is not in it."""
    notices = sorted((str(row.pk), row.state) for row in Notice.objects.all())
    confirmed = sorted(map(str, Mandate.objects.exclude(confirmed_at=None).values_list("pk", flat=True)))
    counts = [Mandate.objects.count(), Membership.objects.count(), ListExport.objects.count()]
    return [notices, confirmed, *counts, Message.objects.count()]


def _signed_in_client(person: Person) -> Client:
    signing.NOW = signing.AT = clock.now()
    return signing.signed_in(person)


def try_act_while_mandate_ends(act_name: str, way: str, moment: str) -> dict[str, int]:
    """One act by somebody whose mandate ends at ``moment``; then the same by whoever takes over."""
    act = ACTS[act_name]()
    holder, other = holders[act.role], others[act.role]
    mandate = Mandate.objects.select_related("area", "person").get(person=holder, role=act.role, ends_at=None)
    browser = _signed_in_client(holder)
    opened = 200 if moment == "before the page" else browser.get(act.page).status_code
    WAYS[way](mandate)
    if moment == "after signing in anew":
        browser = _signed_in_client(holder)
    before, entries = (
        _rows_that_acts_change(),
        Entry.objects.filter(actor=str(holder.pk)).exclude(verb__in=AFTER_LOOK).count(),
    )
    looked = browser.get(act.page).status_code if moment == "before the page" else 404
    answer = browser.post(act.address, act.fields)
    acted = Entry.objects.filter(actor=str(holder.pk)).exclude(verb__in=AFTER_LOOK).count() - entries
    result = {
        "opened": int(opened == 200),
        "allowed": int(answer.status_code not in ENDED or looked not in ENDED),
        "done": int(_rows_that_acts_change() != before or acted > 0),
    }
    taken_over = _signed_in_client(other).post(act.address, act.fields)
    result["taken_over"] = int(taken_over.status_code in {200, 302} and _has_successor_done_act(act_name, before))
    appoint_to_role(act.role, holder)
    return result


def _has_successor_done_act(act_name: str, before: list[Any]) -> bool:
    """Whether whoever took over did it; a role that is confirmed a second time looks the same."""
    return act_name.startswith("confirm") or _rows_that_acts_change() != before


OWN = (create_quarter_with_successors, names_of_acts_ways_and_moments, try_act_while_mandate_ends)
PROCEDURES = {**web_forms.PROCEDURES, **{one.__name__: one for one in OWN}}


def serve_procedure_calls() -> None:
    """Answer each call of a procedure on standard input, until that ends."""
    quarter_members.message_queue.serve_procedure_calls(PROCEDURES)
