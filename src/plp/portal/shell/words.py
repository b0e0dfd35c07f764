"""``{% translate %}`` in place of Django's: words of a template are looked up once for each language (ADR 28)."""

from typing import Any

from django import template
from django.templatetags import i18n
from django.utils.translation import get_language

register = template.Library()


class Words(i18n.TranslateNode):
    """Words without a filter and without a context: in one language always the same."""

    def __init__(self, words: i18n.TranslateNode) -> None:
        super().__init__(words.filter_expression, noop=False)
        self.kept_as = words.asvar
        self.known: dict[str | None, Any] = {}

    def render(self, context: template.Context) -> str:
        """The words, or nothing where the template keeps them under a name."""
        language = get_language()
        if language not in self.known:
            self.known[language] = super().render(context)
        if self.kept_as:
            context[self.kept_as] = self.known[language]
            return ""
        return self.known[language]


@register.tag
def translate(parser: template.base.Parser, token: template.base.Token) -> i18n.TranslateNode:
    """As Django's tag of that name."""
    node = i18n.do_translate(parser, token)
    expression = node.filter_expression
    stands_there = getattr(expression.var, "lookups", None) is None and not expression.filters
    return node if node.noop or node.message_context or not stands_there else Words(node)
