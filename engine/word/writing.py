"""Writes the Word template that a paper begins with, of the same blocks as its printed page."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from engine.definitions.paper import Paper
from engine.word.archive import steady

SERIF, SANS = "宋体", "黑体"
WRITTEN_AT = datetime(2026, 1, 1)  # noqa: DTZ001 - these files know no zone
WIDTH = 16.6  # centimetres between the margins
_ALIGN = {"center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
_LABEL = 3.2
_INDENT = Pt(24)


class TemplateWriter:
    def __init__(self) -> None:
        self._document = Document()

    def write(self, paper: Paper) -> bytes:
        self._set_up()
        self._describe(paper)
        self._number_pages()
        self._blocks(paper.blocks)
        target = io.BytesIO()
        self._document.save(target)
        return steady(target.getvalue())

    def _set_up(self) -> None:
        section, normal = self._document.sections[0], self._document.styles["Normal"]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
        section.top_margin, section.bottom_margin = Cm(2.5), Cm(2.2)
        normal.font.name, normal.font.size = SERIF, Pt(12)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), SERIF)
        for language in self._document.styles.element.iter(qn("w:lang")):
            language.set(qn("w:eastAsia"), "zh-CN")
        normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(4), 1.35

    def _describe(self, paper: Paper) -> None:
        """Nothing of the library that wrote it, and no date: the same paper is the same file."""
        about = self._document.core_properties
        about.title, about.author, about.comments, about.language = paper.name, "", "", "zh-CN"
        about.created = about.modified = WRITTEN_AT
        relations = self._document.part.package.rels
        for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
            relations.pop(key)

    def _number_pages(self) -> None:
        paragraph = self._document.sections[0].footer.paragraphs[0]
        paragraph.alignment, paragraph.style.font.size = WD_ALIGN_PARAGRAPH.CENTER, Pt(9)
        _add_field(paragraph, "PAGE")
        paragraph.add_run(" / ")
        _add_field(paragraph, "NUMPAGES")

    def _blocks(self, blocks: Sequence[Mapping[str, Any]]) -> None:
        for block in blocks:
            word = next(word for word in _DRAWN if word in block)
            getattr(self, f"_{word}")(block)

    def _title(self, block: Mapping[str, Any]) -> None:
        self._heading_of(block["title"], size=18, align="center")

    def _heading(self, block: Mapping[str, Any]) -> None:
        self._heading_of(block["heading"], size=13, align=None)

    def _heading_of(self, text: str, *, size: int, align: str | None) -> None:
        paragraph = self._paragraph(text, align=align)
        paragraph.paragraph_format.keep_with_next = True
        run = paragraph.runs[0]
        run.bold, run.font.size, run.font.name = True, Pt(size), SANS
        run._element.rPr.rFonts.set(qn("w:eastAsia"), SANS)

    def _p(self, block: Mapping[str, Any]) -> None:
        paragraph = self._paragraph(block["p"], align=block.get("align"))
        if not (block.get("plain") or block.get("align")):
            paragraph.paragraph_format.first_line_indent = _INDENT
        if block.get("small"):
            paragraph.runs[0].font.size = Pt(9)

    def _each(self, block: Mapping[str, Any]) -> None:
        self._around(f"for {block['as']} in {block['each']}", block["blocks"], "endfor")

    def _when(self, block: Mapping[str, Any]) -> None:
        self._around(f"if {block['when']}", block["blocks"], "endif")

    def _around(self, begin: str, blocks: Sequence[Mapping[str, Any]], end: str) -> None:
        """docxtpl takes the paragraphs of the marks out of the finished file."""
        self._paragraph(f"{{%p {begin} %}}")
        self._blocks(blocks)
        self._paragraph(f"{{%p {end} %}}")

    def _fields(self, block: Mapping[str, Any]) -> None:
        rows = [block["fields"][n : n + 2] for n in range(0, len(block["fields"]), 2)]
        table = self._table_of(len(rows), [_LABEL, WIDTH / 2 - _LABEL] * 2)
        for cells, pairs in zip((row.cells for row in table.rows), rows, strict=True):
            for n, (label, text) in enumerate(pairs):
                _put(cells[2 * n], label, is_bold=True)
                _put(cells[2 * n + 1], text)
            if len(pairs) == 1:
                cells[1].merge(cells[3])
        self._paragraph("")

    def _table(self, block: Mapping[str, Any]) -> None:
        columns = block["columns"]
        if block.get("caption"):
            self._paragraph(block["caption"]).paragraph_format.keep_with_next = True
        table = self._table_of(4, [WIDTH * width / 100 for _, _, width in columns])
        for cell, (head, _, _) in zip(table.rows[0].cells, columns, strict=True):
            _put(cell, head, is_bold=True)
        _mark(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
        _put(table.rows[1].cells[0], f"{{%tr for {block['as']} in {block['table']} %}}")
        for cell, (_, text, _) in zip(table.rows[2].cells, columns, strict=True):
            _put(cell, text)
        _put(table.rows[3].cells[0], "{%tr endfor %}")
        self._paragraph("")

    def _table_of(self, rows: int, widths: Sequence[float]) -> Any:
        table = self._document.add_table(rows=rows, cols=len(widths))
        table.style, table.autofit = "Table Grid", False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        for row in table.rows:
            _mark(row._tr.get_or_add_trPr(), "w:cantSplit")
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Cm(width)
        return table

    def _sign(self, block: Mapping[str, Any]) -> None:
        self._paragraph("")
        table = self._document.add_table(rows=1, cols=len(block["sign"]))
        for cell, text in zip(table.rows[0].cells, block["sign"], strict=True):
            _put(cell, text)
        self._paragraph("")

    def _new_page(self, block: Mapping[str, Any]) -> None:
        self._document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _paragraph(self, text: str, *, align: str | None = None) -> Any:
        paragraph = self._document.add_paragraph()
        paragraph.add_run(text)
        if align:
            paragraph.alignment = _ALIGN[align]
        return paragraph


_DRAWN = ("title", "heading", "p", "each", "when", "fields", "table", "sign", "new_page")


def _put(cell: Any, text: str, *, is_bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(0), 1.15
    run = paragraph.add_run(text)
    run.bold, run.font.size = is_bold, Pt(10.5)


def _mark(properties: Any, name: str) -> None:
    properties.append(OxmlElement(name))


def _add_field(paragraph: Any, name: str) -> None:
    """What Word itself fills in, such as the number of the page."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    field.append(paragraph.add_run("1")._r)
    paragraph._p.append(field)
