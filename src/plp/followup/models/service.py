"""The register of police and judicial services, and the log of contacts with them (R58)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.places.models import Area
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_random_id


class Service(models.Model):
    """A service with whom the police of an area keep contact. ``person`` names a function, or who holds it."""

    class Kind(models.TextChoices):
        """The services that the founding text names."""

        LOCAL = "local", _("local police")
        FEDERAL = "federal", _("federal police")
        JUDICIAL = "judicial", _("judicial service")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="services")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=120)
    person = SealedText(blank=True)
    phone = SealedText(blank=True)
    email = SealedText(blank=True)
    about = models.CharField(max_length=300, blank=True)  # for what one turns to it
    struck_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["area", "kind"])]


class ServiceContact(models.Model):
    """One contact: when, about what, what came of it. Never a case: those stay in the files of the police."""

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="contacts")
    partnership = models.ForeignKey(Partnership, on_delete=models.SET_NULL, null=True, related_name="+")
    on = models.DateField()
    subject = models.CharField(max_length=120)
    outcome = SealedText(blank=True)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["service", "on"])]
