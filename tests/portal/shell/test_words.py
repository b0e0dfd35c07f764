"""``{% translate %}`` says what Django's tag says, in every language."""

import pytest
from django.template import Context, Engine, Template
from django.templatetags import i18n
from django.utils.translation import deactivate_all, override

from plp.portal.shell.words import Words

DJANGO = Engine(builtins=["django.templatetags.i18n"])
SAID = [
    '{% translate "Members" %}',
    "{% translate 'Members' %}",
    '{% translate "Members" as one %}<{{ one }}{{ one }}>',
    '{% translate "<b>100 %</b> & \\"more\\"" %}',
    '{% translate "Members"|upper %}',
    '{% translate "Members"|lower as one %}{{ one }}',
    '{% translate "May" context "month" %}',
    '{% translate "Members" noop %}',
    "{% translate words %}",
    "{% translate words as one %}{{ one }}",
    '{% autoescape off %}{% translate "Members" as one %}{{ one }}{% translate "<i>" %}{% endautoescape %}',
]
HERE = Context({"words": "Members <all>"})


@pytest.mark.parametrize("source", SAID)
def test_it_says_what_django_says(source: str) -> None:
    ours, theirs = Template(source), DJANGO.from_string(source)

    for language in ("fr", "nl", "de", "en", "nl", "fr"):
        with override(language):
            assert ours.render(Context(HERE.flatten())) == theirs.render(Context(HERE.flatten()))
    deactivate_all()
    assert ours.render(Context(HERE.flatten())) == theirs.render(Context(HERE.flatten()))


def test_words_are_looked_up_once_for_each_language(monkeypatch: pytest.MonkeyPatch) -> None:
    page, asked = Template('{% translate "Members" %}'), []
    look_up = i18n.TranslateNode.render

    def counted(node: i18n.TranslateNode, context: Context) -> str:
        asked.append(node)
        return look_up(node, context)

    monkeypatch.setattr(i18n.TranslateNode, "render", counted)
    for language in ("fr", "nl", "fr", "nl", "nl"):
        with override(language):
            page.render(Context())

    assert len(asked) == 2


@pytest.mark.parametrize("source", ["{% translate words %}", '{% translate "Members"|upper %}'])
def test_what_could_differ_is_asked_each_time(source: str) -> None:
    assert not isinstance(Template(source).nodelist[0], Words)
    assert isinstance(Template('{% translate "Members" %}').nodelist[0], Words)
