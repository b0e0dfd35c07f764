"""A page of ours with one of its forms filled in, as HTML: what was typed stands where it was typed.

The views need not know of it: whatever draws a form, a template, a library or a loop over rows, its controls carry
their names, and what was sent carries them too. Only the tags of these controls change; the rest of the page stays as
it is, to the byte.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.utils.html import conditional_escape, format_html

Typed = Mapping[str, Sequence[str]]
Edit = tuple[int, int, str]  # from, to, what stands there instead
UNTOUCHED = {"hidden", "submit", "button", "image", "reset", "file", "password"}  # kinds that nobody fills in again
TICKED = {"checkbox", "radio"}
TAG = re.compile(  # as templates and Django write them: values stand in double quotes
    r"<(?P<close>/?)(?P<tag>form|input|textarea|select|option|button)\b(?P<attributes>(?:[^>\"]|\"[^\"]*\")*)>"
)
FOLD = re.compile(r"<(?P<close>/?)details\b(?P<attributes>(?:[^>\"]|\"[^\"]*\")*)>")
LABEL = re.compile(r"<(?:label for=\"(?P<control>[^\"]*)\"|legend)[^>]*>\s*(?P<words>[^<]*)")
ATTRIBUTE = re.compile(r"(?P<name>[\w:-]+)(?:=\"(?P<value>[^\"]*)\")?")


@dataclass
class FormControl:
    """An ``input``, ``textarea``, ``select`` or ``option`` with its place in the page; ``inner`` is what it holds."""

    tag: str
    attributes: dict[str, str | None]
    span: tuple[int, int]
    inner: tuple[int, int] = (0, 0)
    owner: "FormControl | None" = None  # the ``select`` of an ``option``

    @property
    def name(self) -> str:
        """Under which it is sent."""
        return (self.owner or self).attributes.get("name") or ""

    @property
    def kind(self) -> str:
        """``type`` of an input, else the tag."""
        return (self.attributes.get("type") or "text") if self.tag == "input" else self.tag


@dataclass
class PageForm:
    """A form: where its content begins, to which addresses it is sent, and its controls."""

    content: int
    addresses: set[str]
    identifier: str = ""
    controls: list[FormControl] = field(default_factory=list)

    def add_control(self, control: FormControl, address: str) -> None:
        """Add one of its controls; a button may send the form elsewhere."""
        self.controls.append(control)
        if control.attributes.get("formaction"):
            self.addresses.add(_path_of_action(address, control.attributes["formaction"]))

    def match_score(self, typed: Typed) -> tuple[int, int]:
        """How well ``typed`` fits: names that it has, then values that only it could have sent."""
        names = {control.name for control in self.controls}
        values = {(control.name, control.attributes.get("value")) for control in self.controls}
        sent = [(name, value) for name, each in typed.items() for value in each]
        return sum(name in names for name in typed), sum(pair in values for pair in sent)


def parse_post_forms(page_html: str, address: str) -> list[PageForm]:
    """The forms of a ``page`` of ours, which stands at ``address``, that are sent by POST."""
    forms: list[PageForm] = []
    controls: list[tuple[PageForm | None, FormControl]] = []  # and the form around each
    form: PageForm | None = None
    select: FormControl | None = None
    for found in TAG.finditer(page_html):
        tag, attributes, end = found["tag"], _parse_attributes(found["attributes"] or ""), found.end()
        if found["close"]:
            form = None if tag == "form" else form
            select = None if tag == "select" else select
        elif tag == "form":
            form = PageForm(end, {_path_of_action(address, attributes.get("action"))}, attributes.get("id") or "")
            if (attributes.get("method") or "").lower() == "post":
                forms.append(form)
        else:
            inner_end = page_html.find("</textarea>", end) if tag == "textarea" else end
            owner = select if tag == "option" else None
            control = FormControl(tag, attributes, found.span(), (end, inner_end), owner)
            controls.append((form, control))
            select = control if tag == "select" else select
    for around, control in controls:
        named = (control.owner or control).attributes.get("form")  # a control may say to which form it belongs
        place = next((form for form in forms if form.identifier == named), None) if named else around
        if place is not None:
            place.add_control(control, address)
    return forms


def _parse_attributes(source: str) -> dict[str, str | None]:
    """Each attribute of a tag; ``None`` for one without a value."""
    return {
        found["name"]: unescape(found["value"]) if found["value"] else found["value"]
        for found in ATTRIBUTE.finditer(source)
    }


def _path_of_action(address: str, action: str | None) -> str:
    return urlsplit(urljoin(address, action or "")).path


class FormFilling:
    """The form of a page to which ``typed`` fits; ``form`` is ``None`` where there is none."""

    def __init__(self, page: str, *, address: str, sent_to: str, typed: Typed) -> None:
        self.page, self.typed = page, typed
        forms = [form for form in parse_post_forms(page, address) if sent_to in form.addresses]
        self.form = max(forms, key=lambda form: form.match_score(typed), default=None)
        self._taken: dict[str, int] = {}  # name: how many of its values found their place

    @property
    def controls(self) -> list[FormControl]:
        """Those of the form."""
        return self.form.controls if self.form else []

    def first_control_ids(self) -> dict[str, str]:
        """The id of the first control of each name into which something can be typed or chosen."""
        return {
            control.name: control.attributes.get("id") or ""
            for control in reversed(self.controls)
            if control.name and control.kind not in UNTOUCHED | {"option"}
        }

    def label_words(self, name: str) -> str:
        """What the page calls the controls of ``name``: its label, of several to tick their legend; empty: nothing."""
        controls = [control for control in self.controls if control.name == name and control.kind not in UNTOUCHED]
        if not controls:
            return ""
        place, identifier = controls[0].span[0], controls[0].attributes.get("id")
        if controls[0].kind in TICKED and len(controls) > 1:
            labels = [label for label in LABEL.finditer(self.page, 0, place) if label["control"] is None][-1:]
        else:
            labels = [label for label in LABEL.finditer(self.page) if label["control"] == identifier]
        return unescape(labels[0]["words"]).strip() if labels else ""

    def unplaced_values(self) -> list[str]:
        """What was typed and has no control in the page."""
        names = {control.name for control in self.controls}
        return [value for name, each in self.typed.items() if name not in names for value in each if value.strip()]

    def render(self, *, summary: str, faults: Mapping[str, Sequence[str]]) -> str:
        """The page with what was typed, ``summary`` at the head of the form and each of ``faults`` at its field.

        What is folded away around them is open, so that both are seen.
        """
        edits = [edit for control in self.controls for edit in self._edits(control, faults)]
        if self.form:
            edits.append((self.form.content, self.form.content, summary))
            faulty = [control.span[0] for control in self.controls if control.name in faults]
            edits += _openings_of_folds(self.page, [self.form.content, *faulty])
        page = self.page
        for start, end, words in sorted(edits, reverse=True):
            page = page[:start] + words + page[end:]
        return page

    def _edits(self, control: FormControl, faults: Mapping[str, Sequence[str]]) -> Iterator[Edit]:
        name, kind = control.name, control.kind
        if not name or kind in UNTOUCHED:
            return
        value = self._typed_value(control)
        attributes, words = dict(control.attributes), ""
        if kind in TICKED | {"option"}:
            mark = "selected" if kind == "option" else "checked"
            attributes.pop(mark, None)
            if (attributes.get("value") or ("on" if kind in TICKED else "")) in self.typed.get(name, ()):
                attributes[mark] = None
        elif kind == "textarea" and value is not None:
            yield *control.inner, f"\n{conditional_escape(value)}"
        elif kind != "select" and value is not None:
            attributes["value"] = value
        if kind != "option" and name in faults and attributes.get("id") == self.first_control_ids()[name]:
            attributes |= {"aria-invalid": "true", "aria-describedby": f"{attributes.get('id')}_error"}
            words = _fault_list(attributes.get("id") or "", faults[name])
        yield *control.span, words + _start_tag(control.tag, attributes)

    def _typed_value(self, control: FormControl) -> str | None:
        """What was typed into this control: of several of one name, each takes its own."""
        if control.kind in TICKED | {"option", "select"}:
            return None
        values, place = self.typed.get(control.name, ()), self._taken.get(control.name, 0)
        self._taken[control.name] = place + 1
        return values[place] if place < len(values) else None


def _openings_of_folds(page_html: str, places: Sequence[int]) -> set[Edit]:
    """What opens each ``details`` that stands around one of the ``places`` of a page."""
    edits: set[Edit] = set()
    around: list[re.Match[str]] = []
    for found in FOLD.finditer(page_html):
        if not found["close"]:
            around.append(found)
            continue
        fold = around.pop()
        attributes = _parse_attributes(fold["attributes"])
        if "open" not in attributes and any(fold.end() <= place < found.start() for place in places):
            edits.add((*fold.span(), _start_tag("details", attributes | {"open": None})))
    return edits


def _start_tag(tag: str, attributes: Mapping[str, str | None]) -> str:
    each = (name if value is None else format_html('{}="{}"', name, value) for name, value in attributes.items())
    return f"<{' '.join((tag, *each))}>"


def _fault_list(identifier: str, sentences: Sequence[str]) -> str:
    rows = "".join(format_html("<li>{}</li>", sentence) for sentence in sentences)
    return f'<ul class="errorlist" id="{identifier}_error">{rows}</ul>'
