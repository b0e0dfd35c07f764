"""What is asked when installations meet, and when a message of another one is taken over."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from plp.exchange.models import PartnerInstallation
from plp.exchange.refusals import OfferReasonMissing
from plp.exchange.rules import SHORTEST_REASON
from plp.partnership.models import Partnership
from plp.places.models import Area
from plp.portal.shell.fields import NamedChoiceField, NamedMultipleChoiceField, day_field, set_named_choices
from plp.portal.shell.forms import Form

MOST_FILE = 32 * 2**20  # an archive of some hundred members with its papers


class PairInstallationForm(Form):
    """For which zone, and by which way letters come."""

    area = NamedChoiceField(label=_("For which zone"), queryset=Area.objects.none(), empty_label=None)
    by_file = forms.BooleanField(
        label=_("Letters come by file on a stick"),
        help_text=_("Only if no letter can come over the network."),
        required=False,
    )

    def __init__(self, *args: Any, areas: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["area"]
        set_named_choices(field, areas, language)
        if len(areas) == 1:
            field.initial, field.widget = areas[0].pk, forms.HiddenInput()


class AcceptInvitationForm(PairInstallationForm):
    """The invitation that came, pasted."""

    read_rules = frozenset()  # sealed by another installation

    invitation = forms.CharField(
        label=_("The invitation that you were sent"),
        help_text=_("Paste all of it."),
        max_length=6_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    field_order = ("invitation", "area", "by_file")


class LetterFileForm(Form):
    """A file of letters from a stick."""

    file = forms.FileField(label=_("File with letters"))

    def clean_file(self) -> bytes:
        """What is in the file."""
        upload: UploadedFile = self.cleaned_data["file"]
        if (upload.size or 0) > MOST_FILE:
            raise forms.ValidationError(
                _("This file is too large for this page. Whoever runs this installation reads it in.")
            )
        return upload.read(MOST_FILE + 1)


class ConfirmForm(Form):
    """That the words agree."""

    words_agree = forms.BooleanField(label=_("We read all sixteen words aloud to each other. They agree."))


class OfferAcceptForm(Form):
    """For which neighbourhoods a message of others is taken over."""

    partnerships = NamedMultipleChoiceField(
        label=_("For which neighbourhoods?"),
        queryset=Partnership.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, partnerships: Any, language: str, is_bound_to_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_named_choices(self.fields["partnerships"], partnerships, language)
        if is_bound_to_first:  # a correction goes where the first message went
            del self.fields["partnerships"]


class InstallationField(forms.ModelChoiceField):
    """One of the connected installations, by its name."""

    def label_from_instance(self, obj: PartnerInstallation) -> str:
        """The name that it gave itself."""
        return str(obj.name)


class OfferMoveForm(Form):
    """To which installation a partnership moves, not asked where there is one; and when."""

    partner = InstallationField(
        label=_("To which installation?"), queryset=PartnerInstallation.objects.none(), empty_label=None
    )
    day = day_field(
        _("On which day?"),
        _("At least three weeks ahead. Left empty: three weeks after the other side accepts."),
        required=False,
    )

    def __init__(self, *args: Any, partners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["partner"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = partners
        if len(partners) == 1:
            field.initial, field.widget = partners[0].pk, forms.HiddenInput()


class RefuseOfferForm(Form):
    """Why a message of others is not taken over."""

    because = forms.CharField(
        label=_("Why do you refuse it?"),
        help_text=_("The police who wrote it read this. At least ten characters."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_because(self) -> str:
        """At least ten characters."""
        because = str(self.cleaned_data["because"]).strip()
        if len(because) < SHORTEST_REASON:
            raise forms.ValidationError(OfferReasonMissing().in_words())
        return because
