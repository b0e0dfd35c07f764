"""A stranger's file: what is refused before and while it is parsed, and what is read of a good one."""

import subprocess
import sys
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from plp.alerts import refusals
from plp.alerts.cap import AlertArea, alerts_and_links_of_feed, parse_alert
from plp.alerts.cap.parser import MOST_BYTES, MOST_INFOS, MOST_PLACES
from tests.alerts.capfiles import FRENCH, official
from tests.workload import work_of

CAP = b'xmlns="urn:oasis:names:tc:emergency:cap:1.2"'
BOMB = (
    b"<!DOCTYPE x [" + b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 9) for n in range(1, 30)) + b"]><x/>"
)
ROUND = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
import django
from django.conf import settings
settings.configure(USE_I18N=False)
django.setup()
from plp.alerts.cap.parser import parse_alert
from plp.toolbox.moves import Refused
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for content in {contents!r}:
    try:
        parse_alert(content)
    except Refused:
        continue
    sys.exit("was read")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", refusals.NotXml),
        (b"no xml at all", refusals.NotXml),
        (b"<alert %s>" % CAP, refusals.NotXml),
        (b"<alert/>", refusals.NotCap),
        (b"<alert xmlns='urn:other'/>", refusals.NotCap),
        (b"<alert %s/>" % CAP, refusals.Faulty),
        (BOMB, refusals.Unsafe),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', refusals.Unsafe),
        (b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE x+AD4-<a/>', refusals.Unsafe),
        ('<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16"), refusals.NotXml),
        (b'<?xml version="1.0"%s encoding="utf-7"?>+ADwAIQ-DOCTYPE x+AD4-<a/>' % (b" " * 300), refusals.Unsafe),
        (b'<?xml version="1.0" encoding="IBM037"?><a/>', refusals.Unsafe),
        ('<?xml version="1.0" encoding="IBM037"?><!DOCTYPE a><a/>'.encode("cp037"), refusals.NotXml),
        (b"<a>" * 5_000 + b"</a>" * 5_000, refusals.NotXml),
        (b" " * (MOST_BYTES + 1), refusals.TooLarge),
    ],
    ids=[
        "nothing", "words", "cut", "no space", "other space", "empty", "bomb", "file", "utf-7", "utf-7 far",
        "utf-16", "ebcdic", "ebcdic hidden", "deep", "large",
    ],
)  # fmt: skip
def test_hostile_and_broken_files_are_refused_at_once(content: bytes, refusal: type[Exception]) -> None:
    def refused() -> None:
        with pytest.raises(refusal):
            parse_alert(content)

    assert work_of(refused) < 1


def test_hostile_files_take_less_than_a_hundred_megabytes() -> None:
    """In a process of its own, to measure it alone: 1 s."""
    wide = b"<alert %s>%s</alert>" % (CAP, b"<info/>" * 100_000)
    attributes = b"<a %s/>" % b" ".join(b'a%d="1"' % n for n in range(80_000))
    contents = [BOMB, wide, attributes, b"<a>" * 200_000]

    answer = subprocess.run(
        [sys.executable, "-"],
        input=ROUND.format(contents=contents),
        capture_output=True,
        text=True,
        check=True,
    )

    assert int(answer.stdout) < 100_000  # kilobytes


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        (b"<status>Actual", b"<status>Perhaps", "status"),
        (b"<sender>alerts@", b"<sender>alerts &lt;", "sender"),
        (b"<identifier>", b"<identifier>" + b"x" * 200, "identifier"),
        (b"<sent>2026", b"<sent>yesterday", "sent"),
        (b"<sent>2026-11-25", b"<sent>2026-13-25", "sent"),
        (b"<sent>2026-11-25", b"<sent>0001-01-01", "sent"),
        (b"<expires>2026", b"<expires>9999", "expires"),
        (b"<urgency>Immediate", b"<urgency>Soon", "urgency"),
        (b"<category>Met", b"<category>Sport", "category"),
        (b"<references>alerts@weather.example,a,", b"<references>a,", "references"),
        (b"<polygon>50.90000,4.40000", b"<polygon>250,4.4", "polygon"),
        (b"<polygon>50.90000,4.40000", b"<polygon>nan,4.4", "polygon"),
    ],
)
def test_a_faulty_part_is_named(old: bytes, new: bytes, part: str) -> None:
    ring = ((4.4, 50.9), (4.5, 50.9), (4.5, 51.0), (4.4, 50.9))
    content = official(names=("a",), infos=(replace(FRENCH, places=(AlertArea("x", polygons=(ring,)),)),))
    assert parse_alert(content).infos[0].places[0].polygons == (ring,)
    assert old in content

    with pytest.raises(refusals.Faulty) as refused:
        parse_alert(content.replace(old, new))
    assert refused.value.details == {"part": part}


