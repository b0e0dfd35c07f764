"""Setting documents: tagged, readable, confined (T25, T47)."""

import io
import json
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import translation
from pypdf import PdfReader

from plp.documents import tagged_pdf, typesetter
from plp.documents.glyphs import STAND_IN, covered_code_points, missing_font_sentences, with_drawable_characters_only
from plp.documents.tagged_pdf import NotPrinted, Sheet, TooMuchToPrint, render_pdf, render_pdfs
from tests.readable_pdfs import faults_of_accessibility
from tests.samples import SAMPLES

AT = datetime(2026, 11, 24, 20, tzinfo=UTC)
STRINGS = SAMPLES / "strings/blns.json"
PLAIN = "#heading(level: 1, data.title)\n#for line in data.content.lines { par(line) }"


@pytest.fixture
def template(tmp_path):
    """Write a template and answer its path."""

    def write(source: str) -> Path:
        path = tmp_path / "template.typ"
        path.write_text(source, encoding="utf-8")
        return path

    return write


def printed(template: Path, *lines: str, language: str = "fr", title: str = "Lettre") -> PdfReader:
    made = render_pdf(template, {"lines": lines}, language=language, title=title, at=AT)
    return PdfReader(io.BytesIO(made))


def words(reader: PdfReader) -> str:
    return " ".join("\n".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_a_document_is_tagged_titled_and_in_its_language(template, language):
    reader = printed(template(PLAIN), "Zoë, œuvre, Straße, naïf", language=language, title="Été à Liège")

    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a pypdf BooleanObject
    assert catalog["/Lang"] == language
    assert catalog["/StructTreeRoot"]["/Type"] == "/StructTreeRoot"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert reader.metadata.title == "Été à Liège"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in catalog["/Metadata"].get_data()
    assert words(reader) == "Été à Liège Zoë, œuvre, Straße, naïf"


@pytest.mark.parametrize(
    ("sound", "broken"),
    [
        (b"/Marked true", b"/Marked null"),
        (b"/Lang", b"/Lxng"),
        (b"pdfuaid", b"pdfuxid"),
        (b"/StructTreeRoot", b"/StructTrexRoot"),
        (b"/DisplayDocTitle true", b"/DisplayDocTitle null"),
    ],
)
def test_a_paper_that_a_screen_reader_could_not_read_is_found_out(template, sound, broken):
    paper = render_pdf(template(PLAIN), {"lines": ["Ici"]}, language="fr", title="Été", at=AT)

    assert faults_of_accessibility(paper) == []
    assert faults_of_accessibility(paper.replace(sound, broken)) != []


def test_fonts_are_ours_and_embedded(template):
    reader = printed(template(PLAIN), "Ici", "Привет")

    fonts = reader.pages[0]["/Resources"]["/Font"].values()
    names = {font.get_object()["/BaseFont"].split("+")[1] for font in fonts}
    assert names == {"AtkinsonHyperlegible-Regular", "AtkinsonHyperlegible-Bold", "DejaVuSans"}
    assert missing_font_sentences() == []


def test_what_people_wrote_is_never_markup(template):
    payloads = [
        '#read("/etc/passwd")',
        "#{ panic() }",
        '#import "@preview/x:0.1.0"',
        "*fat* _lean_ $x$ <label> @label",
        '"; #eval("1")',
        "= Title\\",
    ]

    reader = printed(template(PLAIN), *payloads)

    assert words(reader) == " ".join(["Lettre", *payloads])


def test_every_naughty_string_can_be_printed(template):
    naughty = json.loads(STRINGS.read_text(encoding="utf-8"))

    reader = printed(template(PLAIN), *naughty)

    text = words(reader)
    assert "DROP TABLE users" in text
    assert "root:x:0:0" not in text


@pytest.mark.parametrize(
    "source",
    [
        '#read("/etc/passwd")',
        '#read("../../../../etc/passwd")',
        f'#read("{Path(tagged_pdf.__file__)}")',
        '#read("/proc/self/environ")',
        '#import "@preview/cetz:0.3.0"',
        '#image("/etc/hostname")',
        "#missing",
    ],
)
def test_even_a_template_reads_nothing(template, source):
    with pytest.raises(NotPrinted) as refused:
        printed(template(source))

    assert type(refused.value) is NotPrinted


def test_no_template_reaches_the_network(template):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/a.png"

        with pytest.raises(NotPrinted):
            printed(template(f'#image("{address}")'))

        with pytest.raises(TimeoutError):
            listener.accept()


def test_the_fault_names_no_data(template):
    with pytest.raises(NotPrinted) as refused:
        printed(template("#data.content.lines.at(0).nothing"), "Jeanne Secret")

    assert "Secret" not in repr(refused.value.__cause__) + refused.value.in_words()


def test_too_much_memory_is_refused_in_words(template):
    with pytest.raises(TooMuchToPrint):
        printed(template('#let a = range(60000000)\n#a.map(it => "x" * 40).len()'))


def test_too_much_time_is_refused_in_words(template, monkeypatch):
    monkeypatch.setattr(tagged_pdf, "LATEST", 0.001)

    with pytest.raises(TooMuchToPrint):
        printed(template(PLAIN), "a")


def test_sheets_that_are_too_much_together_are_set_half_by_half(template, monkeypatch):
    run, orders = tagged_pdf._run_typesetter, []

    def run_with_room_for_two(order: bytes, *, folder: str) -> bytes:
        orders.append(len(json.loads(order)["sheets"]))
        if orders[-1] > 2:
            raise TooMuchToPrint
        return run(order, folder=folder)

    monkeypatch.setattr(tagged_pdf, "_run_typesetter", run_with_room_for_two)
    sheets = [Sheet(template(PLAIN), {"lines": [line]}, "nl", "b") for line in "abcde"]

    papers = [words(PdfReader(io.BytesIO(pdf))) for pdf in render_pdfs(sheets, at=AT)]

    assert papers == [f"b {line}" for line in "abcde"]
    assert orders == [5, 2, 3, 1, 2]


def test_limits_stay_within_what_trust_allows():
    assert (tagged_pdf.LATEST, typesetter.SECONDS) == (60, 10)
    assert typesetter.MEMORY == 512 * 2**20


def test_equal_orders_give_equal_bytes(template):
    path = template(PLAIN)

    first, second = (render_pdf(path, {"lines": ["a"]}, language="nl", title="b", at=AT) for _ in range(2))

    assert first == second


@pytest.mark.parametrize("refusal", [NotPrinted, TooMuchToPrint])
def test_refusals_speak_four_languages(refusal):
    sentences = set()
    for language in ("fr", "nl", "de", "en"):
        with translation.override(language):
            sentences.add(refusal().in_words())

    assert len(sentences) == 4


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Zoe\u0308", "Zoë"),
        ("a\r\nb\u2028c\rd", "a\nb\nc\nd"),
        ("a\tb\x00\x07c", "a bc"),
        ("Jean\u202egnol", "Jeangnol"),
        ("日本", STAND_IN * 2),
        ("\ue000name", "name"),
        ("\ud800x", "x"),
        ("x" * 35, "x" * 35),
        ("x" * 40, f"{'x' * 18}\u200b{'x' * 18}\u200bxxxx"),
        ("Ωμέγα Привет مرحبا שלום", "Ωμέγα Привет مرحبا שלום"),
    ],
)
def test_drawable(raw, expected):
    assert with_drawable_characters_only(raw) == expected


def test_all_that_our_four_languages_write_is_covered():
    assert [
        letter for letter in "àâäçéèêëîïôöùûüÿœæßẞÀÉŒ’‘“”„«»–—…€☐☎✂□°²" if ord(letter) not in covered_code_points()
    ] == []
