"""Check a message against the law and print the findings (text on standard input, JSON on standard output)."""

import argparse
import json
import sys

from plp.wording.check import KINDS, LANGUAGES, check, rule_advice

NEEDS_DJANGO = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--lang`` and ``--kind``, both needed; an unknown one is a usage error."""
    parser.add_argument("--lang", required=True, choices=LANGUAGES, help="language of the text and of the advice")
    parser.add_argument("--kind", required=True, choices=KINDS, help="kind of message")


def run(options: argparse.Namespace) -> int:
    """Print ``{"verdict", "findings": [{"rule", "start", "end", "excerpt", "advice"}]}``; 0 whatever the verdict.

    ``start`` and ``end`` count characters of the text as read. 1 when standard input is not UTF-8.
    """
    try:
        text = sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError:
        sys.stderr.write("The text on standard input is not UTF-8: save it as UTF-8 and try again.\n")
        return 1
    report = check(text, language=options.lang, kind=options.kind, two_readers=options.kind != "coordinator_note")
    findings = [
        {
            "rule": finding.rule,
            "start": finding.start,
            "end": finding.end,
            "excerpt": finding.excerpt,
            "advice": rule_advice(finding.rule, options.lang),
        }
        for finding in report.findings
    ]
    json.dump({"verdict": report.verdict, "findings": findings}, sys.stdout, ensure_ascii=False)
    sys.stdout.write("\n")
    return 0
