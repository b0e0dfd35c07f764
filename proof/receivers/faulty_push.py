"""A push service that misbehaves by the path of its addresses, in its own process: it notes every request it reads.

``python -m proof.receivers.faulty_push --log FILE`` prints its port and runs until its input ends. A line of the log is
``<time> <path> <topic> <status>``; an address is ``/<fault>/<number>`` with a fault of ``FAULTS``.
"""

import argparse
import asyncio
import os
import sys
import time
from collections import Counter
from pathlib import Path

from aiohttp import web

ASKED = 10  # seconds that a busy service asks for
FAULTS = {  # statuses at the first try, the second, and so on; the last one stays
    "well": (201,),
    "gone": (410,),
    "unknown": (404,),
    "large": (413,),
    "busy": (429, 201),
    "broken": (500, 201),
    "dead": (500,),
    "elsewhere": (307,),
    "reset": (0, 201),  # read, noted, and the line cut before the answer
    "hostile": (403,),
}


class Service:
    """What is remembered between requests."""

    def __init__(self, log: Path) -> None:
        self.log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.tried: Counter[str] = Counter()

    async def answer_with_fault(self, request: web.Request) -> web.Response:
        """Note the request, then answer as its path says."""
        await request.read()
        fault = request.match_info["fault"]
        answers = FAULTS.get(fault, (200,))
        status = answers[min(self.tried[request.path], len(answers) - 1)]
        self.tried[request.path] += 1
        line = f"{time.time():.4f} {request.path} {request.headers.get('Topic', '-')} {status}\n"
        os.write(self.log, line.encode())
        if status == 0 and request.transport is not None:
            request.transport.abort()
        headers = {"Retry-After": str(ASKED)} if status == 429 else {}
        headers |= {"Location": "/followed/1"} if status == 307 else {}
        return web.Response(status=status or 201, headers=headers)


async def run_push_service_until_stdin_ends(log: Path) -> None:
    """Until standard input ends."""
    application = web.Application()
    application.router.add_route("*", "/{fault}/{number}", Service(log).answer_with_fault)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    await runner.cleanup()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--log", type=Path, required=True)
    asyncio.run(run_push_service_until_stdin_ends(parser.parse_args().log))
