"""What is wrong with a way to reach somebody and what to do about it, in plain words."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from plp.people.models import ContactPoint

Failure = ContactPoint.Failure


class FailureText(NamedTuple):
    """A sentence or two for its owner, and for whoever keeps the list of members."""

    to_owner: Any
    to_others: Any


FAILURE_TEXTS = {
    Failure.GONE: FailureText(
        _(
            "E-mails to this address come back: there is no such mailbox. Add the right address and remove this one. "
            "If it is right, confirm it again."
        ),
        _("E-mails to this address come back: there is no such mailbox. Ask for the right address."),
    ),
    Failure.FULL: FailureText(
        _("E-mails to this address come back: the mailbox is full. Make room in it, then confirm the address again."),
        _(
            "E-mails to this address come back: the mailbox is full. Tell the member, and ask whether there is "
            "room now."
        ),
    ),
    Failure.UNREACHABLE: FailureText(
        _(
            "For days no e-mail could be delivered to this address. Ask whoever runs the mailbox. When it works, "
            "confirm the address again."
        ),
        _("For days no e-mail could be delivered to this address. Ask the member whether the mailbox works."),
    ),
    Failure.UNWANTED: FailureText(
        _(
            "Your mail program reported a message of ours as unwanted. Do you want our e-mails here? Then confirm "
            "the address again. If not, stop it."
        ),
        _("The member’s mail program reported a message of ours as unwanted. Ask whether e-mails are welcome there."),
    ),
}


def failure_text(contact: ContactPoint) -> FailureText | None:
    """What to say of a contact; ``None`` if nothing is known against it, or it is stopped anyway."""
    return FAILURE_TEXTS.get(Failure(contact.failure)) if contact.stopped_at is None else None
