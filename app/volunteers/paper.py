"""The paper of a certificate of service, and its list of every service.

The fields are those that 志愿服务记录与证明出具办法 asks for; the identity card is named and left
out, since the platform holds none.
"""

import math
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from fpdf.enums import Align

from app.core.deployment import settings
from app.volunteers.fonts import faces
from app.volunteers.sheets import (
    BOLD,
    FESTIVE,
    HEIGHT,
    INK,
    INNER,
    JADE,
    LINE,
    PLAIN,
    QUIET,
    SIDE,
    WASH,
    WIDTH,
    Row,
    Sheet,
)

MOST_TITLES = 4
"""So many kinds of service are named on the first page; all of them are in the list."""
LIST_BOTTOM = HEIGHT - 26.0
COLUMNS = (28.0, 50.0, 62.0, 22.0)
"""Of the list: day, service, place and team, time."""


def printed(certificate: Row, language: str) -> bytes:
    """Return the PDF of a certificate (see `certificates.detail`). Errors: FontMissing."""
    sheet = _Paper(certificate, language, faces())
    sheet.front()
    sheet.listing()
    return bytes(sheet.output())


class _Paper(Sheet):
    """One certificate being printed."""

    def listing(self) -> None:
        """Print every service on further pages."""
        self._list_page()
        for row in self.certificate["content"]:
            self._list_row(row)
        self.ln(3)
        total = {"count": len(self.certificate["content"]), "minutes": self.certificate["minutes"]}
        self.put(self.say("total", **total), BOLD, 10, JADE, align=Align.R)

    def statement(self) -> None:
        found = self.certificate
        said = self.say(
            "statement",
            name=found["name"],
            volunteer_number=found["volunteer_number"],
            first=self.day(found["from"]),
            last=self.day(found["to"]),
            count=len(found["content"]),
            issuer=found["issuer"],
        )
        self.set_y(72)
        self.put(said, PLAIN, 12, INK, height=8)
        self.ln(2)
        hours = self.say("hours", hours=_number(found["hours"]))
        self.put(hours, FESTIVE, 26, JADE, align=Align.C, height=14)
        self.ln(3)

    def values(self) -> list[tuple[str, str]]:
        """Return the fields."""
        found = self.certificate
        notice = {
            "first": self.day(found["issued_at"]),
            "last": self.day(found["valid_from"] - timedelta(seconds=1)),
        }
        period = {"first": self.day(found["from"]), "last": self.day(found["to"])}
        duration = {"hours": _number(found["hours"]), "minutes": found["minutes"]}
        contact = {"issuer": found["issuer"], "url": settings().public_url}
        return [
            ("name", found["name"]),
            ("volunteer_number", found["volunteer_number"]),
            ("identity", self.say("identity_none")),
            ("period", self.say("period_of", **period)),
            ("duration", self.say("duration_of", **duration)),
            ("content", self._content(found["content"])),
            ("issuer", found["issuer"]),
            ("responsible", found["responsible"] or self.say("none")),
            ("handler", self.say("handler_is")),
            ("contact", self.say("contact_is", **contact)),
            ("number", found["number"]),
            ("issued_on", self.day(found["issued_at"])),
            ("notice", self.say("notice_until", **notice)),
            ("remarks", found["remarks"] or self.say("none")),
        ]

    def _content(self, rows: Sequence[Row]) -> str:
        counted = Counter(row["title"] for row in rows).most_common()
        shown = [
            self.say("content_of", title=title, count=count)
            for title, count in counted[:MOST_TITLES]
        ]
        said = self.say("content_joint").join(shown)
        if len(counted) <= MOST_TITLES:
            return said
        more = self.say("content_more", count=len(counted))
        return said + ("" if self.language == "zh-Hans" else ", ") + more

    def _list_page(self) -> None:
        self.add_page()
        self.set_fill_color(*JADE)
        self.rect(0, 0, WIDTH, 5, style="F")
        self.set_xy(SIDE, 19)
        self.put(self.say("list_title"), FESTIVE, 16, JADE, height=9)
        of = f"{self.certificate['name']} · {self.certificate['number']}"
        self.put(of, PLAIN, 9, QUIET)
        self.ln(3)
        keys = ("column_day", "column_content", "column_place", "column_time")
        self.set_fill_color(*WASH)
        self.rect(SIDE, self.get_y(), INNER, 8, style="F")
        self._cells([self.say(key) for key in keys], BOLD, JADE)

    def _list_row(self, row: Row) -> None:
        place = " · ".join(part for part in (row["place"], row["team"]) if part)
        time = self.say("minutes", minutes=row["minutes"])
        cells = [self.day(row["day"]), row["title"], place, time]
        if self.get_y() + self._height(cells) > LIST_BOTTOM:
            self._list_page()
        self._cells(cells, PLAIN, INK)

    def _height(self, cells: Sequence[str]) -> float:
        """Return the height of a line of the list, by its longest cell."""
        self.set_font(PLAIN, size=9)
        lines = (len(self.lines(c, w - 3)) for c, w in zip(cells, COLUMNS, strict=True))
        return max(lines) * 5 + 3

    def _cells(self, cells: Sequence[str], font: str, colour: tuple[int, int, int]) -> None:
        top, left = self.get_y(), SIDE
        height = self._height(cells)
        for cell, width in zip(cells, COLUMNS, strict=True):
            self.set_xy(left + 1.5, top + 1.5)
            self.put(cell, font, 9, colour, width=width - 3, height=5, stay=True)
            left += width
        self.set_draw_color(*LINE)
        self.set_line_width(0.15)
        self.line(SIDE, top + height, WIDTH - SIDE, top + height)
        self.set_xy(SIDE, top + height)


def _number(hours: float) -> str:
    """Return hours without a zero that says nothing: 36, 36.5."""
    return str(math.floor(hours)) if hours == math.floor(hours) else f"{hours:.1f}"
