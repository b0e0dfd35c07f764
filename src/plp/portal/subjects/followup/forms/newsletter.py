"""The newsletter: five rubrics in each language of the partnership."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from plp.followup.actions.newsletters import MOST_TITLE
from plp.followup.rules.rubrics import MOST_RUBRIC, RUBRICS, NewsletterText
from plp.portal.shell import fields
from plp.portal.shell.forms import Form


class NewsletterForm(Form):
    """One field for each rubric and language, filled with what the house knows."""

    def __init__(self, data: Any = None, *, proposals: Mapping[str, NewsletterText]) -> None:
        super().__init__(data)
        self.languages = list(proposals)
        for code, issue in proposals.items():
            self.fields[f"title_{code}"] = forms.CharField(
                label=_("Title"),
                max_length=MOST_TITLE,
                initial=issue.title,
                required=False,
                widget=forms.TextInput(attrs={"lang": code}),
            )
            for key, title in RUBRICS.items():
                field = fields.multiline_field(title, MOST_RUBRIC, required=False, initial=issue.rubrics.get(key, ""))
                field.widget.attrs["lang"] = code
                self.fields[f"{key}_{code}"] = field

    def fields_by_language(self) -> list[tuple[str, list[BoundField]]]:
        """The fields of each language under its name."""
        names = dict(settings.LANGUAGES)
        return [(str(names[code]), [self[f"{key}_{code}"] for key in ("title", *RUBRICS)]) for code in self.languages]

    def texts_by_language(self) -> dict[str, NewsletterText]:
        """What was written, by language."""
        told = self.cleaned_data
        return {
            code: NewsletterText(told[f"title_{code}"], {key: told[f"{key}_{code}"] for key in RUBRICS})
            for code in self.languages
        }
