"""A4 sheets with the platform's look: fonts embedded, so that they print the same anywhere.

Lengths in millimetres. A paper writes its own statement and fields; frame, head, foot with the
code to check it by, and the mark of what was revoked are the same for all.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import segno
from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos

from app.core import clock, texts
from app.volunteers import rules
from app.volunteers.fonts import Faces

JADE, INK, QUIET, LINE, WASH, RED = (
    (11, 110, 91),
    (28, 36, 33),
    (99, 112, 107),
    (206, 219, 213),
    (241, 247, 244),
    (176, 42, 42),
)
WIDTH, HEIGHT, SIDE = 210.0, 297.0, 24.0
INNER = WIDTH - 2 * SIDE
PLAIN, BOLD, FESTIVE = "plain", "bold", "festive"
FOOT = HEIGHT - 62.0
LABELS = 38.0
SCALES = (1.0, 0.92, 0.85, 0.78, 0.7, 0.6)
"""How much smaller the fields may become so that all of them stand on the first page."""
QR_SIDE = 30.0
CORRECTION = "m"
"""A sixth of the code may be dirty and it is read all the same."""
CLOSING = frozenset("，。；：、！？）」』”’》,.;:!?)")
PIECE = re.compile(r"[^\s\u2e80-\uffff]+\s*|[\u2e80-\uffff]\s*|\s+")
"""A word and the space behind it, or a Chinese letter."""
Row = Mapping[str, Any]


class Sheet(FPDF):
    """A paper being printed.

    `catalogue`: where its words are; what is not said there is said as certificates of service
    say it. `certificate`: a row with number, issuer, issued_at, verify_url, revoked_at.
    """

    catalogue = "certificate"

    def __init__(self, certificate: Row, language: str, fonts: Faces) -> None:
        super().__init__(orientation="portrait", unit="mm", format="A4")
        self.certificate, self.language = certificate, language
        for name, face in zip((PLAIN, BOLD, FESTIVE), fonts, strict=True):
            self.add_font(name, fname=face.path, collection_font_number=face.number)
        self.set_auto_page_break(auto=False)
        self.set_margins(SIDE, SIDE, SIDE)
        self.c_margin = 0
        self.set_title(f"{self.say('title')} {certificate['number']}")
        self.set_author(certificate["issuer"])
        self.set_creator("Linli")
        self.set_lang("zh-CN" if language == "zh-Hans" else "en")
        self.set_creation_date(certificate["issued_at"])
        self.alias_nb_pages("{pages}")

    def values(self) -> list[tuple[str, str]]:
        """Return the fields, (key of the label, value) each, in their order."""
        raise NotImplementedError

    def say(self, key: str, **params: object) -> str:
        """Return a text of the catalogue."""
        return texts.text(self._key(key), self.language, **params)

    def _key(self, key: str) -> str:
        own = f"{self.catalogue}.{key}"
        return own if texts.known(own) else f"certificate.{key}"

    def besides(self, key: str) -> str:
        """Return a text in the other language."""
        other = next(spoken for spoken in texts.LANGUAGES if spoken != self.language)
        return texts.text(self._key(key), other)

    def day(self, when: date | datetime | str) -> str:
        """Return a Shanghai day as people read it."""
        if isinstance(when, str):
            when = date.fromisoformat(when)
        if isinstance(when, datetime):
            when = clock.shanghai_day(when)
        return self.say("day", year=when.year, month=when.month, day=when.day)

    def footer(self) -> None:
        """Print which certificate and page this is."""
        self.set_y(HEIGHT - 15)
        self.put(self.certificate["number"], PLAIN, 7.5, QUIET, height=4, stay=True)
        paged = self.say("page", page=self.page_no(), pages="{pages}")
        self.put(paged, PLAIN, 7.5, QUIET, height=4, align=Align.R)

    def put(
        self,
        words: str,
        font: str,
        size: float,
        colour: tuple[int, int, int],
        *,
        align: Align = Align.L,
        height: float = 6,
        width: float = 0,
        stay: bool = False,
    ) -> None:
        """Write a line, or more if it is long; `size` in points. `stay`: go on where it began."""
        self.set_font(font, size=size)
        self.set_text_color(*colour)
        left, top = self.get_x(), self.get_y()
        for line in self.lines(words, width or self.epw):
            self.cell(width, height, line, align=align, new_x=XPos.LEFT, new_y=YPos.NEXT)
        if stay:
            self.set_xy(left, top)
        else:
            self.set_x(SIDE)

    def lines(self, words: str, width: float) -> list[str]:
        """Return a text cut into lines of a width, in the font that is set.

        Between Chinese letters a line may end anywhere, but no line begins with a comma.
        """
        lines = [""]
        for piece in _pieces(words):
            if self.get_string_width(lines[-1] + piece.rstrip()) <= width or not lines[-1].strip():
                lines[-1] += piece
            else:
                lines[-1] = lines[-1].rstrip()
                lines.append(piece.lstrip())
            while self.get_string_width(lines[-1].rstrip()) > width and len(lines[-1]) > 1:
                fits = self._fitting(lines[-1], width)
                lines[-1:] = [lines[-1][:fits], lines[-1][fits:]]
        return lines

    def _fitting(self, line: str, width: float) -> int:
        """Return how many letters of a line fit into a width, one at least."""
        lengths = range(len(line) - 1, 1, -1)
        return next((n for n in lengths if self.get_string_width(line[:n]) <= width), 1)

    def front(self) -> None:
        """Print the certificate itself."""
        self.add_page()
        self.frame()
        self.head()
        self.statement()
        self.fields()
        self.foot()
        if self.certificate["state"] == rules.REVOKED:
            self.revoked()

    def statement(self) -> None:
        """Print what is certified: each kind of paper says it in its own words."""
        raise NotImplementedError

    def frame(self) -> None:
        """Draw the frame."""
        self.set_fill_color(*JADE)
        self.rect(0, 0, WIDTH, 5, style="F")
        self.set_draw_color(*LINE)
        self.set_line_width(0.3)
        self.rect(10, 12, WIDTH - 20, HEIGHT - 30, style="D", round_corners=True, corner_radius=3)

    def head(self) -> None:
        """Print what this paper is."""
        self.set_xy(SIDE, 19)
        self.put(self.say("brand"), BOLD, 11, JADE, stay=True)
        label = f"{self.say('label')} · {self.besides('label')}"
        self.set_font(PLAIN, size=8)
        wide = self.get_string_width(label) + 8
        self.set_draw_color(*JADE)
        self.rect(WIDTH - SIDE - wide, 19, wide, 6, style="D", round_corners=True, corner_radius=3)
        self.set_xy(WIDTH - SIDE - wide, 19)
        self.put(label, PLAIN, 8, JADE, align=Align.C, width=wide)
        self.set_y(37)
        title = self.say("title")
        chinese = self.language == "zh-Hans"
        self.set_char_spacing(6 if chinese else 0)
        self.put(title, FESTIVE, 30 if chinese else 25, JADE, align=Align.C, height=14)
        self.set_char_spacing(0.6)
        self.put(self.besides("title"), PLAIN, 10, QUIET, align=Align.C)
        self.set_char_spacing(0)
        self.set_fill_color(*JADE)
        self.rect(WIDTH / 2 - 9, self.get_y() + 3, 18, 0.7, style="F")

    def fields(self) -> None:
        """Print the fields in lines of label and value, smaller if they are long."""
        values = self.values()
        room = FOOT - 4 - self.get_y()
        fitting = (scale for scale in SCALES if self._fields_height(values, scale) <= room)
        scale = next(fitting, SCALES[-1])
        for key, value in values:
            self._field(self.say(key), value, scale)

    def _fields_height(self, values: Sequence[tuple[str, str]], scale: float) -> float:
        self.set_font(PLAIN, size=9.5 * scale)
        lines = sum(len(self.lines(value, INNER - LABELS)) for _, value in values)
        return (lines * 5.4 + len(values) * 1.8) * scale

    def _field(self, label: str, value: str, scale: float) -> None:
        top, height, gap = self.get_y(), 5.4 * scale, 0.9 * scale
        self.set_xy(SIDE, top + gap)
        self.put(label, PLAIN, 9 * scale, QUIET, width=LABELS, height=height)
        self.set_xy(SIDE + LABELS, top + gap)
        self.put(value, PLAIN, 9.5 * scale, INK, width=INNER - LABELS, height=height)
        bottom = self.get_y() + gap
        self.set_draw_color(*LINE)
        self.set_line_width(0.15)
        self.line(SIDE, bottom, WIDTH - SIDE, bottom)
        self.set_xy(SIDE, bottom)

    def foot(self) -> None:
        """Print the code to check it by, room for a seal, and what it is worth."""
        top = FOOT
        self.code(self.certificate["verify_url"], SIDE, top)
        self.set_xy(SIDE + QR_SIDE + 5, top + 6)
        self.put(self.say("scan"), BOLD, 10, JADE, width=50, stay=True)
        self.set_xy(SIDE + QR_SIDE + 5, top + 12)
        self.put(self.say("scan_hint"), PLAIN, 8, QUIET, width=50, height=4.5, stay=True)
        middle, radius = WIDTH - SIDE - 22, 17.0
        self.set_draw_color(*LINE)
        self.set_line_width(0.3)
        self.set_dash_pattern(dash=1.5, gap=1.5)
        self.circle(middle, top + QR_SIDE / 2, radius, style="D")
        self.set_dash_pattern()
        self.set_xy(middle - radius, top + QR_SIDE / 2 - 3)
        self.put(self.say("seal"), PLAIN, 9, QUIET, width=2 * radius, align=Align.C, stay=True)
        self.set_xy(SIDE, top + QR_SIDE + 2.5)
        self.put(self.say("record_hint"), PLAIN, 7.5, QUIET, height=4)

    def code(self, url: str, left: float, top: float) -> None:
        """Draw the QR code of an address, each line of a row's dark squares at once."""
        matrix = [list(row) for row in segno.make(url, error=CORRECTION, micro=False).matrix]
        side = QR_SIDE / len(matrix)
        self.set_fill_color(*INK)
        for row_at, row in enumerate(matrix):
            for column, length in _runs(row):
                # A little taller than it is, or a screen shows seams between the lines.
                place = (left + column * side, top + row_at * side)
                self.rect(*place, length * side, side + 0.03, style="F")

    def revoked(self) -> None:
        """Print across it that it was revoked."""
        with self.rotation(24, WIDTH / 2, HEIGHT / 2), self.local_context(fill_opacity=0.22):
            self.set_xy(SIDE, HEIGHT / 2 - 15)
            self.put(self.say("revoked"), BOLD, 84, RED, align=Align.C, height=30)
        self.set_xy(SIDE, 29)
        day = self.day(self.certificate["revoked_at"])
        self.put(self.say("revoked_on", day=day), BOLD, 9, RED, align=Align.C, height=5)


def _pieces(words: str) -> list[str]:
    """Return what a line may end after: words of letters, and Chinese letters one by one."""
    pieces: list[str] = []
    for found in PIECE.findall(words):
        # What closes stays with what it closes, and so does what it follows.
        if pieces and found[0] in CLOSING:
            pieces[-1] += found
        else:
            pieces.append(found)
    return pieces


def _runs(row: Sequence[int]) -> list[tuple[int, int]]:
    """Return (start, length) of the dark stretches of a row."""
    found: list[tuple[int, int]] = []
    start = None
    for position, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = position
        elif not dark and start is not None:
            found.append((start, position - start))
            start = None
    return found
