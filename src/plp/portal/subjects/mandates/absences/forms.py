"""Forms of the coordinator's desk."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plp.mandates.models import Mandate
from plp.portal.shell.fields import day_field
from plp.portal.shell.forms import Form
from plp.toolbox.clock import BRUSSELS


class AbsenceForm(Form):
    """From which day to which day, and who takes over."""

    starts_on = day_field(_("First day away"))
    ends_on = day_field(_("Last day away"))

    def __init__(self, *given: Any, deputies: Sequence[Mandate], language: str, **named: Any) -> None:
        """``deputies``: with their persons and areas. A single one is chosen already."""
        super().__init__(*given, **named)
        by_key = {str(deputy.pk): deputy for deputy in deputies}
        names = [(key, f"{deputy.person.name} ({deputy.area.name(language)})") for key, deputy in by_key.items()]
        self.fields["deputy"] = forms.TypedChoiceField(
            label=_("Who takes over"),
            choices=[("", _("Choose your deputy")), *names],
            coerce=by_key.__getitem__,
            initial=next(iter(by_key)) if len(by_key) == 1 else None,
        )

    def start_and_end(self, at: datetime) -> tuple[datetime, datetime]:
        """The absence on the Belgian clock: from the first day (or now) until the end of the last one."""
        first, last = self.cleaned_data["starts_on"], self.cleaned_data["ends_on"] + timedelta(days=1)
        starts, ends = (datetime.combine(day, time(0), tzinfo=BRUSSELS) for day in (first, last))
        return max(starts, at), ends
