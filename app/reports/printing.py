"""A report as a page and as paper: one template, one style, charts as vectors.

WeasyPrint and the libraries of the system that it calls (Pango, HarfBuzz, fontconfig) are
loaded by whoever prints, so that web workers that do not are spared them. See docs/adr/0028.
"""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from fontTools.ttLib import TTCollection, TTFont
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from PIL import ImageFile

from app.core.deployment import settings
from app.core.errors import Unavailable
from app.reports.charts import FONT
from app.reports.composing import Document, Table
from app.reports.wording import Cell, Hidden, Share, Words
from app.volunteers.fonts import Face, faces

FOLDER = Path(__file__).with_name("templates")
STYLE = (FOLDER / "report.css").read_text(encoding="utf-8")
ON_SCREEN = STYLE + (FOLDER / "screen.css").read_text(encoding="utf-8")
"""With the dark and with what scrolls, which paper knows nothing of."""
_HASH = base64.b64encode(hashlib.sha256(ON_SCREEN.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""What the page may load: its own style, and nothing else."""
OWN_FONT = "Linli"
FAMILY_NAME = 1


class PrinterMissing(Unavailable):
    """The system's libraries that set type are not installed, so that no PDF can be made."""

    code = "printer_missing"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(document: Document) -> str:
    """Return the whole HTML page, with its style and charts in it."""
    return _page(document, ON_SCREEN)


def _page(document: Document, style: str) -> str:
    words = Words(document.issue.language)
    return (
        _environment()
        .get_template("report.html")
        .render(
            document=document,
            language="zh-Hans" if words.language == "zh-Hans" else "en",
            # Our own file, and no text of anybody's in it.
            style=Markup(style),  # noqa: S704
            say=words.say,
            brief=words.brief,
            fraction=lambda cell: words.fraction(cell) if isinstance(cell, Share) else "",
            hidden=lambda cell: isinstance(cell, Hidden),
            kind=_kind,
            text_column=_text_column,
        )
    )


def _kind(cell: Cell) -> str:
    if isinstance(cell, Hidden):
        return "hidden"
    return "text" if isinstance(cell, str) else "number"


def _text_column(table: Table, column: int) -> bool:
    return bool(table.rows) and all(isinstance(row[column], str) for row in table.rows)


def paper(document: Document) -> bytes:
    """Return the PDF, with the letters that it uses. Errors: FontMissing, PrinterMissing."""
    font = faces().plain
    try:
        html = _printer()
    except OSError as fault:
        raise PrinterMissing from fault
    style, allowed = _faced(font)
    written = _page(document, style).replace(FONT, _name(font))
    return bytes(html(string=written, url_fetcher=_only(allowed)).write_pdf())


def _printer() -> Any:
    """Return what prints. Errors: OSError, where a library of the system is missing."""
    # Half a second and 60 MB: for whoever prints.
    from weasyprint import HTML  # noqa: PLC0415

    # It lets Pillow take pictures that were cut short, for the whole process; photos must not be.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return HTML


def _name(face: Face) -> str:
    """Return what the paper calls its font."""
    return OWN_FONT if settings().pdf_font else _family(face)


def _faced(face: Face) -> tuple[str, str | None]:
    family = _name(face)
    address = face.path.as_uri() if settings().pdf_font else None
    own = f'@font-face{{font-family:{OWN_FONT};src:url("{address}")}}' if address else ""
    return f'{own}{STYLE}\nbody{{font-family:"{family}",sans-serif}}', address


@cache
def _family(face: Face) -> str:
    """Return the name by which the system knows a font."""
    with face.path.open("rb") as file:
        if face.path.suffix.lower() == ".ttc":
            font = TTCollection(file, lazy=True).fonts[face.number]
        else:
            font = TTFont(file, lazy=True)
        return str(font["name"].getDebugName(FAMILY_NAME))


def _only(allowed: str | None) -> Any:
    """Return what fetches nothing for a page but the font that the deployment named."""

    def fetch(url: str, *_: Any, **__: Any) -> Any:
        if url != allowed:
            _refuse(url)
        from weasyprint import default_url_fetcher  # noqa: PLC0415

        return default_url_fetcher(url)

    return fetch


def _refuse(url: str) -> NoReturn:
    msg = f"a report loads nothing: {url[:60]}"
    raise ValueError(msg)
