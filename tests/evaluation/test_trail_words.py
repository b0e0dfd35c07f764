"""Every verb of the journal has words for the partners, or is said to be left out, and why."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import plp
from plp.alerts.states import TraceOutcome
from plp.charter.models import Deed, Proposal
from plp.evaluation.trail_words import UNTOLD, WORDS
from plp.launch.states import Hearing
from plp.membership.states import Belonging, Candidacy
from plp.partnership.states import State

SOURCE = Path(plp.__file__).parent
CALLS = {"note", "note_for_each_target", "note_in_journal"}
CHOSEN = {  # what stands in braces in a verb, where it is a state and not what a caller says
    "idea.{state}": Hearing.values,
    "launch.{kind}": ["rest", "wake", "merge", "to_end", "goes_on", "end"],
    "alert.{outcome}": TraceOutcome.values,
    "proposal.{outcome}": [Proposal.Outcome.ACCEPTED, Proposal.Outcome.REFUSED],
    "partnership.{to}": [state for state in State.values if state != State.IDEA],
    "membership.{state}": Belonging.values,
    "candidate.{what}": Candidacy.values,
    "request.{verb}": ["answered", "refused"],
    "{deed.kind}.agreed": Deed.Kind.values,
    "{deed.kind}.circular": Deed.Kind.values,
    "{kind}.drafted": Deed.Kind.values,
    "{one.kind}.in_force": Deed.Kind.values,
}


@cache
def verbs() -> set[str]:
    """Every verb that the product can note."""
    return {verb for path in SOURCE.rglob("*.py") for verb in _verbs_of(ast.parse(path.read_text()))}


def _verbs_of(module: ast.Module) -> Iterator[str]:
    for function in (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)):
        for call in _calls(function, CALLS):
            prefix = "evening." if _name(call) == "note_in_journal" else ""
            verb = next((word.value for word in call.keywords if word.arg == "verb"), None) or (call.args or [None])[0]
            if isinstance(verb, ast.expr) and function.name not in CALLS:
                yield from (prefix + word for word in _words(verb, function, module))


def _words(verb: ast.expr, function: ast.FunctionDef, module: ast.Module) -> set[str]:
    """What ``verb`` can be: as it is written, as it is assigned, as callers of ``function`` say, as a state says."""
    if isinstance(verb, ast.Constant):
        return {str(verb.value)}
    if isinstance(verb, ast.Name) and verb.id != "VERB":
        return _strings(
            node.value
            for node in ast.walk(function)
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == verb.id
        ) or _said_by_callers(function, module)
    if isinstance(verb, ast.JoinedStr):
        form = ast.unparse(verb)[2:-1]
        said = {*map(str, CHOSEN.get(form, ()))} | (_said_by_callers(function, module) if form[0] != "{" else set())
        assert said, form
        return {form.replace(form[form.index("{") : form.index("}") + 1], word) for word in said}
    return _strings([verb])


def _said_by_callers(function: ast.FunctionDef, module: ast.Module) -> set[str]:
    calls = list(_calls(module, {function.name}))
    return _strings(
        part for call in calls for part in (*call.args, *(word.value for word in call.keywords if word.arg == "verb"))
    )


def _strings(parts: Iterator[ast.expr] | list[ast.expr]) -> set[str]:
    """The words in ``parts``; of a choice both."""
    both = [half for part in parts for half in ([part.body, part.orelse] if isinstance(part, ast.IfExp) else [part])]
    return {part.value for part in both if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def _calls(tree: ast.AST, names: set[str]) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call) and _name(node) in names)


def _name(call: ast.Call) -> str:
    return getattr(call.func, "attr", None) or getattr(call.func, "id", "")


def test_every_verb_has_words_or_a_reason_to_be_left_out() -> None:
    left_out = tuple(beginning for beginnings in UNTOLD.values() for beginning in beginnings)
    every = verbs()

    assert sorted(verb for verb in every if verb not in WORDS and not verb.startswith(left_out)) == []
    assert sorted(verb for verb in WORDS if verb.startswith(left_out)) == []


def test_no_words_wait_for_a_verb_that_is_never_noted() -> None:
    every = verbs()

    assert sorted(set(WORDS) - every) == []
    beginnings = [beginning for group in UNTOLD.values() for beginning in group]
    assert [beginning for beginning in beginnings if not any(verb.startswith(beginning) for verb in every)] == []
