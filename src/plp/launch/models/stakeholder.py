"""Who must know how the partnership will work, and the proof that they were told (R15)."""

import json
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from plp.partnership.models import Partnership
from plp.partnership.translations import TranslatedRow, Translations
from plp.people.models import Person
from plp.toolbox.crypto import SealedText
from plp.toolbox.ids import new_random_id
from plp.toolbox.texts import LANGUAGES


class Stakeholder(TranslatedRow):
    """A service, school, shop, association ... Told once ``told_on`` is set, which needs a means and a proof.

    A proof may name a person, and so may its sisters in other languages: ``translations`` are kept sealed.
    """

    class Means(models.TextChoices):
        MEETING = "meeting", _("at a meeting")
        LETTER = "letter", _("by letter")
        MAIL = "mail", _("by e-mail")
        TELEPHONE = "telephone", _("by telephone")
        FOLDER = "folder", _("with the folder")

    id = models.UUIDField(primary_key=True, default=new_random_id, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="stakeholders")
    who = SealedText()  # may name a contact person
    concern = models.CharField(max_length=200, blank=True)  # why they must know
    told_on = models.DateField(null=True)
    means = models.CharField(max_length=10, choices=Means, blank=True)
    proof = SealedText(blank=True)  # in words: who received it, reference
    sealed_translations = SealedText(blank=True, null=True)
    file = models.FileField(upload_to="launch/proofs", max_length=120, blank=True)
    file_kind = models.CharField(max_length=4, blank=True)  # pdf, png, jpg: told by the content, never by a name
    file_digest = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(told_on=None) | ~Q(means=""), name="launch_told_with_means"),
        ]
        indexes = [models.Index(fields=["partnership", "at"])]

    @property
    def translations(self) -> Translations | None:
        """The languages of ``concern`` and ``proof``, and their sisters."""
        sealed = self.sealed_translations
        return json.loads(sealed) if sealed else None

    @translations.setter
    def translations(self, translations: Any) -> None:
        self.sealed_translations = json.dumps(translations)

    @property
    def concern_for_reader(self) -> str:
        """Why they must know, for a reader of the active language."""
        return self.text_in("concern", get_language() or LANGUAGES[0], self.partnership.languages)

    def proof_in(self, language: str) -> str:
        """The proof for a reader of ``language``; a bare reference such as HAREN/4 is the same in all."""
        is_reference = not any(sign.islower() for sign in self.proof)
        return self.proof if is_reference else self.text_in("proof", language, self.partnership.languages)
