"""The messages of the source: what Python code and templates ask a translation for."""

from collections.abc import Collection, Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract, extract_python
from django.utils.translation.template import templatize

COMMENTS = ("Translators",)
KEYWORDS = DEFAULT_KEYWORDS | {  # the forms of Django beside those of gettext
    "gettext_noop": None,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def messages_of_package(package: Path) -> Catalog:
    """Every message that the modules and the templates of ``package`` ask for, each with its places."""
    template = Catalog()
    for path in sorted(package.rglob("*")):
        is_template = path.suffix in (".html", ".txt") and "templates" in path.parts
        if path.suffix == ".py" or is_template:
            place = path.relative_to(package.parent).as_posix()
            extractor: Any = extract_messages_of_template if is_template else "python"
            with path.open("rb") as file:
                for number, message, _, context in extract(extractor, file, keywords=KEYWORDS, comment_tags=COMMENTS):
                    template.add(message, locations=[(place, number)], context=context)
    return template


def extract_messages_of_template(
    file: IO[bytes], keywords: Any, comment_tags: Collection[str], options: Any
) -> Iterator[tuple[int, Any, list[str], str | None]]:
    """The messages of one Django template, as Babel wants an extractor.

    Django writes a template anew as calls of gettext; indented as its page is, that is no Python.
    """
    source = templatize(file.read().decode())
    flush_left = "\n".join(line.lstrip() for line in source.split("\n"))
    return extract_python(BytesIO(flush_left.encode()), keywords, comment_tags, options)
