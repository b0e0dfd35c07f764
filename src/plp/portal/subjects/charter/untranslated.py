"""The texts that a charter lacks in one of its languages, as a page lists them beside the paper."""

from collections.abc import Iterable

from django.conf import settings

from plp.charter.models import Deed, FinancingPlan
from plp.charter.queries import UntranslatedText, untranslated_texts, untranslated_texts_of_plan
from plp.portal.shell.page_access import PageAccess
from plp.portal.shell.requests import StaffRequest
from plp.portal.shell.untranslated import UntranslatedRow

PAGES = {
    "statements": "launch:groundwork:statements",
    "contacts": "charter:contacts",
    "financing": "charter:financing_write",
}


def missing_translation_rows(deed: Deed, request: StaffRequest) -> list[UntranslatedRow]:
    """What lacks in one of the languages of ``deed``, each with where to write it."""
    return _untranslated_rows(
        untranslated_texts(deed.partnership, deed.languages), PageAccess(request, deed.partnership)
    )


def missing_translation_rows_of_plan(plan: FinancingPlan, request: StaffRequest) -> list[UntranslatedRow]:
    """What lacks of a financing plan in a language of its partnership, each with where to write it."""
    return _untranslated_rows(untranslated_texts_of_plan(plan), PageAccess(request, plan.partnership))


def _untranslated_rows(texts: Iterable[UntranslatedText], access: PageAccess) -> list[UntranslatedRow]:
    names = dict(settings.LANGUAGES)
    return [
        UntranslatedRow(text.words, [names[code] for code in text.missing], access.url_if_allowed(PAGES[text.place]))
        for text in texts
    ]
