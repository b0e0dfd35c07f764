"""Walks through everything as each identity, lets a worker send, and judges what the tokens in it say."""

import io
import logging
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import Any

from django.http import HttpResponse

from plp.toolbox import clock
from proof.canaries.answer_paths import PATHS, answer_by_every_path
from proof.canaries.exposure import ExposureLog
from proof.canaries.notice_series import write_release_and_relay_notices
from proof.canaries.outgoing import OutgoingScanner
from proof.canaries.scanner import find_tokens_in_file_content
from proof.canaries.walks import IdentityWalk, identity_walks
from proof.harness.identities import IdentityBrowser
from proof.harness.parallel_walks import run_in_parallel
from proof.harness.site_map import SiteMap
from proof.result import Figure, ProofRequest, ProofResult, print_progress

AT_ONCE = 30  # messages relayed in each partnership before a worker sends them


@contextmanager
def capture_debug_log() -> Iterator[io.StringIO]:
    """Everything that is logged meanwhile, at DEBUG, whatever the settings say."""
    lines, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(lines), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    for name in ("django.db.backends", "django.template"):  # off unless DEBUG is on, which the settings never are
        logging.getLogger(name).setLevel(logging.INFO)
    try:
        yield lines
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


@contextmanager
def broken_clock() -> Iterator[None]:
    """Every page breaks: the clock does."""
    kept = clock.now

    def raise_no_clock() -> Any:
        raise RuntimeError("no clock")

    clock.now = raise_no_clock  # type: ignore[assignment]
    try:
        yield
    finally:
        clock.now = kept


def run_probe(ask: ProofRequest, seed: Mapping[str, Any]) -> ProofResult:
    """The half of the proof ``canaries`` that looks at pages and logs."""
    watch = ExposureLog(seed)
    answers = _type_answers_and_scan_log(seed, watch)
    for walked in run_in_parallel(partial(_scan_pages_of_every_nth_identity, ask, seed)):
        watch.merge_log(walked)
    print_progress(f"{watch.distinct_output_count} answers that differ")
    least = (100_000, 1_000_000) if ask.is_long else (None, None)
    return exposure_proof_result(
        watch, _scan_outgoing_messages_and_backup(ask, seed, watch) + Counter({"answers of members": answers}), least
    )


def _type_answers_and_scan_log(seed: Mapping[str, Any], watch: ExposureLog) -> int:
    """What members type is typed here, so that the lines logged meanwhile are read too. Answers how many answers."""
    with capture_debug_log() as lines:
        answers = answer_by_every_path(seed)
    watch.record_seen_tokens("log", "log", find_tokens_in_file_content(lines.getvalue().encode(), seed["canary"]))
    watch.lines += len(lines.getvalue().splitlines())
    return answers


def _scan_pages_of_every_nth_identity(ask: ProofRequest, seed: Mapping[str, Any], first: int, step: int) -> ExposureLog:
    """Every ``step``-th of the walks, from the ``first`` on."""
    watch, atlas = ExposureLog(seed), SiteMap(seed)
    with capture_debug_log() as lines:
        for one in islice(identity_walks(ask, seed), first, None, step):
            _scan_pages_of_identity(ask, atlas, watch, one)
    logged = lines.getvalue()
    watch.record_seen_tokens("log", "log", find_tokens_in_file_content(logged.encode(), seed["canary"]))
    watch.lines = len(logged.splitlines())
    return watch


def _scan_pages_of_identity(ask: ProofRequest, atlas: SiteMap, watch: ExposureLog, one: IdentityWalk) -> None:
    """All that one identity finds, then pages that break."""
    browser = one.browser

    def scan_and_record_answer(browser: IdentityBrowser, url: str, answer: HttpResponse) -> None:
        watch.scan_and_record_answer(browser, url, answer, home=one.home)

    walked = atlas.crawl_and_count_pages(
        browser,
        most=ask.number_for_size(trial=12, quick=16, floor=8_000, full=20_000),
        each=ask.number_for_size(trial=1, quick=1, floor=100, full=300),
        files=ask.number_for_size(trial=1, quick=1, floor=2, full=12),
        papers=ask.is_long,
        sends=ask.is_long,
        begins=one.first_paths,
        within=one.followed_prefixes,
        read=scan_and_record_answer,
    )
    if not one.is_neighbour:
        print_progress(f"{browser.name}: {walked} answers")
        with broken_clock():
            for url in ("/", "/coordinator/members/", "/m/settings/"):
                scan_and_record_answer(browser, url, browser.client.get(url))


def _scan_outgoing_messages_and_backup(ask: ProofRequest, seed: Mapping[str, Any], watch: ExposureLog) -> Counter[str]:
    """What leaves by another way than a page. A trial leaves the workers out: they take long."""
    post = OutgoingScanner(seed, watch)
    post.scan_database_files()
    if ask.size != "trial":
        post.make_and_scan_backup()
        post.deliver_waiting_messages()
        most = ask.number_for_size(trial=0, quick=0, floor=1_650, full=3_100)
        for first in range(0, most, AT_ONCE):
            made = write_release_and_relay_notices(seed, range(first, min(first + AT_ONCE, most)))
            post.deliver_waiting_messages()
            print_progress(f"{made} more messages relayed, {watch.distinct_output_count} outputs in all")
    if ask.is_long:
        post.deliver_without_receivers()
    return post.counts


def exposure_proof_result(
    watch: ExposureLog, sent: Counter[str], least: tuple[float | None, float | None]
) -> ProofResult:
    """The figures."""
    foreign = watch.undeclared_exposures()
    for (who, whose, field), where in sorted(foreign.items())[:30]:
        print_progress(f"{who} sees {field} of {whose} at {where}")
    outputs, kinds = watch.distinct_output_count, watch.distinct_outputs_by_kind
    figures = (
        Figure("outputs scanned", outputs, "", *least, most=False),
        Figure("of these, mails and SMS", kinds["mail"] + kinds["SMS"]),
        Figure("answers scanned and not counted: they say what one before said", watch.repeated),
        Figure("mails to more than one recipient", sent["mails to more than one"], "", 0, 0),
        Figure("log lines scanned", watch.lines + sent["log lines of workers"]),
        Figure("foreign tokens", len(foreign), "", 0, 0),
        Figure("answers of members, each with a token", sent["answers of members"], "", PATHS, PATHS, most=False),
        Figure("tokens that were seen at all", len(watch.seen), "", 5, 5, most=False),
    )
    details = {"kinds": dict(kinds + sent), "foreign": [[*one, where] for one, where in foreign.items()]}
    return ProofResult(
        outputs,
        "outputs scanned for tokens: answers to each identity, mails, SMS, logs, database, backup",
        figures,
        details=details,
        bounds=BOUNDS,
    )


BOUNDS = "A million would take a day here. Each page, file, mail and SMS that says something new is counted once."
