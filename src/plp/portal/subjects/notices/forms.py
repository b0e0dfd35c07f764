"""Forms of the officer's desk."""

from typing import Any

from django import forms

from plp.partnership.models import Partnership
from plp.portal.shell.fields import NamedChoiceField


class QuarterField(NamedChoiceField):
    """A choice among partnerships, by the name of their quarter in the reader's language."""

    def label_from_instance(self, obj: Partnership) -> str:
        """The name of the quarter."""
        return quarter_label(obj, self.language)


class QuartersField(forms.ModelMultipleChoiceField):
    """The same, for several."""

    def __init__(self, *, language: str, **given: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, **given)
        self.language = language

    def label_from_instance(self, obj: Partnership) -> str:
        """The name of the quarter."""
        return quarter_label(obj, self.language)


def quarter_label(partnership: Partnership, language: str) -> str:
    """The quarter by its name; what is not a partnership of residents says so."""
    name = partnership.name(language)
    return name if partnership.kind == Partnership.Kind.CITIZENS else f"{name} ({partnership.get_kind_display()})"
