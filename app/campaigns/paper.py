"""A campaign's paper to print: A4, large letters, and a key sheet for who types the results in.

Lengths in millimetres, letters in points: nobody needs glasses for fourteen.
"""

from datetime import date
from typing import Any

from fpdf.enums import Align

from app.campaigns import service
from app.campaigns.entering import Paper
from app.campaigns.variants import ONE, ORDER, Asked
from app.core import clock
from app.quizzes.showing import in_words
from app.volunteers.fonts import faces
from app.volunteers.sheets import BOLD, FESTIVE, HEIGHT, INK, INNER, JADE, PLAIN, QUIET, SIDE, Sheet

LETTERS, LINE = 14.0, 7.4
"""The least size of what somebody is to read and answer, and the height of its lines."""
STEM, HEADING, SMALL = 15.0, 22.0, 12.0
BOTTOM = HEIGHT - 24.0
INDENT, RING = 11.0, 3.6
"""How far answers stand in from the question, and the radius of a ring around a letter."""


def printed(paper: Paper, variant: str, place: str, language: str) -> bytes:
    """Return the PDF of a variant to answer. Errors: FontMissing."""
    sheet = _Questions(paper, variant, place, language)
    sheet.front()
    for number, asked in enumerate(paper.sheets[variant], 1):
        sheet.question(number, asked)
    sheet.end()
    return bytes(sheet.output())


def key(paper: Paper, variant: str, place: str, language: str, solutions: dict[int, Any]) -> bytes:
    """Return the PDF of a variant's key, for the committee alone. Errors: FontMissing."""
    sheet = _Key(paper, variant, place, language)
    sheet.front()
    for number, asked in enumerate(paper.sheets[variant], 1):
        sheet.answer(number, asked, solutions[asked.version_id])
    return bytes(sheet.output())


class _Paper(Sheet):
    """What both sheets have: the head with the campaign and the code."""

    catalogue = "paper"

    def __init__(self, paper: Paper, variant: str, place: str, language: str) -> None:
        self.paper, self.variant = paper, variant
        head = {"number": paper.codes[variant], "issuer": place, "issued_at": clock.now()}
        super().__init__(head, language, faces())

    def words(self, both: dict[str, str]) -> str:
        """Return a text in the sheet's language."""
        return in_words(both, self.language)

    def top(self, heading: str) -> None:
        """Begin a page with what it is, and the code."""
        self.add_page()
        self.set_fill_color(*JADE)
        self.rect(0, 0, self.w, 5, style="F")
        self.set_xy(SIDE, 13)
        self.put(
            f"{self.say('brand')} · {self.certificate['issuer']}", PLAIN, SMALL, QUIET, stay=True
        )
        code = f"{self.say('code')} {self.certificate['number']}"
        self.put(code, BOLD, LETTERS + 2, JADE, align=Align.R, height=8)
        self.set_xy(SIDE, 24)
        campaign = self.paper.campaign
        title = service.in_words(campaign.title_zh, campaign.title_en, self.language)
        self.put(title, FESTIVE, HEADING, INK, height=11)
        self.put(heading, BOLD, LETTERS, JADE, height=LINE)
        self.ln(2)

    def paragraph(self, words: str, *, size: float = LETTERS, font: str = PLAIN) -> None:
        """Write a paragraph."""
        self.put(words, font, size, INK, height=LINE)

    def keep(self, height: float) -> None:
        """Go on on the next page if there is less room than that."""
        if self.get_y() + height > BOTTOM:
            self.add_page()
            self.set_xy(SIDE, 18)

    def height_of(self, words: str, size: float, font: str, width: float) -> float:
        """Return how high a text would stand."""
        self.set_font(font, size=size)
        return len(self.lines(words, width)) * LINE


