"""How forms are drawn: every field by one component, with its label, hint and error."""

from typing import Any

from django.forms import ChoiceField
from django.forms.renderers import TemplatesSetting


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
        return any(self[name].value() for name in names if not isinstance(self.fields[name], ChoiceField))


class Renderer(TemplatesSetting):
    """Named by ``FORM_RENDERER``: ``{{ form.name.as_field_group }}`` and ``{% field form.name %}`` draw the same."""

    field_template_name = "shell/components/field.html"
    form_template_name = "shell/components/form.html"
