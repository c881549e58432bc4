"""Hostile files: each is refused cleanly, or only its pixels are kept."""

import io
import struct
import zipfile
import zlib

import pytest
from PIL import Image, PngImagePlugin
from werkzeug.datastructures import FileStorage

from tests.hostile.conftest import jpeg
from tests.spending import spending

pytestmark = pytest.mark.either_database
SCRIPT = b"<script>alert(document.domain)</script>"


def zipped():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("photo.jpg", jpeg())
    return content.getvalue()


def png_chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def png_bomb(side=50_000):
    """Return some kilobytes that say they are 2.5 thousand million pixels."""
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1_000_000, 9)
    chunks = [(b"IHDR", header), (b"IDAT", pixels), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(*chunk) for chunk in chunks)


def jpeg_bomb():
    """Return a small JPEG whose header says 65,535 × 65,535."""
    small = bytearray(jpeg())
    frame = small.index(b"\xff\xc0")
    small[frame + 5 : frame + 9] = b"\xff\xff\xff\xff"
    return bytes(small)


def noise(size):
    return jpeg() + b"\0" * (size - len(jpeg()))


REFUSED = {
    "nothing": (b"", {413, 415, 422}),
    "one byte": (b"\xff", {415, 422}),
    "zip": (zipped(), {415}),
    "svg with a script": (b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>", {415}),
    "html": (b"<!doctype html>" + SCRIPT, {415}),
    "gif": (jpeg(kind="GIF"), {415}),
    "gif polyglot": (b"GIF89a/*" + jpeg() + b"*/=1;" + SCRIPT, {415}),
    "bmp": (jpeg(kind="BMP"), {415}),
    "tiff": (jpeg(kind="TIFF"), {415}),
    "pdf": (b"%PDF-1.7\n" + jpeg(), {415}),
    "program": (b"\x7fELF" + b"\0" * 500, {415}),
    "mp4": (b"\0\0\0\x18ftypisom" + b"\0" * 500, {415}),
    "truncated jpeg": (jpeg(512, 512)[:600], {422}),
    "jpeg without pixels": (b"\xff\xd8\xff\xe0" + b"\0" * 64, {422}),
    "only the beginning of a png": (b"\x89PNG\r\n\x1a\n", {422}),
    "truncated png": (jpeg(kind="PNG")[:40], {422}),
    "truncated webp": (jpeg(kind="WEBP")[:30], {422}),
    "heic in name only": (b"\0\0\0\x18ftypheic" + b"\0" * 500, {422}),
    "png bomb": (png_bomb(), {413, 422}),
    "jpeg bomb": (jpeg_bomb(), {413, 422}),
    "more than ten megabytes": (noise(10 * 1024 * 1024 + 1), {413}),
    "eleven megabytes": (noise(11 * 1024 * 1024 + 1), {413}),
}


@pytest.mark.parametrize(("content", "statuses"), REFUSED.values(), ids=REFUSED.keys())
@pytest.mark.parametrize("name", ["photo.jpg", "photo.png"])
def test_what_is_no_photo_is_refused(content, statuses, name, served, refused):
    with spending() as spent:
        answer = served.clients["resident"].upload(content, name)
    assert spent.seconds < 5
    refused(answer, *statuses)


def with_secrets(kind):
    content = io.BytesIO()
    picture = Image.new("RGB", (64, 48), "teal")
    exif = Image.Exif()
    exif[0x010E], exif[0x013B] = "SECRET-PLACE", SCRIPT.decode()
    more = {}
    if kind == "PNG":
        more["pnginfo"] = PngImagePlugin.PngInfo()
        more["pnginfo"].add_text("Comment", "SECRET-PLACE " + SCRIPT.decode())
    if kind == "JPEG":
        more["comment"] = b"SECRET-PLACE " + SCRIPT
    picture.save(content, kind, exif=exif, **more)
    return content.getvalue()


KEPT = {
    "jpeg with notes": with_secrets("JPEG"),
    "png with notes": with_secrets("PNG"),
    "webp with notes": with_secrets("WEBP"),
    "jpeg and a page": jpeg() + b"SECRET-PLACE" + SCRIPT,
    "jpeg and an archive": jpeg() + b"SECRET-PLACE" + zipped(),
    "one pixel": jpeg(1, 1),
    "a line": jpeg(4000, 1),
}


@pytest.mark.parametrize("content", KEPT.values(), ids=KEPT.keys())
def test_only_pixels_are_kept(content, served):
    client = served.clients["resident"]
    made = client.upload(content)
    assert made.status_code == 201, made.json
    for link in (made.json["url"], made.json["thumbnail_url"]):
        shown = client.http.get(link)
        assert shown.status_code == 200
        assert shown.mimetype == "image/jpeg"
        assert shown.headers["X-Content-Type-Options"] == "nosniff"
        raw = shown.get_data()
        assert raw.startswith(b"\xff\xd8\xff")
        assert raw.endswith(b"\xff\xd9")
        for secret in (b"SECRET", b"script", b"PK\x03\x04", b"Exif"):
            assert secret not in raw
        Image.open(io.BytesIO(raw)).verify()


NAMES = [
    "../../etc/passwd", "a\0b.jpg", "x" * 5000 + ".jpg", "照片.jpg", "<script>.jpg", "", ".jpg",
    "C:\\con.jpg", "a/b/c.jpg", "%2e%2e%2f.jpg", "'; --.jpg", 'a"b.jpg', "a\r\nX-Y: z.jpg",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES, ids=lambda name: repr(name)[:24])
def test_a_files_name_means_nothing(name, served, refused):
    answer = served.clients["resident"].upload(jpeg(), name)
    if answer.status_code != 201:  # without a name it is a text field, not a file
        refused(answer, 400, 422)
        return
    assert len(answer.json["id"]) == 43


@pytest.mark.parametrize("field", ["photo", "", "file[]", "FILE", "<script>", "file\0"])
def test_a_file_under_another_name_is_refused(field, served, refused):
    refused(served.clients["resident"].upload(jpeg(), field=field), 400, 422)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--x--",
        b"--x\r\n\r\n",
        b"--x\r\nContent-Disposition: form-data; name=file",
        b"\0" * 99,
    ],
)
def test_a_broken_form_is_refused(body, served, refused):
    client = served.clients["resident"]
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = client.http.post("/api/v1/photos", data=body, headers={**client.headers, **kind})
    refused(answer, 400, 413, 422)


