"""Files are kept whole, under names of ours and nowhere else."""

import pytest

from app.core.files import Folder


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "secret.jpg").write_bytes(b"outside")
    return Folder(tmp_path / "photos")


def test_what_is_put_can_be_got_until_it_is_deleted(folder):
    folder.put("abc-d_e.jpg", b"one")
    assert folder.get("abc-d_e.jpg") == b"one"
    folder.put("abc-d_e.jpg", b"two")
    assert folder.get("abc-d_e.jpg") == b"two"
    folder.delete("abc-d_e.jpg")
    folder.delete("abc-d_e.jpg")
    with pytest.raises(FileNotFoundError):
        folder.get("abc-d_e.jpg")


def test_nothing_but_the_file_stays_behind(folder):
    folder.put("abcd.jpg", b"one")
    folder.put("abcd.jpg", b"two")
    assert [path.name for path in folder.root.rglob("*") if path.is_file()] == ["abcd.jpg"]


def test_a_failed_write_leaves_the_old_file_and_no_other(folder):
    folder.put("abcd.jpg", b"one")
    with pytest.raises(TypeError):
        folder.put("abcd.jpg", "not bytes")
    assert folder.get("abcd.jpg") == b"one"
    assert [path.name for path in folder.root.rglob("*") if path.is_file()] == ["abcd.jpg"]


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../secret.jpg",
        "..%2fsecret.jpg",
        "/etc/passwd",
        "a/b.jpg",
        "a\\b.jpg",
        "a\0.jpg",
        "a b.jpg",
        "a\n.jpg",
        "~",
        "ab..jpg",
        ".ab.jpg",
        "a",
        "照片.jpg",
        "x" * 300,
    ],
)
def test_a_name_that_is_not_ours_names_no_file(folder, name):
    with pytest.raises(FileNotFoundError):
        folder.get(name)
    with pytest.raises(FileNotFoundError):
        folder.put(name, b"x")
    assert not folder.root.exists()
