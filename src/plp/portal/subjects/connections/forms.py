"""What is asked before a program of others is let in."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plp.connections.states import Scope
from plp.places.models import Area
from plp.toolbox.clock import BRUSSELS, local

LIVES = {"30": _("A month"), "90": _("Three months"), "365": _("A year")}


class AreaField(forms.ModelChoiceField):
    """One of the areas for which one may connect a program, by its name."""

    language = "fr"

    def label_from_instance(self, obj: Any) -> str:
        """The name of the area."""
        return str(obj.name(self.language))


class TokenForm(forms.Form):
    """For which program, where, what for, until when."""

    label = forms.CharField(
        label=_("For which program"),
        help_text=_("So that you know it again: “Site of the municipality”."),
        max_length=80,
    )
    area = AreaField(label=_("Over which area"), queryset=Area.objects.none())
    scopes = forms.MultipleChoiceField(
        label=_("What it may read"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    days = forms.ChoiceField(
        label=_("For how long"), choices=list(LIVES.items()), widget=forms.RadioSelect, initial="90"
    )

    def __init__(self, *args: Any, areas: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["area"]
        assert isinstance(field, AreaField)  # noqa: S101 - for the type checker
        field.language, field.queryset = language, areas
        if len(areas) == 1:
            field.initial = areas[0]

    def ends_at(self, at: datetime) -> datetime:
        """The end of the last day, on a Belgian clock."""
        last = local(at).date() + timedelta(days=int(self.cleaned_data["days"]))
        return datetime.combine(last, time(0), BRUSSELS)
