"""A worker killed at its k-th call of the system, for each k until a run ends by itself (F2, F12, G2)."""

from proof.harness.crash_points import CONNECTIONS, PEOPLE, forked_worker_system, try_crash_points
from proof.proofs.kills import lost_and_double_figures
from proof.result import Figure, ProofRequest, ProofResult

ON_FILE = "pwrite64,write,fdatasync,fsync,read,sendto,recvfrom"  # database file and receiver
ON_SERVER = "write,read,sendto,recvfrom"
KILL = ("signal=KILL",)


def prove(ask: ProofRequest) -> ProofResult:
    """Kill at every point, let a plain worker finish, and judge as after any kill."""
    with forked_worker_system(ask) as (scene, points):
        calls = points.count_calls_of_undisturbed_run(ON_SERVER if ask.database else ON_FILE)
        try_crash_points(points, calls, KILL, ask.number_for_size(trial=8, quick=14, floor=200, full=0))
        tried, copies = points.finish_tries_and_get_totals(), scene.count_received_copies()
    figures = lost_and_double_figures(
        tried.books, copies, people=(tried.points + 1) * PEOPLE, window=tried.points * CONNECTIONS
    )
    return ProofResult(
        tried.points,
        f"kill -9 at the k-th {', '.join(sorted(calls))} of a worker that sends to {PEOPLE} people",
        (Figure("points where it was killed", tried.struck), *figures),
        details={"calls of a run": dict(calls)},
    )
