"""Several messages for one person as one copy: once a day or a week, for those who want it so (R115)."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plp.delivery.texts import Slot, Text

LINE = "-" * 40


def combine_texts_into_digest(texts: Sequence[tuple[Text, str]]) -> Text:
    """One text out of several in the same channel and language, each given with its check code; in the order given.

    What differs from message to message is filled in here; what differs from person to person stays a slot.
    """
    first = texts[0][0]
    with translation.override(first.language):
        subject = ngettext("%d message for you", "%d messages for you", len(texts)) % len(texts)
        parts = [
            _("Hello %s,") % Slot.NAME,
            _("You asked for your messages together. Here they are."),
            *(part for text, code in texts for part in _digest_part_lines(text, code)),
            LINE,
            _("Change your settings: %s") % Slot.SETTINGS_LINK,
            _("No more messages by this channel: %s") % Slot.STOP_LINK,
        ]
    combined = Text(first.channel, first.language, subject, "\n\n".join(parts))
    if any(text.list_key != first.list_key for text, _code in texts):
        return combined
    return replace(combined, sender=first.sender, list_key=first.list_key)


def _digest_part_lines(text: Text, code: str) -> list[str]:
    """One message below its own subject."""
    body = (text.piece or text.body).replace(Slot.CHECK_CODE, code)
    return [LINE, text.subject.upper(), body.strip()]
