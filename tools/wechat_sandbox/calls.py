"""What each call of the protocol does.

A call takes the request and the account and returns its JSON. It raises Refusal
for an error code, and puts what the ledger may know into `facts` before it does
anything that can fail. What it is for (a message received) it puts into the facts'
`effects`, because a programmed fault may prevent just that.
"""

import json
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from hmac import compare_digest

from flask import Request

from tools.wechat_sandbox.answers import (
    APPID_MISSING,
    BAD_APPID,
    BAD_CHARSET,
    BAD_CODE,
    BAD_DATA_FORMAT,
    BAD_FIELD,
    BAD_GRANT_TYPE,
    BAD_OPENID,
    BAD_PAGE,
    BAD_SECRET,
    BAD_TEMPLATE,
    NOT_TAKEN,
    TOO_LONG,
    Refusal,
)
from tools.wechat_sandbox.identities import is_phone_code, is_sign_in_code, openid_of, phone_of
from tools.wechat_sandbox.messages import Messages
from tools.wechat_sandbox.pushes import Address, Pushes
from tools.wechat_sandbox.templates import Template, templates_by_id, wrong_field
from tools.wechat_sandbox.tokens import Tokens

Json = dict[str, object]


class Facts(dict[str, object]):
    """What the ledger may know of a call, and what the call does if nothing prevents it."""

    def __init__(self) -> None:
        super().__init__()
        self.effects: list[Callable[[], None]] = []


# `\u4f60` where 你 was meant: an odd number of backslashes, then a character beyond
# ASCII. (Control characters have no other spelling in JSON and pass.)
_ESCAPED_TEXT = re.compile(rb"(?<!\\)(?:\\\\)*\\u(?!00[0-7])[0-9a-fA-F]{4}")


