"""Telephones played by SIPp, in a process of their own: each number answers, presses 1 and waits for the end.

``python -m proof.receivers.sipp_telephones --log FILE`` prints its port and runs until its input ends. A line of the
log is ``rang <number>`` or ``ended <number>``.
"""

import argparse
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from plp.ops.environment import find_program

SCENARIO = Path(__file__).with_suffix(".xml")
KEY = Path("/usr/share/sip-tester/dtmf_2833_1.pcap")  # of Debian's package
MOST_CALLS = "1000"  # at once


def main() -> None:
    """Read the arguments and ring."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--log", type=Path, required=True)
    options = parser.parse_args()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="plp-sipp-") as folder:
        scenario = Path(folder) / "telephone.xml"
        scenario.write_text(SCENARIO.read_text().replace("__KEY__", str(KEY)))
        words = ("-sf", scenario, "-i", "127.0.0.1", "-mi", "127.0.0.1", "-p", port, "-l", MOST_CALLS)
        program = str(find_program("sipp"))
        telephones = subprocess.Popen(
            [program, *map(str, words), "-aa", "-nostdin", "-trace_logs", "-log_file", str(options.log)],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            sys.stdout.write(f"{port}\n")
            sys.stdout.flush()
            sys.stdin.read()
        finally:
            telephones.kill()
            telephones.wait()


if __name__ == "__main__":
    main()
