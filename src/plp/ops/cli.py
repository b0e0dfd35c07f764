"""One door: ``./plp <command>`` finds the command's module, sets Django up and runs it.

A command is one module of a package of ``PACKAGES`` with ``add_arguments(parser)`` and ``run(options) -> int``; its
docstring's first line is its help. ``./plp verify-audit`` is ``verify_audit.py``; a name that Python keeps for itself
carries a trailing underscore (``import_.py``). A module may set ``NEEDS_DJANGO = False`` to start without Django,
``FOR_DEVELOPERS = True`` to stand below those of operators, and ``TAKES_REST = True`` to receive unknown arguments as
``options.rest``. Data goes to standard output, words to standard error; exit 0 is success, 1 a failure with one
sentence that says what to do, 2 a usage error (docs/design.md#operator).
"""

import argparse
import ast
import difflib
import gc
import importlib
import json
import logging
import os
import re
import shutil
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType

from plp.ops.error_sentences import is_unforeseen, operator_sentence_for_error

PACKAGES = ("plp.ops.commands", "plp.demo.commands")  # by name: the demonstration stands above this room
ROOT = Path(__file__).parents[2]  # the folder that holds ``plp``
CHECKOUT = Path(__file__).parents[3] / ".git"  # there where somebody builds, and not in a release
WRAPPER = Path(__file__).resolve().parents[3] / "deploy" / "plp"  # what an installation has on its path
SUCCESS, FAILURE, USAGE, INTERRUPTED = 0, 1, 2, 130


class Failed(Exception):
    """A command cannot go on. Its text is one sentence for the operator, which says what to do."""


def with_installed_program_name(text: str) -> str:
    """Words that name ``./plp``, with the name that an operator types where it is installed from a release: ``plp``."""
    program = shutil.which("plp")
    is_ours = program is not None and Path(program).resolve() == WRAPPER
    return text.replace("./plp", "plp") if is_ours else text


def say(text: str) -> None:
    """Print words for a human to standard error; as a line of the log where that is JSON. A log that takes no more (a
    full disk) stops nothing (F6).
    """
    text = with_installed_program_name(text)
    if os.environ.get("PLP_LOG_FORMAT") == "json":
        from plp.ops.log_format import JsonFormatter  # noqa: PLC0415 - a launcher that sets up starts without it

        text = JsonFormatter().format(logging.LogRecord("plp.ops", logging.INFO, "", 0, text, (), None))
    with suppress(OSError):
        print(text, file=sys.stderr, flush=True)


def write_json(data: object, target: str | Path | None, *, indent: int | None = None) -> None:
    """Write ``data`` as JSON to the file ``target``; to standard output for ``-`` and for none."""
    text = json.dumps(data, ensure_ascii=False, indent=indent) + "\n"
    if target is None or str(target) == "-":
        print(text, end="", flush=True)
    else:
        Path(target).write_text(text, encoding="utf-8")


def command_modules() -> dict[str, str]:
    """The module of each command: ``check-text`` is ``check_text``, ``import`` is ``import_``."""
    return {
        path.stem.rstrip("_").replace("_", "-"): f"{package}.{path.stem}"
        for package in PACKAGES
        for path in (ROOT / package.replace(".", "/")).glob("*.py")
        if path.stem != "__init__"
    }


