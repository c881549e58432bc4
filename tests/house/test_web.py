"""What is served beside the API: the mini-program's H5 build, and health."""

import pytest

from app.factory import create_app
from tests.databases import settings


@pytest.fixture
def site(tmp_path):
    """Serve a page and an asset as a build leaves them."""
    web = tmp_path / "web"
    (web / "assets").mkdir(parents=True)
    (web / "index.html").write_text("<!doctype html><title>邻里安</title>", encoding="utf-8")
    (web / "assets" / "index-abc123.js").write_text("export {}", encoding="utf-8")
    found = settings(f"sqlite:///{tmp_path / 'x.sqlite3'}", "http://127.0.0.1:9", tmp_path)
    client = create_app(found).test_client()
    # Files are streamed: read to the end, or they stay open.
    return lambda path: client.get(path, buffered=True)


def test_the_page_is_asked_for_again_and_the_assets_are_kept(site):
    assert site("/").headers["Cache-Control"] == "no-cache"
    assert "immutable" in site("/assets/index-abc123.js").headers["Cache-Control"]


def test_pages_allow_nothing_from_elsewhere(site):
    headers = site("/").headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize("path", ["/../app/config.py", "/assets/../../wsgi.py", "/%2e%2e/wsgi.py"])
def test_nothing_but_the_build_is_served(site, path):
    assert site(path).status_code == 404


def test_health_answers_and_readiness_waits_for_the_tables(site):
    assert site("/healthz").json == {"status": "ok"}
    answer = site("/readyz")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


def test_the_documentation_comes_from_here_alone(site):
    page = site("/api/docs").text
    assert "http" not in page
    assert site("/api/docs/static/swagger-ui-bundle.js").status_code == 200


def test_without_a_build_the_front_page_is_missing_not_broken(tmp_path):
    found = settings(f"sqlite:///{tmp_path / 'x.sqlite3'}", "http://127.0.0.1:9", tmp_path / "no")
    answer = create_app(found).test_client().get("/")
    assert (answer.status_code, answer.json["code"]) == (404, "not_found")
