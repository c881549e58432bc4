"""Photos in by multipart, photos out by signed links, and nothing of them but pixels."""

import io
import struct
import zlib
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from sqlalchemy import func, select

from app.core import clock, crypto
from app.core.db import db, read
from app.photos.models import Photo
from tests.spending import spending


def photos():
    db.session.rollback()
    return read(select(func.count()).select_from(Photo)).scalar_one()


def opened(answer):
    return Image.open(io.BytesIO(answer.data))


def bomb(side=30_000):
    """Return a PNG of some kilobytes that unpacks to gigabytes."""

    def chunk(kind, data):
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 3_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (chunk(b"IHDR", head), chunk(b"IDAT", rows), chunk(b"IEND", b""))
    )


@pytest.fixture
def sent(clients, draw):
    """Return the answer to a photo that the resident sent."""
    answer = clients["resident"].upload(draw())
    assert answer.status_code == 201, answer.json
    return answer.json


# In


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIC"])
def test_a_photo_of_each_kind_becomes_a_jpeg(client, clients, draw, kind):
    answer = clients["resident"].upload(draw(kind, 3000, 1500), name=f"x.{kind.lower()}")
    assert answer.status_code == 201
    assert answer.json.keys() == {"id", "url", "thumbnail_url", "width", "height"}
    assert (answer.json["width"], answer.json["height"]) == (2048, 1024)
    full, small = (client.get(answer.json[name]) for name in ("url", "thumbnail_url"))
    assert (opened(full).format, opened(full).size) == ("JPEG", (2048, 1024))
    assert opened(small).size == (400, 200)


def test_nothing_of_a_photo_but_its_pixels_is_kept(client, clients, draw):
    exif = Image.Exif()
    exif[0x0110] = "a phone that tells"
    exif[0x8825] = {1: "N", 2: (30.0, 39.0, 0.0)}
    body = draw(exif=exif, comment=b"a secret comment") + b"<script>appended</script>"
    answer = client.get(clients["resident"].upload(body).json["url"])
    for hidden in (b"a phone that tells", b"a secret comment", b"appended", b"Exif"):
        assert hidden not in answer.data


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\0.jpg", "", "照片.jpg", "x" * 5000, '"'])
def test_a_files_name_means_nothing(clients, draw, name):
    answer = clients["resident"].upload(draw(), name=name or "x")
    assert answer.status_code == 201
    assert len(answer.json["id"]) == 43


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 415, "unsupported_media"),
        (b"not a picture", 415, "unsupported_media"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415, "unsupported_media"),
        (b"GIF89a" + b"\0" * 100, 415, "unsupported_media"),
        (b"%PDF-1.7", 415, "unsupported_media"),
        (b"PK\x03\x04" + b"\0" * 100, 415, "unsupported_media"),
        (b"\xff\xd8\xff" + b"\0" * 100, 422, "unreadable_photo"),
        (b"\x89PNG\r\n\x1a\n", 422, "unreadable_photo"),
        (b"RIFF\0\0\0\0WEBP", 422, "unreadable_photo"),
    ],
)
def test_what_is_no_photo_is_refused(clients, content, status, code):
    answer = clients["resident"].upload(content)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert answer.json["code"] == code
    assert photos() == 0


def test_a_bomb_is_refused_before_it_goes_off(clients):
    body = bomb()
    assert len(body) < 10_000
    with spending() as spent:
        answer = clients["resident"].upload(body)
    assert spent.seconds < 1
    assert answer.status_code == 413
    assert answer.json["code"] == "too_many_pixels"


@pytest.mark.parametrize("extra", [1, 2 * 1024 * 1024])
def test_more_than_ten_mebibytes_are_too_large(clients, draw, extra):
    answer = clients["resident"].upload(draw().ljust(10 * 1024 * 1024 + extra, b"\0"))
    assert answer.status_code == 413
    assert answer.json["code"] == "too_large"
    assert photos() == 0


def test_ten_mebibytes_are_not_too_large(clients, draw):
    assert clients["resident"].upload(draw().ljust(10 * 1024 * 1024, b"\0")).status_code == 201


def test_a_photo_in_another_field_is_refused_by_name(clients, draw):
    answer = clients["resident"].upload(draw(), field="photo")
    assert answer.status_code == 422
    faults = {(fault["field"], fault["code"]) for fault in answer.json["errors"]}
    assert faults == {("file", "required"), ("photo", "unknown_field")}


