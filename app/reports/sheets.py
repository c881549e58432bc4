"""A report as a workbook: one sheet for each part, numbers as numbers, days as days.

What people wrote (names of teams and places, corrections) never becomes a formula: a text that
begins as one does gets an apostrophe before it, so that it stays a text where the sheet is
saved as CSV and opened again, too.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from app.core import clock
from app.core.cells import defused
from app.reports.composing import Document, Part
from app.reports.wording import Cell, Hidden, Share, Words

UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML may hold: a workbook with it does not open. Source: XML 1.0, 2.2."""
FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
LONGEST_NAME = 31
PERCENT, DAY, WHOLE, TENTHS = "0.0%", "yyyy-mm-dd", "#,##0", "#,##0.0"
LETTERS = "Calibri"
"""As the library has it where nothing is said: a font without a name is any."""
HEAD = PatternFill("solid", fgColor="0B6E5B")
WIDEST, NARROWEST = 60, 9
LINE, BIG_LINE = 16, 26
"""How high a row of text is, in points: programs that do not measure it themselves cut it off."""
PORTRAIT, LANDSCAPE, NOTES = 80, 124, 66
"""How many letters stand beside one another on A4; the notes' only column is not made to fit."""


def workbook(document: Document) -> bytes:
    """Return the xlsx; the same report gives the same bytes."""
    words = Words(document.issue.language)
    book = Workbook()
    # Not the day on which it is written: the report's.
    made = datetime.combine(document.issue.made_on, time(), clock.SHANGHAI).astimezone(UTC)
    book.properties.created = book.properties.modified = made.replace(tzinfo=None)
    book.properties.creator = "Linli"
    book.properties.title = safe(f"{document.title} {document.place} {document.period}")
    first = book.active
    first.title = _sheet_name(words.say("summary"))
    _summary(first, document, words)
    for part in document.parts:
        if part.table is not None:
            sheet = book.create_sheet(_sheet_name(part.topic))
            _part(sheet, part, document, words)
    _notes(book.create_sheet(_sheet_name(words.say("topics.definitions"))), document)
    written = BytesIO()
    book.save(written)
    return _settled(written.getvalue(), made)


def safe(text: str) -> str:
    """Return a text that is only a text wherever it is opened."""
    return str(defused(UNWRITABLE.sub("", text)))


def _sheet_name(topic: str) -> str:
    return FORBIDDEN_IN_NAMES.sub(" ", topic)[:LONGEST_NAME]


def _summary(sheet: Worksheet, document: Document, words: Words) -> None:
    above = [document.title, f"{document.place} · {document.period}", *document.lines]
    for line in above:
        sheet.append([safe(line)])
    head = [words.say(f"columns.{key}") for key in ("figure", "now", "numerator", "denominator")]
    _head(sheet, [*head, words.say("columns.change")])
    for tile in document.tiles:
        _row(sheet, (tile.label, *_spread(tile.cell, wide=True), tile.change), words)
    sheet.append([])
    for finding in document.findings:
        sheet.append([safe(finding)])
    _widths(sheet, from_row=len(above) + 1, to_row=len(above) + 1 + len(document.tiles))
    findings = range(sheet.max_row - len(document.findings) + 1, sheet.max_row + 1)
    for row in (*range(1, len(above) + 1), *findings):
        _sentence(sheet, row)
    _sentence(sheet, 1, Font(name=LETTERS, bold=True, size=16))
    _paper(sheet, document)


def _part(sheet: Worksheet, part: Part, document: Document, words: Words) -> None:
    table = part.table
    if table is None:
        return
    sheet.append([safe(part.answer)])
    spread = [_has_share(table.rows, at) for at in range(len(table.head))]
    head: list[str] = []
    made_of = [words.say("columns.numerator"), words.say("columns.denominator")]
    for name, wide in zip(table.head, spread, strict=True):
        head += [name, *made_of] if wide else [name]
    _head(sheet, head)
    for row in table.rows:
        cells = [
            value
            for cell, wide in zip(row, spread, strict=True)
            for value in _spread(cell, wide=wide)
        ]
        _row(sheet, cells, words)
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(head))}{sheet.max_row}"
    _widths(sheet, from_row=2, to_row=sheet.max_row)
    if part.note:
        sheet.append([])
        sheet.append([safe(part.note)])
        _sentence(sheet, sheet.max_row)
    _sentence(sheet, 1, Font(name=LETTERS, bold=True, size=13))
    _paper(sheet, document)


def _has_share(rows: Iterable[Sequence[Cell]], column: int) -> bool:
    return any(isinstance(row[column], Share) for row in rows)


