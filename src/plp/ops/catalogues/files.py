"""The files of the catalogues: where they stand, how they are read and laid out (sorted, without places)."""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from plp.toolbox.texts import LANGUAGES

CATALOGUES = tuple(language for language in LANGUAGES if language != "en")  # that of the source
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""
PLURAL_FORMS = {  # as Django has them
    "fr": "nplurals=2; plural=(n > 1);",
    "nl": "nplurals=2; plural=(n != 1);",
    "de": "nplurals=2; plural=(n != 1);",
}


def path_of_language_catalogue(package: Path, language: str) -> Path:
    """The catalogue of a language."""
    return package / "locale" / language / "LC_MESSAGES" / "django.po"


def new_catalogue(language: str) -> Catalog:
    """An empty catalogue that counts as Django does: Babel knows a third French form, for millions."""
    return read_po(BytesIO(_header(language)), locale=language)


def read_catalogue(path: Path, language: str) -> Catalog:
    """A catalogue from its file; an empty one if there is none yet."""
    if not path.is_file():
        return new_catalogue(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def catalogue_content(catalogue: Catalog) -> bytes:
    """The content of the file of a catalogue, with a header that no date changes."""
    entries = BytesIO()
    write_po(entries, catalogue, width=0, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    return _header(str(catalogue.locale)) + entries.getvalue().rstrip(b"\n") + b"\n"


def originals_of(message: Message) -> tuple[str, ...]:
    """The English of a message: for one thing, and for several where it has a plural. Of the header, nothing."""
    originals = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    return originals if originals[0] else ()


def translations_of(message: Message) -> tuple[str, ...]:
    """Its forms in the language of the catalogue, one for each original; empty where it is not translated."""
    if not message.id:
        return ()
    return (message.string or "",) if isinstance(message.string, str | None) else tuple(message.string)


def _header(language: str) -> bytes:
    return HEADER.format(language=language, plural_forms=PLURAL_FORMS[language]).encode()
