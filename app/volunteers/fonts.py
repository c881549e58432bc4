"""The Chinese letters that papers are printed with: found on the machine, embedded in the paper."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from fontTools.ttLib import TTCollection, TTFont, TTLibError

from app.core.deployment import settings
from app.core.errors import Unavailable

FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("/System/Library/Fonts"),
    Path("/Library/Fonts"),
)
"""Where systems keep fonts. Debian's `fonts-noto-cjk` and its like elsewhere put them here."""
PLAIN = (
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJKsc-Regular.otf",
    "NotoSansSC-Regular.otf",
    "SourceHanSansSC-Regular.otf",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
)
BOLD = (
    "NotoSansCJK-Bold.ttc",
    "NotoSansCJKsc-Bold.otf",
    "NotoSansSC-Bold.otf",
    "SourceHanSansSC-Bold.otf",
)
FESTIVE = (
    "NotoSerifCJK-Bold.ttc",
    "NotoSerifCJKsc-Bold.otf",
    "NotoSerifSC-Bold.otf",
    "SourceHanSerifSC-Bold.otf",
)
"""Open fonts, the preferred first, that may be embedded in what is printed with them."""
SIMPLIFIED = " SC"
"""In a collection of several countries' forms, this is in the name of ours."""
NEEDED = "志愿服务证明"


class FontMissing(Unavailable):
    """No font with Chinese letters is installed, so that no paper can be printed."""

    code = "font_missing"


class Face(NamedTuple):
    """A font's file, and which of its faces, for a file may hold several."""

    path: Path
    number: int


class Faces(NamedTuple):
    """What papers are printed with."""

    plain: Face
    bold: Face
    festive: Face


def faces() -> Faces:
    """Return the faces to print with: those of `PDF_FONT`, else what the machine has.

    Errors: FontMissing.
    """
    chosen = settings().pdf_font
    found = _of_file(chosen) if chosen else _of_machine()
    if found is None:
        raise FontMissing
    return found


@cache
def _of_file(path: Path) -> Faces | None:
    face = _face(path)
    return Faces(face, face, face) if face else None


@cache
def _of_machine() -> Faces | None:
    plain = _first(PLAIN)
    if plain is None:
        return None
    bold = _first(BOLD) or plain
    return Faces(plain, bold, _first(FESTIVE) or bold)


def _first(names: tuple[str, ...]) -> Face | None:
    known = _files()
    faces = (_face(known[name]) for name in names if name in known)
    return next((face for face in faces if face), None)


@cache
def _files() -> dict[str, Path]:
    wanted = {*PLAIN, *BOLD, *FESTIVE}
    found = (path for folder in FOLDERS if folder.is_dir() for path in folder.rglob("*.[ot]t[cf]"))
    return {path.name: path for path in sorted(found, reverse=True) if path.name in wanted}


def _face(path: Path) -> Face | None:
    """Return the Simplified Chinese face of a font's file, None if it has no such letters."""
    try:
        with path.open("rb") as file:
            if path.suffix.lower() != ".ttc":
                return Face(path, 0) if _speaks_chinese(TTFont(file, lazy=True)) else None
            collection = TTCollection(file, lazy=True)
            fonts = list(enumerate(collection.fonts))
            fonts.sort(key=lambda pair: SIMPLIFIED not in str(pair[1]["name"].getDebugName(1)))
            number, font = fonts[0]
            return Face(path, number) if _speaks_chinese(font) else None
    except (OSError, TTLibError):
        return None


def _speaks_chinese(font: TTFont) -> bool:
    letters = font.getBestCmap() or {}
    return all(ord(letter) in letters for letter in NEEDED)
