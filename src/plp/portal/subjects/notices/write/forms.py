"""The forms in which a message is begun and written."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plp.charter.kinds import CHOICES, KINDS
from plp.notices import actions as notices
from plp.notices.models import Notice, ZoneText
from plp.notices.rules.answers import default_last_day_to_answer
from plp.notices.subjects import CHOICES as SUBJECT_CHOICES
from plp.notices.subjects import SUBJECTS
from plp.people.models import Person
from plp.portal.shell.forms import Form
from plp.portal.subjects.notices.forms import QuarterField, QuartersField
from plp.toolbox import clock
from plp.toolbox.moves import Refused

REFRESHES_SITUATIONS = {  # those of shops come first once a partnership of shops is chosen (R33)
    "data-hx-get": ".",
    "data-hx-include": "#find",
    "data-hx-select": "#situations",
    "data-hx-target": "#situations",
    "data-hx-swap": "outerHTML",
}


class SubmitNoticeForm(Form):
    """A tick, asked only where no sentence says what people should do or can do (R109)."""

    nothing_to_do = forms.BooleanField(
        label=_("There is nothing for people to do: offer it as it is"),
        error_messages={"required": _("Say what people should do, or tick that there is nothing to do.")},
    )

    def __init__(self, *args: Any, must_confirm_nothing_to_do: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not must_confirm_nothing_to_do:
            del self.fields["nothing_to_do"]


class NewNoticeForm(Form):
    """Where, and what it is about; kind and reason are those of the situation unless chosen (R109).

    Feedback starts from the message it answers, so it is no choice here.
    """

    kind = forms.ChoiceField(
        label=_("Kind of message"),
        widget=forms.RadioSelect,
        choices=[(key, label) for key, label in CHOICES if not KINDS[key].needs_origin],
        required=False,
    )
    reason = forms.ChoiceField(
        label=_("Why do you send it?"), widget=forms.RadioSelect, choices=Notice.Reason.choices, required=False
    )
    subject = forms.ChoiceField(required=False, choices=SUBJECT_CHOICES)

    def __init__(
        self, *given: Any, quarters: Any, language: str, templates: Sequence[ZoneText] = (), **named: Any
    ) -> None:
        super().__init__(*given, **named)
        self.templates = {template.sentence_key: template for template in templates}
        self.fields["reason"].need = _("needed if you write it by hand")  # type: ignore[attr-defined]
        self.fields["subject"].choices = [*SUBJECT_CHOICES, *((key, key) for key in self.templates)]  # type: ignore[attr-defined]
        choice = QuarterField(
            label=_("Partnership"), queryset=quarters, language=language, empty_label=_("Choose the neighbourhood")
        )
        choice.widget.attrs |= REFRESHES_SITUATIONS
        also = QuartersField(
            label=_("The same message to other neighbourhoods of your area"),
            help_text=_("Each coordinator relays it by the plan of the neighbourhood."),
            queryset=quarters,
            language=language,
            required=False,
        )
        self.fields = {"partnership": choice, "also": also, **self.fields}
        if not self.is_bound and len(found := list(quarters[:2])) == 1:
            self.initial["partnership"] = found[0].pk

    def clean(self) -> dict[str, Any]:
        """Without a situation, kind and reason are chosen."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        subject = cleaned.get("subject", "")
        situation = SUBJECTS.get(self.templates[subject].situation if subject in self.templates else subject)
        for name in ("kind", "reason"):
            if situation and not cleaned.get(name):
                cleaned[name] = getattr(situation, name)
            elif not cleaned.get(name) and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        return cleaned

    @property
    def is_newsletter_of_one_partnership(self) -> bool:
        """Whether it is a newsletter of one partnership, begun by hand: its rubrics have a page of their own (R143)."""
        chosen = self.cleaned_data
        return chosen["kind"] == "newsletter" and not chosen["also"] and not chosen["subject"]

    @transaction.atomic
    def create_draft_with_quarters_and_sentences(self, *, by: Person, at: datetime) -> Notice:
        """The draft with its other quarters and the sentences of its situation."""
        given = self.cleaned_data
        first = {name: given[name] for name in ("partnership", "kind", "reason")}
        notice = notices.create_notice_draft(**first, by=by, at=at)
        if given["also"]:
            notices.set_other_partnerships_of_draft(notice=notice, partnerships=list(given["also"]), by=by, at=at)
        if template := self.templates.get(given["subject"]):
            notices.fill_draft_from_template(notice=notice, template=template, by=by, at=at)
        elif given["subject"]:
            notices.fill_empty_languages_from_catalogue(notice=notice, subject=given["subject"], by=by, at=at)
        return notice

    def kind_rows(self) -> list[tuple[Any, Any]]:
        """Each button of the kind with the words that say what the kind is for."""
        return [(button, KINDS[button.data["value"]].help) for button in self["kind"]]


