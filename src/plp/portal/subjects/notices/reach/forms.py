"""The choice of quarters, and a refusal of what other police ask."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from plp.exchange.models import PartnerInstallation
from plp.exchange.queries import offers_of, partners_for_messages
from plp.notices.models import Notice
from plp.notices.queries.reach import (
    active_partnerships_of_writer,
    other_partnerships_chosen,
    quarters_taking_outside_messages,
    zones_where_person_does_not_write,
)
from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.portal.shell.forms import Form
from plp.portal.subjects.notices.forms import QuartersField


class PartnersField(forms.ModelMultipleChoiceField):
    """Partner installations by their name."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: PartnerInstallation) -> str:
        """The name that it gave itself."""
        return obj.name


class OtherDestinationsForm(Form):
    """The other quarters of a draft. ``zone`` is the path of the other zone whose quarters are shown as well."""

    def __init__(
        self, data: Any = None, *, notice: Notice, person: Person, at: datetime, language: str, zone: str
    ) -> None:
        super().__init__(data)
        chosen = other_partnerships_chosen(notice)
        own = active_partnerships_of_writer(person, at=at).exclude(pk=notice.partnership_id)
        zones = {area.path: area for area in zones_where_person_does_not_write(person, at=at)}
        self.zones = [(path, area.name(language)) for path, area in zones.items()]
        self.zone = zone if zone in zones else ""
        self.fields["own"] = self._quarters_field(_("Neighbourhoods of your area"), own, chosen, language)
        abroad = chosen.exclude(pk__in=own.values("pk"))
        self.fields["abroad"] = self._quarters_field(_("Chosen in other zones"), abroad, chosen, language)
        if self.zone:
            area = zones[zone]
            found = quarters_taking_outside_messages(area).exclude(pk__in=chosen.values("pk"))
            self.fields["there"] = self._quarters_field(area.name(language), found, chosen, language)
        self.partners = partners_for_messages(notice.partnership.area)
        if self.partners:
            offered = offers_of(notice).values_list("partner", flat=True)
            self.fields["partners"] = PartnersField(
                label=_("Police zones with an installation of their own"),
                help_text=_("They are offered the message after its release, and decide."),
                queryset=self.partners,
                required=False,
                initial=list(offered),
            )
        for name in ("own", "abroad"):
            if not self.fields[name].queryset.exists():  # type: ignore[attr-defined]
                del self.fields[name]

    def _quarters_field(
        self, label: Any, found: QuerySet[Partnership], chosen: QuerySet[Partnership], language: str
    ) -> QuartersField:
        initial = list(chosen.values_list("pk", flat=True))
        return QuartersField(label=label, queryset=found, language=language, required=False, initial=initial)

    @property
    def is_anything_chosen(self) -> bool:
        """Whether something of it is chosen or was asked for."""
        return bool(self.zone or any(self[name].value() for name in self.fields))

    def chosen_quarters(self) -> list[Partnership]:
        """Everything that is ticked."""
        return [one for name in self.fields if name != "partners" for one in self.cleaned_data[name]]

    def chosen_partners(self) -> list[PartnerInstallation]:
        """The installations that are ticked."""
        return list(self.cleaned_data.get("partners", []))


class DeclineTakeoverForm(Form):
    """Why a message of other police is not taken over."""

    because = forms.CharField(
        label=_("Why do you refuse it?"),
        help_text=_("The police who wrote it read this. At least ten characters."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
