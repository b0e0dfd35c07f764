"""``.venv/bin/python -m plp.ops.catalogues``: bring the catalogues in step with the source.

What the source asks for and nobody translated yet stands there empty; what nobody asks for any more is gone.
"""

from babel.messages.catalog import Catalog

from plp.ops.catalogues.extraction import messages_of_package
from plp.ops.catalogues.files import (
    CATALOGUES,
    catalogue_content,
    path_of_language_catalogue,
    read_catalogue,
    translations_of,
)
from plp.ops.cli import say
from plp.ops.environment import PACKAGE


def update_and_list_untranslated(catalogue: Catalog, template: Catalog) -> list[str]:
    """Give ``catalogue`` the messages of ``template``; those that are to be translated now."""
    catalogue.update(template, no_fuzzy_matching=True)
    return [str(message.id) for message in catalogue if not all(translations_of(message))]


def main() -> None:
    """Update each catalogue, and say what is left to translate."""
    template = messages_of_package(PACKAGE)
    for language in CATALOGUES:
        path = path_of_language_catalogue(PACKAGE, language)
        catalogue = read_catalogue(path, language)
        untranslated = update_and_list_untranslated(catalogue, template)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(catalogue_content(catalogue))
        say(f"{language}: {len(untranslated)} to translate" + "".join(f"\n  {message}" for message in untranslated))


if __name__ == "__main__":
    main()
