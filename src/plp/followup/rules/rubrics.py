"""The five rubrics of a newsletter (R143), and how they become a message. Pure but for the words of the titles."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext, gettext_lazy, override

MOST_RUBRIC, MOST_ALL = 1500, 4000

# Keys are short and for ever; the order is that of the newsletter.
RUBRICS: Mapping[str, Any] = MappingProxyType(
    {
        "figures": gettext_lazy("The messages in figures"),
        "advice": gettext_lazy("Prevention advice"),
        "news": gettext_lazy("News from the police"),
        "feedback": gettext_lazy("What became of our messages"),
        "agenda": gettext_lazy("Dates to come"),
    }
)


@dataclass(frozen=True)
class NewsletterText:
    """A newsletter in one language: the words of each rubric by its key; a blank one is left out."""

    title: str
    rubrics: Mapping[str, str]

    @property
    def is_blank(self) -> bool:
        """Whether nothing is said."""
        return not any(words.strip() for words in self.rubrics.values())


def newsletter_contents_sentence(issue: NewsletterText, language: str) -> str:
    """The short text, which says what is inside."""
    with override(language):
        inside = ", ".join(str(title) for key, title in RUBRICS.items() if issue.rubrics.get(key, "").strip())
        return gettext("In this newsletter: %s.") % inside


def newsletter_body(issue: NewsletterText, language: str) -> str:
    """The whole: rubric after rubric, each under its title."""
    with override(language):
        parts = [
            f"{str(title).upper()}\n{issue.rubrics[key].strip()}"
            for key, title in RUBRICS.items()
            if issue.rubrics.get(key, "").strip()
        ]
    return "\n\n".join(parts)
