"""What lacks in a language, before it is frozen: which texts, where they are written, the tick of whoever knows.

A template shows the rows with ``{% include "shell/untranslated.html" %}``.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plp.portal.shell.forms import Form


@dataclass(frozen=True)
class UntranslatedRow:
    """A text, the names of the languages it lacks in, and the page on which it is written: empty where the reader may
    not open it.
    """

    words: str
    languages: list[Any]
    url: str


class UntranslatedForm(Form):
    """A tick for what goes its way though it lacks in a language; without such texts there is nothing to tick."""

    untranslated = forms.BooleanField(
        label=_("We know that some texts are not in every language, and leave them in their own.")
    )

    def __init__(self, data: Any = None, *, is_untranslated: bool, **named: Any) -> None:
        super().__init__(data, **named)
        if not is_untranslated:
            del self.fields["untranslated"]