class NoticeDetailsForm(Form):
    """What belongs to a message of its kind beside its words (R76, R77, R108, R109, R111, R125).

    A message that asks for answers has their last day instead of reason and end: these are those of its kind.
    """

    read_rules = frozenset()  # the message check reads them by every rule, and shows where

    reason = forms.ChoiceField(label=_("Why do you send it?"), choices=Notice.Reason.choices)
    expires_at = forms.DateTimeField(
        label=_("Not to be sent after"),
        help_text=_("The communication plan may set an earlier end."),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    send_at = forms.DateTimeField(
        label=_("Send it at"),
        help_text=_("Empty: as soon as it is released and relayed. It can be stopped until then."),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    reaches_newcomers = forms.BooleanField(label=_("Also for those who join while it is valid."), required=False)
    answer_by = forms.DateField(
        label=_("Answers until"),
        help_text=_("Every copy says so in its language, with a link. The police alone read the answers."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    official_reference = forms.CharField(
        label=_("Reference of the official notice"),
        help_text=_("This kind of message is sent on an official source only."),
        max_length=60,
        required=False,
    )
    prosecutor_consulted_on = forms.DateField(
        label=_("Public prosecutor consulted on"),
        help_text=_(
            "Needed when the message touches an investigation: the day on which you asked. Leave it empty otherwise. "
            "With the reference of an official notice, its words then pass as they are written."
        ),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    keeps_secrecy = forms.BooleanField(
        label=_("The message does not harm the secrecy of the investigation."), required=False
    )

    def __init__(self, data: Any = None, *, notice: Notice) -> None:
        self.kept = {name: getattr(notice, name) for name in self.base_fields}
        answer_by = notice.answer_by or default_last_day_to_answer(notice.kind, at=clock.now())
        super().__init__(data, initial=self.kept | {"answer_by": answer_by})
        asked = {"reason", "keeps_secrecy", "prosecutor_consulted_on", *KINDS[notice.kind].fields}
        asked -= {"reason"} if "answer_by" in asked else set()
        asked -= {"reaches_newcomers"} if notice.corrects_id or notice.answers_id else set()
        self.fields = {name: field for name, field in self.fields.items() if name in asked}

    def add_refusals(self, refusals: Iterable[Refused]) -> None:
        """Say each at the field that it is about, or above the form."""
        for refusal in refusals:
            self.add_error(refusal.field if refusal.field in self.fields else None, refusal.in_words())

    def clean_send_at(self) -> datetime | None:
        """An hour that is to come."""
        moment: datetime | None = self.cleaned_data["send_at"]
        if moment and moment <= clock.now():
            raise forms.ValidationError(_("This hour has passed. Choose a later one, or none: it then leaves at once."))
        return moment

    def clean_answer_by(self) -> date:
        """Nobody answers on a day that is over."""
        day: date = self.cleaned_data["answer_by"]
        if day < timezone.localdate(clock.now()):
            raise forms.ValidationError(_("This day is over. Choose a later one."))
        return day

    def clean_prosecutor_consulted_on(self) -> date | None:
        """Nobody was asked yet on a day that has not come."""
        day: date | None = self.cleaned_data["prosecutor_consulted_on"]
        if day and day > timezone.localdate(clock.now()):
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    @property
    def is_unfolded(self) -> bool:
        """Whether something that stands folded needs a look, or was chosen."""
        watched = ("send_at", "expires_at", "prosecutor_consulted_on")
        return any(name in self.errors or self[name].value() for name in watched if name in self.fields)

    @property
    def folded(self) -> list[forms.BoundField]:
        """What stands folded: all but the tick, and what an official notice cannot do without."""
        upfront = {"keeps_secrecy", "answer_by"} | (
            {"official_reference", "expires_at"} if "official_reference" in self.fields else set()
        )
        return [bound for bound in self if bound.name not in upfront]

    def notice_values(self) -> dict[str, Any]:
        """The fields of ``notices.set_details_of_draft``; what the kind does not ask stays as it is."""
        return self.kept | self.cleaned_data


class NoticeTextForm(Form):
    """The words in one language. All three empty: this language is not written."""

    read_rules = frozenset()  # the message check reads them by every rule, and shows where

    title = forms.CharField(label=_("Title"), max_length=100)
    core = forms.CharField(
        label=_("Short text"),
        help_text=_("The whole SMS, and the beginning of the e-mail."),
        max_length=480,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    more = forms.CharField(
        label=_("Longer text"),
        help_text=_("For e-mail, letters and calls only."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, data: Any = None, *, language: str, initial: dict[str, str]) -> None:
        super().__init__(data, prefix=language, initial=initial)
        self.language = language
        for field in self.fields.values():
            field.widget.attrs["lang"] = language
        if self.is_bound and not any(self.title_core_and_more()):
            for field in self.fields.values():
                field.required = False

    def title_core_and_more(self) -> tuple[str, str, str]:
        """Title, core and more as typed, checked or not."""
        title, core, more = (str(self.data.get(self.add_prefix(name)) or "") for name in ("title", "core", "more"))
        return " ".join(title.split()), core.strip(), more.strip()
