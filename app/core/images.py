"""Photos: whatever a phone sends becomes a plain JPEG of its pixels and nothing else.

Position, camera, comments, colour profile and anything hidden before, between
or behind the pixels stay outside, because only pixels are carried over. What a
file claims to be is not asked; its first bytes say it.

Before anything is decoded, the size in bytes, the size in pixels and the number
of parts are read from the file's skeleton and bounded, so that a small file
cannot cost much time or memory ("bombs"). Sizes are in bytes and pixels.
"""

import io
import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import IO, Final

from PIL import Image, ImageCms
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile
from pillow_heif import HeifImageFile

from app.core.errors import InvalidInput, Problem, TooLarge, UnsupportedMedia

MAX_BYTES: Final = 10 * 1024 * 1024
MAX_PIXELS: Final = 50_000_000
"""The largest that a common phone makes is 48 megapixels (8064 x 6048)."""

LONG_SIDE: Final = 2048
THUMBNAIL_SIDE: Final = 400
QUALITY: Final = 82

# A photo has one scan, a progressive one about ten; each costs a pass over all pixels, and
# an empty one is only some 70 bytes long.
_MAX_SCANS = 32

# Each part of a file costs some microseconds of Python. A JPEG with a large colour profile has
# some hundred segments; a PNG cut into 4 KiB pieces has 2,600 chunks.
_MAX_SEGMENTS = 1_000
_MAX_CHUNKS = 10_000

# Bytes between a JPEG's first segments, which Pillow skips one by one.
_MAX_JUNK = 64 * 1024

# A marker other than restart marks (D0 to D7) and stuffed zeros, which belong to the data.
_JPEG_MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9
_WITHOUT_LENGTH = frozenset({0x01, 0xD8})

_ORIENTATION_TAG = 0x0112
_UPRIGHT: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

# Decoding takes up to half a gigabyte at the limit, so a process does one photo at a time.
_one_at_a_time = Lock()


class TooManyPixels(TooLarge):
    """More pixels, or more parts, than we decode."""

    code = "too_many_pixels"


class UnreadablePhoto(InvalidInput):
    """It begins like a photo, but cannot be decoded: cut short or broken."""

    code = "unreadable_photo"


@dataclass(frozen=True, slots=True)
class CleanPhoto:
    """Two JPEGs, upright, without metadata: the photo and its thumbnail."""

    content: bytes
    width: int
    height: int
    thumbnail: bytes
    thumbnail_width: int
    thumbnail_height: int


def clean(
    source: bytes | IO[bytes], *, max_bytes: int = MAX_BYTES, max_pixels: int = MAX_PIXELS
) -> CleanPhoto:
    """Re-encode a JPEG, PNG, WebP or HEIC from its pixels; of several frames, the first.

    The photo's long side is at most 2048 pixels, the thumbnail's at most 400;
    neither is ever enlarged. Transparent places become white.
    Errors: TooLarge (413, bytes), TooManyPixels (413), UnsupportedMedia (415,
    none of the four), UnreadablePhoto (422). A WebP may have half of `max_pixels`.
    """
    data = source[: max_bytes + 1] if isinstance(source, bytes) else source.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise TooLarge
    open_photo = _opener_of(data)
    with _one_at_a_time:
        try:
            picture = _picture(open_photo, data, max_pixels)
        except Problem:
            raise
        except Exception:  # noqa: BLE001 - see below
            # The decoders answer a hostile file with anything: OSError, SyntaxError, ValueError,
            # struct.error, zlib.error, MemoryError, TypeError ... All of them mean this.
            raise UnreadablePhoto from None
        return _encode(picture)


def _opener_of(data: bytes) -> Callable[[bytes], ImageFile]:
    """Choose the decoder by the first bytes. Errors: UnsupportedMedia."""
    if data.startswith(b"\xff\xd8\xff"):
        return _open_jpeg
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _open_png
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _open_webp
    if data[4:8] == b"ftyp" and data[8:12] in {b"heic", b"heix", b"heim", b"heis", b"mif1"}:
        return _open_heic
    raise UnsupportedMedia


# Pillow's classes are called by name rather than through Image.open, which would try every
# format that any library has registered, and warn where we refuse.


def _open_jpeg(data: bytes) -> ImageFile:
    _check_jpeg_parts(data)
    return JpegImageFile(io.BytesIO(data))


def _check_jpeg_parts(data: bytes) -> None:
    """Walk the markers up to the end of the image, whatever follows.

    Errors: TooManyPixels, UnreadablePhoto (no scan, so no picture).
    """
    position, scans, junk = 2, 0, 0
    for _ in range(_MAX_SEGMENTS):
        found = _JPEG_MARKER.search(data, position)
        if found is None or found[1][0] == _END_OF_IMAGE:
            if not scans:
                raise UnreadablePhoto
            return
        if not scans:
            junk += found.start() - position
        scans += found[1][0] == _START_OF_SCAN
        if scans > _MAX_SCANS or junk > _MAX_JUNK:
            break
        position = found.end()
        if found[1][0] not in _WITHOUT_LENGTH:
            position += int.from_bytes(data[position : position + 2], "big")
    raise TooManyPixels


