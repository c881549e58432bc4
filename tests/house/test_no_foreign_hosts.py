"""What is committed names no machine of ours and no mirror of anybody's."""

import re
import subprocess

import pytest

from app.config import ROOT

BINARY = {".png", ".jpg", ".jpeg", ".webp", ".heic", ".woff2", ".ico", ".gz"}
PATHS = re.compile(r"(?<![\w./])/(?:home|root|Users|work|workspace)/[\w.-]+", re.ASCII)
MIRRORS = re.compile(
    r"(?:--(?:extra-)?index-url|--find-links|--trusted-host|^registry\s*=|index-url\s*=)",
    re.MULTILINE,
)
RESOLVED = re.compile(r'"resolved":\s*"https?://([^/"]+)')
HERE = "tests/house/test_no_foreign_hosts.py"


def tracked():
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git work tree")
    return [name for name in listed.stdout.decode().split("\0") if name and name != HERE]


@pytest.fixture(scope="module")
def texts():
    found = {}
    for name in tracked():
        path = ROOT / name
        if path.suffix.lower() not in BINARY and path.is_file():
            found[name] = path.read_bytes().decode("utf-8", "replace")
    return found


def test_there_is_something_to_look_at(texts):
    assert len(texts) > 100


def test_no_path_of_a_machine(texts):
    assert {n: m.group() for n, t in texts.items() if (m := PATHS.search(t))} == {}


def test_no_mirror_of_packages(texts):
    found = {n: m.group() for n, t in texts.items() if (m := MIRRORS.search(t))}
    assert {n: m for n, m in found.items() if n != "Makefile"} == {}
    assert "--no-emit-index-url" in texts["Makefile"]


def test_lock_files_name_no_registry_but_the_public_one(texts):
    hosts = set(RESOLVED.findall(texts["miniprogram/package-lock.json"]))
    assert hosts <= {"registry.npmjs.org"}


def test_requirements_are_pinned_by_version_alone(texts):
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = [line.split("#")[0].strip() for line in texts[name].splitlines()]
        wanted = [line for line in lines if line and not line.startswith("-")]
        assert all(re.fullmatch(r"[\w.\[\]-]+==[\w.+!]+( ; .*)?", line) for line in wanted), name
        assert "://" not in "".join(lines), name
