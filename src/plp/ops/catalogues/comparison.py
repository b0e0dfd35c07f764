"""Are the catalogues complete? The messages of the source against what ``plp/locale`` translates."""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from plp.ops.catalogues.extraction import messages_of_package
from plp.ops.catalogues.files import (
    CATALOGUES,
    catalogue_content,
    originals_of,
    path_of_language_catalogue,
    read_catalogue,
    translations_of,
)

PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[a-z]")
UPDATE = "python -m plp.ops.catalogues"


def catalogue_faults(package: Path) -> list[str]:
    """Every fault of every catalogue of ``package``, each with its file; empty when all is well."""
    template = messages_of_package(package)
    return [
        f"{path_of_language_catalogue(package, language).relative_to(package.parent)}: {fault}"
        for language in CATALOGUES
        for fault in faults_of_catalogue(path_of_language_catalogue(package, language), template, language)
    ]


def faults_of_catalogue(path: Path, template: Catalog, language: str) -> Iterator[str]:
    """What is missing, unused, untranslated, fuzzy or wrong in one catalogue, each with the message it is about."""
    if not path.is_file():
        yield "does not exist"
        return
    catalogue = read_catalogue(path, language)
    for message in template:
        if message.id and catalogue.get(message.id, message.context) is None:
            yield f"missing, asked for in {_first_location_and_count_text(message)}: {_message_name(message)}"
    for message in catalogue:
        if message.id:
            yield from _faults_of_message(message, template.get(message.id, message.context))
    if catalogue_content(catalogue) != path.read_bytes():
        yield f"not sorted and laid out as {UPDATE} does"


def _faults_of_message(message: Message, template_message: Message | None) -> Iterator[str]:
    """What is wrong with a message of a catalogue; ``asked``: the same one in the source."""
    name = _message_name(message)
    if template_message is None:
        yield f"not used anywhere: {name}"
    elif template_message.pluralizable and not message.pluralizable:
        yield f"one form where the source asks for several: {name}"
    if message.fuzzy:
        yield f"fuzzy, read it again: {name}"
    if not all(translations_of(message)):
        yield f"not translated: {name}"
    else:
        for translation in translations_of(message):
            if difference := _placeholders_that_differ(message, translation):
                yield f"{', '.join(difference)} stands in one of original and translation: {name}"


def _placeholders_that_differ(message: Message, translation: str) -> list[str]:
    """The placeholders that only one of both has. A form for one thing may do without the number."""
    own = sorted(PLACEHOLDER.findall(translation.replace("%%", "")))
    wanted = [sorted(PLACEHOLDER.findall(original.replace("%%", ""))) for original in originals_of(message)]
    return [] if own in wanted else sorted(set(own) ^ set(wanted[-1])) or own


def _first_location_and_count_text(message: Message) -> str:
    """The first place that asks for it, and how many more there are."""
    (path, number), *more = message.locations
    return f"{path}:{number}" + (f" and {len(more)} more" if more else "")


def _message_name(message: Message) -> str:
    return f'"{originals_of(message)[0]}"' + (f" ({message.context})" if message.context else "")
