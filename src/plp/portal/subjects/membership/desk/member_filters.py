"""What a coordinator asks of the list of members: filter, order and columns, which stand in the address of the page."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Count, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from plp.delivery.installed import channels
from plp.membership.models import Membership
from plp.places.models import name_in_language
from plp.places.rules.target_areas import FIRMS, RESIDENTS
from plp.portal.shell.forms import Form
from plp.portal.subjects.membership.desk.member_list import (
    BY_NAME,
    EVEN,
    FAILING,
    NEWEST,
    ODD,
    UNCONFIRMED,
    MemberFilter,
)
from plp.toolbox.texts import OFFICIAL_LANGUAGES
from plp.toolbox.words import alphabetical_key

LANGUAGE_COLUMN, WAYS_COLUMN, SINCE_COLUMN = "language", "ways", "since"
USUAL_COLUMNS = (WAYS_COLUMN, LANGUAGE_COLUMN)
ANY = ("", _("All"))


class MemberFilterForm(Form):
    """Street, side, way, what is wrong; order; columns; never a language (R63). An unknown value counts as none."""

    street = forms.ChoiceField(label=_("Street"), required=False)
    side = forms.ChoiceField(
        label=_("Side of that street"),
        choices=[ANY, (ODD, capfirst(_("odd numbers"))), (EVEN, capfirst(_("even numbers")))],
        required=False,
    )
    channel = forms.ChoiceField(label=_("Reached by"), required=False)
    trouble = forms.ChoiceField(
        label=_("What is wrong"),
        choices=[ANY, (FAILING, _("Messages come back")), (UNCONFIRMED, _("No confirmed contact"))],
        required=False,
    )
    members = forms.ChoiceField(
        label=_("Firms and residents"),
        choices=[ANY, (FIRMS, capfirst(_("firms alone"))), (RESIDENTS, capfirst(_("residents alone")))],
        required=False,
    )
    order = forms.ChoiceField(
        label=_("Order"),
        choices=[("", _("Street and number")), (BY_NAME, _("Name")), (NEWEST, _("Newest first"))],
        required=False,
    )
    columns = forms.MultipleChoiceField(
        label=_("Show also"),
        choices=[
            (WAYS_COLUMN, _("How they are reached")),
            (LANGUAGE_COLUMN, _("Language")),
            (SINCE_COLUMN, _("Member since")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self, *args: Any, members: QuerySet[Membership], language: str, has_firms: bool, **kwargs: Any
    ) -> None:
        """``members``: all that may be seen; the choices tell how many there are of each."""
        super().__init__(*args, **kwargs)
        if not has_firms:
            del self.fields["members"]
        self.total = members.count()
        self._set_choices("street", _street_choices(members, language))
        self._set_choices("channel", [(key, channel.label) for key, channel in channels().items()])

    def _set_choices(self, field: str, choices: Iterable[tuple[str, Any]]) -> None:
        self.fields[field].choices = [ANY, *choices]  # type: ignore[attr-defined]

    @property
    def columns_shown(self) -> tuple[str, ...]:
        """The columns beside name and door: the usual ones until others are chosen."""
        return tuple(self._validated_values_or_none_if_unbound().get("columns") or USUAL_COLUMNS)

    def member_filter(self, words: str = "") -> MemberFilter:
        """What was asked, with the ``words`` typed in the search field."""
        values = self._validated_values_or_none_if_unbound()
        street = values.get("street")
        wanted = {name: values.get(name, "") for name in ("channel", "trouble", "order", "members")}
        side = values.get("side", "") if street else ""
        return MemberFilter(int(street) if street else None, side, words=words, **wanted)

    def _validated_values_or_none_if_unbound(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data if self.is_bound else {}


def _street_choices(members: QuerySet[Membership], language: str) -> list[tuple[str, str]]:
    street = "person__household__street"
    columns = (street, *(f"{street}__name_{one}" for one in OFFICIAL_LANGUAGES))
    rows = members.exclude(**{street: None}).values_list(*columns).annotate(Count("pk")).order_by()
    named_streets = [(str(key), name_in_language(language, *names), number) for key, *names, number in rows]
    return [
        (key, f"{name} ({number})")
        for key, name, number in sorted(named_streets, key=lambda row: alphabetical_key(row[1]))
    ]
