"""Play a scene in a process of its own, with its own data folder and database, and take back what it answers."""

import json
import os
import subprocess
import sys
import tempfile
from typing import Any

from proof.harness.system import ROOT, fresh_database

START = """
import json, sys
from importlib import import_module
from plp.ops.cli import freezing_loaded_objects_from_gc
with freezing_loaded_objects_from_gc():
    import django
    django.setup()
    from tests.factories.static_files import keep_static_files
    scene = import_module(sys.argv[1])
keep_static_files()
answer = scene.try_and_count(**json.loads(sys.argv[2]))
print(json.dumps(answer))
"""


def run_isolated(module: str, *, database: str = "", settings: dict[str, str] | None = None, **given: Any) -> Any:
    """What ``module.try_and_count(**given)`` answers, as JSON. ``settings``: more environment. Raises on a failure."""
    with tempfile.TemporaryDirectory(prefix="plp-proof-") as folder, fresh_database(database) as url:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PLP_")}
        environment |= {"PLP_HOME": folder, "DJANGO_SETTINGS_MODULE": "plp.server.settings", **(settings or {})}
        environment |= {"PLP_DATABASE_URL": url} if url else {}
        words = [sys.executable, "-c", START, module, json.dumps(given)]
        done = subprocess.run(words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
        return json.loads(done.stdout.splitlines()[-1])
