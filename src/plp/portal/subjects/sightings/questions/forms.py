"""The forms of questions and answers."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from plp.portal.shell.fields import RobotTrapField
from plp.portal.shell.forms import Form
from plp.sightings.actions.questions import MOST_ANSWER, MOST_SHARED, MOST_WORDS
from plp.sightings.models import Question


class AskQuestionForm(Form):
    """To whom, and what. A member may show their name."""

    read_rules = frozenset()  # the police read first what is for the coordinator

    to = forms.ChoiceField(label=_("To whom?"), choices=Question.To.choices, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("What is it?"), choices=Question.Kind.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Your words"),
        help_text=_("Do not name or describe anybody. At most 1000 characters."),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    shows_name = forms.BooleanField(
        label=_("Whoever answers may see my name"),
        help_text=_("Without this tick they see that a member is asking, but not who."),
        required=False,
    )
    homepage = RobotTrapField()

    def __init__(self, *args: Any, is_member: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_member:
            del self.fields["shows_name"]


class AnswerQuestionForm(Form):
    """The answer to whoever asked."""

    words = forms.CharField(
        label=_("Your answer"),
        help_text=_("Only whoever asked reads it."),
        max_length=MOST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class ShareForm(Form):
    """Question and answer as all members may read them."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    asked = forms.CharField(
        label=_("The question, in your words"),
        help_text=_("Nobody must be able to guess who asked. At most 300 characters."),
        max_length=MOST_SHARED,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    answered = forms.CharField(label=_("The answer"), max_length=MOST_ANSWER, widget=forms.Textarea(attrs={"rows": 6}))
