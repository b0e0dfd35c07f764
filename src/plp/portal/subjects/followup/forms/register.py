"""Forms of the register of services, of its log, and of policy plans."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from plp.followup.actions import policies, services
from plp.followup.models import PolicyPlan, Service
from plp.partnership.models import Partnership
from plp.places.models import Area
from plp.portal.shell import fields
from plp.portal.shell.fields import EmailField
from plp.portal.shell.forms import FoldedFields, Form


class ChosenAreaForm(Form):
    """For which of one's areas; asked only where there are several."""

    def __init__(self, data: Any = None, *, areas: QuerySet[Area] | None = None, language: str, **more: Any) -> None:
        super().__init__(data, **more)
        self.areas = list(areas) if areas is not None else []
        if len(self.areas) > 1:
            choices = [(str(one.pk), one.name(language)) for one in self.areas]
            self.fields["area"] = forms.ChoiceField(label=_("For which area?"), choices=choices)

    def pop_chosen_area(self) -> Area:
        """The chosen area, or the only one."""
        wanted = self.cleaned_data.pop("area", "")
        return next((one for one in self.areas if str(one.pk) == wanted), self.areas[0])


class ServiceForm(ChosenAreaForm):
    """A service of the register."""

    kind = forms.ChoiceField(label=_("What kind of service"), choices=Service.Kind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name of the service"), max_length=services.MOST_NAME)
    about = forms.CharField(label=_("What one can ask it for"), max_length=services.MOST_ABOUT, required=False)
    person = forms.CharField(
        label=_("Whom to ask for"),
        help_text=_("Better a function than a name."),
        max_length=services.MOST_PERSON,
        required=False,
    )
    phone = forms.CharField(
        label=_("Telephone"), max_length=30, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    email = EmailField(label=_("E-mail"), required=False)


class LogContactForm(Form):
    """One contact."""

    on = fields.day_field(_("Day"))
    subject = forms.CharField(label=_("Subject"), max_length=services.MOST_SUBJECT)
    partnership = forms.ChoiceField(label=_("About which partnership?"), required=False)
    outcome = fields.multiline_field(
        _("What came of it"),
        services.MOST_OUTCOME,
        rows=3,
        required=False,
        help_text=_("No details of a case: those stay in the files of the police."),
    )

    def __init__(self, data: Any = None, *, partnerships: QuerySet[Partnership], language: str, **more: Any) -> None:
        super().__init__(data, **more)
        self.known = {one.key: one for one in partnerships}
        named = [(key, one.name(language)) for key, one in self.known.items()]
        self.fields["partnership"] = forms.ChoiceField(
            label=_("About which partnership?"), choices=[("", _("none in particular")), *named], required=False
        )
        self.order_fields(["on", "subject", "partnership", "outcome"])

    def log_entry_values(self) -> dict[str, Any]:
        """What was typed, with the partnership itself."""
        return {**self.cleaned_data, "partnership": self.known.get(self.cleaned_data["partnership"])}


class PolicyPlanForm(FoldedFields, ChosenAreaForm):
    """A policy plan and its partnerships."""

    folded = ("language", "extract", "link", "included_on")
    folded_title = _("Extract and source")

    kind = forms.ChoiceField(label=_("What kind of plan"), choices=PolicyPlan.Kind.choices)
    title = forms.CharField(label=_("Title"), max_length=policies.MOST_TITLE)
    begins = fields.day_field(_("First day"))
    until = fields.day_field(_("Last day"), required=False)
    language = forms.ChoiceField(label=_("Language of the extract"), choices=settings.LANGUAGES)
    extract = fields.multiline_field(
        _("Extract"),
        policies.MOST_EXTRACT,
        required=False,
        help_text=_("What the plan says about prevention in the neighbourhoods, in a few sentences."),
    )
    link = forms.CharField(
        label=_("Where to find the whole plan"),
        help_text=_("Write the whole address of the page, with https:// in front."),
        max_length=policies.MOST_LINK,
        required=False,
    )
    included_on = fields.day_field(_("Day on which the plan took the partnerships up"), required=False)

    def __init__(self, data: Any = None, *, partnerships: QuerySet[Partnership], language: str, **more: Any) -> None:
        super().__init__(data, language=language, **more)
        self.known = {one.key: one for one in partnerships}
        self.fields["partnerships"] = forms.MultipleChoiceField(
            label=_("Which partnerships work within it?"),
            choices=[(key, one.name(language)) for key, one in self.known.items()],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )

    def policy_values(self) -> dict[str, Any]:
        """The plan and its partnerships, as the actions take them."""
        told = {key: value for key, value in self.cleaned_data.items() if key != "area"}
        chosen = [self.known[key] for key in told.pop("partnerships")]
        return {"plan": policies.PolicyDetails(**told), "partnerships": chosen}
