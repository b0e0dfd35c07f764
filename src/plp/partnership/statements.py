"""What each party says it wants of the partnership: motives, expectations, objectives (R14)."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from plp.journal.actions import note
from plp.mandates.grants import Permission
from plp.mandates.queries import require_unless_machine
from plp.partnership.common_sentences import translations_of
from plp.partnership.gates import Gate, require_gate
from plp.partnership.models import Partnership, Statement
from plp.partnership.translations import TranslatedText
from plp.people.models import Person
from plp.toolbox.moves import Refused
from plp.wording.held_words import require_translations_pass_check

LENGTH = 500
MOST = 20  # of one kind by one party: more is read by nobody


@dataclass(frozen=True)
class StatementEntry:
    """One statement as it was typed: of ``statement`` other words, or a new one; without ``text`` it is taken out."""

    party: str
    kind: str
    text: TranslatedText | None
    statement: Statement | None = None


class BadStatement(Refused):
    """Empty, too long, or with signs that no sentence has."""

    sentence = _("Write one or a few plain sentences, at most 500 characters.")


class NotCommonSentence(Refused):
    """By its link a party says what it wants in our sentences, and in no others (ADR 85)."""

    sentence = _("Choose from the sentences of this page.")


class TooManyStatements(Refused):
    """The party has said enough of this kind."""

    sentence = _("There are already 20 of these. Remove one, or put two together.")


def cleaned_statement(text: str) -> str:
    """The text in NFC on one line. Raises ``BadStatement``."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if not text or len(text) > LENGTH or not text.isprintable():
        raise BadStatement
    return text


@transaction.atomic
def add_statement(
    *,
    partnership: Partnership,
    party: str,
    kind: str,
    text: str,
    language: str,
    by: Person | None,
    at: datetime,
    others: Mapping[str, str] | None = None,
) -> Statement:
    """Note one statement of a party, after those it made before, and in ``others`` the same in other languages.

    Raises ``NotAllowed`` or a refusal above.
    """
    require_unless_machine(by, Permission.GROUNDWORK, partnership.area, at=at)
    require_gate(partnership, Gate.AREA, by=by, at=at)
    words, sisters = cleaned_statement(text), _cleaned_translations(others)
    require_translations_pass_check({language: words} | sisters)
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)  # one at a time: positions stay apart
    own = Statement.objects.filter(partnership=partnership, party=party, kind=kind)
    if own.count() >= MOST:
        raise TooManyStatements
    last = own.aggregate(last=Max("position"))["last"] or 0
    statement = Statement(
        partnership=partnership,
        party=Statement.Party(party),
        kind=Statement.Kind(kind),
        language=language,
        position=last + 1,
        written_at=at,
    )
    statement.set_text("text", TranslatedText(words, language, sisters))
    statement.save(force_insert=True)
    note(verb="statement.made", by=by, at=at, area=partnership.area.path, target=statement, party=party, kind=kind)
    return statement


def _cleaned_translations(others: Mapping[str, str] | None) -> dict[str, str]:
    """The same in other languages, each cleaned; an empty one is left out. Raises ``BadStatement``."""
    return {code: cleaned_statement(words) for code, words in (others or {}).items() if words.strip()}


@transaction.atomic
def change_statement(
    *,
    statement: Statement,
    text: str,
    by: Person | None,
    at: datetime,
    language: str | None = None,
    others: Mapping[str, str] | None = None,
) -> None:
    """Put a statement in other words: the sisters of the old ones are gone unless given anew in ``others``.

    ``language`` is that of the new words, the old one when not given. Raises ``NotAllowed``, ``BadStatement`` or
    ``HeldWords``.
    """
    require_unless_machine(by, Permission.GROUNDWORK, statement.partnership.area, at=at)
    require_gate(statement.partnership, Gate.AREA, by=by, at=at)
    statement.language = language or statement.language
    words = TranslatedText(cleaned_statement(text), statement.language, _cleaned_translations(others))
    require_translations_pass_check({words.language: words.words} | dict(words.others))
    statement.set_text("text", words)
    statement.written_at = at
    statement.save(update_fields=["text", "language", "translations", "written_at"])
    note(verb="statement.changed", by=by, at=at, area=statement.partnership.area.path, target=statement)


@transaction.atomic
def delete_statement(*, statement: Statement, by: Person | None, at: datetime) -> None:
    """Take a statement out. Raises ``NotAllowed``."""
    require_unless_machine(by, Permission.GROUNDWORK, statement.partnership.area, at=at)
    require_gate(statement.partnership, Gate.AREA, by=by, at=at)
    note(verb="statement.withdrawn", by=by, at=at, area=statement.partnership.area.path, target=statement)
    statement.delete()


@transaction.atomic
def save_changed_statements(
    *, partnership: Partnership, entries: Sequence[StatementEntry], by: Person | None, at: datetime
) -> list[StatementEntry]:
    """Keep what all parties said, as it stands on one page; answer what is new or was changed.

    What did not change is not written anew; what goes makes room first. By nobody, that is by a party's link, only
    common sentences are kept, in every language. Raises as ``add_statement``, or ``NotCommonSentence``.
    """
    changed = []
    for entry in sorted(entries, key=lambda entry: entry.text is not None):
        text, statement = entry.text, entry.statement
        if text is None:
            if statement is not None:
                delete_statement(statement=statement, by=by, at=at)
            continue
        if statement is not None and text == statement.text_of("text", partnership.languages):
            continue
        common = translations_of(entry.kind, text.words, text.language) if by is None else {}
        if by is None and not common:
            raise NotCommonSentence
        details: dict[str, Any] = {
            "text": text.words,
            "language": text.language,
            "others": common or text.others,
            "by": by,
            "at": at,
        }
        if statement is None:
            add_statement(partnership=partnership, party=entry.party, kind=entry.kind, **details)
        else:
            change_statement(statement=statement, **details)
        changed.append(entry)
    return changed
