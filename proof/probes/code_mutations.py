"""Changes each function of some modules a little, in a copy of the repository, and sees which changes a test notices.

``python -m proof.probes.code_mutations FILE``, in the copy: what is asked stands in ``FILE``, the answer beside it.

The library mutmut makes the changes, all of them in one file with a switch. It leaves decorated functions alone, which
is nearly every action and property: so ``@decorator`` becomes ``name = decorator(name)`` first. The tests run once to
learn which of them touch which function, and once more in the order in which they stand for a change. Then each change
gets a process of its own, born of the one in which tables and cast stand already: to build them for each took far
longer.
"""

import json
import os
import random
import resource
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, override

import libcst as cst
import pytest
from mutmut.mutation.file_mutation import mutate_file_contents
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state
from mutmut.utils.format_utils import get_mutant_name, mangled_name_from_mutant_name

from proof.result import print_progress

LONGEST = 20.0  # seconds of tests for one change, the quickest first: one that is noticed later counts as not noticed
FOR_EVER = 30  # seconds of the processor, beside ten times what the tests took, after which a change runs for ever
FAILED = 1
STAYS = {"staticmethod", "classmethod", "overload"}  # mutmut knows the first two; the third has no body


class Undecorated(cst.CSTTransformer):
    """Decorates functions after their definition, in a statement of its own."""

    @override
    def leave_FunctionDef(
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FunctionDef | cst.FlattenSentinel[cst.BaseStatement]:
        """The function without its decorators, and one assignment for each, the innermost first."""
        ways = [one.decorator for one in original_node.decorators]
        if not ways or any(isinstance(way, cst.Attribute) and way.attr.value == "setter" for way in ways):
            return updated_node
        if any(isinstance(way, cst.Name) and way.value in STAYS for way in ways):
            return updated_node
        name = original_node.name
        calls = [cst.Call(func=way, args=[cst.Arg(name)]) for way in reversed(ways)]
        after = [cst.SimpleStatementLine([cst.Assign([cst.AssignTarget(name)], call)]) for call in calls]
        return cst.FlattenSentinel([updated_node.with_changes(decorators=[]), *after])


def apply_decorators_by_assignment(code: str) -> str:
    """The same module with no function decorated in its place."""
    return cst.parse_module(code).visit(Undecorated()).code


def write_mutants_into_modules(modules: Sequence[str]) -> list[str]:
    """Write every change of the modules into their files, switched off; answers their names."""
    names: list[str] = []
    for module in modules:
        file = Path("src/plp", module)
        changed = mutate_file_contents(str(file), apply_decorators_by_assignment(file.read_text(encoding="utf-8")))
        file.write_text(changed.code, encoding="utf-8")
        names += [get_mutant_name(file, name) for name in changed.mutant_names]
    return names


def sample_in_order(names: Sequence[str], most: int, seed: int) -> list[str]:
    """All of them, or ``most`` of them as chance has it, in their order: with the same seed the same ones."""
    if len(names) <= most:
        return list(names)
    chosen = random.Random(seed).sample(range(len(names)), most)
    return [names[place] for place in sorted(chosen)]


class MutationRun:
    """For pytest: in place of one run of the tests, as many as there are changes."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self.survived: list[str] = []
        self.items: list[pytest.Item] = []
        self.seconds: dict[str, float] = {}
        self.touching: dict[str, set[str]] = defaultdict(set)  # function -> tests
        self.has_ended = False

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self) -> None:
        """An example that fails is enough: nobody reads a smaller one."""
        import hypothesis  # noqa: PLC0415 - pytest wants to load it first

        phases = [hypothesis.Phase.explicit, hypothesis.Phase.generate]
        hypothesis.settings.register_profile("as found", hypothesis.settings(), phases=phases)
        hypothesis.settings.load_profile("as found")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Learn, then change."""
        self._record_tests_touching_functions(session.items)
        self._drop_failing_tests(self._find_tests_failing_unchanged())
        for number, name in enumerate(self.names, 1):
            chosen = self._tests_for_mutant(name)
            if not chosen or not self._is_mutant_noticed(name, chosen):
                self.survived.append(name)
                print_progress(f"not noticed: {name}, {len(chosen)} tests")
            if not number % 50:
                print_progress(f"{number} of {len(self.names)} changes tried, {len(self.survived)} not noticed")
        if failing := self._find_tests_failing_unchanged():
            raise RuntimeError(f"These fail in another order, though nothing is changed: {', '.join(sorted(failing))}.")
        self.has_ended = True
        return True

    def _record_tests_touching_functions(self, items: Sequence[pytest.Item]) -> None:
        """Which tests touch which function, and how long they take."""
        set_mutant_under_test("stats")
        for item in items:
            state()._stats.clear()
            begun = time.process_time()
            passed = _run_test_and_tell_if_passed(item)
            self.seconds[item.nodeid] = time.process_time() - begun
            if not passed:
                print_progress(f"left out, it fails unchanged: {item.nodeid}")
                continue
            for function in state()._stats:
                self.touching[function].add(item.nodeid)
        self.items = sorted(items, key=lambda item: self.seconds[item.nodeid])
        set_mutant_under_test("")

    def _find_tests_failing_unchanged(self) -> set[str]:
        """Tests that fail in this order, though nothing is changed: they would seem to notice everything."""
        touching = set().union(*self.touching.values())
        answer = Path("unchanged.json")

        def write_failing_tests() -> int:
            failing = [
                item.nodeid for item in self.items if item.nodeid in touching and not _run_test_and_tell_if_passed(item)
            ]
            answer.write_text(json.dumps(failing), encoding="utf-8")
            return 0

        if _run_in_forked_process(write_failing_tests) != 0:
            raise RuntimeError("The tests do not run to their end, though nothing is changed.")
        return set(json.loads(answer.read_text(encoding="utf-8")))

    def _drop_failing_tests(self, failing: set[str]) -> None:
        for name in sorted(failing):
            print_progress(f"left out, it fails after others: {name}")
        for function in self.touching:
            self.touching[function] -= failing

    def _tests_for_mutant(self, name: str) -> list[pytest.Item]:
        """The tests for a change: those that touch its function, first what noticed others, then the quickest."""
        tests = self.touching.get(mangled_name_from_mutant_name(name), set())
        chosen: list[pytest.Item] = []
        spent = 0.0
        for item in self.items:
            if item.nodeid in tests and spent <= LONGEST:
                chosen.append(item)
                spent += self.seconds[item.nodeid]
        return chosen

    def _is_mutant_noticed(self, name: str, chosen: Sequence[pytest.Item]) -> bool:
        """Whether a test fails with the change, or runs for ever. That test is the first to be asked next time."""
        noticed = Path("noticed.by")
        noticed.unlink(missing_ok=True)
        most = FOR_EVER + 10 * int(sum(self.seconds[item.nodeid] for item in chosen))

        def run_tests_with_mutant() -> int:
            resource.setrlimit(resource.RLIMIT_CPU, (most, most + 5))
            set_mutant_under_test(name)
            for item in chosen:
                if not _run_test_and_tell_if_passed(item):
                    noticed.write_text(item.nodeid, encoding="utf-8")
                    return FAILED
            return 0

        is_noticed = _run_in_forked_process(run_tests_with_mutant) in {FAILED, -signal.SIGXCPU}
        if noticed.exists():
            first = noticed.read_text(encoding="utf-8")
            self.items.sort(key=lambda item: item.nodeid != first)
        return is_noticed


def _run_test_and_tell_if_passed(item: pytest.Item) -> bool:
    """Run one test. What is set up for all of them stays: the next one is said to be any."""
    before = item.session.testsfailed
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=item.session)
    return item.session.testsfailed == before


def _run_in_forked_process(act: Callable[[], int]) -> int:
    """What ``act`` answers in a process of its own, which says nothing; an error counts as ``FAILED``."""
    child = os.fork()
    if child == 0:
        code = FAILED
        try:
            silent = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silent, 1)
            os.dup2(silent, 2)
            code = act()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main(file: Path) -> int:
    """Do what stands in ``file``: its modules are changed, its tests are run."""
    asked: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    names = write_mutants_into_modules(asked["modules"])
    changing = MutationRun(sample_in_order(names, asked["most"], asked["seed"]))
    tests = [f"tests/{name}" for name in asked["tests"]]
    pytest.main(["-q", "-s", "--tb=line", "-m", asked["marks"], *tests], plugins=[changing])
    if not changing.has_ended:
        raise RuntimeError(f"The tests did not run, so nothing was tried: {' '.join(tests)}")
    answer = {"there": len(names), "tried": len(changing.names), "survived": changing.survived}
    file.with_suffix(".answer").write_text(json.dumps(answer), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
