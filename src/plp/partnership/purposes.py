"""What a partnership is for, in the languages of its readers: common sentences fill what nobody wrote."""

from collections.abc import Mapping

from plp.documents import ForeignText
from plp.partnership.common_sentences import common_sentences, translations_of
from plp.partnership.models import Partnership


def common_purpose(kind: str) -> dict[str, str]:
    """By language, the purpose of a partnership of ``kind`` that wrote none of its own."""
    of_residents, of_traders = common_sentences("purpose")
    return dict(of_residents if kind == Partnership.Kind.CITIZENS else of_traders)


def completed_purpose(typed: Mapping[str, str], kind: str) -> dict[str, str]:
    """``typed`` by language, with the sisters of a common sentence; the common purpose where nothing was typed."""
    written = {language: words for language, words in typed.items() if words}
    sisters: dict[str, str] = {}
    for language, words in written.items():
        sisters |= translations_of("purpose", words, language)
    return {**sisters, **written} or common_purpose(kind)


def purpose_in(partnership: Partnership, language: str) -> str:
    """The purpose for a reader of ``language``; in another language, marked, where it is missing; else empty."""
    written = {code: words.strip() for code, words in partnership.purpose.items() if words.strip()}
    if language in written or not written:
        return written.get(language, "")
    own = next((code for code in partnership.languages if code in written), next(iter(written)))
    return ForeignText.in_language_unless_same(written[own], own, reader=language)
