"""New internal rules came into force: the members are asked, accept, are reminded once (R68, R88, R98).

Nobody is put out for silence: joining meant to accept the rules, leaving is free, and a measure needs reasons of its
own (R99). Whoever does not answer stays a member; the coordinator sees who it is and can hand the rules over on paper.
"""

from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from plp.charter import refusals
from plp.charter.letters import rules_acceptance_link
from plp.charter.models import Acceptance, Asking, Deed
from plp.charter.queries.acceptance import members_without_acceptance_of_rules
from plp.charter.states import DeedState
from plp.delivery.letters import LetterTemplate, send_letter
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require
from plp.membership.models import Membership
from plp.membership.queries import member_contacts
from plp.people.models import Person

TEXTS = Path(__file__).parents[1] / "texts"
CHANGED = LetterTemplate(TEXTS, "rules_changed", "charter.rules_changed", urgent=False)
REMINDER = LetterTemplate(TEXTS, "rules_reminder", "charter.rules_reminder", urgent=False)
REMINDED_AFTER = timedelta(days=30)


def mail_members_to_accept_rules(*, deed: Deed, by: Person | None, at: datetime) -> int:
    """Ask every member who has not accepted ``deed``, which has just come into force. Answers how many copies left."""
    asking = Asking.objects.create(deed=deed, asked_at=at, asked=_queue_acceptance_letter(CHANGED, deed, at=at))
    path = deed.partnership.area.path
    note(verb="rules.members_asked", by=by, at=at, area=path, target=deed, version=deed.version, copies=asking.asked)
    return asking.asked


def _queue_acceptance_letter(template: LetterTemplate, deed: Deed, *, at: datetime) -> int:
    """Queue a letter to every member who has not accepted these rules; answer how many copies."""
    partnership = deed.partnership
    return send_letter(
        template,
        to=member_contacts(partnership).filter(person__in=members_without_acceptance_of_rules(deed).values("person")),
        context=lambda language: {
            "partnership": partnership.name(language),
            "link": rules_acceptance_link(partnership),
        },
        area=partnership.area,
        by=None,
        at=at,
    )


@transaction.atomic
def remind_members_to_accept_rules(*, by: None, at: datetime) -> int:
    """Ask once more, a month later, whoever has not accepted the rules that hold. Answers how many copies left."""
    due = Asking.objects.filter(
        reminded_at=None, asked_at__lte=at - REMINDED_AFTER, deed__state=DeedState.SIGNED
    ).select_related("deed__partnership__area")
    total = 0
    for asking in due.select_for_update(of=("self",)):
        asking.reminded_at, asking.reminded = at, _queue_acceptance_letter(REMINDER, asking.deed, at=at)
        asking.save(update_fields=["reminded_at", "reminded"])
        path = asking.deed.partnership.area.path
        note(verb="rules.members_reminded", by=by, at=at, area=path, target=asking.deed, copies=asking.reminded)
        total += asking.reminded
    return total


@transaction.atomic
def accept_rules(*, deed: Deed, by: Person, at: datetime) -> None:
    """Accept the rules that hold, as a member, once. Raises ``NotAMemberHere`` or ``RulesReplaced``."""
    _require_current_rules(deed)
    if not Membership.objects.filter(partnership=deed.partnership_id, person=by, state="active").exists():
        raise refusals.NotAMemberHere
    _write_acceptance(deed, by, Acceptance.Way.PAGE, by=by, at=at)


@transaction.atomic
def record_rules_accepted_on_paper(*, deed: Deed, membership: Membership, by: Person, at: datetime) -> None:
    """Note that a member signed the rules on paper (R66).

    Raises ``NotAllowed``, ``NotAMemberHere``, ``RulesReplaced``.
    """
    require(by, Permission.MEMBERS_MANAGE, deed.partnership.area, at=at)
    _require_current_rules(deed)
    if membership.partnership_id != deed.partnership_id or membership.state != "active":
        raise refusals.NotAMemberHere
    _write_acceptance(deed, membership.person, Acceptance.Way.PAPER, by=by, at=at)


def _require_current_rules(deed: Deed) -> None:
    if deed.kind != Deed.Kind.RULES or deed.state != DeedState.SIGNED:
        raise refusals.RulesReplaced


def _write_acceptance(deed: Deed, person: Person, way: str, *, by: Person, at: datetime) -> None:
    noted_by = None if by.pk == person.pk else by
    row, is_new = Acceptance.objects.get_or_create(
        deed=deed, person=person, defaults={"way": way, "accepted_at": at, "noted_by": noted_by}
    )
    if is_new:
        path = deed.partnership.area.path
        note(verb="rules.accepted", by=by, at=at, area=path, target=row, version=deed.version, way=way)
