"""The texts that a charter lacks in one of its languages: told beside the paper, before it is frozen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plp.charter.models import FinancingPlan
from plp.charter.queries.money import financing_in_preparation, financing_plan_in_force
from plp.charter.queries.partners import contacts_of_partners
from plp.partnership.models import Partnership
from plp.partnership.queries import statements_of
from plp.partnership.translations import TranslatedRow

TextField = tuple[str, TranslatedRow, str]  # where it is written, its row, the name of its field
PLAN_TEXTS = ("alternative", "insured", "uninsured_because")


@dataclass(frozen=True)
class UntranslatedText:
    """``words`` lack in the languages ``missing``; they are written on the page ``place``: statements, contacts or
    financing.
    """

    words: str
    missing: tuple[str, ...]
    place: str


def untranslated_texts(partnership: Partnership, languages: Sequence[str]) -> list[UntranslatedText]:
    """What parties said, services of the partners, costs and insurance that lack in one of ``languages``."""
    return _texts_missing_languages(_printed_text_fields(partnership), languages)


def untranslated_texts_of_plan(plan: FinancingPlan) -> list[UntranslatedText]:
    """Costs and insurance of a financing plan that lack in a language of its partnership."""
    return _texts_missing_languages(_text_fields_of_plan(plan), plan.partnership.languages)


def _texts_missing_languages(fields: Iterator[TextField], languages: Sequence[str]) -> list[UntranslatedText]:
    return [
        UntranslatedText(str(getattr(row, name)), tuple(missing), place)
        for place, row, name in fields
        if (missing := row.missing_languages(name, languages))
    ]


def _printed_text_fields(partnership: Partnership) -> Iterator[TextField]:
    """Every text that the charter and its annexes print: where it is written, its row, the name of its field."""
    yield from (("statements", row, "text") for row in statements_of(partnership))
    yield from (("contacts", row, "organisation") for row in contacts_of_partners(partnership))
    plan = financing_plan_in_force(partnership) or financing_in_preparation(partnership)
    if plan is not None:
        yield from _text_fields_of_plan(plan)


def _text_fields_of_plan(plan: FinancingPlan) -> Iterator[TextField]:
    yield from (("financing", plan, name) for name in PLAN_TEXTS)
    yield from (("financing", line, "what") for line in plan.lines.all())