def _spread(cell: Cell, *, wide: bool) -> tuple[Cell, ...]:
    """Return a cell, with what a share is made of beside it where the column has shares."""
    if not wide:
        return (cell,)
    if isinstance(cell, Share):
        return cell, cell.numerator, cell.denominator
    return cell, "", ""


def _head(sheet: Worksheet, names: Sequence[str]) -> None:
    sheet.append([safe(name) for name in names])
    row = sheet.max_row
    for cell in sheet[row]:
        cell.font, cell.fill = Font(name=LETTERS, bold=True, color="FFFFFF"), HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    sheet.row_dimensions[row].height = BIG_LINE
    sheet.freeze_panes = f"B{row + 1}"
    sheet.print_title_rows = f"{row}:{row}"


def _row(sheet: Worksheet, cells: Sequence[Cell], words: Words) -> None:
    sheet.append([_value(cell, words) for cell in cells])
    for written, cell in zip(sheet[sheet.max_row], cells, strict=True):
        _format(written, cell)


def _value(cell: Cell, words: Words) -> str | float | date | None:
    if isinstance(cell, Hidden):
        return words.cell(cell)
    if isinstance(cell, Share):
        return cell.value
    if isinstance(cell, str):
        return safe(cell) or None
    return cell


def _format(written: SheetCell, cell: Cell) -> None:
    if isinstance(cell, Share):
        written.number_format = PERCENT
    elif isinstance(cell, date):
        written.number_format = DAY
    elif isinstance(cell, float):
        written.number_format = TENTHS
    elif isinstance(cell, int):
        written.number_format = WHOLE
    elif isinstance(cell, Hidden):
        written.font = Font(name=LETTERS, italic=True, color="566660")
    else:
        # Or it touches the number in the column before it.
        written.alignment = Alignment(horizontal="left", indent=0 if written.column == 1 else 1)
        # Text, whatever it looks like.
        written.data_type = "s" if written.value is not None else written.data_type


def _notes(sheet: Worksheet, document: Document) -> None:
    sheet.column_dimensions["A"].width = NOTES
    for note in document.notes:
        sheet.append([safe(note)])
        _sentence(sheet, sheet.max_row)
    _paper(sheet, document)


def _sentence(sheet: Worksheet, row: int, font: Font | None = None) -> None:
    """Let a sentence go over the columns of a page, and over as many lines as it needs."""
    width, last = sheet.column_dimensions["A"].width, 1
    while width < PORTRAIT or last < sheet.max_column:
        if width + _wide(sheet, last + 1) > LANDSCAPE:
            break
        last += 1
        width += _wide(sheet, last)
    if last > 1:
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=last)
    cell = sheet.cell(row, 1)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    size = 1.0
    if font is not None:
        cell.font, size = font, font.size / 11
    lines = -(-int(_length(cell.value) * size) // int(width))
    sheet.row_dimensions[row].height = round(LINE * size) * max(lines, 1)


def _wide(sheet: Worksheet, column: int) -> float:
    letter = get_column_letter(column)
    known = letter in sheet.column_dimensions
    return float(sheet.column_dimensions[letter].width) if known else NARROWEST


def _paper(sheet: Worksheet, document: Document) -> None:
    """Let the sheet be printed on A4: never wider than a page, its table's head on each."""
    width = sum(_wide(sheet, column) for column in range(1, sheet.max_column + 1))
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if width > PORTRAIT + NARROWEST else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    # An ampersand begins an order there.
    sheet.oddFooter.left.text = safe(f"{document.place} · {document.period}").replace("&", "&&")
    sheet.oddFooter.right.text = "&P / &N"


def _widths(sheet: Worksheet, *, from_row: int, to_row: int) -> None:
    """Make columns as wide as what stands in them, a Chinese letter for two."""
    for column in sheet.iter_cols(min_row=from_row, max_row=to_row):
        longest = max((_length(cell.value) for cell in column), default=0)
        # The head has an arrow to sift by.
        longest = max(longest, _length(column[0].value) + 2)
        width = min(max(longest + 2, NARROWEST), WIDEST)
        sheet.column_dimensions[column[0].column_letter].width = width


def _length(value: object) -> int:
    if isinstance(value, date):
        return len("2026-10-01")
    text = f"{value:,.1f}" if isinstance(value, float) else str(value or "")
    return sum(1 if letter.isascii() else 2 for letter in text)


def _settled(content: bytes, made: datetime) -> bytes:
    """Return the same archive with the report's day wherever the library put the clock's."""
    written = BytesIO()
    stamp = made.timetuple()[:6]
    with ZipFile(BytesIO(content)) as old, ZipFile(written, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            told = MODIFIED.sub(rf"\g<1>{made:%Y-%m-%dT%H:%M:%SZ}\g<2>".encode(), old.read(name))
            new.writestr(ZipInfo(name, stamp), told, ZIP_DEFLATED)
    return written.getvalue()
