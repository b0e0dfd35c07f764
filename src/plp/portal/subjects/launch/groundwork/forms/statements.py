"""One form for what all parties say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from plp.partnership.common_sentences import common_sentences
from plp.partnership.models import Partnership, Statement
from plp.partnership.statements import LENGTH, StatementEntry
from plp.partnership.translations import TranslatedText
from plp.portal.shell.forms import Form
from plp.portal.shell.translated_fields import TranslatedTextField
from plp.toolbox.words import fold

ROWS = 4  # of a statement that stands there: all of it is seen, on a telephone too


def statement_as_html(statement: Statement) -> str:
    """The words of a statement, for whoever hears the page read."""
    return format_html('<span lang="{}">{}</span>', statement.language, statement.text)


@dataclass(frozen=True)
class StatementField:
    """Where a field belongs: a statement of a party, or the room for one more."""

    party: str
    kind: str
    statement: Statement | None


class StatementsForm(Form):
    """What ``parties`` said, and of each kind room for one more. A statement that is emptied is taken out.

    The ``conditions`` of a party, by its key, stand ready where it has said no expectation yet; beside others they are
    taken over by a tick. So are the ``own_words`` of a party, by its key: whoever reads them says what they are.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        partnership: Partnership,
        parties: Sequence[str],
        statements: Sequence[Statement],
        conditions: Mapping[str, TranslatedText],
        own_words: Mapping[str, TranslatedText],
    ) -> None:
        super().__init__(data)
        self.languages = partnership.languages
        self.rows: dict[str, StatementField] = {}
        self.offers: dict[str, tuple[str, TranslatedText]] = {}
        for party in parties:
            for kind in Statement.Kind.values:
                of_kind = [row for row in statements if (row.party, row.kind) == (party, kind)]
                for statement in (*of_kind, None):
                    self._add_statement_field(party, kind, statement)
                if kind == Statement.Kind.EXPECTATION and not of_kind and party in conditions:
                    self._propose_condition(f"{party}_{kind}", conditions[party])
            noted = {fold(row.text) for row in statements if row.party == party}
            has_expectations = any((row.party, row.kind) == (party, Statement.Kind.EXPECTATION) for row in statements)
            if has_expectations and party in conditions and fold(conditions[party].words) not in noted:
                self._offer_condition(party, conditions[party])
            if party in own_words and fold(own_words[party].words) not in noted:
                self._offer_own_words(party, own_words[party])

    def _propose_condition(self, name: str, condition: TranslatedText) -> None:
        """Put the condition of a talk where the party's expectation is written: whoever saves it says it."""
        field = self.fields[name]
        field.initial = condition
        field.help_text = _(
            "From the talk with this authority. Save it, and it goes on to the evening and the charter."
        )

    def _offer_condition(self, party: str, condition: TranslatedText) -> None:
        """Beside other expectations the condition of a talk is one tick away."""
        name = f"{party}_condition"
        self.offers[name] = (party, condition)
        self.fields[name] = forms.MultipleChoiceField(
            label=_("Condition of the talk: “%(words)s”") % {"words": condition.words},
            choices=[(Statement.Kind.EXPECTATION, _("Take over as an expectation"))],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def _offer_own_words(self, party: str, words: TranslatedText) -> None:
        """What a party wrote by its link is taken over as what it is, without being typed again."""
        name = f"{party}_words"
        self.offers[name] = (party, words)
        self.fields[name] = forms.MultipleChoiceField(
            label=_("In its own words: “%(words)s”") % {"words": words.words},
            help_text=_("Does it name or describe nobody? Then tick what it is, and save."),
            choices=[(kind.value, capfirst(kind.label)) for kind in Statement.Kind],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

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

    def fields_and_missing_by_party(self) -> Iterator[tuple[str, list[BoundField], list[str]]]:
        """Each party by its name, with its fields and the kinds of which it has said nothing."""
        for party in dict.fromkeys(row.party for row in self.rows.values()):
            own = {name: row for name, row in self.rows.items() if row.party == party}
            said = {row.kind for row in own.values() if row.statement}
            missing = [str(Statement.Kind(kind).label) for kind in Statement.Kind.values if kind not in said]
            offered = [self[name] for name, (of_party, _words) in self.offers.items() if of_party == party]
            yield str(Statement.Party(party).label), [*offered, *(self[name] for name in own)], missing

    def entries_to_save(self) -> list[StatementEntry]:
        """What was typed or taken over; room that stayed empty is left out."""
        rows = [(row, self.cleaned_data[name]) for name, row in self.rows.items()]
        return [
            *(StatementEntry(row.party, row.kind, text, row.statement) for row, text in rows if text or row.statement),
            *(
                StatementEntry(party, kind, words)
                for name, (party, words) in self.offers.items()
                for kind in self.cleaned_data[name]
            ),
        ]


class PartyStatementsForm(Form):
    """What one party says by its own link: our sentences of each kind, ticked (ADR 85).

    What those who prepare noted for it in other words it can only take out. Words of its own go to the police.
    """

    def __init__(self, data: Any = None, *, party: str, statements: Sequence[Statement]) -> None:
        super().__init__(data)
        self.party, self.language = party, get_language() or "fr"
        self.common: dict[tuple[str, int], list[Statement]] = {}
        self.other_words = {
            str(row.pk): row for row in statements if not self._remember_and_say_if_common_sentence(row)
        }
        for kind in Statement.Kind:
            sentences = [(str(number), row[self.language]) for number, row in enumerate(common_sentences(kind))]
            ticked = [str(number) for said, number in self.common if said == kind]
            self._add_checkbox_field(kind, capfirst(kind.label), sentences, initial=ticked)
        if self.other_words:
            noted = [(key, statement_as_html(row)) for key, row in self.other_words.items()]
            self._add_checkbox_field(
                "removed", _("Noted for you in other words"), noted, help_text=_("Tick what is to be removed.")
            )
        self.fields["words"] = forms.CharField(
            label=_("In your own words"),
            help_text=_(
                "The police of the partnership read it first, and take it over for you. "
                "Do not name or describe anybody."
            ),
            max_length=LENGTH,
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
        )

    def _add_checkbox_field(self, name: str, label: Any, choices: Sequence[tuple[str, str]], **more: Any) -> None:
        self.fields[name] = forms.MultipleChoiceField(
            label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple, **more
        )

    def _remember_and_say_if_common_sentence(self, statement: Statement) -> bool:
        """Whether a statement is one of our sentences; it is then kept under its number."""
        words = fold(statement.text)
        for number, sentence in enumerate(common_sentences(statement.kind)):
            if fold(sentence[statement.language]) == words:
                self.common.setdefault((statement.kind, number), []).append(statement)
                return True
        return False

    def entries_to_save(self) -> list[StatementEntry]:
        """What was ticked anew, and what is to go."""
        ticked = {(kind, int(number)) for kind in Statement.Kind.values for number in self.cleaned_data[kind]}
        gone = [row for key, rows in self.common.items() if key not in ticked for row in rows]
        gone += [self.other_words[key] for key in self.cleaned_data.get("removed", ())]
        return [
            *(StatementEntry(self.party, row.kind, None, row) for row in gone),
            *(
                StatementEntry(self.party, kind, self._common_sentence(kind, number))
                for kind, number in sorted(ticked - set(self.common))
            ),
        ]

    def _common_sentence(self, kind: str, number: int) -> TranslatedText:
        sentence = common_sentences(kind)[number]
        others = {code: words for code, words in sentence.items() if code != self.language}
        return TranslatedText(sentence[self.language], self.language, others)
