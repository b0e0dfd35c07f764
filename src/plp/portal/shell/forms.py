"""The form that every form of the portal is, and how forms are drawn: each field with its label, hint and error."""

from collections.abc import Iterator, Set
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.forms.renderers import TemplatesSetting
from django.utils.translation import get_language

from plp.partnership.translations import TranslatedText
from plp.wording.held_words import PUBLIC_RULES, HeldWords, require_text_passes_check

SHORT = 20  # letters: a code, a house number, a telephone


class Form(forms.Form):
    """A form whose words pass the message check before others read them (R71-R74, R122, ADR 91).

    What breaks one of the ``read_rules`` is refused at its field; what a field held before may stay. A form that the
    police alone read, or that an action reads by rules of its own, has none.
    """

    read_rules: ClassVar[Set[str]] = PUBLIC_RULES

    def full_clean(self) -> None:
        """Clean every field as Django does, then read what was typed."""
        super().full_clean()
        if self.is_bound and self.read_rules:
            for name in [name for name in self.fields if name in self.cleaned_data]:
                self._check_typed_words(name)

    def _check_typed_words(self, name: str) -> None:
        field = self.fields[name]
        before = self.get_initial_for_field(field, name)
        accepted = "\n".join(words for _language, words in _typed_words(name, field, before))
        for language, words in _typed_words(name, field, self.cleaned_data[name]):
            is_name = not isinstance(field.widget, forms.Textarea)
            try:
                require_text_passes_check(
                    words, language=language, rules=self.read_rules, accepted=accepted, is_name=is_name
                )
            except HeldWords as held:
                self.add_error(name, held.in_words())
                return


def _typed_words(name: str, field: forms.Field, value: Any) -> Iterator[tuple[str, str]]:
    """What was typed into a field in words, each with its language; nothing for a choice, a number, a secret."""
    if isinstance(value, TranslatedText):
        yield from ((value.language, value.words), *value.others.items())
    elif value and type(field) is forms.CharField and type(field.widget) in {forms.TextInput, forms.Textarea}:
        code = name.rpartition("_")[2]
        if (field.max_length or SHORT + 1) > SHORT:
            yield code if code in dict(settings.LANGUAGES) else get_language() or "fr", str(value)


class FoldedFields:
    """For a form: the fields ``folded``, which most leave as they are, stand under ``folded_title``, drawn last.

    They are shown at once where one of them holds something (a choice always does), was changed or is at fault.
    """

    folded: tuple[str, ...] = ()
    folded_title: Any = ""

    @property
    def is_unfolded(self: Any) -> bool:
        """Whether something stands in them, or is wrong there."""
        names = [name for name in self.folded if name in self.fields]
        if self.is_bound:
            return any(name in self.changed_data or self[name].errors for name in names)
        return any(self[name].value() for name in names if not isinstance(self.fields[name], forms.ChoiceField))


class Renderer(TemplatesSetting):
    """Named by ``FORM_RENDERER``: ``{{ form.name.as_field_group }}`` and ``{% field form.name %}`` draw the same."""

    field_template_name = "shell/components/field.html"
    form_template_name = "shell/components/form.html"
