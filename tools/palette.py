"""Draw pictures of screens with 256 colours, a third as large: `python -m tools.palette FILE`."""

import sys
from pathlib import Path

from PIL import Image

COLOURS = 256


def main(argv: list[str] | None = None) -> int:
    """Draw each of the pictures anew, in its place. Return the exit status."""
    for name in sys.argv[1:] if argv is None else argv:
        path = Path(name)
        with Image.open(path) as picture:
            fewer = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        fewer.save(path, optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
