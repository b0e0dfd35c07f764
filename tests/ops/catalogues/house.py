"""A package of two messages, translated into three languages."""

from pathlib import Path

from plp.ops.catalogues.files import path_of_language_catalogue

SOURCE = (
    'from django.utils.translation import gettext as _\n\nGREETING = _("Good morning")\nPARTING = _("Good night")\n'
)
WORDS = {"fr": ("Bonjour", "Bonne nuit"), "nl": ("Goedemorgen", "Goedenacht"), "de": ("Morgen", "Nacht")}


def build(folder: Path) -> Path:
    """The package, below ``folder``."""
    package = folder / "house"
    (package / "room").mkdir(parents=True)
    (package / "room" / "words.py").write_text(SOURCE)
    for language, (morning, night) in WORDS.items():
        write(package, language, entry("Good morning", morning), entry("Good night", night))
    return package


def entry(original: str, translation: str) -> str:
    """One message of a catalogue."""
    return f'msgid "{original}"\nmsgstr "{translation}"\n'


def write(package: Path, language: str, *entries: str) -> Path:
    """A catalogue, laid out as ours are."""
    plural = "n > 1" if language == "fr" else "n != 1"
    header = (
        f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: nplurals=2; plural=({plural});\\n"\n'
    )
    path = path_of_language_catalogue(package, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([header, *entries]))
    return path
