"""The rows of the list of members, written at once: a template would write each of some three hundred cells alone."""

from collections.abc import Collection, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from plp.documents.dates import date_format
from plp.portal.shell.tags import state
from plp.portal.subjects.membership.desk.member_filters import LANGUAGE_COLUMN, SINCE_COLUMN, WAYS_COLUMN
from plp.portal.subjects.membership.desk.member_list import FAILING, ContactWay, MemberListLine
from plp.toolbox.clock import local

BOX = '<input type="checkbox" name="member" value="{}" aria-label="{}">'
ROW = '<tr><td class="field">{}</td><th scope="row">{}</th>{}</tr>'


def member_row(
    line: MemberListLine, ways: Sequence[ContactWay], columns: Collection[str], *, has_quarters: bool
) -> SafeString:
    """One member: a box to tick, the name, the door, and the ``columns`` asked for; whoever left has no box."""
    cells = [line.door or _("Works here, lives elsewhere")]
    if has_quarters:
        cells.append(line.quarter)
    if WAYS_COLUMN in columns:
        cells.append(_ways_cell(ways))
    if LANGUAGE_COLUMN in columns:
        cells.append(line.language.upper())
    if SINCE_COLUMN in columns:
        cells.append(date_format(local(line.joined_at), "SHORT_DATE_FORMAT"))
    box = "" if line.left_at else format_html(BOX, line.key, line.name)
    return format_html(ROW, box, _name_cell(line), format_html_join("", "<td>{}</td>", ((cell,) for cell in cells)))


def _name_cell(line: MemberListLine) -> SafeString:
    name = format_html('<a href="{}">{}</a>', line.url, line.name)
    if line.firm:
        name = format_html("{}<br>{}", name, line.firm)
    if line.opening:
        name = format_html('{}<br><span class="small">{}</span>', name, line.opening)
    if line.left_at is None:
        return name
    words = _("left on %(day)s") % {"day": date_format(local(line.left_at), "DATE_FORMAT")}
    return format_html("{} {}", name, state(words, "plain"))


def _ways_cell(ways: Sequence[ContactWay]) -> SafeString:
    if not ways:
        return state(_("no way to reach them"), "warn")
    return format_html_join(", ", "{}", ((_way_and_trouble(way),) for way in ways))


def _way_and_trouble(way: ContactWay) -> str:
    if way.trouble == FAILING:
        return state(_("%(way)s: to be checked") % {"way": way.label}, "warn")
    if way.trouble:
        return state(_("%(way)s: not confirmed") % {"way": way.label}, "busy")
    return str(way.label)
