"""Draw the pictures of our own questions: `python -m tools.quiz_pictures`.

Flat drawings, made by nothing but this file, so that they are ours and can be changed. Where
something is wrong in them, the question's regions say (demo/quiz/questions.json).
"""

import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).parent.parent / "demo" / "quiz"
WIDTH, HEIGHT = 960, 720
FINE = 2
"""Drawn so many times larger and made smaller, for smooth edges."""
COLOURS = 96

WALL, FLOOR, EDGE = "#e9e4d8", "#b9b2a3", "#8d8678"
INK, WHITE, RED, GREEN, STEEL = "#2f3437", "#ffffff", "#c8372d", "#1f8a58", "#9aa5ab"
CARD, CARD_DARK, WOOD, GLASS, FLAME = "#c79a62", "#a97c46", "#8a5a34", "#bfe0ee", "#2f7fd1"


class Pen:
    """Draws in the picture's own pixels, whatever it is made of."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), WALL)
        self.draw = ImageDraw.Draw(self.image)

    def box(
        self, x: float, y: float, width: float, height: float, fill: str, *, round_: int = 0
    ) -> None:
        """Fill a box, with rounded corners if asked to."""
        corners = [x * FINE, y * FINE, (x + width) * FINE, (y + height) * FINE]
        self.draw.rounded_rectangle(corners, round_ * FINE, fill)

    def disc(self, x: float, y: float, radius: float, fill: str) -> None:
        """Fill a circle around a point."""
        self.draw.circle((x * FINE, y * FINE), radius * FINE, fill)

    def ring(self, x: float, y: float, radius: float, fill: str, width: int) -> None:
        """Draw a circle around a point."""
        self.draw.circle((x * FINE, y * FINE), radius * FINE, None, fill, width * FINE)

    def line(self, points: list[tuple[float, float]], fill: str, width: int) -> None:
        """Draw a line along points, with round ends."""
        self.draw.line([(x * FINE, y * FINE) for x, y in points], fill, width * FINE, "curve")
        for x, y in points:
            self.disc(x, y, width / 2, fill)

    def shape(self, points: list[tuple[float, float]], fill: str) -> None:
        """Fill what points enclose."""
        self.draw.polygon([(x * FINE, y * FINE) for x, y in points], fill)

    def finished(self) -> Image.Image:
        """Return the picture in its own size, in few colours."""
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        return small.quantize(COLOURS, dither=Image.Dither.NONE)


def stairwell() -> Image.Image:
    """Return a landing: an e-bike being charged, a fire door propped open, boxes on the stairs."""
    pen = Pen()
    pen.box(0, 560, WIDTH, 160, FLOOR)
    pen.box(0, 552, WIDTH, 10, EDGE)
    _stairs(pen)
    _fire_door(pen)
    pen.box(408, 60, 150, 56, GREEN, round_=8)  # the lit exit sign
    pen.shape([(474, 68), (492, 68), (492, 88), (510, 88), (483, 110), (456, 88), (474, 88)], WHITE)
    _extinguisher(pen)
    _e_bike(pen)
    _boxes(pen)
    return pen.finished()


def _stairs(pen: Pen) -> None:
    for step in range(6):
        left, top = 620 + step * 56, 560 - (step + 1) * 62
        pen.box(left, top, WIDTH - left, 62, "#cfc8b8" if step % 2 else "#c5bdab")
        pen.box(left, top, WIDTH - left, 7, EDGE)
    pen.line([(610, 420), (900, 100)], STEEL, 12)
    for post in range(5):
        x, y = 625 + post * 62, 404 - post * 68
        pen.line([(x, y), (x, y + 140)], STEEL, 5)


def _fire_door(pen: Pen) -> None:
    pen.box(392, 140, 182, 422, "#6f6759")
    pen.box(404, 152, 158, 410, "#3e4447")  # the dark behind
    pen.shape([(404, 152), (486, 176), (486, 586), (404, 562)], "#b7543f")
    pen.shape([(424, 196), (468, 208), (468, 300), (424, 292)], GLASS)
    pen.box(470, 372, 10, 40, STEEL, round_=4)
    pen.box(484, 560, 58, 30, "#9c4a2f", round_=3)  # the brick that holds it
    pen.line([(484, 575), (542, 575)], "#7d3a24", 3)


def _extinguisher(pen: Pen) -> None:
    pen.box(306, 398, 62, 130, "#f4f1ea", round_=6)
    pen.box(320, 430, 34, 88, RED, round_=12)
    pen.box(330, 414, 14, 18, INK)
    pen.line([(344, 420), (358, 430), (358, 468)], INK, 5)
    pen.box(324, 456, 26, 22, WHITE)


def _e_bike(pen: Pen) -> None:
    for x in (74, 242):
        pen.ring(x, 596, 52, INK, 12)
        pen.disc(x, 596, 10, STEEL)
    pen.line([(74, 596), (120, 520), (208, 540), (242, 596)], "#2a6f8f", 14)
    pen.line([(208, 540), (228, 452)], "#2a6f8f", 12)
    pen.line([(206, 446), (258, 462)], INK, 10)
    pen.box(84, 486, 92, 22, INK, round_=10)
    pen.box(124, 536, 70, 42, "#1d4e63", round_=6)  # the battery
    pen.line([(160, 556), (150, 620), (60, 640), (28, 560), (28, 372)], "#d98a1d", 5)
    pen.box(10, 336, 38, 44, WHITE, round_=5)
    pen.disc(22, 358, 3, INK)
    pen.disc(36, 358, 3, INK)


def _boxes(pen: Pen) -> None:
    for x, y, width, height in ((636, 452, 130, 108), (742, 396, 112, 104), (656, 372, 96, 80)):
        pen.box(x, y, width, height, CARD)
        pen.box(x, y, width, 12, CARD_DARK)
        pen.box(x + width / 2 - 8, y, 16, height, "#dcb983")


def kitchen() -> Image.Image:
    """Return a kitchen: a towel over the fire, a carton beside it, a pot boiling over unwatched."""
    pen = Pen()
    pen.box(0, 640, WIDTH, 80, FLOOR)
    pen.box(0, 0, WIDTH, 60, "#f3efe6")
    _window(pen)
    pen.box(430, 60, 260, 84, STEEL)  # the hood
    pen.shape([(400, 176), (430, 144), (690, 144), (720, 176)], "#7d888e")
    pen.box(0, 430, WIDTH, 24, "#6c6358")
    pen.box(0, 454, WIDTH, 186, "#d8cfbd")
    for x in (20, 260, 500, 740):
        pen.box(x, 474, 200, 150, "#c9bea8", round_=6)
        pen.box(x + 84, 490, 32, 8, STEEL, round_=4)
    pen.box(400, 404, 320, 28, INK, round_=8)  # the stove
    _pot(pen)
    _towel(pen)
    _carton(pen)
    _alarm_and_blanket(pen)
    return pen.finished()


def _window(pen: Pen) -> None:
    pen.box(60, 120, 220, 220, WHITE)
    pen.box(72, 132, 96, 196, GLASS)
    pen.box(172, 132, 96, 196, "#8fc4da")
    pen.shape([(172, 132), (216, 152), (216, 348), (172, 328)], "#d8eef6")
    pen.shape([(72, 328), (72, 270), (110, 236), (150, 280), (168, 262), (168, 328)], "#7fae72")


def _pot(pen: Pen) -> None:
    for x in range(446, 560, 20):
        pen.shape([(x - 8, 404), (x, 378), (x + 8, 404)], FLAME)
    pen.box(436, 296, 130, 88, "#59646a", round_=10)
    pen.box(424, 306, 154, 12, "#454e53", round_=6)
    pen.shape([(440, 300), (470, 272), (500, 296), (534, 268), (562, 300)], WHITE)
    pen.line([(450, 300), (446, 352), (452, 398)], "#f4f6f7", 12)
    pen.line([(556, 300), (560, 340), (554, 372)], "#f4f6f7", 10)
    for x in (476, 524):
        pen.line([(x, 250), (x + 8, 232), (x - 4, 214), (x + 6, 196)], "#cfd6d9", 6)


def _towel(pen: Pen) -> None:
    pen.line([(600, 200), (716, 200)], WOOD, 8)
    pen.shape(
        [(612, 202), (704, 202), (700, 366), (676, 352), (654, 368), (632, 350), (616, 364)],
        "#e2a1a8",
    )
    for y in (236, 258):
        pen.line([(616, y), (700, y)], "#c5737d", 5)


def _carton(pen: Pen) -> None:
    pen.box(734, 318, 130, 112, CARD)
    pen.shape([(734, 318), (716, 290), (786, 300), (799, 318)], CARD_DARK)
    pen.shape([(799, 318), (812, 296), (884, 288), (864, 318)], "#dcb983")
    pen.box(790, 350, 18, 80, "#dcb983")


def _alarm_and_blanket(pen: Pen) -> None:
    pen.box(316, 84, 66, 48, WHITE, round_=10)
    pen.disc(334, 108, 7, GREEN)
    for y in (98, 108, 118):
        pen.line([(350, y), (372, y)], STEEL, 3)
    pen.box(310, 210, 80, 116, RED, round_=6)
    pen.box(322, 226, 56, 40, WHITE, round_=4)
    pen.line([(334, 300), (334, 344)], INK, 6)
    pen.line([(366, 300), (366, 344)], INK, 6)


PICTURES: dict[str, Callable[[], Image.Image]] = {
    "stairwell.png": stairwell,
    "kitchen.png": kitchen,
}


def main() -> int:
    """Draw all of them anew. Return the exit status."""
    for name, draw in PICTURES.items():
        draw().save(FOLDER / name, optimize=True)
        print(f"{name}: {(FOLDER / name).stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
