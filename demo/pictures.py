"""Small scenes of our own, drawn once and used often: what was seen, and how it was after."""

import io
import random
from functools import cache

from PIL import Image, ImageDraw

from app.core.access import Actor
from app.core.images import CleanPhoto, clean
from app.photos import service as photos

WIDTH, HEIGHT = 720, 540
SCENES = 4
"""So many of each kind of hazard."""
Colour = tuple[int, int, int]
SKY = {False: (214, 220, 224), True: (222, 234, 240)}
GROUND = {False: (126, 120, 112), True: (112, 132, 116)}
WALLS: tuple[Colour, ...] = ((226, 214, 196), (214, 205, 212), (205, 216, 206), (228, 222, 204))
BIKES = frozenset({"EBIKE_WIRE", "EBIKE_INDOOR", "PARK_NMV", "FIRE_LANE"})
WATER = frozenset({"FLOOD"})
ROUND = frozenset({"MANHOLE", "MANHOLE_BROKEN", "MANHOLE_NOISE", "MANHOLE_SUNK", "COLLAPSE"})
POSTS = frozenset({"LIGHT", "LIGHT_WIRE", "CABLE", "POWERBOX_OPEN", "POWERBOX"})


def take(actor: Actor, category: str, number: int, *, after: bool) -> str:
    """Let somebody have taken a photo of a kind of hazard; returns its id.

    Each scene is drawn and cleaned once: the next photo of it has the same pixels.
    """
    found = photos.keep_photo(actor, _scene(category, number % SCENES, after=after))
    return str(found["id"])


@cache
def _scene(category: str, number: int, *, after: bool) -> CleanPhoto:
    dice = random.Random(f"{category} {number}")
    image = Image.new("RGB", (WIDTH, HEIGHT), SKY[after])
    draw = ImageDraw.Draw(image)
    _houses(draw, dice)
    draw.rectangle((0, 360, WIDTH, HEIGHT), fill=GROUND[after])
    for stripe in range(6):
        left = stripe * 130 + dice.randint(-6, 6)
        draw.polygon(
            [(left, 430), (left + 62, 430), (left + 34, 454), (left - 28, 454)],
            fill=(240, 205, 90),
        )
    if not after:
        _what(draw, dice, category)
    elif category not in BIKES:
        _barrier(draw)
    content = io.BytesIO()
    image.save(content, "JPEG", quality=78)
    return clean(content.getvalue())


def _houses(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
    for column in range(4):
        left, top = 20 + column * 178, dice.randint(40, 100)
        wall = dice.choice(WALLS)
        draw.rectangle((left, top, left + 150, 360), fill=wall)
        for row in range((350 - top) // 62):
            for side in (24, 90):
                lit = dice.random() < 0.25
                window = (250, 226, 150) if lit else (150, 172, 186)
                y = top + 18 + row * 62
                draw.rectangle((left + side, y, left + side + 36, y + 38), fill=window)


def _what(draw: ImageDraw.ImageDraw, dice: random.Random, category: str) -> None:
    if category in WATER:
        draw.ellipse((-60, 372, WIDTH + 60, 590), fill=(112, 146, 172))
        for _ in range(9):
            x, y = dice.randint(20, 620), dice.randint(400, 510)
            draw.arc((x, y, x + 90, y + 20), 0, 180, fill=(190, 212, 226), width=4)
    elif category in ROUND:
        x = dice.randint(200, 400)
        draw.ellipse((x, 400, x + 170, 480), fill=(58, 56, 54))
        draw.line((x + 20, 430, x + 150, 455), fill=(200, 60, 50), width=7)
    elif category in POSTS:
        x = dice.randint(180, 500)
        draw.rectangle((x, 120, x + 14, 420), fill=(70, 76, 80))
        draw.arc((x - 130, 90, x + 60, 330), 20, 150, fill=(30, 30, 30), width=5)
    elif category in BIKES:
        for _ in range(dice.randint(2, 4)):
            _bike(draw, dice)
        if category == "EBIKE_WIRE":
            x = dice.randint(240, 420)
            draw.line((x, 140, x + 40, 260, x + 20, 420), fill=(200, 60, 50), width=6)
    else:
        for _ in range(dice.randint(3, 6)):
            x, y = dice.randint(80, 560), dice.randint(390, 470)
            colour = (dice.randint(120, 190), dice.randint(100, 150), dice.randint(70, 120))
            draw.rounded_rectangle((x, y, x + 84, y + 56), 8, fill=colour)


def _bike(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
    x, y = dice.randint(40, 560), dice.randint(390, 450)
    colour = (dice.randint(40, 200), dice.randint(60, 150), dice.randint(60, 190))
    for wheel in (0, 84):
        draw.ellipse((x + wheel, y + 34, x + wheel + 44, y + 78), outline=(34, 34, 34), width=7)
    draw.line((x + 22, y + 54, x + 64, y + 50, x + 104, y + 54), fill=colour, width=14)
    draw.line((x + 96, y + 54, x + 84, y + 4, x + 104, y), fill=colour, width=8)
    draw.rounded_rectangle((x + 20, y + 16, x + 66, y + 32), 8, fill=(40, 40, 44))


def _barrier(draw: ImageDraw.ImageDraw) -> None:
    for x in (150, 540):
        draw.polygon([(x, 380), (x + 26, 450), (x - 26, 450)], fill=(226, 110, 46))
        draw.rectangle((x - 15, 412, x + 15, 424), fill=(250, 250, 246))
