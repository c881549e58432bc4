"""Photos: every kind comes out as plain pixels, everything hostile comes out as a problem.

All files are made here; none is kept in the repository.
"""

import io
import struct
import zlib
from collections.abc import Callable

import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

from app.core.errors import Problem, TooLarge, UnsupportedMedia
from app.core.images import CleanPhoto, TooManyPixels, UnreadablePhoto, clean
from tests.spending import spending

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 180, 30), (30, 30, 220), (255, 255, 255)
GPS = 0x8825
ORIENTATION = 0x0112

# How a camera that was held like this stored an upright picture.
STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def flag(width: int = 120, height: int = 80) -> Image.Image:
    """Red, green, blue and white quarters, from the top left along the lines."""
    picture = Image.new("RGB", (width, height), WHITE)
    draw = ImageDraw.Draw(picture)
    middle, centre = width // 2, height // 2
    draw.rectangle((0, 0, middle - 1, centre - 1), RED)
    draw.rectangle((middle, 0, width, centre - 1), GREEN)
    draw.rectangle((0, centre, middle - 1, height), BLUE)
    return picture


def written(picture: Image.Image, kind: str, **how: object) -> bytes:
    target = io.BytesIO()
    if kind == "HEIF":
        pillow_heif.from_pillow(picture).save(target, quality=90, **how)
    else:
        picture.save(target, kind, **how)
    return target.getvalue()


def read(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content), formats=["JPEG"])
    picture.load()
    return picture


def is_about(colour: tuple[int, ...], expected: tuple[int, ...], near: int = 24) -> bool:
    return all(abs(one - other) <= near for one, other in zip(colour, expected, strict=True))


