"""What the register of experts says as an Excel file: its columns, and what stands in each line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.errors import Problem, Rejected
from engine.sheet_file import Cell, CellKind, Row, SheetFile, day_of

# Key of the form of an expert, and what the column is called.
COLUMNS: Mapping[str, tuple[str, str]] = {
    "person": ("用户名", "User name"),
    "name": ("姓名", "Name"),
    "profession": ("专业类别", "Profession"),
    "employer": ("执业机构", "Employer"),
    "licence_no": ("执业证号", "Licence number"),
    "licence_until": ("证书有效期至", "Licence valid until"),
    "fields": ("擅长领域", "Fields"),
    "towns": ("服务镇街", "Towns served"),
    "term_from": ("聘期起", "Term from"),
    "term_to": ("聘期止", "Term until"),
    "max_open": ("同时办理上限", "Most cases at a time"),
}
MUST_HAVE = frozenset(COLUMNS) - {"name", "towns", "max_open"}
DAYS = ("licence_until", "term_from", "term_to")
PROFESSIONS: Mapping[str, tuple[str, str]] = {
    "physician": ("医师", "Physician"),
    "lawyer": ("律师", "Lawyer"),
    "accountant": ("会计师", "Accountant"),
    "tax_adviser": ("税务师", "Tax adviser"),
    "appraiser": ("资产评估师", "Asset appraiser"),
}
DEFAULT_OPEN = 3
MOST_LINES = 2_000
LOOKED_AT = 10  # a title and notes may stand above the names of the columns
_PROFESSION_NAMED = {word.lower(): key for key, words in PROFESSIONS.items() for word in words}


class ExpertColumnsMissing(Rejected):
    """Within the first lines no line has the names of all columns that must be there."""


class ExpertSheetEmpty(Rejected):
    """Below the names of the columns there is no line."""


class ExpertSheetTooLong(Rejected):
    """The register of experts has at most 2,000 lines."""


@dataclass
class ExpertLine:
    """`answers` are those of the form of an expert; `name` is there to be compared with the person's."""

    line: int
    answers: dict[str, Any] = field(default_factory=dict)
    name: str = ""
    flaws: list[Problem] = field(default_factory=list)

    @property
    def username(self) -> str:
        return str(self.answers.get("person") or "")

    def wrong(self, column: str, code: str, **params: Any) -> None:
        self.flaws.append(Problem(path=column, code=code, params=params))


def expert_lines(content: bytes) -> list[ExpertLine]:
    """Raises Rejected for a file that is no register of experts."""
    sheet = SheetFile(content)
    rows = sheet.rows()
    columns, found = _columns(rows), []
    for row in rows:
        cells = {key: row.cells[place] for place, key in columns.items() if place in row.cells}
        if cells:
            found.append(_line(row.number, cells, from_1904=sheet.counts_from_1904))
        if len(found) > MOST_LINES:
            raise ExpertSheetTooLong(most=MOST_LINES)
    if not found:
        raise ExpertSheetEmpty()
    return found


def _columns(rows: Iterator[Row]) -> dict[int, str]:
    names = {word.lower(): key for key, words in COLUMNS.items() for word in words}
    for _, row in zip(range(LOOKED_AT), rows, strict=False):
        titles = {place: cell.text.strip("*＊ ").lower() for place, cell in row.cells.items()}
        found = {place: names[title] for place, title in titles.items() if title in names}
        if set(found.values()) >= MUST_HAVE and len(found) == len(set(found.values())):
            return found
    raise ExpertColumnsMissing(columns=[words[0] for key, words in COLUMNS.items() if key in MUST_HAVE])


def _line(number: int, cells: Mapping[str, Cell], *, from_1904: bool) -> ExpertLine:
    line = ExpertLine(number)
    for key, cell in cells.items():
        if cell.kind is CellKind.FORMULA:
            line.wrong(key, "cell_formula")
        elif key == "name":
            line.name = cell.text
        else:
            line.answers[key] = _answer(line, key, cell, from_1904=from_1904)
    for key in MUST_HAVE - cells.keys():
        line.wrong(key, "required")
    line.answers.setdefault("max_open", DEFAULT_OPEN)
    line.answers.setdefault("towns", [])
    return line


def _answer(line: ExpertLine, key: str, cell: Cell, *, from_1904: bool) -> Any:
    if key in DAYS:
        return _day(line, key, cell, from_1904=from_1904)
    if key == "profession":
        return _PROFESSION_NAMED.get(cell.text.lower(), cell.text)
    if key == "towns":
        return [town for town in cell.text.replace(",", "、").replace("，", "、").split("、") if town.strip()]
    if key == "max_open":
        return _whole(line, cell)
    if key == "licence_no" and cell.kind is CellKind.NUMBER and len(cell.text) > 15:
        line.wrong(key, "licence_not_text")  # Excel keeps fifteen digits of a number, the others are lost
    return cell.text.lower() if key == "person" else cell.text


def _day(line: ExpertLine, key: str, cell: Cell, *, from_1904: bool) -> str | None:
    try:
        return day_of(cell, counts_from_1904=from_1904).isoformat()
    except (ValueError, ArithmeticError):
        line.wrong(key, "not_a_date")
        return None


def _whole(line: ExpertLine, cell: Cell) -> int | None:
    if cell.text.isascii() and cell.text.isdigit() and len(cell.text) < 6:
        return int(cell.text)
    line.wrong("max_open", "not_a_number")
    return None
