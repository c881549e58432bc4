"""Pictures to send."""

import io
from collections.abc import Callable

import pillow_heif
import pytest
from PIL import Image, ImageDraw


@pytest.fixture(scope="session")
def draw() -> Callable[..., bytes]:
    """Return a function that draws a picture as a file of a kind: `draw("PNG", 640, 480)`."""

    def draw(kind: str = "JPEG", width: int = 640, height: int = 480, **how) -> bytes:
        picture = Image.new("RGB", (width, height), (210, 220, 200))
        ImageDraw.Draw(picture).rectangle((0, 0, width // 2, height // 2), fill=(180, 30, 30))
        file = io.BytesIO()
        if kind == "HEIC":
            pillow_heif.from_pillow(picture).save(file, quality=80)
        else:
            picture.save(file, kind, **how)
        return file.getvalue()

    return draw