def is_the_flag(picture: Image.Image) -> bool:
    width, height = picture.size
    quarters = [(x * width // 4, y * height // 4) for y in (1, 3) for x in (1, 3)]
    colours = [picture.getpixel(place) for place in quarters]
    return all(map(is_about, colours, (RED, GREEN, BLUE, WHITE)))


def segments(jpeg: bytes) -> list[int]:
    """Return the markers before the first scan, and make sure that nothing follows the end."""
    assert jpeg.startswith(b"\xff\xd8")
    assert jpeg.endswith(b"\xff\xd9")
    found, position = [], 2
    while not found or found[-1] != 0xDA:
        assert jpeg[position] == 0xFF
        found.append(jpeg[position + 1])
        position += 2 + int.from_bytes(jpeg[position + 2 : position + 4], "big")
    return found


def assert_only_pixels(photo: CleanPhoto) -> None:
    for content in (photo.content, photo.thumbnail):
        # JFIF, tables, one frame, a scan: no APP1 to APP15 (Exif, XMP, ICC), no comment.
        assert set(segments(content)) <= {0xE0, 0xDB, 0xC2, 0xC4, 0xDA}
        assert read(content).info.keys() <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }


# What is taken


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_every_kind_becomes_a_plain_jpeg(kind):
    photo = clean(written(flag(), kind))
    assert (photo.width, photo.height) == read(photo.content).size == (120, 80)
    assert is_the_flag(read(photo.content))
    assert is_the_flag(read(photo.thumbnail))
    assert_only_pixels(photo)


def test_a_stream_is_as_good_as_bytes():
    content = written(flag(), "PNG")
    assert clean(io.BytesIO(content)) == clean(content)


@pytest.mark.parametrize(
    ("size", "full", "small"),
    [
        ((1, 1), (1, 1), (1, 1)),
        ((400, 300), (400, 300), (400, 300)),
        ((2048, 1024), (2048, 1024), (400, 200)),
        ((4096, 3072), (2048, 1536), (400, 300)),
        ((3072, 4100), (1535, 2048), (300, 400)),
        ((30_000, 3), (2048, 1), (400, 1)),
        ((3, 30_000), (1, 2048), (1, 400)),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_the_long_side_is_bounded_and_nothing_is_enlarged(kind, size, full, small):
    photo = clean(written(Image.new("RGB", size, RED), kind))
    assert (photo.width, photo.height) == read(photo.content).size == full
    assert (photo.thumbnail_width, photo.thumbnail_height) == small == read(photo.thumbnail).size
    assert is_about(read(photo.content).getpixel((0, 0)), RED)


def palette_with_a_hole() -> bytes:
    picture = Image.new("P", (8, 8), 0)
    picture.putpalette([220, 30, 30, 30, 180, 30])
    return written(picture, "PNG", transparency=0)


@pytest.mark.parametrize(
    ("content", "colour"),
    [
        (written(Image.new("L", (8, 8), 128), "JPEG"), (128,) * 3),
        (written(Image.new("CMYK", (8, 8), (0, 255, 255, 0)), "JPEG"), (255, 0, 0)),
        (written(Image.new("1", (8, 8), 1), "PNG"), WHITE),
        (written(Image.new("L", (8, 8), 128), "PNG"), (128,) * 3),
        (written(Image.new("LA", (8, 8), (0, 0)), "PNG"), WHITE),
        (written(Image.new("I;16", (8, 8), 0x8080), "PNG"), (128,) * 3),
        (written(Image.new("P", (8, 8), 0), "PNG"), (0, 0, 0)),
        (written(Image.new("RGBA", (8, 8), (*RED, 0)), "PNG"), WHITE),
        (written(Image.new("RGBA", (8, 8), (0, 0, 0, 128)), "PNG"), (127,) * 3),
        (palette_with_a_hole(), WHITE),
        (written(Image.new("RGBA", (8, 8), (*RED, 0)), "WEBP", lossless=True), WHITE),
        (written(Image.new("RGBA", (64, 64), (*RED, 0)), "HEIF"), WHITE),
        (written(Image.new("L", (64, 64), 128), "HEIF"), (128,) * 3),
    ],
    ids=[
        *("JPEG grey", "JPEG CMYK", "PNG 1 bit", "PNG grey", "PNG grey and clear", "PNG 16 bit"),
        *("PNG palette", "PNG clear", "PNG half clear", "PNG palette clear", "WebP clear"),
        *("HEIC clear", "HEIC grey"),
    ],
)
def test_every_mode_keeps_its_colour_and_clear_is_white(content, colour):
    photo = clean(content)
    assert read(photo.content).mode == "RGB"
    assert is_about(read(photo.content).getpixel((4, 4)), colour, near=4)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_of_several_frames_the_first_is_taken(kind):
    later = [Image.new("RGB", (16, 16), colour) for colour in (GREEN, BLUE)]
    first = Image.new("RGB", (16, 16), RED)
    content = written(first, kind, save_all=True, append_images=later, duration=100)
    assert is_about(read(clean(content).content).getpixel((8, 8)), RED)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_however_it_was_held_it_stands_upright(kind, orientation):
    held = STORED[orientation]
    stored = flag() if held is None else flag().transpose(held)
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    content = written(stored, kind, exif=exif.tobytes())
    photo = clean(content)
    assert (photo.width, photo.height) == (120, 80)
    assert is_the_flag(read(photo.content))
    assert is_the_flag(read(photo.thumbnail))
    assert_only_pixels(photo)


@pytest.mark.parametrize("value", [0, 9, 60_000])
def test_an_orientation_that_does_not_exist_is_upright(value):
    exif = Image.Exif()
    exif[ORIENTATION] = value
    assert is_the_flag(read(clean(written(flag(), "JPEG", exif=exif.tobytes())).content))


# Pillow warns; what is an error in these tests is a line in the log of a server.
@pytest.mark.filterwarnings("ignore:Corrupt EXIF data:UserWarning")
@pytest.mark.parametrize(
    "exif", [b"Exif\0\0", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0MM\0*\0\0"]
)
def test_broken_notes_of_the_camera_spoil_nothing(exif):
    assert is_the_flag(read(clean(written(flag(), "JPEG", exif=exif)).content))


def test_a_colour_profile_is_applied_before_it_is_dropped():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # The table of tags says where each lies: let red and blue change places.
    swapped = profile.replace(b"rXYZ", b"tmp ").replace(b"bXYZ", b"rXYZ").replace(b"tmp ", b"bXYZ")
    for kind in ("JPEG", "PNG", "WEBP"):
        content = written(Image.new("RGB", (16, 16), (255, 0, 0)), kind, icc_profile=swapped)
        photo = clean(content)
        assert is_about(read(photo.content).getpixel((8, 8)), (0, 0, 255), near=40)
        assert_only_pixels(photo)


@pytest.mark.parametrize("profile", [b"x", b"\0" * 128, b"acsp" * 100])
def test_a_broken_colour_profile_is_ignored(profile):
    photo = clean(written(flag(), "JPEG", icc_profile=profile))
    assert is_the_flag(read(photo.content))


# What is left behind


def test_where_it_was_taken_and_by_what_is_gone():
    exif = Image.Exif()
    exif[0x010F], exif[0x9286] = "SECRETCAMERA", b"SECRETWORDS"
    exif.get_ifd(GPS).update({1: "N", 2: (30.0, 39.0, 45.0), 3: "E", 4: (104.0, 1.0, 44.0)})
    how = {"exif": exif.tobytes(), "comment": b"SECRETWORDS", "xmp": b"<x>SECRETWORDS</x>"}
    content = written(flag(), "JPEG", **how)
    assert b"SECRETCAMERA" in content
    photo = clean(content)
    assert not read(photo.content).getexif()
    assert b"SECRET" not in photo.content + photo.thumbnail
    assert_only_pixels(photo)


def test_texts_in_a_png_are_gone():
    notes = PngInfo()
    notes.add_text("Comment", "SECRET")
    notes.add_itxt("XML:com.adobe.xmp", "<x>SECRET</x>")
    photo = clean(written(flag(), "PNG", pnginfo=notes))
    assert b"SECRET" not in photo.content
    assert_only_pixels(photo)


@pytest.mark.parametrize(
    "passenger",
    [
        b"<script>alert(1)</script>",
        b"PK\x03\x04" + b"\0" * 26,
        b"<?php system('id') ?>",
        b"%PDF-1.7",
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_passenger_behind_the_pixels_stays_behind(kind, passenger):
    photo = clean(written(flag(), kind) + passenger)
    assert passenger not in photo.content + photo.thumbnail
    assert_only_pixels(photo)


def test_a_passenger_in_front_of_the_pixels_stays_behind():
    page = b"<html><script>alert(1)</script><!--"
    content = written(flag(), "JPEG", comment=page)
    assert page in content
    photo = clean(content)
    assert b"<script>" not in photo.content
    assert is_the_flag(read(photo.content))


# What is refused


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"hello",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"PK\x03\x04",
        b"%PDF-1.7",
        b"RIFF\x24\0\0\0WAVEfmt ",
        b"\0\0\0\x1cftypavif\0\0\0\0avifmif1",
        b"\0\0\0\x1cftypisom\0\0\0\0isommp42",
        written(Image.new("RGB", (8, 8)), "GIF"),
        written(Image.new("RGB", (8, 8)), "BMP"),
        written(Image.new("RGB", (8, 8)), "TIFF"),
        written(Image.new("RGB", (8, 8)), "PPM"),
        b"<!-- " + written(Image.new("RGB", (8, 8)), "JPEG"),
    ],
)
def test_what_is_no_photo_of_ours_is_415(content):
    with pytest.raises(UnsupportedMedia):
        clean(content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95])
def test_a_photo_cut_short_is_422(kind, share):
    content = written(Image.effect_noise((200, 200), 90).convert("RGB"), kind)
    with pytest.raises(UnreadablePhoto):
        clean(content[: max(12, int(len(content) * share))])


def test_too_many_bytes_are_not_even_read():
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"\xff" * size

    stream = Endless()
    with pytest.raises(TooLarge):
        clean(stream, max_bytes=1000)
    assert stream.given == 1001
    with pytest.raises(TooLarge):
        clean(bytes(1001), max_bytes=1000)


def chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


def png_of(*chunks: bytes, size: tuple[int, int] = (8, 8)) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(bytes(8 * 25)))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + pixels + chunk(b"IEND", b"")


def jpeg_of_size(width: int, height: int) -> bytes:
    content = bytearray(written(Image.new("RGB", (8, 8)), "JPEG"))
    frame = content.index(b"\xff\xc0")
    content[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(content)


def webp_canvas(width: int, height: int) -> bytes:
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + canvas
    return b"RIFF" + struct.pack("<I", len(body)) + body


def heic_of_size(width: int, height: int) -> bytes:
    content = bytearray(written(Image.new("RGB", (64, 64)), "HEIF"))
    extent = content.index(b"ispe") + 8
    content[extent : extent + 8] = struct.pack(">II", width, height)
    return bytes(content)


def jpeg_with_scans(number: int) -> bytes:
    content = written(flag(), "JPEG", progressive=True)
    last = content.rindex(b"\xff\xda")
    return content[:-2] + content[last:-2] * number + b"\xff\xd9"


def jpeg_after(filling: bytes) -> bytes:
    content = written(flag(), "JPEG")
    return content[:2] + filling + content[2:]


# Each declares or hides far more than it has. None holds the pixels that it declares: had one
# been decoded, it would be unreadable, not too large.
TOO_MUCH: dict[str, Callable[[], bytes]] = {
    "PNG of 2.5 gigapixels": lambda: png_of(size=(50_000, 50_000)),
    "PNG beyond the format": lambda: png_of(size=(2**31 - 1, 2**31 - 1)),
    "JPEG of 4 gigapixels": lambda: jpeg_of_size(65_000, 65_000),
    "WebP of 268 megapixels": lambda: webp_canvas(16_384, 16_384),
    "WebP beyond the format": lambda: webp_canvas(2**24, 2**24),
    "HEIC of 400 megapixels": lambda: heic_of_size(20_000, 20_000),
    "JPEG of 10,000 scans": lambda: jpeg_with_scans(10_000),
    "JPEG of a million comments": lambda: jpeg_after(b"\xff\xfe\0\x02" * 1_000_000),
    "JPEG of five million restarts": lambda: jpeg_after(b"\xff\xd0" * 5_000_000),
    "JPEG behind ten million zeros": lambda: jpeg_after(b"\xff\xfe\0\x02" + bytes(10_000_000)),
    "PNG of 800,000 chunks": lambda: png_of(chunk(b"teXt", b"") * 800_000),
}


@pytest.mark.parametrize("bomb", TOO_MUCH)
def test_a_bomb_is_too_large_in_under_a_second(bomb):
    content = TOO_MUCH[bomb]()
    with spending() as spent, pytest.raises(TooManyPixels) as caught:
        clean(content)
    assert spent.seconds < 1
    assert caught.value.status == 413


BROKEN: dict[str, Callable[[], bytes]] = {
    "profile of 500 MB": lambda: png_of(
        chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(5 * 10**8), 1))
    ),
    "text of 500 MB": lambda: png_of(chunk(b"zTXt", b"x\0\0" + zlib.compress(bytes(5 * 10**8), 1))),
    "a hundred texts": lambda: png_of(
        chunk(b"zTXt", b"x\0\0" + zlib.compress(bytes(2**20 - 1))) * 100
    ),
    "no picture in ten million zeros": lambda: b"\xff\xd8\xff" + bytes(10_000_000),
}


@pytest.mark.parametrize("bomb", BROKEN)
def test_a_bomb_beside_the_pixels_is_refused_in_under_a_second(bomb):
    content = BROKEN[bomb]()
    with spending() as spent, pytest.raises(UnreadablePhoto) as caught:
        clean(content)
    assert spent.seconds < 1
    assert caught.value.status == 422


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIF"])
def test_the_limit_on_pixels_is_the_callers(kind):
    content = written(Image.new("RGB", (100, 100)), kind)
    assert clean(content, max_pixels=10_000).width == 100
    with pytest.raises(TooManyPixels):
        clean(content, max_pixels=9_999)


def test_a_webp_may_have_half_of_the_pixels():
    for how in ({}, {"lossless": True}, {"exif": Image.Exif().tobytes()}):
        content = written(Image.new("RGB", (100, 100)), "WEBP", **how)
        assert clean(content, max_pixels=20_000).width == 100
        with pytest.raises(TooManyPixels):
            clean(content, max_pixels=19_998)


def test_a_heic_that_lies_about_its_size_is_refused():
    with pytest.raises(UnreadablePhoto):
        clean(heic_of_size(16, 16))


# Whatever comes

SMALL = Image.effect_noise((24, 24), 90).convert("RGB")
SEEDS = [
    written(SMALL, "JPEG"),
    written(SMALL, "JPEG", progressive=True, comment=b"hello"),
    written(SMALL, "PNG"),
    written(SMALL, "WEBP"),
    written(SMALL, "WEBP", lossless=True),
    written(SMALL, "HEIF"),
]
MAGIC = st.sampled_from([b"", b"\xff\xd8\xff", *(seed[:16] for seed in SEEDS), webp_canvas(9, 9)])


def comes_out_well(content: bytes) -> bool:
    try:
        photo = clean(content)
    except Problem as problem:
        return problem.status in {413, 415, 422}
    return photo.width * photo.height > 0


@settings(deadline=None, max_examples=200)
@given(MAGIC, st.binary(max_size=2_000))
def test_any_bytes_come_out_as_a_photo_or_a_problem(magic, rest):
    assert comes_out_well(magic + rest)


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1),
)
def test_a_damaged_photo_comes_out_as_a_photo_or_a_problem(seed, damages):
    content = bytearray(seed)
    for place, value in damages:
        content[int(place * len(content))] = value
    assert comes_out_well(bytes(content))
