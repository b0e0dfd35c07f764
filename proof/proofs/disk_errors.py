"""The disk refuses one write or one flush of the database: nothing is believed that was not written (F7, F6)."""

from proof.harness.crash_points import CONNECTIONS, PEOPLE, forked_worker_system, try_crash_points
from proof.proofs.kills import lost_and_double_figures
from proof.result import Figure, ProofRequest, ProofResult

CALLS = "pwrite64,fdatasync,pread64"
FATES = ("error=EIO", "error=ENOSPC")


def prove(ask: ProofRequest) -> ProofResult:
    """Refuse the k-th call, for each k; the worker goes on by itself or dies, and a plain one finishes."""
    with forked_worker_system(ask) as (scene, points):
        calls = points.count_calls_of_undisturbed_run(CALLS)
        try_crash_points(points, calls, FATES, ask.number_for_size(trial=8, quick=12, floor=100, full=0))
        tried, copies = points.finish_tries_and_get_totals(), scene.count_received_copies()
    figures = lost_and_double_figures(
        tried.books, copies, people=(tried.points + 1) * PEOPLE, window=tried.points * CONNECTIONS
    )
    return ProofResult(
        tried.points,
        f"{' or '.join(FATES)} at the k-th {', '.join(sorted(calls))} of the database",
        (Figure("workers that ended with an error", tried.struck), *figures),
        details={"calls of a run": dict(calls)},
    )
