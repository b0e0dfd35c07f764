"""``plp.server.wsgi`` of whatever source tree comes first on the path, behind a door that was handed over.

Older versions did not know how to take a door: they are served by this, as their successors serve themselves.
"""

import importlib.util
import multiprocessing
import os
from pathlib import Path

from granian import Granian
from granian.constants import HTTPModes, Interfaces

HANDING = Path(__file__).resolve().parents[2] / "src" / "plp" / "ops" / "handing.py"


def main() -> None:
    """Serve until told to stop."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plp.server.settings")
    multiprocessing.set_start_method("fork")
    importlib.import_module("plp.server.wsgi")
    spec = importlib.util.spec_from_file_location("handing", HANDING)
    assert spec
    assert spec.loader
    handing = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(handing)
    server = Granian(
        "plp.server.wsgi:application",
        port=int(os.environ["PLP_PORT"]),
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        blocking_threads=4,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )
    handing.listen_on(server, handing.FIRST)
    server.serve()


if __name__ == "__main__":
    main()
