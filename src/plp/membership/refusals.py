"""Not letting somebody in (R45): on one of four grounds, told by letter, and forgotten after a month (R63, R84)."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from plp.accounts.models import Account
from plp.delivery import pages
from plp.delivery.letters import LetterTemplate, send_letter
from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.models import Mandate
from plp.mandates.queries import require, require_unless_machine
from plp.membership import erasure
from plp.membership.fresh_consents import ANSWER_WITHIN
from plp.membership.models import Enquiry, LetterboxCode, Membership, Refusal
from plp.membership.queries import memberships_in_scope
from plp.membership.states import JOINING, STAYING, Belonging, Ground
from plp.partnership.letters import emergency_number_values
from plp.partnership.models import Partnership
from plp.people.models import ContactPoint, Person
from plp.people.retention_terms import retention_term
from plp.toolbox.moves import move
from plp.toolbox.words import normalise_text
from plp.wording.held_words import ANSWER_RULES, require_text_passes_check

TEXTS = Path(__file__).parent / "texts"
OF_REQUEST = ("person", "partnership__area")  # what an erasure reads besides
KEPT = timedelta(days=30)  # what somebody told who was not let in: for the letter, and to correct a mistake
LONGEST_WAIT = timedelta(days=90)  # of somebody whom nobody answered (R84)
MOST_WORDS = 300
REFUSED = LetterTemplate(TEXTS, "refused", "partnership.refused", lasts=KEPT)
TO_THEM: dict[Ground, Any] = {  # the ground as the letter says it
    Ground.OUTSIDE: _("You neither live nor work in the neighbourhood."),
    Ground.TWICE: _("You are a member already."),
    Ground.UNREACHED: _("You could not be reached, and did not answer."),
    Ground.UNDECLARED: _("You did not confirm that you are 18 or older and accept the rules."),
}


def refusals_in_scope(person: Person | None, *, at: datetime) -> QuerySet[Refusal]:
    """Who was not let in lately, with their person, as far as ``person`` may see them: the newest first (R80)."""
    refusals = Refusal.objects.filter(membership__in=memberships_in_scope(person, at=at))
    return refusals.select_related("membership__person__household__street", "membership__partnership__area").order_by(
        "-at"
    )


@transaction.atomic
def refuse_applicant_and_notify(
    *, membership: Membership, ground: str, words: str = "", by: Person, at: datetime
) -> Refusal:
    """Do not let somebody in, and tell them why in their own language; a month later what they told is erased.

    ``words`` add to the ground if need be. Raises ``NotAllowed``, ``BadWords``, ``HeldWords`` or ``WrongState``.
    """
    require(by, Permission.MEMBERS_MANAGE, membership.partnership.area, at=at)
    reason = normalise_text(words, most=MOST_WORDS, empty=True)
    require_text_passes_check(reason, language=membership.person.language, rules=ANSWER_RULES)
    move(membership, Belonging.REFUSED, table=JOINING, left_at=at)
    refusal = Refusal.objects.create(membership=membership, ground=Ground(ground), words=reason, by=by, at=at)
    refusal.sent = send_letter(
        REFUSED,
        to=ContactPoint.objects.filter(person=membership.person_id),
        context=refusal_letter_values(refusal),
        area=membership.partnership.area,
        by=by,
        at=at,
    )
    refusal.save(update_fields=["sent"])
    area = membership.partnership.area.path
    note(verb="membership.refused", by=by, at=at, area=area, target=membership, ground=refusal.ground)
    return refusal


def refusal_letter_values(refusal: Refusal) -> dict[str, str]:
    """What fills the places of the letter."""
    membership = refusal.membership
    partnership, language = membership.partnership, membership.person.language
    with translation.override(language):
        ground = str(TO_THEM[Ground(refusal.ground)])
    return {
        "partnership": partnership.name(language),
        "ground": ground,
        "reason": f"{ground} {refusal.words}".strip(),
        "coordinator_contact": partnership.contact_email or pages.PARTNERSHIP.link(partnership.key),
        "days": str(retention_term("refused", KEPT).days),
        **emergency_number_values(partnership, language),
    }


@transaction.atomic
def erase_refused_and_stale_applicants(*, by: Person | None, at: datetime) -> int:
    """Once a day: erase who was refused a month ago, and who waited for ninety days (R84); answer how many.

    Who was to say yes anew and said nothing waits for thirty days, or as long as the code of their letter is good.

    Somebody who belongs elsewhere, or has a role or a sign-in, stays there: only their request goes.
    """
    begun = at - retention_term("waiting", LONGEST_WAIT)
    asked_since = Enquiry.objects.filter(membership=OuterRef("pk"), asked_at__gt=begun)
    refused = Q(state=Belonging.REFUSED, left_at__lte=at - retention_term("refused", KEPT))
    waited = Q(state=Belonging.PENDING, asked_at__lte=begun) & ~Exists(asked_since)
    silent = Q(state=Belonging.PENDING, says_yes_anew=True, asked_at__lte=at - ANSWER_WITHIN) & ~Exists(
        LetterboxCode.objects.filter(membership=OuterRef("pk"), expires_at__gt=at)
    )
    gone = list(Membership.objects.filter(refused | waited | silent).select_related(*OF_REQUEST))
    return _erase_applications_and_untied_persons(gone, by=by, at=at)


@transaction.atomic
def erase_applicants_without_confirmed_contact(*, partnership: Partnership, by: Person | None, at: datetime) -> int:
    """Erase who waits to belong to a partnership that ends and has no confirmed contact; answer how many.

    No letter of the end may reach them, so nothing is kept for a month as it is of those who read it.
    """
    require_unless_machine(by, Permission.PARTNERSHIP_LEAD, partnership.area, at=at)
    confirmed = ContactPoint.objects.filter(person=OuterRef("person")).exclude(confirmed_at=None)
    waiting = Membership.objects.filter(~Exists(confirmed), partnership=partnership, state=Belonging.PENDING)
    return _erase_applications_and_untied_persons(list(waiting.select_related(*OF_REQUEST)), by=by, at=at)


def _erase_applications_and_untied_persons(gone: list[Membership], *, by: Person | None, at: datetime) -> int:
    for membership in gone:
        note(verb="membership.erased", by=by, at=at, area=membership.partnership.area.path, target=membership)
        if _has_other_ties(membership):
            membership.delete()
        else:
            erasure.erase_person(person=membership.person, by=by, at=at)
    return len(gone)


def _has_other_ties(membership: Membership) -> bool:
    person = membership.person
    elsewhere = person.memberships.exclude(pk=membership.pk).filter(state__in=STAYING)
    return (
        elsewhere.exists()
        or Mandate.objects.filter(person=person).exists()
        or Account.objects.filter(person=person).exists()
    )
