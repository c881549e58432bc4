"""What became of a subscribe message: the three ways in which it may not have gone out.

Somebody's "yes" is good for one message, so nobody may guess: each answer of
WeChat's is one of certainly not and never (`MessageRefused`), certainly not but
perhaps later (`MessageNotSent`), and not known (`MessageUnsure`).
"""

from collections.abc import Mapping
from datetime import timedelta

from app.core.wechat_fields import fitted

_LANGUAGES = {"zh-Hans": "zh_CN", "en": "en_US"}

LATER: dict[int, timedelta | None] = {
    -1: None,
    43108: timedelta(seconds=10),
    45011: timedelta(minutes=1),
    45009: timedelta(hours=1),
    # What the operator has to put right: the address list, the rights of the account.
    40164: timedelta(minutes=10),
    48001: timedelta(hours=1),
    # A token that WeChat would not have twice running.
    40001: timedelta(minutes=1),
    40014: timedelta(minutes=1),
    42001: timedelta(minutes=1),
}
"""Refusals that pass: busy; two at once to one person; too many a minute, a day.

WeChat did nothing; None leaves the wait to the sender."""


class MessageRefused(Exception):
    """WeChat will not send it: 43101 the person takes no more; else something is wrong with it."""

    def __init__(self, errcode: int) -> None:
        super().__init__(f"errcode {errcode}")
        self.errcode = errcode


class MessageNotSent(Exception):
    """It was certainly not sent and may be tried again, not before `after` if that is given."""

    def __init__(self, reason: str, after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after = after


class MessageUnsure(Exception):
    """The request went out, perhaps, and no usable answer came: it may have been sent."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def judged(errcode: int) -> MessageRefused | MessageNotSent:
    """Return what an error code means for the message."""
    if errcode in LATER:
        return MessageNotSent(f"errcode {errcode}", LATER[errcode])
    return MessageRefused(errcode)


def form(
    openid: str, template_id: str, page: str, data: Mapping[str, str], language: str
) -> dict[str, object]:
    """Return what subscribe/send wants, each field fitted to its kind's limit."""
    return {
        "touser": openid,
        "template_id": template_id,
        "page": page.lstrip("/"),
        "miniprogram_state": "formal",
        "lang": _LANGUAGES.get(language, "zh_CN"),
        "data": {name: {"value": fitted(name, text)} for name, text in data.items()},
    }
