"""A sentence or template of a zone as its page shows it."""

from dataclasses import dataclass
from datetime import datetime

from plp.mandates.grants import Permission
from plp.notices.models import ZoneText
from plp.notices.queries.zone_texts import has_permission_in_zone
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.texts import LANGUAGES
from plp.wording.catalogue.own_sentences import slots_to_gaps
from plp.wording.catalogue.reader import situations


@dataclass(frozen=True)
class ZoneTextRow:
    """``words`` are language and text, ``acts`` what the reader may do with it: keys of buttons."""

    text: ZoneText
    about: str
    words: list[tuple[str, str]]
    acts: list[str]
    zone_name: str


@dataclass(frozen=True)
class ZoneTextRowMaker:
    """Makes the rows of one page: what its reader may do in the zone is asked once."""

    person: Person
    zone: Area
    language: str
    may_write: bool
    may_release: bool

    def row(self, text: ZoneText) -> ZoneTextRow:
        """One row."""
        words = [(lang, slots_to_gaps(text.texts[lang], lang)) for lang in LANGUAGES if lang in text.texts]
        about = situations()[text.situation].labels[self.language] if text.situation else ""
        return ZoneTextRow(text, about, words, self._possible_acts(text), text.zone.name(self.language))

    def _possible_acts(self, text: ZoneText) -> list[str]:
        is_own, is_sentence = text.zone_id == self.zone.pk, text.form == ZoneText.Form.SENTENCE
        may = {
            "release": is_own
            and text.released_at is None
            and self.may_release
            and text.written_by_id != self.person.pk,
            "adopt": not is_own and self.may_write,
            "change": is_own and is_sentence and self.may_write,
            "propose": is_own and text.released_at is not None and text.proposed_at is None and self.may_write,
            "withdraw": is_own and self.may_write,
        }
        return [act for act, is_open in may.items() if is_open]


def row_maker(person: Person, zone: Area, language: str, *, at: datetime) -> ZoneTextRowMaker:
    """What makes the rows that ``person`` reads."""
    rights = (
        has_permission_in_zone(person, right, zone, at=at)
        for right in (Permission.NOTICE_WRITE, Permission.NOTICE_RELEASE)
    )
    may_write, may_release = rights
    return ZoneTextRowMaker(person, zone, language, may_write, may_release)
