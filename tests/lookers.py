"""Somebody in WeChat's place who looks at texts and pictures, and whom a test tells what to think.

How WeChat itself is asked, and what it answers, is tested in tests/core.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from flask import Flask

from app.core import outbox
from app.core.db import writing
from app.core.pushes import PhotoChecked
from app.core.wechat import Verdict


class Looker:
    """Keeps what it was asked; what contains `bad` is risky."""

    def __init__(self, bad: str = "坏话") -> None:
        self.bad = bad
        self.texts: list[str] = []
        self.links: list[str] = []
        self.trouble: Exception | None = None

    def check_text(self, openid: str, content: str) -> Verdict:
        self._ask_for(openid)
        self.texts.append(content)
        return Verdict("risky" if self.bad in content else "pass", 100, "")

    def check_image(self, openid: str, media_url: str) -> str:
        self._ask_for(openid)
        self.links.append(media_url)
        return f"trace-{len(self.links)}"

    def _ask_for(self, openid: str) -> None:
        assert openid.startswith("o")
        if self.trouble:
            raise self.trouble

    def push(self, number: int, suggest: str = "pass") -> None:
        """Push the verdict on the picture that was asked about as the `number`th."""
        with writing():
            outbox.record(PhotoChecked(f"trace-{number}", suggest, 100))
        outbox.deliver_due()


@contextmanager
def looked_at(app: Flask) -> Iterator[Looker]:
    """Switch content checks on, with a `Looker` in WeChat's place."""
    extensions, looker = app.extensions, Looker()
    before = {name: extensions[name] for name in ("linli_settings", "linli_wechat")}
    extensions["linli_settings"] = replace(before["linli_settings"], content_checks=True)
    extensions["linli_wechat"] = looker
    try:
        yield looker
    finally:
        extensions.update(before)
