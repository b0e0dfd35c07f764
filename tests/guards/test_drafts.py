"""Every long form of people who sign in keeps what is typed (``drafts``): found by reading, not by remembering."""

import ast
import importlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

from django import forms

from plp.ops.house import PACKAGE

SUBJECTS = PACKAGE / "portal" / "subjects"
MANY = 4  # fields: a form with more is long
GROWING = {  # forms whose fields depend on what they are about: no class tells how many
    "charter.forms.WordsForm",
    "evaluation.forms.ReportForm",
}
APART = {  # templates whose long form keeps no draft, and why
    "evening/chair.html": "the meeting itself keeps what the chair types, on every device of the table",
    "evening/question.html": "codes of ballots beside their votes: kept nowhere (R21, the vote is secret)",
}
DOORS = {"needs", "own_data", "own_account"}  # of views for people who signed in; those for everybody: ADR 0012


def is_long(form: type[forms.BaseForm]) -> bool:
    """Whether a form has a text to write, or more than four fields."""
    fields = [field for field in form.base_fields.values() if not field.widget.is_hidden]
    return len(fields) > MANY or any(isinstance(field.widget, forms.Textarea) for field in fields)


@cache
def module_of(path: Path) -> ModuleType:
    """The module that a file of the portal holds."""
    return importlib.import_module("plp." + ".".join(path.relative_to(PACKAGE).with_suffix("").parts))


def long_forms(path: Path) -> set[str]:
    """The names in a module under which it knows long forms."""
    found = set()
    for name, thing in vars(module_of(path)).items():
        if isinstance(thing, type) and issubclass(thing, forms.BaseForm) and ".subjects." in thing.__module__:
            if is_long(thing) or f"{thing.__module__.partition('.subjects.')[2]}.{thing.__name__}" in GROWING:
                found.add(name)
    return found


def makers(path: Path) -> dict[str, set[str]]:
    """What a module defines that makes a long form, and the templates that it names: helpers of the views beside it."""
    long, found = long_forms(path), {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not issubclass_of_form(module_of(path), node.name):
            names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
            if names & long:
                found[node.name] = templates(ast.walk(node))
    return found


def issubclass_of_form(module: ModuleType, name: str) -> bool:
    """Whether a name of the module is a form itself."""
    thing = getattr(module, name)
    return isinstance(thing, type) and issubclass(thing, forms.BaseForm)


def templates(nodes: Iterable[ast.AST]) -> set[str]:
    """The names of templates written there; those put together from parts are found by their pattern."""
    found = set()
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith(".html"):
            found.add(node.value)
        if isinstance(node, ast.JoinedStr):
            found.add("".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values))
    return {name for name in found if name.endswith(".html") and not name.startswith(".")}


def _reach(name: str, functions: dict[str, ast.FunctionDef], seen: set[str]) -> Iterator[ast.AST]:
    """Every node of a function and of the functions of its module that it names."""
    seen.add(name)
    for node in ast.walk(functions[name]):
        yield node
        if isinstance(node, ast.Name) and node.id in functions and node.id not in seen:
            yield from _reach(node.id, functions, seen)


@cache
def uses() -> set[tuple[str, str]]:
    """Each view for people who signed in that shows a long form: the template and the view."""
    found = set()
    for path in sorted(SUBJECTS.rglob("*.py")):
        tree, subject = ast.parse(path.read_text(encoding="utf-8")), path.relative_to(SUBJECTS).parts[0]
        functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
        helpers: dict[str, set[str]] = {}
        for beside in (SUBJECTS / subject).rglob("*.py"):
            helpers |= makers(beside)
        for name, function in functions.items():
            if DOORS & {ast.unparse(door).partition("(")[0] for door in function.decorator_list}:
                nodes = list(_reach(name, functions, set()))
                named = {node.id for node in nodes if isinstance(node, ast.Name)}
                named |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
                if named & (long_forms(path) | set(helpers)):
                    shown = templates(nodes).union(*(helpers[one] for one in named & set(helpers)))
                    found |= {(template, f"{subject}.{name}") for template in shown}
    return found


def sends(template: str) -> bool:
    """Whether a template has a form that draws fields and keeps no draft."""
    text = "".join(path.read_text(encoding="utf-8") for path in SUBJECTS.glob(f"*/templates/{template}"))
    blocks = re.findall(r"<form[^>]*method=\"post\".*?</form>", text, re.DOTALL)
    return any(re.search(r"\{\{ \w+ \}\}|\{% field ", block) and "{% drafted " not in block for block in blocks)


def test_every_long_form_keeps_what_is_typed() -> None:
    assert sorted(use for use in uses() if use[0] not in APART and sends(use[0])) == []
    assert len(uses()) > 40  # the reading finds them at all


def test_what_stands_apart_is_there_and_has_its_reason() -> None:
    assert set(APART) <= {template for template, _view in uses()}
    assert all(APART.values())


def test_what_is_long_is_long() -> None:
    class Letter(forms.Form):
        words = forms.CharField(widget=forms.Textarea)

    class Tick(forms.Form):
        day = forms.DateField()

    assert is_long(Letter)
    assert not is_long(Tick)
