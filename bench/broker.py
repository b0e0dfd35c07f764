"""A RabbitMQ of our own on loopback, in a throw-away folder: the broker that Celery is measured with."""

import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAM = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
PATIENCE = 120.0  # seconds for its start


def free_ports(number: int) -> list[int]:
    """Ports that nobody listens on now."""
    doors = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [door.getsockname()[1] for door in doors]
    for door in doors:
        door.close()
    return ports


def is_here() -> bool:
    """Whether this machine has RabbitMQ."""
    return PROGRAM.exists()


@contextmanager
def broker() -> Iterator[str]:
    """Its address, until the end."""
    port, distribution, names = free_ports(3)
    with tempfile.TemporaryDirectory(prefix="plp-broker-") as folder:
        environment = os.environ | {
            "HOME": folder,
            "RABBITMQ_NODENAME": f"bench{port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(port),
            "RABBITMQ_DIST_PORT": str(distribution),
            "RABBITMQ_MNESIA_BASE": folder,
            "RABBITMQ_LOG_BASE": folder,
            "RABBITMQ_ENABLED_PLUGINS_FILE": f"{folder}/plugins",
            "RABBITMQ_CONFIG_FILE": f"{folder}/none",
            "ERL_EPMD_PORT": str(names),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
        }
        with Path(folder, "broker.log").open("w") as log:
            server = subprocess.Popen([PROGRAM], env=environment, stdout=log, stderr=log, start_new_session=True)
            try:
                _wait(port, server)
                yield f"amqp://guest:guest@127.0.0.1:{port}//"
            finally:
                server.terminate()
                server.wait(60)
                subprocess.run(["epmd", "-kill"], env=environment, capture_output=True, check=False)


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as line:
                line.sendall(b"AMQP\x00\x00\x09\x01")
                if line.recv(1):
                    return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"the broker did not start within {PATIENCE:.0f} s")
