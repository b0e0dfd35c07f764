"""One catalogue a language: the words of every room laid together as Django means to."""

from typing import Any

from django.utils.translation.trans_real import TranslationCatalog


def lay_together() -> None:
    """Let a catalogue that counts like the one before (one, many) go into the same table.

    Django compares how both count, but the code of the one with the function of the other: never alike. With a
    catalogue a room each word of a page was then looked for in up to eighty tables (ADR 2).
    """
    TranslationCatalog.update = _update  # type: ignore[assignment, method-assign]


def _update(catalogue: Any, added: Any) -> None:
    if added.plural.__code__ == catalogue._plurals[0].__code__:
        catalogue._catalogs[0].update(added._catalog)
    else:
        catalogue._catalogs.insert(0, added._catalog.copy())
        catalogue._plurals.insert(0, added.plural)
