"""How long something is kept, on a page that promises it: the value that the worker keeps to."""

from django import template

from plp.protection.retention_text import retention_period_text

register = template.Library()
register.simple_tag(retention_period_text, name="kept")
