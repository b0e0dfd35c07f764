"""Minutes in every language of a partnership, as whoever writes them corrects the drafts."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from plp.documents import ForeignText
from plp.evening import actions as evening
from plp.evening.models import Minutes
from plp.people.models import Person


def translate_noted_texts(
    drafts: list[Minutes], noted: Iterable[Mapping[str, str]], *, by: Person, at: datetime
) -> None:
    """Put the sisters of what was noted in the first language where a draft of another one cites it."""
    first = drafts[0].meeting.languages[0]
    for minutes in drafts:
        text = minutes.text
        for texts in noted:
            text = text.replace(
                ForeignText(texts[first], first, reader=minutes.language), texts.get(minutes.language, texts[first])
            )
        if minutes.language != first:
            evening.correct_minutes(minutes=minutes, text=text, by=by, at=at)
