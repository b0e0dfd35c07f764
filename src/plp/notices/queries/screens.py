"""What the screen at a till shows, and which shops have seen a message."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from plp.delivery.models import Dispatch
from plp.firms.models import Firm
from plp.membership.firms import partnerships_with_member_of_firm
from plp.membership.models import Membership
from plp.membership.states import Belonging
from plp.notices.models import Notice, ScreenAcknowledgement
from plp.notices.states import State
from plp.partnership.queries import QUARTER

WITHOUT_END = timedelta(days=2)  # for which a message that has no end is running


def running_notices_on_screen(firm: Firm, *, at: datetime) -> QuerySet[Any]:
    """What runs now in the partnerships of ``firm``, the newest first, with ``seen_at``: when the shop touched "seen".

    What goes to a part of the quarter, or to residents, is shown where somebody of the firm got a copy.
    """
    people = Membership.objects.filter(firm=firm, state=Belonging.ACTIVE)
    got_it = Dispatch.objects.filter(person__in=people.values("person"), message=OuterRef("relay__message"))
    sent = Notice.objects.filter(partnership__in=partnerships_with_member_of_firm(firm), state=State.RELAYED)
    sent = sent.filter(Q(target_area__isnull=True) | Exists(got_it)).exclude(send_at__gt=at)
    running = Q(relay__message__expires_at__gt=at) | Q(relay__message__expires_at=None, relayed_at__gt=at - WITHOUT_END)
    seen = ScreenAcknowledgement.objects.filter(firm=firm, notice=OuterRef("pk"))
    shown = sent.filter(running).annotate(seen_at=Subquery(seen.values("at")[:1]))
    return shown.select_related("relay__message").prefetch_related(QUARTER, "texts").order_by("-relayed_at")


def shops_and_times_seen(notice: Notice) -> Sequence[tuple[str, datetime]]:
    """Which shops have seen a message, and when: name and moment, the first one first. For the coordinator."""
    rows = ScreenAcknowledgement.objects.filter(notice=notice).select_related("firm").order_by("at")
    return [(row.firm.name, row.at) for row in rows]
