"""Every long form of people who sign in keeps what is typed (``drafts``): found by reading, not by remembering."""

import ast
import importlib
import inspect
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from types import FunctionType, ModuleType

from django import forms

from plp.ops.environment import PACKAGE
from tests.guards.tree import tree_of

SUBJECTS = PACKAGE / "portal" / "subjects"
MANY = 4  # fields: a form with more is long
GROWS = re.compile(r"self\.fields\[[^\]]+\] = ")  # fields that depend on what the form is about: taken for long
APART = {  # templates whose long form keeps no draft, and why
    "alerts/receive.html": "a file and two choices: nothing is typed",
    "mandates/absences/absence.html": "a draft would be a trace of an absence that was not noted (T14)",
    "membership/enrolment/form.html": "the paper of one person never fills in that of the next",
    "membership/enrolment/preview.html": "choices about columns: nothing is typed",
    "evaluation/survey_form.html": "the answers of somebody who gave no name (R141)",
    "evening/chair.html": "the meeting itself keeps what the chair types, on every device of the table",
    "evening/question.html": "codes of ballots beside their votes: kept nowhere (R21, the vote is secret)",
    "launch/groundwork/survey_form.html": "the answers of a household (R17)",
    "notices/aid.html": "facts of a case: nothing of them is kept (R133)",
    "notices/reach.html": "choices about quarters: nothing is typed",
}
DOORS = {"needs", "own_data", "own_account"}  # of views for people who signed in; those for everybody: ADR 0013


def is_long(form: type[forms.BaseForm]) -> bool:
    """Whether a form has a text to write, more than four fields, or as many as it needs."""
    if GROWS.search(inspect.getsource(form)):
        return True
    fields = [field for field in form.base_fields.values() if not field.widget.is_hidden]
    return len(fields) > MANY or any(isinstance(field.widget, forms.Textarea) for field in fields)


@cache
def module_of(path: Path) -> ModuleType:
    """The module that a file of the portal holds."""
    return importlib.import_module("plp." + ".".join(path.relative_to(PACKAGE).with_suffix("").parts))


@cache
def long_forms(path: Path) -> set[str]:
    """The names in a module under which it knows long forms."""
    return {
        name
        for name, thing in vars(module_of(path)).items()
        if is_form(thing) and ".subjects." in thing.__module__ and is_long(thing)
    }


def is_form(thing: object) -> bool:
    """Whether something is a form itself."""
    return isinstance(thing, type) and issubclass(thing, forms.BaseForm)


@cache
def makers(path: Path) -> dict[object, set[str]]:
    """What a module defines that makes a long form, and the templates it names: helpers of the views beside it."""
    module, found = module_of(path), {}
    for node in tree_of(path).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not is_form(getattr(module, node.name)):
            nodes = list(ast.walk(node))
            if {part.id for part in nodes if isinstance(part, ast.Name)} & long_forms(path):
                found[getattr(module, node.name)] = templates(nodes)
    return found


def templates(nodes: Iterable[ast.AST]) -> set[str]:
    """The names of templates written there; one put together is tried with every word that stands there."""
    nodes = list(nodes)
    words = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    found = {word for word in words if word.endswith(".html") and not word.startswith(".")}
    for node in nodes:
        if (
            isinstance(node, ast.JoinedStr)
            and len(node.values) == 3
            and ast.unparse(node).rstrip("'\"").endswith(".html")
        ):
            before, after = (str(ast.literal_eval(node.values[place])) for place in (0, 2))
            found |= {name for word in words if there(name := f"{before}{word}{after}")}
    return found


def there(template: str) -> bool:
    """Whether a subject has a template of that name."""
    return re.fullmatch(r"[\w/.]+", template) is not None and any(SUBJECTS.glob(f"*/templates/{template}"))


def reached(name: str, functions: dict[str, ast.FunctionDef], seen: set[str]) -> Iterator[ast.AST]:
    """Every node of a function and of the functions of its module that it names."""
    seen.add(name)
    nodes = list(ast.walk(functions[name]))
    own = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    for node in nodes:
        if not (isinstance(node, ast.Name) and node.id in own):
            yield node
            if isinstance(node, ast.Name) and node.id in functions and node.id not in seen:
                yield from reached(node.id, functions, seen)


def things(nodes: list[ast.AST], module: ModuleType) -> Iterator[object]:
    """What the names among ``nodes`` stand for: ``Editor``, ``police.detail``."""
    for node in nodes:
        if isinstance(node, ast.Name):
            yield vars(module).get(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            home = vars(module).get(node.value.id)
            yield getattr(home, node.attr, None) if isinstance(home, ModuleType) else None


@cache
def uses() -> set[tuple[str, str]]:
    """Each view for people who signed in that shows a long form: the template and the view."""
    found = set()
    for path in sorted(SUBJECTS.rglob("*.py")):
        tree, subject = tree_of(path), path.relative_to(SUBJECTS).parts[0]
        functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
        helpers = dict(pair for beside in (SUBJECTS / subject).rglob("*.py") for pair in makers(beside).items())
        for name, function in functions.items():
            if DOORS & {ast.unparse(door).partition("(")[0] for door in function.decorator_list}:
                nodes = list(reached(name, functions, set()))
                known = {thing for thing in things(nodes, module_of(path)) if isinstance(thing, FunctionType | type)}
                makes = known & set(helpers)
                if makes or {node.id for node in nodes if isinstance(node, ast.Name)} & long_forms(path):
                    shown = templates(nodes).union(*(helpers[one] for one in makes))
                    found |= {(template, f"{subject}.{name}") for template in shown}
    return found


def sends(template: str) -> bool:
    """Whether a template has a form that draws fields and keeps no draft."""
    text = "".join(path.read_text(encoding="utf-8") for path in SUBJECTS.glob(f"*/templates/{template}"))
    blocks = re.findall(r"<form[^>]*method=\"post\".*?</form>", text, re.DOTALL)
    return any(re.search(r"(?<!\")\{\{ \w+ \}\}|\{% field ", block) and "{% drafted " not in block for block in blocks)


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
