"""What of the list of partnerships is shown, and in which order: in the address, for it names nobody."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from plp.launch.queries.positions import PartnershipFilter, filter_and_order_partnerships
from plp.partnership.models import Partnership
from plp.partnership.states import State
from plp.portal.shell.forms import Form

MANY = 4  # partnerships from which on a list is worth a filter
ORDERS = (("due", _("what is late first")), ("name", _("name")), ("since", _("longest at its step")))


class PartnershipListForm(Form):
    """Words of the name, the state, only what is late, and the order; nothing typed shows everything."""

    words = forms.CharField(label=_("Name"), max_length=80, required=False)
    state = forms.ChoiceField(label=_("State"), choices=[("", _("any")), *State.choices], required=False)
    order = forms.ChoiceField(label=_("Order"), choices=ORDERS, required=False)
    late = forms.BooleanField(label=_("Only what is late"), required=False)

    def filter_and_order(
        self, partnerships: QuerySet[Partnership], language: str, *, at: datetime
    ) -> QuerySet[Partnership]:
        """Those that fit, in the order asked for; what is no answer to a question counts as not asked."""
        self.full_clean()
        values: dict[str, Any] = {key: value for key, value in getattr(self, "cleaned_data", {}).items() if value}
        return filter_and_order_partnerships(partnerships, PartnershipFilter(language=language, **values), at=at)
