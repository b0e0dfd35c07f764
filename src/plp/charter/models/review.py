"""The day on which a signed charter is looked at again."""

from django.db import models

from plp.partnership.models import Partnership


class ReviewDay(models.Model):
    """The day that the partners chose; without one, two years after the last signature."""

    partnership = models.OneToOneField(Partnership, on_delete=models.CASCADE, primary_key=True, related_name="+")
    review_on = models.DateField()
