"""What the neighbourhood sees of a launch: publications (R28), signs and stickers (R147)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from plp.partnership.models import Partnership
from plp.people.models import Person
from plp.toolbox.ids import new_random_id


class Publication(models.Model):
    """The launch was made known: where, when, with a proof."""

    class Medium(models.TextChoices):
        PRESS = "press", _("local press")
        BULLETIN = "bulletin", _("municipal paper")
        WEBSITE = "website", _("website")
        POSTER = "poster", _("poster or notice board")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="publications")
    medium = models.CharField(max_length=10, choices=Medium)
    title = models.CharField(max_length=120)  # of the newspaper, site or place
    published_on = models.DateField()
    proof = models.CharField(max_length=300)  # address or page
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()


class Sign(models.Model):
    """Signs or stickers: ordered, then placed or handed out, with the consent of the manager of the road."""

    class Kind(models.TextChoices):
        SIGN = "sign", _("sign on the road")
        STICKER = "sticker", _("sticker")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="signs")
    kind = models.CharField(max_length=10, choices=Kind)
    count = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=160)
    road_manager = models.CharField(max_length=120, blank=True)  # an office: municipality, region
    ordered_on = models.DateField()
    placed_on = models.DateField(null=True)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(count__gte=1), name="launch_sign_count"),
            models.CheckConstraint(
                condition=Q(placed_on=None) | Q(placed_on__gte=F("ordered_on")), name="launch_sign_dates"
            ),
        ]
