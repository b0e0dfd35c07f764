"""Which partnerships a page names, of those pages that not everybody may read (G8)."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from plp.partnership.models import Partnership
from proof.canaries.tokens import Token

FIELD = 95  # in the place of a personal field, which a name of a partnership is not
NOBODY = 99_999
NAME = "partnership.Partnership.name"


class PartnershipNames:
    """Finds partnerships by ``words``: their keys and names, each with the number of its partnership."""

    def __init__(self, words: Mapping[str, int]) -> None:
        self.words = words
        longest_first = sorted(words, key=len, reverse=True)
        self.pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")

    def other_partnership_tokens(self, url: str, content: bytes) -> set[Token]:
        """One token for each partnership that the answer names beside the one whose page was asked for.

        None on a page for everybody. Who may open the page of which partnership says the table of access.
        """
        if _is_public(url):
            return set()
        asked = self._partnership_numbers_in(url)
        return {
            Token(number, NOBODY, FIELD)
            for number in self._partnership_numbers_in(content.decode("utf-8", "replace")) - asked
        }

    def _partnership_numbers_in(self, text: str) -> set[int]:
        return {self.words[word] for word in self.pattern.findall(text)}


def numbers_by_key_and_name(partnerships: Iterable[Mapping[str, Any]], numbers: Iterable[int]) -> dict[str, int]:
    """The keys and the names, in every language, of the partnerships of a seed with these numbers."""
    keys = {one["key"]: one["number"] for one in partnerships if one["number"] in numbers}
    found = Partnership.objects.filter(key__in=keys).select_related("area")
    return keys | {one.name(language): keys[one.key] for one in found for language in ("fr", "nl", "de", "en")}


def _is_public(url: str) -> bool:
    """Whether it says the same to everybody: the first page says what waits for whom."""
    path = urlsplit(url).path
    try:
        view = resolve(path).func
    except Resolver404:
        return True
    return path != "/" and getattr(view, "permission", None) == "public"
