"""What one file may cost, in figures. They hold for the process that reads it, from its start to its answer."""

import resource

MEMORY = 256 * 2**20  # bytes of address space, Python and its libraries included
SECONDS = 10  # of a processor; as long by the clock, whatever else the machine does
STREAM_SECONDS = 3_600  # of a processor, for a file that is read piece by piece; no piece takes longer than SECONDS
ANSWER = 24 * 2**20  # bytes that a parser may answer
REQUEST = 64 * 2**20  # bytes that may be handed to a parser
OPEN_FILES = 24  # for modules that are loaded late
IDLE = 60.0  # seconds after which a process that has nothing to do ends
NICENESS = 10  # pages go first


def limit_process(memory: int = MEMORY, seconds: int = SECONDS) -> None:
    """Put this process under the limits, for good: no more memory, no core file, nothing written, nobody started."""
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_NPROC, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (limit, limit))
