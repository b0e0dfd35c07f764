"""The field in which the purpose of a partnership is typed, where it is founded and where it is put right."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plp.partnership.purposes import common_purpose


def purpose_field(language: Any, kind: str, code: str) -> forms.CharField:
    """The purpose of a partnership of ``kind`` in the language of ``code``; what it says when nothing is typed."""
    return forms.CharField(
        label=_("Purpose in %(language)s") % {"language": language},
        help_text=_("One sentence that everybody may read. Left empty in each language, it says: “%(sentence)s”")
        % {"sentence": common_purpose(kind)[code]},
        max_length=300,
        widget=forms.Textarea({"rows": 2, "lang": code}),
        required=False,
    )
