"""What we ask of WeChat: who somebody is, to carry a message, to look at a text or a picture.

How it is asked, and what is tried again, is in `wechat_line`. (A retry of a
sign-in after a lost answer may find its single-use code spent; then the person
taps again and the phone brings a new code.)
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.errors import InvalidInput, TooManyRequests, Unauthenticated
from app.core.wechat_line import (
    AccessToken,
    Line,
    MemoryTokenStore,
    NoAnswer,
    NotAsked,
    Refused,
    TokenStore,
    WeChatUnavailable,
    unusable,
)
from app.core.wechat_messages import (
    LATER,
    MessageNotSent,
    MessageRefused,
    MessageUnsure,
    form,
    judged,
)

__all__ = [
    "AccessToken",
    "BadPhoneCode",
    "BadSignInCode",
    "CheckRefused",
    "Identity",
    "MemoryTokenStore",
    "MessageNotSent",
    "MessageRefused",
    "MessageUnsure",
    "TokenStore",
    "Verdict",
    "WeChat",
    "WeChatBusy",
    "WeChatUnavailable",
]

PROFILE, COMMENT, FORUM, DIARY = 1, 2, 3, 4
"""Where a text or picture is going to stand, as WeChat numbers it."""

LONGEST_CHECKED = 2500
SUGGESTIONS = frozenset({"pass", "review", "risky"})
NORMAL = 100
UNKNOWN_LABEL = 0

_RATE_LIMITED = frozenset({45011})
# Bad, used up, belonging to a user whom WeChat holds for dangerous, missing.
_BAD_CODE = frozenset({40029, 40163, 40226, 41008})
_NOT_SEEN_LATELY = 61010
_LONGEST_CODE = 512


class BadSignInCode(Unauthenticated):
    """WeChat does not know this sign-in code: bad, used, expired, or a user it blocks."""

    code = "bad_sign_in_code"


class BadPhoneCode(InvalidInput):
    """WeChat does not know this phone code: bad, used or expired."""

    code = "bad_phone_code"


class WeChatBusy(TooManyRequests):
    """This person signs in more often than WeChat allows (100 a minute)."""

    code = "wechat_busy"


class CheckRefused(WeChatUnavailable):
    """WeChat will not look at it; asking again does not help. `errcode` says why."""

    def __init__(self, errcode: int) -> None:
        super().__init__()
        self.errcode = errcode


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signed in: `openid` for this mini-program, `unionid` across one owner's, if any."""

    openid: str
    unionid: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What WeChat thinks of a text: `pass`, `review` or `risky`; `label` 100 is nothing bad.

    `review` with label 0 is no opinion: somebody has to look.
    """

    suggest: str
    label: int
    trace_id: str


class WeChat(Line):
    """One mini-program's line to WeChat, and all that is asked by it."""

    def sign_in(self, code: str) -> Identity:
        """Ask who brought `code`, which `wx.login` gave.

        Errors: BadSignInCode, WeChatBusy, WeChatUnavailable.
        """
        if not _is_plausible(code):
            raise BadSignInCode
        query = self.as_the_app({"js_code": code, "grant_type": "authorization_code"})
        try:
            answer = self.ask("/sns/jscode2session", self.deadline(), query=query)
        except Refused as refusal:
            raise _problem(refusal, bad_code=BadSignInCode) from None
        # The session key in the answer is dropped here: nothing of ours decrypts with it.
        openid, unionid = answer.get("openid"), answer.get("unionid")
        if not isinstance(openid, str) or not openid:
            raise unusable("jscode2session", "no openid")
        return Identity(openid, unionid if isinstance(unionid, str) and unionid else None)

    def phone_number(self, code: str, openid: str | None = None) -> str:
        """Ask for the telephone number behind `code`, which a getPhoneNumber button gave.

        A Chinese number is its eleven digits; a foreign one begins with `+` and its country.
        Errors: BadPhoneCode, WeChatBusy, WeChatUnavailable.
        """
        if not _is_plausible(code):
            raise BadPhoneCode
        form = {"code": code} | ({"openid": openid} if openid else {})
        try:
            answer = self.ask_with_token("/wxa/business/getuserphonenumber", form)
        except Refused as refusal:
            raise _problem(refusal, bad_code=BadPhoneCode) from None
        info = answer.get("phone_info")
        if not isinstance(info, dict):
            raise unusable("getuserphonenumber", "no phone_info")
        return self._number_in(info)

    def send_message(
        self, openid: str, template_id: str, *, page: str, data: Mapping[str, str], language: str
    ) -> None:
        """Send a subscribe message, in one try: a "yes" is good for one message.

        `data` is text by field name, cut here to what each field holds. A token that WeChat
        calls stale is renewed and the message sent again: it was refused before it was sent.
        Errors: MessageRefused, MessageNotSent, MessageUnsure, see `wechat_messages`.
        """
        question = form(openid, template_id, page, data, language)
        deadline = self.deadline()
        try:
            self.with_token(deadline, lambda token: self._send(question, token, deadline))
        except Refused as refusal:
            raise judged(refusal.errcode) from None
        except WeChatUnavailable:
            raise MessageNotSent("no access token") from None

    def check_text(self, openid: str, content: str, scene: int = FORUM) -> Verdict:
        """Ask whether a text of at most 2,500 characters may be shown to others.

        Who has not opened the mini-program for two hours is not judged: `review`.
        Errors: ValueError for a longer text; CheckRefused; WeChatUnavailable.
        """
        if len(content) > LONGEST_CHECKED:
            msg = f"a text of {len(content)} characters is checked in parts"
            raise ValueError(msg)
        asked = {"version": 2, "openid": openid, "scene": scene, "content": content}
        try:
            answer = self.ask_with_token("/wxa/msg_sec_check", asked)
        except Refused as refusal:
            if refusal.errcode == _NOT_SEEN_LATELY:
                return Verdict("review", UNKNOWN_LABEL, "")
            raise _unchecked("msg_sec_check", refusal) from None
        result = answer.get("result")
        if not isinstance(result, dict):
            raise unusable("msg_sec_check", "no result")
        suggest, label = result.get("suggest"), result.get("label")
        return Verdict(
            suggest if suggest in SUGGESTIONS else "review",
            label if isinstance(label, int) else UNKNOWN_LABEL,
            str(answer.get("trace_id", "")),
        )

    def check_image(self, openid: str, media_url: str, scene: int = FORUM) -> str:
        """Ask for a look at a picture; return the trace id that the push of the result names.

        WeChat fetches `media_url` from outside, within half an hour.
        Errors: CheckRefused (61010: who showed it has not been here for two hours);
        WeChatUnavailable.
        """
        asked = {
            "version": 2,
            "openid": openid,
            "scene": scene,
            "media_url": media_url,
            "media_type": 2,
        }
        try:
            answer = self.ask_with_token("/wxa/media_check_async", asked)
        except Refused as refusal:
            raise _unchecked("media_check_async", refusal) from None
        trace_id = answer.get("trace_id")
        if not isinstance(trace_id, str) or not trace_id:
            raise unusable("media_check_async", "no trace_id")
        return trace_id

    def _send(self, question: Mapping[str, object], token: str, deadline: float) -> None:
        """Errors: Refused, MessageNotSent, MessageUnsure."""
        left = deadline - time.monotonic()
        if left <= 0:
            raise MessageNotSent("no time left")
        query = {"access_token": token}
        try:
            self.ask_once("/cgi-bin/message/subscribe/send", left, query=query, form=question)
        except NotAsked as error:
            raise MessageNotSent(str(error)) from None
        except NoAnswer as error:
            raise MessageUnsure(str(error)) from None

    def _number_in(self, info: Mapping[str, Any]) -> str:
        watermark = info.get("watermark")
        if not isinstance(watermark, dict) or watermark.get("appid") != self.appid:
            raise unusable("getuserphonenumber", "another mini-program's watermark")
        number, country = info.get("purePhoneNumber"), str(info.get("countryCode") or "86")
        if not isinstance(number, str) or not number.isdecimal() or not country.isdecimal():
            raise unusable("getuserphonenumber", "no phone number")
        return number if country == "86" else f"+{country}{number}"


def _is_plausible(code: str) -> bool:
    """Tell whether WeChat may have made this code; what cannot even be sent is not asked."""
    return 0 < len(code) <= _LONGEST_CODE and code.isascii() and code.isprintable()


def _unchecked(name: str, refusal: Refused) -> WeChatUnavailable:
    if refusal.errcode in LATER:
        return unusable(name, f"errcode {refusal.errcode}")
    return CheckRefused(refusal.errcode)


def _problem(
    refusal: Refused, *, bad_code: Callable[[], BadSignInCode | BadPhoneCode]
) -> BadSignInCode | BadPhoneCode | WeChatBusy | WeChatUnavailable:
    if refusal.errcode in _BAD_CODE:
        return bad_code()
    if refusal.errcode in _RATE_LIMITED:
        return WeChatBusy()
    return unusable("call", f"errcode {refusal.errcode}")
