"""What our code never does: run a shell, unpickle, draw secrets from a weak source, keep files by a typed name, store
something in the browser (ASVS 5.0).
"""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

from plp.ops.environment import PACKAGE
from tests.guards.tree import tree_of

FORBIDDEN = {  # a module or a function of it, and why
    "pickle": "what is read may run",
    "marshal": "what is read may run",
    "shelve": "what is read may run",
    "yaml": "what is read may run",
    "os.system": "a shell",
    "os.popen": "a shell",
    "subprocess.getoutput": "a shell",
    "hashlib.md5": "weak",
    "hashlib.sha1": "weak",
    "eval": "runs what is typed",
    "exec": "runs what is typed",
    "django.core.files.storage.default_storage": "uploads lie in the database",
    "django.db.models.FileField": "uploads lie in the database",
}
CHANCE = {"delivery", "demo", "ops"}  # where chance spreads times and makes test data, and keeps no secret
WEB = re.compile(
    r"\b(caches|localStorage|sessionStorage|indexedDB|eval|innerHTML|outerHTML|document\.write)\b|__proto__"
)
KEPT = {  # which of our scripts keep something in the browser, and what
    "checklist.js": "ticks that a member makes for themselves, and that must reach nobody (R69)",
    "device.js": "nothing: it empties what was kept for another reader",
    "keeping.js": "the last messages, if their reader asks for it on this device (ADR 0022)",
    "offline.js": "nothing: it shows what keeping.js kept",
    "sending.js": "a report that was written without a connection, until it is sent (ADR 0076)",
    "worker.js": "the page without a connection and its files, which say nothing of anybody",
}
OWN_CIPHERS = re.compile(r"\b(DES|ARC4|Blowfish|ECB|PKCS1v15\(\)\.encrypt)\b")


def faults(path: Path, tree: ast.AST) -> list[str]:
    """What is forbidden in one module: "file:line: name"."""
    found = []
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Call):
            names = [ast.unparse(node.func)]
            names += [
                "shell=True" for word in node.keywords if word.arg == "shell" and ast.unparse(word.value) != "False"
            ]
        found += [f"{path.name}:{node.lineno}: {name}" for name in names if name in FORBIDDEN or name == "shell=True"]  # type: ignore[attr-defined]
        if {"random", "random.random"} & set(names) and not CHANCE & set(path.parts):
            found.append(f"{path.name}:{node.lineno}: chance that can be guessed")  # type: ignore[attr-defined]
    return found


def modules() -> Iterable[Path]:
    """Every module of the package."""
    return sorted(PACKAGE.rglob("*.py"))


def test_nothing_typed_runs_and_no_secret_comes_from_weak_chance() -> None:
    found = [fault for path in modules() for fault in faults(path, tree_of(path))]

    assert found == []


def test_no_weak_and_no_homemade_cipher() -> None:
    assert [path.name for path in modules() if OWN_CIPHERS.search(path.read_text(encoding="utf-8"))] == []


def test_our_scripts_keep_nothing_and_write_text_alone() -> None:
    ours = [path for path in PACKAGE.rglob("static/**/*.js") if "vendor" not in path.parts]

    assert ours
    assert sorted(path.name for path in ours if WEB.search(path.read_text(encoding="utf-8"))) == list(KEPT)


def test_what_is_forbidden_is_found() -> None:
    tree = ast.parse("import pickle\nimport random\nsubprocess.run(x, shell=True)\neval(y)\nfrom hashlib import md5")

    assert len(faults(Path("portal/x.py"), tree)) == 5
