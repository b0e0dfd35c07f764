"""Forms of talks and stakeholders."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from plp.launch.actions import consultations, stakeholders
from plp.launch.models import Consultation, Stakeholder
from plp.partnership.translations import TranslatedText
from plp.portal.shell.fields import day_field
from plp.portal.shell.forms import Form
from plp.portal.shell.translated_fields import TranslatedTextField

CONDITIONS_GO = _("A condition of the police or the municipality then stands ready among its expectations.")


def lines_field(label: Any, hint: Any, most: int, *, required: bool = True) -> forms.CharField:
    """A few lines."""
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=hint, max_length=most, required=required, widget=area)


class AuthorityTalkForm(Form):
    """A talk with an authority (R12, R13)."""

    authority = forms.ChoiceField(label=_("With whom?"), choices=Consultation.Authority.choices)
    held_on = day_field(_("On which day?"))
    persons = lines_field(
        _("Who was there?"), _("Names and functions, also from your side."), consultations.MOST_PERSONS
    )
    reference = forms.CharField(
        label=_("Reference"),
        help_text=_("Number of the letter or report, or how it was recorded."),
        max_length=consultations.MOST_REFERENCE,
    )
    outcome = forms.ChoiceField(label=_("What came of it?"), choices=Consultation.Outcome.choices)
    remark = lines_field(_("Conditions or reasons"), CONDITIONS_GO, consultations.MOST_REMARK, required=False)

    @property
    def talk(self) -> consultations.TalkDetails:
        """What was filled in."""
        return consultations.TalkDetails(**self.cleaned_data, language=get_language() or "")


def proof_field(languages: Sequence[str], **named: Any) -> TranslatedTextField:
    """A proof in words, in the language of whoever writes, with its sisters folded under it."""
    return TranslatedTextField(
        label=_("Proof in words"),
        help_text=_("Who received it, what was agreed, reference."),
        languages=languages,
        max_length=500,
        rows=3,
        required=False,
        **named,
    )


def proof_values(text: TranslatedText | None) -> dict[str, Any]:
    """What ``InformationProof`` takes of a proof that was typed."""
    return {"proof": text.words, "language": text.language, "others": text.others} if text else {}


class AddStakeholderForm(Form):
    """Who must know (R15)."""

    who = forms.CharField(
        label=_("Who must know?"), help_text=_("A school, a shop, an association, a service …"), max_length=160
    )
    told_on = day_field(_("Told on"), _("Leave it empty if they are still to be told."), required=False)
    means = forms.ChoiceField(label=_("How?"), choices=Stakeholder.Means.choices, required=False)

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["concern"] = TranslatedTextField(
            label=_("Why?"), languages=languages, max_length=200, required=False
        )
        self.fields["proof"] = proof_field(languages)

    def clean(self) -> None:
        """Who was told was told in some way."""
        if self.cleaned_data.get("told_on") and not self.cleaned_data.get("means"):
            self.add_error("means", _("Choose how they were told."))

    @property
    def information_proof(self) -> stakeholders.InformationProof | None:
        """How they were told, if they were."""
        entry = self.cleaned_data
        if entry["told_on"] is None:
            return None
        return stakeholders.InformationProof(entry["told_on"], entry["means"], **proof_values(entry["proof"]))

    @property
    def reason_values(self) -> dict[str, Any]:
        """Why they must know, with its language and its sisters."""
        words = self.cleaned_data["concern"]
        return (
            {"concern": words.words, "language": words.language, "others": words.others} if words else {"concern": ""}
        )


class StakeholderInformedForm(Form):
    """How they were told, with proof (R15)."""

    told_on = day_field(_("Told on"))
    means = forms.ChoiceField(label=_("How?"), choices=Stakeholder.Means.choices)
    file = forms.FileField(
        label=_("Proof as a file"),
        help_text=_("PDF, PNG or JPEG, at most 5 MB."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )

    field_order = ("told_on", "means", "proof", "file")

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proof"] = proof_field(languages, initial=self.initial.get("proof"))
        self.order_fields(self.field_order)
        for name in ("proof", "file"):
            self.fields[name].need = _("one of the two")  # type: ignore[attr-defined]

    @property
    def information_proof(self) -> stakeholders.InformationProof:
        """What was filled in; of a file the content, never its name."""
        given = self.cleaned_data
        content = given["file"].read() if given["file"] else b""
        words = proof_values(given["proof"])
        return stakeholders.InformationProof(given["told_on"], given["means"], content=content, **words)