def _open_png(data: bytes) -> ImageFile:
    position, chunks = 8, 0
    while position + 4 <= len(data):
        chunks += 1
        if chunks > _MAX_CHUNKS:
            raise TooManyPixels
        # Length, type, content, checksum.
        position += 12 + int.from_bytes(data[position : position + 4], "big")
    # Pillow itself bounds what compressed texts and profiles may unpack to (1 MiB each, 64 in all).
    return PngImageFile(io.BytesIO(data))


def _open_webp(data: bytes) -> ImageFile:
    return WebPImageFile(io.BytesIO(data))


def _open_heic(data: bytes) -> ImageFile:
    return HeifImageFile(io.BytesIO(data))  # type: ignore[no-untyped-call]  # it has no annotations


def _picture(open_photo: Callable[[bytes], ImageFile], data: bytes, max_pixels: int) -> Image.Image:
    """Decode, shrink, and return an upright RGB picture in sRGB.

    Errors: TooManyPixels; whatever a decoder throws.
    """
    if open_photo is _open_webp:
        # Its decoder takes memory for the canvas when it is opened, and twice as much as others.
        _check_pixels(_webp_size(data), max_pixels // 2)
    with open_photo(data) as photo:
        _check_pixels(photo.size, max_pixels)
        if isinstance(photo, JpegImageFile):
            # A JPEG can be decoded at 1/2, 1/4 or 1/8 of its size, for as much less memory.
            photo.draft(None, _within(photo.size, LONG_SIDE))
        photo.load()
        orientation = _orientation(photo)
        profile = photo.info.get("icc_profile")
        picture = _shrunk(_continuous(photo), LONG_SIDE)
    picture = _in_srgb(_on_white(picture), profile)
    if orientation in _UPRIGHT:
        picture = picture.transpose(_UPRIGHT[orientation])
    # The JPEG writer would copy a comment from here.
    picture.info = {}
    return picture


def _check_pixels(size: tuple[int, int], max_pixels: int) -> None:
    width, height = size
    if width * height > max_pixels:
        raise TooManyPixels


def _webp_size(data: bytes) -> tuple[int, int]:
    """Read the canvas size from a WebP's first chunk. Errors: UnreadablePhoto, struct.error."""
    chunk = data[12:16]
    if chunk == b"VP8X":
        wide, high = data[24:27], data[27:30]
        return int.from_bytes(wide, "little") + 1, int.from_bytes(high, "little") + 1
    if chunk == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if chunk == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    raise UnreadablePhoto


def _orientation(photo: ImageFile) -> int:
    """Return how the camera was held, 1 to 8; what cannot be read is upright."""
    try:
        return int(photo.getexif().get(_ORIENTATION_TAG, 1))
    except Exception:  # noqa: BLE001 - a broken note about a photo does not spoil the photo
        return 1


def _continuous(photo: Image.Image) -> Image.Image:
    """Return the photo in a mode whose neighbouring values mean neighbouring colours."""
    if photo.mode.startswith("I"):
        # 16 bits of grey: `convert` alone would clip them all to white.
        return photo.convert("I").point(lambda grey: grey * (1 / 257)).convert("L")
    if photo.mode in {"L", "LA", "RGB", "RGBA", "CMYK"}:
        return photo
    return photo.convert("RGBA" if photo.has_transparency_data else "RGB")


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture
    seen = picture.convert("RGBA")
    white = Image.new("RGBA", seen.size, "white")
    return Image.alpha_composite(white, seen).convert("RGB")


def _in_srgb(picture: Image.Image, profile: object) -> Image.Image:
    """Return the picture in sRGB, which is what a JPEG without a profile means.

    A phone's wide colours would look pale if its profile were only dropped.
    """
    if isinstance(profile, bytes) and profile:
        try:
            return ImageCms.profileToProfile(
                picture,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            ) or picture.convert("RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass  # a broken or foreign profile says nothing about the colours
    return picture.convert("RGB")


def _encode(picture: Image.Image) -> CleanPhoto:
    thumbnail = _shrunk(picture, THUMBNAIL_SIDE)
    return CleanPhoto(_jpeg(picture), *picture.size, _jpeg(thumbnail), *thumbnail.size)


def _within(size: tuple[int, int], side: int) -> tuple[int, int]:
    """Return the size shrunk, never enlarged, so that its long side is at most `side`."""
    scale = min(1.0, side / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _shrunk(picture: Image.Image, side: int) -> Image.Image:
    size = _within(picture.size, side)
    if size == picture.size:
        return picture
    # The gap lets a large picture first be averaged to twice its final size, which is fast.
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _jpeg(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=QUALITY, progressive=True, optimize=True)
    return written.getvalue()
