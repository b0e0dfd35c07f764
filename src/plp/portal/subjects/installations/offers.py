"""What this subject offers to the shell: tasks that wait."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plp.charter.kinds import KINDS
from plp.exchange.move_queries import moves_to_answer
from plp.exchange.queries import PAIR, offers_to_answer, partners_to_confirm, withdrawn_offers_with_live_notice
from plp.mandates.queries import holds_any_permission
from plp.notices.queries import DESK
from plp.people.models import Person
from plp.portal.shell.offers import Offers, Source, Task


def partner_move_and_message_tasks(person: Person, at: datetime) -> list[Task]:
    """First what others took back, then what they offer; and words that wait to be compared."""
    shown = _tasks_on_messages_of_other_installations(person, at) if holds_any_permission(person, *DESK, at=at) else []
    if holds_any_permission(person, PAIR, at=at):
        shown += [
            Task(
                _("Compare the words with: %s") % partner.name,
                _("Call the chief of corps there and read the words aloud to each other."),
                reverse("installations:partner", args=[partner.pk]),
                count=1,
            )
            for partner in partners_to_confirm(person, at=at)
        ]
        shown += [
            Task(
                _("%s would come to your zone") % move.name(),
                _("Read what would come. Accept it, or refuse it with a reason."),
                reverse("installations:move", args=[move.pk]),
                count=1,
            )
            for move in moves_to_answer(person, at=at)
        ]
    return shown


def _tasks_on_messages_of_other_installations(person: Person, at: datetime) -> list[Task]:
    shown = [
        Task(
            _("%s takes a message back") % offer.partner.name,
            _("Stop what was made of it, if it still goes out."),
            reverse("notices:desk:detail", args=[offer.notice_id]),
            urgent=True,
            count=1,
        )
        for offer in withdrawn_offers_with_live_notice(person, at=at)
    ]
    waiting = list(offers_to_answer(person, at=at))
    if waiting:
        title = ngettext(
            "%d message of another installation waits for your answer",
            "%d messages of other installations wait for your answer",
            len(waiting),
        )
        shown.append(
            Task(
                title % len(waiting),
                _("Accept it for your neighbourhoods, or refuse it with a reason."),
                reverse("installations:offer", args=[waiting[0].pk]),
                urgent=any(KINDS[offer.kind].urgent for offer in waiting),
                count=len(waiting),
            )
        )
    return shown


OFFERS = Offers(
    tasks=Source(partner_move_and_message_tasks, order=21),
    help={"chief/move": ("installations:overview", "installations:offer_move", "installations:move")},
)
