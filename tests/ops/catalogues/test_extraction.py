"""What the source asks a translation for: each form of gettext, in modules and in templates."""

from pathlib import Path

import pytest

from plp.ops.catalogues.extraction import messages_of_package

MODULE = """
from django.utils.translation import gettext as _, gettext_lazy, gettext_noop
from django.utils.translation import ngettext, ngettext_lazy, npgettext, pgettext_lazy

A = _("a" " and b")
B = gettext_lazy("lazy"), gettext_noop("noop")
C = ngettext("%d day", "%d days", 2), ngettext_lazy("hour", "hours")
D = pgettext_lazy("month", "May"), npgettext("within", "week", "weeks", 2)
E = _(A)
"""
TEMPLATE = """
{% if x %}
        <h1>{% translate "Title" %}</h1>
  <p title='it isn"t'>{% translate "100 %" %}
{% endif %}
{{ word|default:_("none") }} {% include "x.html" with label=_("Label") %}
    {% blocktranslate with name=x|upper %}Hello {{ name }},
it's late{% endblocktranslate %}
{% blocktranslate count number=n %}{{ number }} vote{% plural %}{{ number }} votes{% endblocktranslate %}
{% translate "May" context "month" %}
{# Translators: said aloud #}
"""


def messages(package: Path) -> set[tuple[str | None, object]]:
    return {(message.context, message.id) for message in messages_of_package(package) if message.id}


def test_modules_ask_in_each_form_of_gettext(tmp_path: Path) -> None:
    (tmp_path / "words.py").write_text(MODULE)

    assert messages(tmp_path) == {
        (None, "a and b"),
        (None, "lazy"),
        (None, "noop"),
        (None, ("%d day", "%d days")),
        (None, ("hour", "hours")),
        ("month", "May"),
        ("within", ("week", "weeks")),
    }


def test_templates_ask_in_each_tag_however_they_are_indented(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "page.html").write_text(TEMPLATE)

    assert messages(tmp_path) == {
        (None, "Title"),
        (None, "100 %%"),
        (None, "none"),
        (None, "Label"),
        (None, "Hello %(name)s,\nit's late"),
        (None, ("%(number)s vote", "%(number)s votes")),
        ("month", "May"),
    }


@pytest.mark.parametrize("name", ["http.py", "numbers.py", "calendar.py"])
def test_a_module_may_be_called_as_one_of_the_standard_library(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text('from django.utils.translation import gettext\n\nX = gettext("said")\n')

    assert messages(tmp_path) == {(None, "said")}
