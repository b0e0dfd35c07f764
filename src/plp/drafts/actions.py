"""Keep what is typed, throw it away. Nothing here is noted in the journal: it is nobody else's business."""

from datetime import datetime

from django.db import transaction

from plp.drafts.models import Draft
from plp.drafts.rules import KEPT_FOR, LONGEST_PAGE, MOST_FORMS, Typed, draft_as_json
from plp.people.models import Person
from plp.people.retention_terms import retention_term


@transaction.atomic
def save_draft(*, page: str, typed: Typed, by: Person, at: datetime) -> bool:
    """Keep what ``by`` typed in the form ``page``, in place of what was kept before; the oldest draft gives way.

    Answers whether it is kept: an empty form is not, nor one that is larger than anything a form asks.
    """
    text = draft_as_json(typed)
    if text is None or len(page) > LONGEST_PAGE:
        return False
    own = Draft.objects.filter(person=by)
    draft = own.select_for_update().filter(page=page).first() or Draft(person=by, page=page)
    draft.typed, draft.kept_at = text, at
    draft.save()
    newest = own.order_by("-kept_at").values_list("pk", flat=True)[:MOST_FORMS]
    own.exclude(pk__in=list(newest)).delete()
    return True


def delete_draft(*, page: str, by: Person, at: datetime) -> None:  # noqa: ARG001 - an action says when
    """Throw away what ``by`` typed in the form ``page``: it is sent, or no longer wanted."""
    Draft.objects.filter(person=by, page=page).delete()


def delete_old_drafts(*, by: None, at: datetime) -> int:  # noqa: ARG001 - the machine
    """Throw away what is kept for longer than two weeks (R84). Answers how many."""
    return Draft.objects.filter(kept_at__lte=at - retention_term("drafts", KEPT_FOR)).delete()[0]
