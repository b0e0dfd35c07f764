"""A proof calls the procedures, and the probes, of other processes by name: each name must be there."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

from plp.ops.environment import repository_root

ROOT = repository_root()
STAGE = re.compile(r'"(proof\.procedures\.\w+|bench\.orders)"')
PROBE = re.compile(r'(probe_in_process|run_isolated)\(\s*(?:\w+, )?"(proof\.[\w.]+)"')
ENTRY = {"probe_in_process": "run_probe", "run_isolated": "try_and_count"}
PLAIN = "proof.procedures.message_queue"  # where a proof names no stage


def called_procedures(file: Path) -> list[str]:
    calls = [node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    return [
        ast.literal_eval(call.args[0])
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr == "call_procedure"
    ]


FILES = [
    file
    for folder in ("proof/harness", "proof/proofs", "bench")
    for file in sorted((ROOT / folder).glob("*.py"))
    if called_procedures(file)
]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_procedure_that_a_proof_calls_is_one_of_its_stage(file: Path) -> None:
    own = "bench.orders" if file.parent.name == "bench" else PLAIN
    stages = set(STAGE.findall(file.read_text(encoding="utf-8"))) or {own}

    assert len(stages) == 1
    stage = import_module(stages.pop())

    assert callable(stage.serve_procedure_calls)
    assert [name for name in called_procedures(file) if name not in stage.PROCEDURES] == []


def test_each_probe_that_a_proof_starts_has_its_entry() -> None:
    texts = [file.read_text(encoding="utf-8") for file in sorted((ROOT / "proof").rglob("*.py"))]
    started = {found for text in texts for found in PROBE.findall(text)}

    assert len(started) >= 15
    assert [(way, name) for way, name in started if not callable(getattr(import_module(name), ENTRY[way], None))] == []