class _Questions(_Paper):
    """The sheet that people answer."""

    def front(self) -> None:
        """Print the head: whose it may be, how to answer, until when."""
        self.top(self.say("title"))
        self.paragraph(self.say("name_line"))
        self.ln(2)
        count = len(self.paper.sheets[self.variant])
        needed = -(-self.paper.campaign.pass_percent * count // 100)
        until: date = self.paper.enter_until
        back = self.say("back", day=self.day(until))
        self.paragraph(f"{self.say('how')}{self._gap()}{back}")
        self.paragraph(self.say("pass_line", count=count, needed=needed))
        self.ln(1)
        self.paragraph(self.say("privacy"))
        self.ln(2)
        self.set_draw_color(*JADE)
        self.set_line_width(0.5)
        self.line(SIDE, self.get_y(), SIDE + INNER, self.get_y())
        self.ln(4)

    def _gap(self) -> str:
        return "" if self.language == "zh-Hans" else " "

    def question(self, number: int, asked: Asked) -> None:
        """Print a question with its answers, all on one page."""
        content = self.paper.rows[asked.version_id].content
        stem = self._stem(f"{number}. {self.words(content['stem'])}", self._pick(asked))
        options = [self.words(content["options"][option]) for option in asked.options]
        wide = INNER - INDENT
        heights = [self.height_of(words, LETTERS, PLAIN, wide) + 2.2 for words in options]
        ordered = asked.pick == ORDER
        self.keep(LINE * (len(stem) + ordered) + sum(heights) + 5)
        for line in stem:
            self.put(line, BOLD, STEM, INK, height=LINE)
        self.ln(1.2)
        for letter, words, height in zip(asked.letters, options, heights, strict=True):
            top = self.get_y()
            self._letter(letter, top, ring=not ordered)
            self.set_xy(SIDE + INDENT, top)
            self.put(words, PLAIN, LETTERS, INK, width=wide, height=LINE)
            self.set_xy(SIDE, top + height)
        if ordered:
            self.ln(1)
            self.paragraph(self.say("order_line"))
        self.ln(3)

    def _stem(self, words: str, pick: str) -> list[str]:
        """Return the lines of a question; how to answer it is not torn apart."""
        self.set_font(BOLD, size=STEM)
        *lines, last = self.lines(words, INNER)
        if self.get_string_width(f"{last} {pick}") <= INNER:
            return [*lines, f"{last} {pick}"]
        return [*lines, last, pick]

    def _pick(self, asked: Asked) -> str:
        if asked.pick == ORDER:
            return self.say("pick_order")
        return self.say("pick_one" if asked.pick == ONE else "pick_several")

    def _letter(self, letter: str, top: float, *, ring: bool) -> None:
        if ring:
            self.set_draw_color(*QUIET)
            self.set_line_width(0.25)
            self.circle(SIDE + RING + 0.6, top + LINE / 2, RING, style="D")
        self.set_xy(SIDE + 0.6, top)
        self.put(letter, BOLD, LETTERS, INK, width=2 * RING, height=LINE, align=Align.C, stay=True)

    def end(self) -> None:
        """Say what is not asked on paper."""
        if self.paper.left_out:
            self.keep(LINE)
            self.put(self.say("left_out", count=self.paper.left_out), PLAIN, LETTERS, QUIET)


class _Key(_Paper):
    """The sheet with the right answers."""

    def front(self) -> None:
        """Print whom it is for, and that nobody has to grade."""
        self.top(self.say("key_title"))
        self.paragraph(self.say("key_hint"))
        self.ln(3)

    def answer(self, number: int, asked: Asked, solution: dict[str, Any]) -> None:
        """Print the right letters of a question, what they stand for, and where it is written."""
        content = self.paper.rows[asked.version_id].content
        letters = asked.key(solution["right"])
        chosen = (content["options"][option] for option in asked.chosen(letters))
        said = zip(letters, map(self.words, chosen), strict=True)
        right = self.say("joint").join(f"{letter} {words}" for letter, words in said)
        source = solution["source"]
        written = " ".join(filter(None, (self.words(source["name"]), source["article"])))
        stem = f"{number}. {self.words(content['stem'])}"
        lines = [
            (f"{self.say('right')} {letters}", BOLD, JADE, LETTERS),
            (stem, PLAIN, INK, SMALL),
            (right, PLAIN, INK, SMALL),
            (f"{self.say('source')} {written}", PLAIN, QUIET, SMALL),
        ]
        self.keep(sum(self.height_of(words, size, font, INNER) for words, font, _, size in lines))
        for words, font, colour, size in lines:
            self.put(words, font, size, colour, height=LINE)
        self.ln(3)