def module_source(module: str) -> str:
    """The text of the module of a command, read without importing it."""
    return (ROOT / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")


def help_line_of_module(module: str) -> str:
    """The first line of a module's docstring, read without importing it."""
    return (ast.get_docstring(ast.parse(module_source(module))) or "").split("\n")[0]


def commands() -> dict[str, str]:
    """Every command with its one-line help, in alphabetical order."""
    return {command: help_line_of_module(module) for command, module in sorted(command_modules().items())}


def is_for_developers(command: str) -> bool:
    """Whether a command is for whoever builds: its module says ``FOR_DEVELOPERS = True``."""
    text = module_source(command_modules()[command])
    return re.search(r"^FOR_DEVELOPERS = True\b", text, flags=re.MULTILINE) is not None


def command_overview(*, is_checkout: bool) -> str:
    """The list that ``./plp`` alone prints: what an operator needs, and below in a checkout what serves to build."""
    operating: list[str] = []
    building: list[str] = []
    for name, words in commands().items():
        (building if is_for_developers(name) else operating).append(f"  {name:<14} {words}")
    below = ["To build plp itself:", "", *building, ""] if is_checkout else []
    return "\n".join(
        ["Usage: ./plp <command> [options]", "", *operating, "", *below, "./plp <command> --help says more."]
    )


@contextmanager
def freezing_loaded_objects_from_gc() -> Iterator[None]:
    """Load what stays: nobody looks through it for garbage, neither meanwhile (a sixth of a start) nor ever after.

    What comes then is made in thousands and ends with its page, step or copy: it is looked through less often, which
    takes a fifth from the steps of a database.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(20_000)
        gc.enable()


def set_up_django() -> None:
    """Load the settings and the rooms, and speak the language of the terminal where we know it, else English."""
    with freezing_loaded_objects_from_gc():
        import django  # noqa: PLC0415 - commands without Django start without it
        from django.conf import settings  # noqa: PLC0415
        from django.utils import translation  # noqa: PLC0415

        from plp.toolbox.texts import LANGUAGES  # noqa: PLC0415

        django.setup()
    for words in settings.UNKNOWN:
        say(f"plp: {words}")
    spoken = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    translation.activate(spoken[:2] if spoken[:2] in LANGUAGES else "en")


def import_command_module_with_django(command: str) -> ModuleType:
    """Import the module of ``command``, with Django set up first if it needs it."""
    module = command_modules()[command]
    if not re.search(r"^NEEDS_DJANGO = False\b", module_source(module), flags=re.MULTILINE):
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plp.server.settings")
        set_up_django()
    return importlib.import_module(module)


def set_process_clock_from_database() -> None:
    """In a process of our own: go by the clock of the database. Where it is away, the command says so itself."""
    from django.conf import settings  # noqa: PLC0415 - commands without Django start without it
    from django.db import Error, connection  # noqa: PLC0415 - as above

    if not settings.configured or connection.vendor == "sqlite":
        return
    from plp.toolbox import clock  # noqa: PLC0415 - as above

    with suppress(Error):
        clock.follow_database_time()
    connection.close()  # a process that is forked from here opens its own


def parse_options_and_run_command(
    command: str, arguments: list[str], on_loaded: Callable[[], None] = lambda: None
) -> int:
    """Run ``command`` with ``arguments`` and answer its exit code. Raises whatever the command raises.

    ``on_loaded`` is called once its module is there.
    """
    module = import_command_module_with_django(command)
    on_loaded()
    parser = argparse.ArgumentParser(
        prog=with_installed_program_name(f"./plp {command}"), description=module.__doc__, allow_abbrev=False
    )
    module.add_arguments(parser)
    if getattr(module, "TAKES_REST", False):
        options, unknown_arguments = parser.parse_known_args(arguments)
        options.rest = unknown_arguments
    else:
        options = parser.parse_args(arguments)
    return int(module.run(options))


def print_error_and_return_exit_code(error: Exception) -> int:
    """Tell the operator about ``error`` and answer the exit code."""
    if os.environ.get("PLP_DEBUG") == "1":
        traceback.print_exception(error)
    say(f"plp: {operator_sentence_for_error(error)}")
    if is_unforeseen(error) and os.environ.get("PLP_DEBUG") != "1":
        say("     PLP_DEBUG=1 in front of the command shows where.")
    return FAILURE


def run(arguments: list[str], on_loaded: Callable[[], None] = lambda: None) -> int:
    """Do what ``arguments`` ask, and turn every error into a sentence and an exit code."""
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(with_installed_program_name(command_overview(is_checkout=CHECKOUT.exists())))
        return SUCCESS
    command, *command_arguments = arguments
    commands_by_name = commands()
    if command not in commands_by_name:
        near = difflib.get_close_matches(command, commands_by_name, n=1)
        hint = f" Did you mean ./plp {near[0]}?" if near else " ./plp lists every command."
        say(f"plp: There is no command {command!r}.{hint}")
        return USAGE
    try:
        return parse_options_and_run_command(command, command_arguments, on_loaded)
    except KeyboardInterrupt:
        say("")
        return INTERRUPTED
    except BrokenPipeError:  # ./plp routes | head: the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return SUCCESS
    except Exception as error:
        return print_error_and_return_exit_code(error)


def main() -> int:
    """The entry point of ``plp``."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal without é still shows the rest
    return run(sys.argv[1:], set_process_clock_from_database)


if __name__ == "__main__":
    # Under its own name: the Failed that commands raise is that module's, not that of __main__.
    sys.exit(importlib.import_module("plp.ops.cli").main())
