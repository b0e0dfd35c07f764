"""How forms are drawn: every field by one component, with its label, hint and error."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Named by ``FORM_RENDERER``: ``{{ form.name.as_field_group }}`` and ``{% field form.name %}`` draw the same."""

    field_template_name = "shell/components/field.html"
    form_template_name = "shell/components/form.html"