def test_a_file_of_more_parts_than_anybody_needs_is_refused() -> None:
    for many in ([FRENCH] * (MOST_INFOS + 1), [replace(FRENCH, places=(AlertArea("x"),) * (MOST_PLACES + 1))]):
        with pytest.raises(refusals.NotXml):
            parse_alert(official(infos=tuple(many)))


@pytest.mark.parametrize(
    ("shape", "part"), [("<circle>50.9,4.4 -1</circle>", "circle"), ("<polygon>50.9,4.4</polygon>", "polygon")]
)
def test_a_figure_that_is_none_is_named(shape: str, part: str) -> None:
    place = AlertArea("x", circles=(((4.4, 50.9), 3.0),))
    content = official(infos=(replace(FRENCH, places=(place,)),)).decode()
    drawn = content[content.index("<circle>") : content.index("</circle>") + len("</circle>")]

    with pytest.raises(refusals.Faulty) as refused:
        parse_alert(content.replace(drawn, shape).encode())

    assert refused.value.details == {"part": part}


def test_markup_in_words_stays_words_and_control_signs_go() -> None:
    content = official(infos=(replace(FRENCH, headline="<script>alert(1)</script>"),))

    assert parse_alert(content).infos[0].headline == "<script>alert(1)</script>"
    spoilt = content.replace(b"&lt;script&gt;", "a\u202e\u200bb".encode())
    assert parse_alert(spoilt).infos[0].headline.startswith("ab")


def test_words_parted_by_a_space_that_breaks_no_line_stay_apart() -> None:
    headline = "100\u00a0km/h\u202f: restez\u2003chez\u2028vous"

    assert (
        parse_alert(official(infos=(replace(FRENCH, headline="x"),)).replace(b">x<", f">{headline}<".encode()))
        .infos[0]
        .headline
        == "100 km/h : restez chez vous"
    )


@pytest.mark.parametrize("encoding", ["UTF8", "latin1", "cp1252", "ISO-8859-15"])
def test_usual_names_of_encodings_and_an_empty_first_line_are_read(encoding: str) -> None:
    content = official(infos=(replace(FRENCH, headline="À l'abri"),)).decode()
    declared = content.replace("UTF-8", encoding)

    assert declared != content
    assert parse_alert(b"\n" + declared.encode(encoding)).infos[0].headline == "À l'abri"


def test_without_a_language_an_alert_is_in_english() -> None:
    content = official(infos=(FRENCH,)).replace(b"<language>fr</language>", b"")

    assert parse_alert(content).infos[0].language == "en"


def test_a_feed_holds_alerts_or_leads_to_them() -> None:
    alert = official()
    atom = b"<feed xmlns='http://www.w3.org/2005/Atom'><link href='https://x.example/'/><entry>%s</entry></feed>"

    held, _ = alerts_and_links_of_feed(atom % b"<content>%s</content>" % alert.split(b"?>", 1)[1])
    _, links = alerts_and_links_of_feed(atom % b"<link href='https://x.example/1.cap'/>")
    _, rss = alerts_and_links_of_feed(
        b"<rss><channel><link>no</link><item><link>https://x.example/2</link></item></channel></rss>"
    )

    assert (len(held), parse_alert(held[0]).identifier) == (1, "storm-1")
    assert (links, rss) == (["https://x.example/1.cap"], ["https://x.example/2"])
    assert parse_alert(alert).sent == datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


EDXL = (
    b'<EDXLDistribution xmlns="urn:oasis:names:tc:emergency:EDXL:DE:1.0"><distributionID>x</distributionID>'
    b"<contentObject>%s</contentObject></EDXLDistribution>"
)


def _declaration_removed(content: bytes) -> bytes:
    return content.partition(b"?>")[2]


def test_an_edxl_wrapper_is_taken_off_whether_the_alert_is_embedded_or_packed() -> None:
    alert = official()
    key = b"<xmlContent><keyXMLContent><alert/></keyXMLContent><embeddedXMLContent>%s</embeddedXMLContent></xmlContent>"
    embedded = EDXL % (key % _declaration_removed(alert))
    packed = EDXL % b"<nonXMLContent><contentData>%s</contentData></nonXMLContent>" % b64encode(alert)

    assert parse_alert(embedded) == parse_alert(packed) == parse_alert(alert)


@pytest.mark.parametrize("content", [b"?", b"UGFzIGRlIENBUA==", b64encode(b"<a>alert</a>")])
def test_a_wrapper_without_an_alert_is_no_cap(content: bytes) -> None:
    with pytest.raises(refusals.NotCap):
        parse_alert(EDXL % b"<nonXMLContent><contentData>%s</contentData></nonXMLContent>" % content)
