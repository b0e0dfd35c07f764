"""Forms about breaches, whose words are asked to name nobody, and about how long what is kept."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from plp.partnership.models import Partnership
from plp.partnership.queries import names_and_keys_by_alphabet
from plp.places.models import Area
from plp.portal.shell.fields import NO_PERSON, multiline_field
from plp.portal.shell.forms import Form
from plp.protection.models import Breach
from plp.protection.retention import SETTABLE, longest_retention_days
from plp.protection.states import Cause, Data, Risk
from plp.toolbox import clock
from plp.toolbox.clock import local
from plp.toolbox.texts import LANGUAGES
from plp.toolbox.words import fold

MOST_WORDS, MOST_PERSONS = 3000, 1_000_000
MOST_LISTED = 100  # partnerships in a list to choose from; of more one types the name


def moment_field(label: Any, **more: Any) -> forms.DateTimeField:
    """A day and an hour, by the browser's own calendar."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, input_formats=["%Y-%m-%dT%H:%M"], **more)


class BreachForm(Form):
    """What is known: how it came about, whose data, since when."""

    noticed: datetime | None = None  # when it was noticed, once that stands
    cause = forms.ChoiceField(label=_("How did it come about?"), choices=Cause.choices)
    words = multiline_field(_("What happened?"), MOST_WORDS, help_text=NO_PERSON)
    kinds = forms.MultipleChoiceField(label=_("Which data?"), choices=Data.choices, widget=forms.CheckboxSelectMultiple)
    persons = forms.IntegerField(
        label=_("About how many people?"),
        min_value=0,
        max_value=MOST_PERSONS,
        help_text=_("0 if you do not know yet."),
    )
    began_at = moment_field(_("When did it begin, if you know?"), required=False)

    def clean(self) -> dict[str, Any]:
        """It began before somebody noticed it."""
        told: dict[str, Any] = super().clean() or {}
        began, noticed = told.get("began_at"), told.get("noticed_at") or self.noticed
        if noticed and began and began > noticed:
            self.add_error("began_at", _("It cannot have begun after it was noticed."))
        return told

    def breach_values(self) -> dict[str, Any]:
        """What the action takes."""
        told = dict(self.cleaned_data)
        told["data"] = told.pop("kinds")
        return told


class CompleteBreachForm(BreachForm):
    """What came to light since: the law takes it in phases (GDPR art. 33(4))."""

    def __init__(self, given: Any, *, breach: Breach) -> None:
        known = {name: getattr(breach, name) for name in ("cause", "words", "persons")}
        began = {"began_at": datetime_local_value(local(breach.began_at))} if breach.began_at else {}
        super().__init__(given, initial={**known, **began, "kinds": breach.data})
        self.noticed = breach.noticed_at


