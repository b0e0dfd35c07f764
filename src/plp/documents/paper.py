"""A document on paper: tagged PDF (PDF/UA-1), or one slide a page. One template each."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from plp.documents import chart, diagram
from plp.documents.blocks import (
    AnswerLine,
    Block,
    Chart,
    Document,
    Flow,
    Heading,
    Illustration,
    ListBlock,
    ListItem,
    NoteBox,
    PageBreak,
    Paragraph,
    PictureBlock,
    QrCode,
    SignatureRoom,
    Spans,
    SpeakerNotes,
    TableBlock,
    column_width_shares,
    plain_text,
)
from plp.documents.colours import WHITE, blended_colour
from plp.documents.designs import PRELUDES, Design, design_content, template_path
from plp.documents.identity import Partner, letterhead_logos
from plp.documents.illustrations import NAMES, illustration
from plp.documents.letter import (
    ADDRESS_HEIGHT,
    ADDRESS_TOP,
    ADDRESS_WIDTH,
    BODY_TOP,
    WINDOWS,
    LetterParts,
    parts_of_letter,
    split_at_line_breaks,
)
from plp.documents.print_boxes import with_print_boxes
from plp.documents.print_order import PrintOrder
from plp.documents.sizes import PAPERS, USUAL, PaperSize
from plp.documents.slides.layout import slide_plans
from plp.documents.slides.plain_shapes import slides_template_data
from plp.documents.tagged_pdf import PICTURE, Sheet, qr_code_template_data, render_pdfs

HERE = Path(__file__).parent
SLIDES = ("slides", "handout")
LONG = 15  # entries of a list from which it is set in columns
FEW_SIDE_BY_SIDE = 4  # entries from which a list below a letter is
WHOLE_TOWN = 90  # entries of a list from which it is set small: the streets of a town on one page
BOX = 6  # letters that a box to tick takes, with the air around it
SHORT, BOTH = 40, 60  # letters of an entry up to which it goes into three columns, and into two: a street by both names


def pdf(
    document: Document,
    *,
    at: datetime,
    paper: str = USUAL,
    footer: str = "",
    logo: bytes | None = None,
    large_print: bool = False,
    saves_page: bool = False,
) -> bytes:
    """``document`` as PDF/UA-1 on one of ``sizes.PAPERS``. Raises ``NotPrinted`` or ``TooMuchToPrint``."""
    order = PrintOrder(document, paper, footer, logo, large_print=large_print, saves_page=saves_page)
    return pdfs([order], at=at)[0]


def slides_pdf(
    document: Document,
    *sisters: Document,
    at: datetime,
    footer: str = "",
    logo: bytes | None = None,
) -> bytes:
    """``document`` as slides, PDF/UA-1, with its ``sisters`` in other languages beside it. Raises as ``pdf``.

    Each title of level 1 or 2 begins a slide. On the paper ``handout`` they stand on A4, with what to say.
    """
    return pdfs([PrintOrder(document, "slides", footer, logo, sisters=sisters)], at=at)[0]


def pdfs(prints: Sequence[PrintOrder], *, at: datetime) -> list[bytes]:
    """The PDF of each order, all set by one process: a whole pack in seconds. Raises as ``pdf``."""
    sheets = zip(prints, render_pdfs([_sheet_of_order(order) for order in prints], at=at), strict=True)
    return [_add_print_boxes_if_trimmed(content, PAPERS[order.paper]) for order, content in sheets]


def _add_print_boxes_if_trimmed(content: bytes, paper: PaperSize) -> bytes:
    """``content`` with the boxes of a printing house, where the paper is cut by one."""
    return with_print_boxes(content, trim_mm=paper.trim) if paper.trim else content


def _sheet_of_order(order: PrintOrder) -> Sheet:
    return _designed_sheet(order, order.design) if PAPERS[order.paper].design and order.design else _plain_sheet(order)


def _designed_sheet(order: PrintOrder, design: Design) -> Sheet:
    """A sheet with a shape of its own."""
    document, paper = order.document, PAPERS[order.paper]
    content = drawn_content(order, design)
    template = template_path(paper.design)
    return Sheet(template, content, document.language, document.title, PRELUDES, as_picture=paper.picture)


def drawn_content(order: PrintOrder, design: Design) -> dict[str, Any]:
    """What the template of a drawn paper is filled with: the words of its document, and how it looks."""
    document, paper = order.document, PAPERS[order.paper]
    with override(document.language):
        if order.logo is not None:
            design = design.with_partner(Partner(_("Logo of the partnership"), order.logo))
        return {
            **design_content(paper.design, design),
            "language": document.language,
            "width": paper.width,
            "height": paper.height,
            "picture": paper.picture,
            "footer": order.footer,
            "blocks": _blocks_data(document.blocks),
        }


def _plain_sheet(order: PrintOrder) -> Sheet:
    document = order.document
    with override(document.language):
        content: dict[str, Any] = {
            "paper": order.paper,
            "size": [PAPERS[order.paper].width, PAPERS[order.paper].height],
            "small": PAPERS[order.paper].small,
            "large_print": order.large_print,
            "saves_page": order.saves_page,
            "fills_page": order.fills_page,
            "footer": order.footer,
            "main": order.colours.main,
            "accent": order.colours.accent,
            "light": blended_colour(order.colours.main, WHITE, 0.1),
        }
        letter = parts_of_letter(document) if order.paper == USUAL else None
        shows_partners = order.design is not None and (letter is not None or order.paper in SLIDES)
        logos = letterhead_logos(order.design.identity if order.design and shows_partners else None, order.logo)
        content["logos"] = [{"content": list(it.logo or b""), "words": it.name} for it in logos]
        if order.paper in SLIDES:
            content |= _slides_data(order)
        else:
            content["letter"] = None if letter is None else _letter_data(letter, order)
            content["blocks"] = _annexes_data(letter.annexes) if letter else _blocks_data(document.blocks)
            content["drawings"] = {
                block.name: {PICTURE: block.svg or illustration(block.name, order.colours)}
                for block in document.blocks
                if isinstance(block, Illustration) and (block.svg or block.name in NAMES)
            }
    template = HERE / ("slides/slides.typ" if order.paper in SLIDES else "paper.typ")
    return Sheet(template, content, document.language, document.title)


def _letter_data(letter: LetterParts, order: PrintOrder) -> dict[str, Any]:
    """A letter for ``paper.typ``: its parts, and where they stand in millimetres."""
    return {
        "sender": [_spans_data(line) for line in split_at_line_breaks(letter.sender)],
        "address": [_spans_data(line) for line in split_at_line_breaks(letter.address)],
        "day": _spans_data(letter.day),
        "body": _blocks_data(letter.body),
        "houses": {PICTURE: illustration("logo", order.colours)},
        "side": order.window,
        "left": WINDOWS[order.window],
        "top": ADDRESS_TOP,
        "width": ADDRESS_WIDTH,
        "height": ADDRESS_HEIGHT,
        "body_top": BODY_TOP,
    }


def _slides_data(order: PrintOrder) -> dict[str, Any]:
    """The slides of ``order``, each with what to say."""
    slides = slide_plans([order.document, *order.sisters])
    notes: list[list[dict[str, Any]]] = [
        [{"language": note.language, "title": note.title, "blocks": _blocks_data(note.blocks)} for note in slide.notes]
        for slide in slides
    ]
    return slides_template_data(slides, notes, order.colours)


def _blocks_data(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """The plan of ``blocks``; a line to write on stays with what it belongs to; no last paragraph and no boxes to sign
    stand alone.
    """
    plans = _attach_steps_to_pictures([plan for block in blocks for plan in _block_data(block)])
    for plan, follower in pairwise(plans):
        is_question = (plan["kind"], follower["kind"]) == ("paragraph", "paragraph") and _has_answer_line(follower)
        is_caption = plan["kind"] in {"line", "picture"} and follower["kind"] == "paragraph"
        is_title = plan["kind"] == "paragraph" and (
            follower["kind"] in {"table", "code"}
            or (follower["kind"] in {"bullets", "numbers"} and _ends_in_colon(plan))
        )
        plan["sticky"] = is_question or is_caption or is_title or follower["kind"] == "line"
    if len(plans) > 1 and plans[-1]["kind"] == "paragraph":
        plans[-2]["sticky"] = True
    for before, heading, boxes in zip(plans, plans[1:], plans[2:], strict=False):
        if (heading["kind"], boxes["kind"]) == ("heading", "signatures"):
            before["sticky"] = True
    return plans


def _annexes_data(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """The plan of what stands below a letter: a few streets side by side, so that they find room on its page."""
    plans = _blocks_data(blocks)
    for plan in plans:
        if plan["kind"] == "bullets" and plan["columns"] == 1 and len(plan["items"]) >= FEW_SIDE_BY_SIDE:
            longest = max(len(_list_entry_text(item)) for item in plan["items"])
            plan["columns"] = 3 if longest <= SHORT else 1
    return plans


def _list_entry_text(item: Sequence[dict[str, Any]]) -> str:
    """The words of an entry of a list."""
    return "".join(span["text"] for block in item for span in block.get("spans", ()))


def _attach_steps_to_pictures(plans: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """``plans`` where numbered steps that follow a picture belong to it: they stand on one page."""
    joined_plans: list[dict[str, Any]] = []
    for plan in plans:
        if plan["kind"] == "numbers" and joined_plans and joined_plans[-1]["kind"] == "picture":
            joined_plans[-1]["steps"] = plan["items"]
        else:
            joined_plans.append(plan)
    return joined_plans


def _has_answer_line(paragraph: dict[str, Any]) -> bool:
    """Whether there is something to write in: ``Name: ____``."""
    return any(span["mark"] == "answer" for span in paragraph["spans"])


def _ends_in_colon(paragraph: dict[str, Any]) -> bool:
    """Whether it announces what follows: ``The goals, with what was done for each:``."""
    return "".join(span["text"] for span in paragraph["spans"]).rstrip().endswith(":")


def _block_data(block: Block) -> list[dict[str, Any]]:  # noqa: PLR0911 - one answer a kind of block
    match block:
        case Heading(level, spans):
            return [{"kind": "heading", "level": level, "spans": _spans_data(spans)}]
        case Paragraph(spans):
            return [{"kind": "paragraph", "sticky": False, "spans": _spans_data(spans)}]
        case ListBlock():
            return [
                _list_data(list(items), block.ordered, box) for box, items in groupby(block.items, lambda it: it.box)
            ]
        case TableBlock():
            return [_table_data(block)]
        case Chart() | Flow():
            return [_drawn_data(block)]
        case NoteBox(blocks) | SpeakerNotes(blocks):
            return [{"kind": "note", "blocks": _blocks_data(blocks)}]
        case AnswerLine():
            return [{"kind": "line", "sticky": False}]
        case PageBreak(language, footer):
            return [{"kind": "break", "sticky": False, "language": language, "footer": footer}]
        case QrCode(link):
            return [{"kind": "code", **qr_code_template_data(link)}]
        case SignatureRoom(rows):
            signers = [asdict(signer) for signer in rows]
            words = {"date": _("Date"), "name": _("Name"), "signature": _("Signature")}
            return [{"kind": "signatures", "signers": signers, **words}]
        case PictureBlock(_url, content, (wide, high), words):
            details = {"content": list(content), "words": words, "upright": high > wide}
            return [{"kind": "picture", "sticky": False, "steps": [], **details}]
        case Illustration(name, words, svg) if svg or name in NAMES:
            return [{"kind": "drawing", "name": name, "words": words, "height": block.height_mm}]
    return []


def _drawn_data(block: Chart | Flow) -> dict[str, Any]:
    if isinstance(block, Chart):
        return {"kind": "chart", "picture": chart.chart_svg(block), "words": chart.alternative_text(block)}
    picture = diagram.diagram_svg(block, diagram.ON_PAPER)
    return {"kind": "flow", "picture": picture, "words": diagram.alternative_text(block)}


def _list_data(items: list[ListItem], ordered: bool, box: bool | None) -> dict[str, Any]:
    sign = "" if box is None else ("☒" if box else "☐")
    kind = "numbers" if ordered and not sign else "bullets"
    small, is_row = len(items) >= WHOLE_TOWN, tick_boxes_fit_on_one_line(items)
    plan = {"kind": kind, "sticky": False, "sign": sign, "columns": bullet_column_count(items), "small": small}
    return {**plan, "row": is_row, "items": [_blocks_data(item.blocks) for item in items]}


def tick_boxes_fit_on_one_line(items: Sequence[ListItem]) -> bool:
    """Whether boxes to tick stand beside each other on one line: a few short answers, with nothing to write."""
    if len(items) < 2 or {item.box for item in items} != {False} or any(len(item.blocks) != 1 for item in items):
        return False
    answers = [item.blocks[0].spans for item in items if isinstance(item.blocks[0], Paragraph)]
    is_plain = not any(span.mark for spans in answers for span in spans)
    return len(answers) == len(items) and is_plain and sum(BOX + len(plain_text(spans)) for spans in answers) <= BOTH


def bullet_column_count(items: Sequence[ListItem]) -> int:
    """How many columns a list of bullets takes: the streets of a whole quarter side by side."""
    lines = [item.blocks[0] for item in items if len(item.blocks) == 1 and isinstance(item.blocks[0], Paragraph)]
    longest = max((len(plain_text(line.spans)) for line in lines), default=0)
    if len(lines) < len(items) or len(items) < LONG or longest > BOTH:
        return 1
    columns = 3 if len(items) >= 3 * LONG and longest <= SHORT else 2
    return columns + (len(items) >= WHOLE_TOWN) + (len(items) >= 2 * WHOLE_TOWN)


def _table_data(table: TableBlock) -> dict[str, Any]:
    return {
        "kind": "table",
        "sticky": False,
        "widths": column_width_shares(table),
        "head": [_spans_data(cell) for cell in table.head],
        "rows": [[_spans_data(cell) for cell in row] for row in table.rows],
    }


def _spans_data(spans: Spans) -> list[dict[str, Any]]:
    return [
        {"text": it.text, "bold": it.bold, "italic": it.italic, "mark": it.mark, "language": it.language}
        for it in spans
    ]
