"""The partners' contact details: a charter without them cannot be signed (R92)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plp.mandates.grants import Role
from plp.partnership.models import Partnership
from plp.partnership.translations import TranslatedRow
from plp.people.models import Person
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_random_id

# Who signs (R93), in the order in which the page names them; each slot is also one line of the contact details.
SLOTS: tuple[Role, ...] = (Role.MUNICIPALITY, Role.CHIEF, Role.OFFICER, Role.COORDINATOR)
SLOT_NAMES = {  # beside a name: words that fit whoever bears it
    Role.MUNICIPALITY.value: _("mayor, or who signs for the mayor"),
    Role.CHIEF.value: pgettext_lazy("office", "chief of corps"),
    Role.OFFICER.value: pgettext_lazy("office", "mandated police officer"),
    Role.COORDINATOR.value: pgettext_lazy("office", "coordinator"),
}


class Contact(TranslatedRow):
    """How a partner is reached in this quality: functional details, sealed as everything that reaches somebody."""

    class AddressedAs(models.TextChoices):
        MADAM = "madam", _("Madam")
        SIR = "sir", _("Sir")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="partner_contacts")
    slot = models.CharField(max_length=20, choices=list(SLOT_NAMES.items()))
    organisation = models.CharField(max_length=120)
    name = SealedText()
    email = SealedText()
    phone = SealedText()
    addressed_as = models.CharField(max_length=5, choices=AddressedAs, blank=True, db_default="")  # blank: either
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "slot"], name="charter_contact_once")]
