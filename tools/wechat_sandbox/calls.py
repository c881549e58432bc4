"""What each call of the protocol does.

A call takes the request and the account and returns its JSON. It raises Refusal
for an error code, and puts what the ledger may know into `facts` before it does
anything that can fail.
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
    BAD_GRANT_TYPE,
    BAD_SECRET,
    Refusal,
)
from tools.wechat_sandbox.identities import is_phone_code, is_sign_in_code, openid_of, phone_of
from tools.wechat_sandbox.tokens import Tokens

Json = dict[str, object]
Facts = dict[str, object]

# `\u4f60` where 你 was meant: an odd number of backslashes, then a character beyond
# ASCII. (Control characters have no other spelling in JSON and pass.)
_ESCAPED_TEXT = re.compile(rb"(?<!\\)(?:\\\\)*\\u(?!00[0-7])[0-9a-fA-F]{4}")


@dataclass(frozen=True, slots=True)
class Account:
    """One mini-program: its id, its secret, its access tokens."""

    appid: str
    secret: str
    tokens: Tokens = field(default_factory=Tokens)


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


# (method, path) of every call; its name is the last part of the path.
CALLS: dict[tuple[str, str], Call] = {
    ("GET", "/sns/jscode2session"): jscode2session,
    ("POST", "/cgi-bin/stable_token"): stable_token,
    ("POST", "/wxa/business/getuserphonenumber"): getuserphonenumber,
}


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
