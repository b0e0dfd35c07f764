"""Which earlier messages a desk shows, and in which order: in the address of the page, for it names nobody."""

from functools import cache
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from plp.charter.kinds import KINDS
from plp.mandates.scopes import AreaScope
from plp.notices.models import Notice
from plp.notices.states import State
from plp.partnership.models import Partnership
from plp.partnership.queries import names_and_keys_by_alphabet
from plp.portal.shell.forms import Form

ANY = ("", _("All"))
OLDEST = "oldest"


class EarlierMessagesForm(Form):
    """Partnership, kind, what became of it, order; nothing chosen shows everything, and so does what does not exist."""

    partnership = forms.ChoiceField(label=_("Partnership"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[ANY, *((key, kind.label) for key, kind in KINDS.items())], required=False
    )
    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ANY,
            (State.RELAYED, _("relayed")),
            (State.RETRACTED, _("stopped")),
            (State.EXPIRED, _("expired")),
            (State.DROPPED, _("dropped")),
        ],
        required=False,
    )
    order = forms.ChoiceField(
        label=_("Order"), choices=[("", _("Newest first")), (OLDEST, _("Oldest first"))], required=False
    )

    def __init__(self, *args: Any, areas: AreaScope, language: str, **kwargs: Any) -> None:
        """``areas``: those of the desk; their partnerships are asked for once, when the form is shown or read."""
        super().__init__(*args, **kwargs)

        @cache
        def partnership_choices() -> list[tuple[str, Any]]:
            rows = names_and_keys_by_alphabet(Partnership.objects.filter(area__in=areas), language)
            return [ANY, *((key, name) for name, key in rows)]

        self.fields["partnership"].choices = partnership_choices  # type: ignore[attr-defined]

    def filter_notices(self, notices: QuerySet[Notice]) -> QuerySet[Notice]:
        """Those of ``notices`` that were asked for; everything where nothing was."""
        if not self.is_bound:
            return notices
        self.is_valid()
        columns = {"partnership": "partnership__key", "kind": "kind", "state": "state"}
        wanted = {columns[name]: value for name, value in self.cleaned_data.items() if name in columns and value}
        chosen = notices.filter(**wanted)
        return chosen.order_by("created_at", "pk") if self.cleaned_data.get("order") == OLDEST else chosen
