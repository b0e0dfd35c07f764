"""Forms by which the police answer an idea."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.text import capfirst, slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from plp.launch.actions.ideas import MOST_ANSWER, PartnershipDetails
from plp.launch.models import Idea
from plp.partnership.models import Partnership
from plp.partnership.purposes import completed_purpose
from plp.people.rules import TELEPHONE
from plp.portal.shell.fields import EmailField
from plp.portal.shell.forms import Form
from plp.portal.shell.purpose_field import purpose_field

LONGEST_KEY = 40  # signs of a short name
COUNTRY = [("fr", _("French")), ("nl", _("Dutch")), ("de", _("German"))]


def answer_field(label: Any, hint: Any, *, required: bool) -> forms.CharField:
    """What is told to whoever had the idea."""
    return forms.CharField(
        label=label, help_text=hint, max_length=MOST_ANSWER, required=required, widget=forms.Textarea(attrs={"rows": 4})
    )


class DeclineForm(Form):
    """Why not."""

    reason = answer_field(
        _("Why is it not taken up?"),
        _("The person reads this on their follow-up page. Say what else they can do."),
        required=True,
    )


class MergeIdeaForm(Form):
    """With what it is joined: another idea, or a partnership of the zone."""

    into = forms.ChoiceField(label=_("Join it to"))
    words = answer_field(_("What do you tell the person?"), _("They read it on their follow-up page."), required=False)

    def __init__(self, *args: Any, ideas: list[Idea], partnerships: list[Partnership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.targets: dict[str, Idea | Partnership] = {
            **{f"partnership-{one.pk}": one for one in partnerships},
            **{f"idea-{one.pk}": one for one in ideas},
        }
        names = {f"partnership-{one.pk}": one.name() for one in partnerships}
        names |= {f"idea-{one.pk}": f"{one.street_text}, {one.postcode} ({one.filed_at:%d/%m/%Y})" for one in ideas}
        self.fields["into"].choices = [("", _("Choose")), *names.items()]  # type: ignore[attr-defined]


class FoundPartnershipForm(Form):
    """How the partnership begins. ``main_language`` stands first, here and on its papers in several languages."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Partnership.Kind.choices)
    key = forms.RegexField(
        r"^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$",
        label=_("Short name"),
        help_text=_(
            "For web addresses, and never changed later: small letters, digits and hyphens, for example haren-north. "
            "Left empty, it is made from the name."
        ),
        error_messages={"invalid": _("Use small letters, digits and hyphens only.")},
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
        required=False,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of the neighbourhood"),
        help_text=_("Papers in several languages begin with the first."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, main_language: str, across: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country = sorted(COUNTRY, key=lambda row: row[0] != main_language)
        self.fields["languages"].choices = self.country  # type: ignore[attr-defined]
        if across:
            self.fields["crosses"] = forms.BooleanField(
                label=_("The neighbourhood also has streets of another municipality of our police zone"),
                help_text=_("For example: %(names)s.") % {"names": ", ".join(across)},
                required=False,
            )
        for code, language in self.country:
            self.fields[f"name_{code}"] = forms.CharField(
                label=_("Name in %(language)s") % {"language": language}, max_length=120, required=False
            )
            self.fields[f"purpose_{code}"] = purpose_field(language, str(self["kind"].value() or "plp"), code)
        self.fields["words"] = answer_field(
            _("What do you tell the person?"), _("They read it on their follow-up page."), required=False
        )

    def clean(self) -> None:
        """A name in each language of the neighbourhood; without a short name one from the name the officer reads."""
        ticked = self.cleaned_data.get("languages", [])
        languages = self.cleaned_data["languages"] = [code for code, _language in self.country if code in ticked]
        for code in languages:
            if not self.cleaned_data.get(f"name_{code}"):
                self.add_error(f"name_{code}", _("Needed, because this is a language of the neighbourhood."))
        if self.cleaned_data.get("key") == "" and languages:
            language = get_language() if get_language() in languages else languages[0]
            self.cleaned_data["key"] = slugify(self.cleaned_data.get(f"name_{language}", ""))[:LONGEST_KEY].strip("-")

    @property
    def fields_by_language(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Name and purpose by language."""
        return [(code, [self[f"name_{code}"], self[f"purpose_{code}"]]) for code, _language in self.country]

    @property
    def partnership_details(self) -> PartnershipDetails:
        """What was filled in."""
        given = self.cleaned_data
        return PartnershipDetails(
            key=given["key"],
            names={code: given[f"name_{code}"] for code, _language in self.country if given[f"name_{code}"]},
            kind=given["kind"],
            languages=given["languages"],
            purpose=completed_purpose({code: given[f"purpose_{code}"] for code in given["languages"]}, given["kind"]),
            crosses=given.get("crosses", False),
        )


class ZoneDeskForm(Form):
    """How the public reaches the zone: an office, never a person's own number."""

    office = forms.CharField(
        label=_("Name of the desk"),
        help_text=_("An office, not a person, with its address: papers are handed in there."),
        max_length=120,
    )
    telephone = forms.RegexField(
        TELEPHONE,
        label=_("Telephone"),
        error_messages={"invalid": _("Write a telephone number with digits.")},
        required=False,
    )
    mail = EmailField(label=_("E-mail"), required=False)
    website = forms.URLField(label=capfirst(_("website")), required=False, assume_scheme="https", max_length=200)

    def clean(self) -> None:
        """One way to reach it at least."""
        if not (self.cleaned_data.get("telephone") or self.cleaned_data.get("mail")):
            raise forms.ValidationError(_("Give a telephone number or an e-mail address of the desk."))