class RecordBreachForm(BreachForm):
    """What happened, where, and since when it is known."""

    field_order = ("place", "quarter")
    place = forms.ChoiceField(label=_("Where?"))
    quarter = forms.CharField(
        label=_("In one partnership only? Its name"),
        required=False,
        max_length=80,
        help_text=_("The beginning of the name is enough."),
    )
    noticed_at = moment_field(_("When did you notice it?"), help_text=_("The 72 hours run from then."))

    def __init__(
        self, *args: Any, partnerships: QuerySet[Partnership], areas: Iterable[Area], language: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.partnerships, self.names = partnerships, names_and_keys_by_alphabet(partnerships, language)
        self.areas = {f"a-{one.pk}": one for one in areas}
        choices = [(key, area.name(language)) for key, area in self.areas.items()]
        if not self.areas or len(self.names) <= MOST_LISTED:
            choices = [(f"p-{key}", name) for name, key in self.names] + choices
            del self.fields["quarter"]
        self.fields["place"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """It was noticed before now."""
        told = super().clean()
        noticed = told.get("noticed_at")
        if noticed and noticed > clock.now():
            self.add_error("noticed_at", _("This moment has not come yet."))
        return told

    def clean_quarter(self) -> str:
        """The key of the one partnership of the place that is called so in a language, or whose name begins so."""
        words, place = fold(self.cleaned_data["quarter"]), self.areas.get(self.cleaned_data.get("place", ""))
        here = self.partnerships.filter(area__path__startswith=place.path if place else "")
        keys = set(here.values_list("key", flat=True)) if words else set()
        rows = [row for code in LANGUAGES for row in names_and_keys_by_alphabet(here, code)] if words else []
        begun = {key for name, key in rows if fold(name).startswith(words)}
        exact = {key for name, key in rows if fold(name) == words} | {key for key in keys if fold(key) == words}
        offered = [(f"{name} ({key})", key) for name, key in self.names]
        labelled = {key for label, key in offered if key in keys and fold(label) == words}
        chosen = labelled or exact or begun
        named = [(label, key) for label, key in offered if key in chosen]
        if words and len(named) != 1:
            raise forms.ValidationError(
                _("Which one do you mean? %(names)s") % {"names": ", ".join(name for name, _key in named[:5])}
                if named
                else _("No partnership is called so.")
            )
        return named[0][1] if named else ""

    def breach_values(self) -> dict[str, Any]:
        """What the action takes."""
        told = super().breach_values()
        place, key = told.pop("place"), told.pop("quarter", "")
        if place not in self.areas:
            key = place.removeprefix("p-")
        partnership = self.partnerships.get(key=key) if key else None
        area = partnership.area if partnership else self.areas[place]
        return {**told, "area": area, "partnership": partnership}


class BreachRiskForm(Form):
    """How grave it is, why, and what is done against it."""

    risk = forms.ChoiceField(
        label=_("How serious is it for the persons concerned?"), choices=Risk.choices, widget=forms.RadioSelect
    )
    reason = multiline_field(_("Why?"), MOST_WORDS, help_text=NO_PERSON)
    done = multiline_field(
        _("What is done against it, and so that it does not come again?"),
        MOST_WORDS,
        help_text=_("Stands in the letter to the persons concerned too. Do not name or describe anybody."),
    )
    plain = multiline_field(
        _("What happened, in plain words for the persons concerned?"),
        MOST_WORDS,
        required=False,
        help_text=_("Stands in the letter to them, in place of your own record. Needed if the risk is high."),
    )

    def clean(self) -> dict[str, Any]:
        """Who is at high risk is told what happened."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("risk") == Risk.HIGH and "plain" not in self.errors and not told.get("plain"):
            self.add_error("plain", _("The persons concerned have to be told: write what happened, for them."))
        return told


class AuthorityForm(Form):
    """When the authority was told."""

    on = moment_field(_("When was the authority told?"))
    late_because = multiline_field(
        _("Why later than 72 hours?"), MOST_WORDS, required=False, help_text=_("Only if it was later.")
    )


class PersonsForm(Form):
    """When the persons were told, or why they are not."""

    on = moment_field(_("When were the persons told?"), required=False)
    not_because = multiline_field(
        _("If they are not told: why not?"),
        MOST_WORDS,
        required=False,
        help_text=_("For example: the data were encrypted, or the risk is over."),
    )


def datetime_local_value(local_moment: datetime) -> str:
    """A moment as the browser's field takes it."""
    return local_moment.strftime("%Y-%m-%dT%H:%M")


class RetentionTermsForm(Form):
    """The days for which each kind of data is kept, within its bounds. ``initial`` are those of the zone."""

    def __init__(self, data: Any = None, *, initial: Mapping[str, int], shortest: Mapping[str, timedelta]) -> None:
        super().__init__(data, initial=dict(initial))
        for key, rule in SETTABLE.items():
            most = longest_retention_days(rule)
            words = _("%(since)s, in days: from %(least)s to %(most)s.")
            hint = words % {"since": capfirst(str(rule.since)), "least": rule.least, "most": most}
            other = shortest.get(key, timedelta(most)).days
            if other < initial[key]:
                hint = f"{hint} {_('Another zone keeps this for %s days only, and that holds here too.') % other}"
            self.fields[key] = forms.IntegerField(label=rule.what, help_text=hint, min_value=rule.least, max_value=most)
