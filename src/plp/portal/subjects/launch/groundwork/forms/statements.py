"""One form for what all parties say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.text import capfirst

from plp.partnership.models import Partnership, Statement
from plp.partnership.statements import LENGTH, StatementEntry
from plp.portal.shell.translated_fields import TranslatedTextField

ROWS = 4  # of a statement that stands there: all of it is seen, on a telephone too


@dataclass(frozen=True)
class StatementField:
    """Where a field belongs: a statement of a party, or the room for one more."""

    party: str
    kind: str
    statement: Statement | None


class StatementsForm(forms.Form):
    """What ``parties`` said, and of each kind room for one more. A statement that is emptied is taken out."""

    def __init__(
        self, data: Any = None, *, partnership: Partnership, parties: Sequence[str], statements: Sequence[Statement]
    ) -> None:
        super().__init__(data)
        self.languages = partnership.languages
        self.rows: dict[str, StatementField] = {}
        for party in parties:
            for kind in Statement.Kind.values:
                of_kind = [row for row in statements if (row.party, row.kind) == (party, kind)]
                for statement in (*of_kind, None):
                    self._add_statement_field(party, kind, statement)

    def _add_statement_field(self, party: str, kind: str, statement: Statement | None) -> None:
        name = f"{party}_{kind}" + (f"_{statement.pk.hex}" if statement else "")
        label = capfirst(Statement.Kind(kind).label)
        text = statement.text_of("text", self.languages) if statement else None
        self.fields[name] = TranslatedTextField(
            languages=self.languages,
            topic=kind,
            max_length=LENGTH,
            rows=ROWS if text else 0,
            label=label,
            initial=text,
            required=False,
        )
        self.rows[name] = StatementField(party, kind, statement)

    def parties(self) -> Iterator[tuple[str, list[BoundField], list[str]]]:
        """Each party by its name, with its fields and the kinds of which it has said nothing."""
        for party in dict.fromkeys(row.party for row in self.rows.values()):
            own = {name: row for name, row in self.rows.items() if row.party == party}
            said = {row.kind for row in own.values() if row.statement}
            missing = [str(Statement.Kind(kind).label) for kind in Statement.Kind.values if kind not in said]
            yield str(Statement.Party(party).label), [self[name] for name in own], missing

    def field_of(self, entry: StatementEntry) -> str:
        """The name of the field in which an entry was typed."""
        row = StatementField(entry.party, entry.kind, entry.statement)
        return next(name for name, field in self.rows.items() if field == row)

    def entries(self) -> list[StatementEntry]:
        """What was typed; room that stayed empty is left out."""
        rows = [(row, self.cleaned_data[name]) for name, row in self.rows.items()]
        return [StatementEntry(row.party, row.kind, text, row.statement) for row, text in rows if text or row.statement]
