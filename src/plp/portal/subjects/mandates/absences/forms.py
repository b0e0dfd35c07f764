"""Forms of the coordinator's desk."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from plp.mandates.models import Mandate
from plp.portal.shell.fields import NamedChoiceField, day_field
from plp.portal.shell.forms import Form
from plp.toolbox.clock import BRUSSELS


class Deputies(NamedChoiceField):
    """A choice among deputies, by name and quarter."""

    def label_from_instance(self, obj: Mandate) -> str:
        """Name and quarter."""
        return f"{obj.person.name} ({obj.area.name(self.language)})"


class AbsenceForm(Form):
    """From which day to which day, and who takes over."""

    starts_on = day_field(_("First day away"))
    ends_on = day_field(_("Last day away"))

    def __init__(self, *given: Any, deputies: Any, language: str, **named: Any) -> None:
        super().__init__(*given, **named)
        only = deputies[0].pk if len(deputies) == 1 else None
        self.fields["deputy"] = Deputies(
            label=_("Who takes over"),
            queryset=deputies,
            language=language,
            empty_label=_("Choose your deputy"),
            initial=only,
        )

    def start_and_end(self, at: datetime) -> tuple[datetime, datetime]:
        """The absence on the Belgian clock: from the first day (or now) until the end of the last one."""
        first, last = self.cleaned_data["starts_on"], self.cleaned_data["ends_on"] + timedelta(days=1)
        starts, ends = (datetime.combine(day, time(0), tzinfo=BRUSSELS) for day in (first, last))
        return max(starts, at), ends