@pytest.mark.parametrize(
    ("form", "field", "code"),
    [
        ({}, "file", "required"),
        ({"file": "text, no file"}, "file", "unknown_field"),
        ({"file": [0, 0]}, "file", "too_many"),
        ({"file": 0, "second": 0}, "second", "unknown_field"),
        ({"file": 0, "owner_id": "7"}, "owner_id", "unknown_field"),
    ],
)
def test_a_form_that_is_not_one_file_is_refused_by_name(clients, draw, form, field, code):
    def filled(value):
        return (io.BytesIO(draw()), "x.jpg") if value == 0 else value

    data = {
        name: [filled(each) for each in value] if isinstance(value, list) else filled(value)
        for name, value in form.items()
    }
    phone = clients["resident"]
    answer = phone.http.post(
        "/api/v1/photos", data=data, headers=phone.headers, content_type="multipart/form-data"
    )
    assert answer.status_code == 422
    assert (field, code) in {(fault["field"], fault["code"]) for fault in answer.json["errors"]}
    assert photos() == 0


def test_a_photo_as_json_is_refused(clients):
    assert clients["resident"].post("/photos", {"file": "..."}).status_code in {415, 422}


def test_nobody_sends_a_photo_without_signing_in(client, draw):
    assert client.upload(draw()).status_code == 401


# Out


def test_a_link_needs_no_token_and_may_be_kept_for_a_day(client, sent):
    answer = client.get(sent["url"])
    assert answer.status_code == 200
    assert answer.mimetype == "image/jpeg"
    caching = answer.cache_control
    assert (caching.private, caching.max_age, caching.immutable) == (True, 86400, True)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def changed(url, **parts):
    """Return a link with its path or one of its parameters changed."""
    split = urlsplit(url)
    query = {name: values[0] for name, values in parse_qs(split.query).items()} | parts
    path = query.pop("path", split.path)
    return path + "?" + "&".join(f"{name}={value}" for name, value in query.items())


def test_a_touched_link_leads_nowhere(client, clients, draw, sent):
    other = clients["resident"].upload(draw()).json
    expires = int(parse_qs(urlsplit(sent["url"]).query)["expires"][0])
    signature = parse_qs(urlsplit(sent["url"]).query)["signature"][0]
    own = f"/api/v1/photos/{sent['id']}"
    for url in (
        changed(sent["url"], expires=expires + 1),
        changed(sent["url"], expires=expires * 10),
        changed(sent["url"], expires=0),
        changed(sent["url"], signature=signature[::-1]),
        changed(sent["url"], signature="A" * 27),
        changed(sent["url"], signature="签名"),
        changed(sent["url"], path=f"/api/v1/photos/{other['id']}/full"),
        changed(sent["url"], path=f"{own}/thumbnail"),
        changed(sent["thumbnail_url"], path=f"{own}/full"),
        changed(sent["url"], path=f"{own}/original"),
        changed(sent["url"], path=f"{own}/..%2f..%2fsecret"),
        changed(sent["url"], path="/api/v1/photos/%00/full"),
    ):
        answer = client.get(url)
        assert answer.status_code == 404, url
        assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"expires": "tomorrow"}, "expires"),
        ({"expires": "-1"}, "expires"),
        ({"expires": "9" * 400}, "expires"),
        ({"signature": ""}, "signature"),
        ({"signature": "x" * 65}, "signature"),
        ({"width": "10"}, "width"),
    ],
)
def test_a_link_that_was_never_one_is_a_bad_form(client, sent, change, field):
    answer = client.get(changed(sent["url"], **change))
    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json["errors"]] == [field]


def test_a_link_dies(client, sent):
    expires = int(parse_qs(urlsplit(sent["url"]).query)["expires"][0])
    end = datetime.fromtimestamp(expires, UTC)
    # It was made a moment ago: perhaps on the day before.
    assert timedelta(hours=23) <= end - clock.now() <= timedelta(days=2)
    with clock.at(end):
        assert client.get(sent["url"]).status_code == 200
    with clock.at(end + timedelta(seconds=1)):
        assert client.get(sent["url"]).status_code == 404


def test_a_rightly_signed_link_to_no_photo_leads_nowhere(app, client):
    expires = int(clock.now().timestamp()) + 60
    for name in ("nothing-here", "..", "a b"):
        signature = crypto.sign(f"{name}/full/{expires}")
        url = f"/api/v1/photos/{name}/full?expires={expires}&signature={signature}"
        assert client.get(url).status_code == 404
