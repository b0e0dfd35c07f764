"""An address as it was typed, for a paper in one language: of a street with two names the one that its reader uses."""

import re
from collections.abc import Iterable, Sequence

from django.db.models import Q

from plp.places.models import Street

BETWEEN_NAMES = " / "
NUMBER = r"(?: \d+[^\s,/]*)?"  # beside each name or the last alone: ``Rue Haute 5 / Hoogstraat 5``
NUMBER_AT_END = re.compile(r" \d+[^\s,/]*$")


def typed_name_in_language(typed: str, language: str, spoken: Sequence[str]) -> str:
    """A hall for a reader of ``language``: its own part where it was typed once in each language of ``spoken``, as
    ``A / B`` in that order.
    """
    parts = typed.split(BETWEEN_NAMES)
    if len(parts) == len(spoken) and language in spoken:
        return parts[spoken.index(language)].strip()
    return typed.strip()


def streets_of_multilingual_addresses(*addresses: str) -> list[Street]:
    """The streets of the register that ``addresses`` name in several languages: one query, none without such a name."""
    first_names = {
        NUMBER_AT_END.sub("", address.partition(BETWEEN_NAMES)[0].rpartition(", ")[2].strip())
        for address in addresses
        if BETWEEN_NAMES in address
    }
    if not first_names:
        return []
    named = Q(name_fr__in=first_names) | Q(name_nl__in=first_names) | Q(name_de__in=first_names)
    return [street for street in Street.objects.filter(named) if BETWEEN_NAMES in street.names]


def address_in_language(address: str, language: str, streets: Iterable[Street] | None = None) -> str:
    """``address`` with its street in ``language`` alone, where it names it in several: ``Rue Haute / Hoogstraat 5``.

    ``streets`` are those of ``streets_of_multilingual_addresses``, asked for here without them. What is no street of
    the register stays as it was typed, and so does a street that has no name in ``language``.
    """
    for street in streets_of_multilingual_addresses(address) if streets is None else streets:
        own = {"fr": street.name_fr, "nl": street.name_nl, "de": street.name_de}.get(language)
        if own:
            first, last = (re.escape(name) for name in street.names.split(BETWEEN_NAMES, 1))
            for names in (f"{first}({NUMBER}) / {last}({NUMBER})", f"{last}({NUMBER}) / {first}({NUMBER})"):
                if typed := re.search(names, address):
                    address = address.replace(typed[0], own + (typed[2] or typed[1]))
    return address