_OPENID = re.compile(r"[A-Za-z0-9_-]{6,64}")
_PAGE = re.compile(r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*(\?[\x21-\x7e]*)?")
_LANGUAGES = {"zh_CN", "en_US", "zh_HK", "zh_TW"}
_STATES = {"developer", "trial", "formal"}
_SCENES = {1, 2, 3, 4}
_VERSION = 2
_IMAGE = 2
_LONGEST_CONTENT = 2500
_RISKY = ("赌博", "违禁")
_DOUBTFUL = ("待审",)


@dataclass(frozen=True, slots=True)
class Account:
    """One mini-program: its id, its secret, its tokens, its messages, its pushes."""

    appid: str
    secret: str
    tokens: Tokens = field(default_factory=Tokens)
    templates: dict[str, Template] = field(default_factory=templates_by_id)
    messages: Messages = field(default_factory=Messages)
    pushes: Pushes = field(default_factory=lambda: Pushes("", Address()))


Call = Callable[[Request, Account, Facts], Json]


def jscode2session(request: Request, account: Account, facts: Facts) -> Json:
    """Exchange a sign-in code for `{openid, session_key}`; like the original without `errcode`."""
    query = request.args
    code = query.get("js_code", "")
    facts["js_code"] = code if is_sign_in_code(code) else "(no demo code)"
    _check_credentials(account, query.get("appid"), query.get("secret"))
    if query.get("grant_type") != "authorization_code":
        raise Refusal(BAD_GRANT_TYPE)
    if not is_sign_in_code(code):
        raise Refusal(BAD_CODE)
    # The product has no use for the key; a new one at each sign-in makes sure that nobody keeps it.
    return {"session_key": secrets.token_urlsafe(18), "openid": openid_of(code)}


def stable_token(request: Request, account: Account, facts: Facts) -> Json:
    """Deal `{access_token, expires_in}` (seconds)."""
    form = _json_of(request, otherwise=APPID_MISSING)
    facts["force_refresh"] = form.get("force_refresh") is True
    _check_credentials(account, form.get("appid"), form.get("secret"))
    if form.get("grant_type") != "client_credential":
        raise Refusal(BAD_GRANT_TYPE)
    token, seconds = account.tokens.deal(force=form.get("force_refresh") is True)
    return {"access_token": token, "expires_in": seconds}


def getuserphonenumber(request: Request, account: Account, facts: Facts) -> Json:
    """Exchange a phone code for `{errcode, errmsg, phone_info}`."""
    form = _authorised_json_of(request, account)
    code = form.get("code")
    if not isinstance(code, str) or not is_phone_code(code):
        facts["code"] = "(no demo code)"
        raise Refusal(BAD_CODE)
    facts["code"] = code
    number = phone_of(code)
    return {
        "errcode": 0,
        "errmsg": "ok",
        "phone_info": {
            "phoneNumber": number,
            "purePhoneNumber": number,
            # The original sends text or a number; the less convenient one keeps the client honest.
            "countryCode": 86,
            "watermark": {"timestamp": int(time.time()), "appid": account.appid},
        },
    }


def send(request: Request, account: Account, facts: Facts) -> Json:
    """Receive a subscribe message: `{errcode, errmsg, msgid}`."""
    form = _authorised_json_of(request, account)
    openid, template_id = _openid_in(form, "touser"), form.get("template_id")
    facts["openid"], facts["template_id"] = openid, template_id
    template = account.templates.get(str(template_id))
    if template is None:
        raise Refusal(BAD_TEMPLATE)
    page = form.get("page", "")
    if not isinstance(page, str) or (page and not _PAGE.fullmatch(page)):
        raise Refusal(BAD_PAGE)
    if wrong := wrong_field(template, form.get("data")):
        raise Refusal(BAD_FIELD, f"data.{wrong}.value invalid")
    lang = form.get("lang", "zh_CN")
    if lang not in _LANGUAGES or form.get("miniprogram_state", "formal") not in _STATES:
        raise Refusal(BAD_DATA_FORMAT)
    if not account.messages.takes(openid, str(template_id)):
        raise Refusal(NOT_TAKEN)
    message = {
        "openid": openid,
        "template_id": template_id,
        "template": template.name,
        "data": form["data"],
        "page": page,
        "lang": lang,
    }
    facts.effects.append(lambda: account.messages.write(message))
    return {"errcode": 0, "errmsg": "ok", "msgid": secrets.randbits(53)}


def msg_sec_check(request: Request, account: Account, facts: Facts) -> Json:
    """Judge a text: risky with 赌博 or 违禁 in it, for review with 待审, else fine."""
    form = _authorised_json_of(request, account)
    _openid_in(form, "openid")
    content = form.get("content")
    if not isinstance(content, str) or not content:
        raise Refusal(BAD_DATA_FORMAT)
    if len(content) > _LONGEST_CONTENT:
        raise Refusal(TOO_LONG)
    _check_version_and_scene(form)
    suggest, label = "pass", 100
    if any(word in content for word in _RISKY):
        suggest, label = "risky", 20006
    elif any(word in content for word in _DOUBTFUL):
        suggest, label = "review", 21000
    facts["suggest"] = suggest
    return {
        "errcode": 0,
        "errmsg": "ok",
        "result": {"suggest": suggest, "label": label},
        "detail": [{"strategy": "content_model", "errcode": 0, "suggest": suggest, "label": label}],
        "trace_id": secrets.token_hex(12),
    }


def media_check_async(request: Request, account: Account, facts: Facts) -> Json:
    """Promise to look at a picture: `{errcode, errmsg, trace_id}`; the result is pushed."""
    form = _authorised_json_of(request, account)
    openid, media_url = _openid_in(form, "openid"), form.get("media_url")
    if not isinstance(media_url, str) or not media_url or form.get("media_type") != _IMAGE:
        raise Refusal(BAD_DATA_FORMAT)
    _check_version_and_scene(form)
    trace_id = secrets.token_hex(12)
    facts["trace_id"] = trace_id
    facts.effects.append(lambda: account.pushes.check_photo(openid, media_url, trace_id))
    return {"errcode": 0, "errmsg": "ok", "trace_id": trace_id}


# (method, path) of every call; its name is the last part of the path.
CALLS: dict[tuple[str, str], Call] = {
    ("GET", "/sns/jscode2session"): jscode2session,
    ("POST", "/cgi-bin/stable_token"): stable_token,
    ("POST", "/wxa/business/getuserphonenumber"): getuserphonenumber,
    ("POST", "/cgi-bin/message/subscribe/send"): send,
    ("POST", "/wxa/msg_sec_check"): msg_sec_check,
    ("POST", "/wxa/media_check_async"): media_check_async,
}


def _openid_in(form: Json, name: str) -> str:
    openid = form.get(name)
    if not isinstance(openid, str) or not _OPENID.fullmatch(openid):
        raise Refusal(BAD_OPENID)
    return openid


def _check_version_and_scene(form: Json) -> None:
    if form.get("version") != _VERSION or form.get("scene") not in _SCENES:
        raise Refusal(BAD_DATA_FORMAT)


def _check_credentials(account: Account, appid: object, secret: object) -> None:
    if not appid:
        raise Refusal(APPID_MISSING)
    if appid != account.appid:
        raise Refusal(BAD_APPID)
    if not isinstance(secret, str) or not compare_digest(secret.encode(), account.secret.encode()):
        raise Refusal(BAD_SECRET)


def _authorised_json_of(request: Request, account: Account) -> Json:
    """Return the form of a call that needs an access token, which belongs in the URL only."""
    form = _json_of(request, otherwise=BAD_DATA_FORMAT)
    if "access_token" in form:
        raise Refusal(BAD_DATA_FORMAT)
    account.tokens.check(request.args.get("access_token"))
    return form


def _json_of(request: Request, *, otherwise: int) -> Json:
    """Return the object sent as UTF-8 JSON. Errors: Refusal(otherwise); 40033 for escaped text."""
    raw = request.get_data()
    try:
        form = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Refusal(otherwise) from None
    if not isinstance(form, dict):
        raise Refusal(otherwise)
    if _ESCAPED_TEXT.search(raw):
        raise Refusal(BAD_CHARSET)
    return form