@pytest.mark.parametrize(
    "kind", ["application/json", "image/jpeg", "multipart/form-data", "text/x"]
)
def test_a_photo_comes_in_a_form(kind, served, refused):
    client = served.clients["resident"]
    headers = {**client.headers, "Content-Type": kind}
    refused(client.http.post("/api/v1/photos", data=jpeg(), headers=headers), 400, 415, 422)


def test_two_thousand_fields_are_refused(served, refused):
    client = served.clients["resident"]
    fields = {f"f{n}": "x" for n in range(2000)}
    data = {**fields, "file": FileStorage(io.BytesIO(jpeg()), "photo.jpg")}
    refused(client.http.post("/api/v1/photos", data=data, headers=client.headers), 413, 422)


@pytest.mark.parametrize(
    "photo_ids", [["../../etc/passwd"], ["A" * 43], ["x"] * 10, "A" * 43, [None]]
)
def test_a_photo_that_is_not_there_is_refused(photo_ids, served, refused):
    answer = served.clients["resident"].post("/hazards", served.report(photo_ids=photo_ids))
    problem = refused(answer, 422)
    assert problem["errors"][0]["field"].startswith("photo_ids")


def test_somebody_elses_photo_is_as_if_it_were_not_there(served, refused):
    made = served.clients["resident"].upload(jpeg()).json["id"]
    taken = served.clients["neighbour"].post("/hazards", served.report(photo_ids=[made]))
    refused(taken, 422)
    twice = served.clients["resident"].post("/hazards", served.report(photo_ids=[made, made]))
    refused(twice, 422)
    assert (
        served.clients["resident"].post("/hazards", served.report(photo_ids=[made])).status_code
        == 201
    )
