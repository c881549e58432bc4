"""What we ask of WeChat's servers, and how we bear their moods.

A call is tried at most three times and for eight seconds in all: what WeChat
calls busy (-1), a broken connection and an HTTP 5xx are tried again after a
short, jittered wait; a stale access token is re-read once; every other answer
is final. (A retry after a lost answer may find its single-use code spent; then
the person taps again and the phone brings a new code.)

The app secret and the access token travel in URLs, because WeChat wants it so:
no URL, and no exception of `requests`, whose words contain one, is ever logged
or chained to a problem.
"""

import json
import logging
import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Protocol, TypeGuard

import requests
from requests.adapters import HTTPAdapter

from app.core import clock
from app.core.errors import InvalidInput, TooManyRequests, Unauthenticated, Unavailable

log = logging.getLogger(__name__)

# At DEBUG it writes each URL, and ours carry the secret.
logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)

TRIES = 3
BUDGET_S = 8.0

# Three seconds and a bit: a lost SYN is sent again after 1 and after 3 s.
TIMEOUT_S = (3.05, 5.0)
FIRST_WAIT_S = 0.2

# WeChat deals a new token from five minutes before the old one's end, and both work
# until then. Asking four minutes before therefore always brings the new one.
RENEW_BEFORE = timedelta(minutes=4)

_OK = 0
_BUSY = -1
_STALE_TOKEN = frozenset({40001, 40014, 42001})
_RATE_LIMITED = frozenset({45011})
# Bad, used up, belonging to a user whom WeChat holds for dangerous, missing.
_BAD_CODE = frozenset({40029, 40163, 40226, 41008})

# More than a worker has threads. A further connection is not refused, only not kept.
_CONNECTIONS = 8
_OK_STATUS = 200
_FIRST_SERVER_ERROR = 500
_LONGEST_LOGGED = 200
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


class WeChatUnavailable(Unavailable):
    """WeChat does not answer, or answers what we cannot use; the log says what."""

    code = "wechat_unavailable"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signed in: `openid` for this mini-program, `unionid` across one owner's, if any."""

    openid: str
    unionid: str | None = None


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What WeChat lets us in with, and when it stops doing so (aware)."""

    value: str
    expires_at: datetime

    def __repr__(self) -> str:
        """Hide the token: a traceback with local variables shows this."""
        return f"AccessToken(expires_at={self.expires_at!r})"


class TokenStore(Protocol):
    """Where the processes of a deployment share the access token."""

    def get(self) -> AccessToken | None:
        """Return the token kept last, living or not."""

    def put(self, token: AccessToken) -> None:
        """Keep a token in place of the last. At least 512 characters must fit."""

    def renewing(self, patience_s: float) -> AbstractContextManager[None]:
        """Hold the right to renew, which one caller has at a time.

        Errors: TimeoutError if another still has it after `patience_s` seconds.
        """


class MemoryTokenStore:
    """A token store for one process.

    Several processes may have one each: WeChat's stable_token answers all of
    them with the same token, so none spoils another's.
    """

    def __init__(self) -> None:
        self._token: AccessToken | None = None
        self._right = Lock()

    def get(self) -> AccessToken | None:
        """Return the token kept last."""
        return self._token

    def put(self, token: AccessToken) -> None:
        """Keep a token in place of the last."""
        self._token = token

    @contextmanager
    def renewing(self, patience_s: float) -> Iterator[None]:
        """Hold the lock. Errors: TimeoutError."""
        if not self._right.acquire(timeout=max(patience_s, 0)):
            raise TimeoutError
        try:
            yield
        finally:
            self._right.release()


class _Refused(Exception):
    """WeChat answered with an error code."""

    def __init__(self, errcode: int) -> None:
        super().__init__(errcode)
        self.errcode = errcode


class WeChat:
    """One mini-program's line to WeChat. Threads may share it; processes may not.

    `timeout` is seconds to connect and to read, `budget_s` what one question may
    take in all, `first_wait_s` the mean wait before the second try (the third
    waits twice as long).
    """

    def __init__(
        self,
        base_url: str,
        appid: str,
        secret: str,
        *,
        token_store: TokenStore | None = None,
        timeout: tuple[float, float] = TIMEOUT_S,
        budget_s: float = BUDGET_S,
        first_wait_s: float = FIRST_WAIT_S,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._appid = appid
        self._secret = secret
        self._tokens = MemoryTokenStore() if token_store is None else token_store
        self._timeout = timeout
        self._budget_s = budget_s
        self._first_wait_s = first_wait_s
        self._session = _pooled_session()

    def sign_in(self, code: str) -> Identity:
        """Ask who brought `code`, which `wx.login` gave.

        Errors: BadSignInCode, WeChatBusy, WeChatUnavailable.
        """
        if not _is_plausible(code):
            raise BadSignInCode
        query = {
            "appid": self._appid,
            "secret": self._secret,
            "js_code": code,
            "grant_type": "authorization_code",
        }
        try:
            answer = self._ask("/sns/jscode2session", self._deadline(), query=query)
        except _Refused as refusal:
            raise _problem(refusal, bad_code=BadSignInCode) from None
        # The session key in the answer is dropped here: nothing of ours decrypts with it.
        openid, unionid = answer.get("openid"), answer.get("unionid")
        if not isinstance(openid, str) or not openid:
            raise _unusable("jscode2session", "no openid")
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
            answer = self._ask_with_token("/wxa/business/getuserphonenumber", form)
        except _Refused as refusal:
            raise _problem(refusal, bad_code=BadPhoneCode) from None
        info = answer.get("phone_info")
        if not isinstance(info, dict):
            raise _unusable("getuserphonenumber", "no phone_info")
        return self._number_in(info)

    def close(self) -> None:
        """Close the pooled connections."""
        self._session.close()

    def _number_in(self, info: Mapping[str, Any]) -> str:
        watermark = info.get("watermark")
        if not isinstance(watermark, dict) or watermark.get("appid") != self._appid:
            raise _unusable("getuserphonenumber", "another mini-program's watermark")
        number, country = info.get("purePhoneNumber"), str(info.get("countryCode") or "86")
        if not isinstance(number, str) or not number.isdecimal() or not country.isdecimal():
            raise _unusable("getuserphonenumber", "no phone number")
        return number if country == "86" else f"+{country}{number}"

    def _ask_with_token(self, path: str, form: Mapping[str, object]) -> dict[str, Any]:
        """Ask with the shared access token; if it turns out stale, once more with a new one."""
        deadline = self._deadline()
        token = self._token(deadline)
        try:
            return self._ask(path, deadline, query={"access_token": token}, form=form)
        except _Refused as refusal:
            if refusal.errcode not in _STALE_TOKEN:
                raise
        token = self._token(deadline, stale=token)
        return self._ask(path, deadline, query={"access_token": token}, form=form)

    def _token(self, deadline: float, *, stale: str | None = None) -> str:
        """Return the shared token, renewed if it ends soon or WeChat called it stale.

        Errors: WeChatUnavailable.
        """
        held = self._tokens.get()
        if _is_fresh(held, stale):
            return held.value
        try:
            with self._tokens.renewing(deadline - time.monotonic()):
                # Whoever had the right before us has probably renewed it.
                held = self._tokens.get()
                if not _is_fresh(held, stale):
                    held = self._fetch_token(deadline)
                    self._tokens.put(held)
                return held.value
        except TimeoutError:
            raise _unusable("stable_token", "another caller is renewing the token") from None

    def _fetch_token(self, deadline: float) -> AccessToken:
        form = {
            "grant_type": "client_credential",
            "appid": self._appid,
            "secret": self._secret,
            "force_refresh": False,
        }
        try:
            answer = self._ask("/cgi-bin/stable_token", deadline, form=form)
        except _Refused as refusal:
            raise _unusable("stable_token", f"errcode {refusal.errcode}") from None
        value, seconds = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(value, str) or not value or not isinstance(seconds, int):
            raise _unusable("stable_token", "no access_token")
        return AccessToken(value, clock.now() + timedelta(seconds=seconds))

    def _deadline(self) -> float:
        return time.monotonic() + self._budget_s

    def _ask(
        self,
        path: str,
        deadline: float,
        *,
        query: Mapping[str, str] | None = None,
        form: Mapping[str, object] | None = None,
    ) -> dict[str, Any]:
        """Return WeChat's answer, trying again while that may help.

        Errors: _Refused with any code but -1; WeChatUnavailable.
        """
        name = path.rpartition("/")[2]
        trouble = "no time left"
        for tried in range(TRIES):
            # The first try goes out at once, the second after about 0.2 s, the third after 0.4 s,
            # each up to half more or less, so that a crowd turned away does not return as one.
            wait = tried * self._first_wait_s * random.uniform(0.5, 1.5)  # noqa: S311
            if time.monotonic() + wait >= deadline:
                break
            time.sleep(wait)
            try:
                return self._try(path, deadline - time.monotonic(), query, form)
            except _WorthAnotherTry as error:
                trouble = str(error)
                log.info("wechat %s, try %d of %d: %s", name, tried + 1, TRIES, trouble)
        raise _unusable(name, trouble)

    def _try(
        self,
        path: str,
        seconds_left: float,
        query: Mapping[str, str] | None,
        form: Mapping[str, object] | None,
    ) -> dict[str, Any]:
        try:
            response = self._session.request(
                "GET" if form is None else "POST",
                self._base_url + path,
                params=query,
                data=None if form is None else _encoded(form),
                headers=None if form is None else {"Content-Type": "application/json"},
                timeout=(min(self._timeout[0], seconds_left), min(self._timeout[1], seconds_left)),
                allow_redirects=False,
            )
        except requests.RequestException as error:
            # Only its kind: its words would tell the URL.
            raise _WorthAnotherTry(type(error).__name__) from None
        return _read(path.rpartition("/")[2], response)


class _WorthAnotherTry(Exception):
    """The same question may be answered in a moment."""


def _pooled_session() -> requests.Session:
    session = requests.Session()
    session.mount("https://", HTTPAdapter(pool_maxsize=_CONNECTIONS))
    session.mount("http://", HTTPAdapter(pool_maxsize=_CONNECTIONS))
    # The secret goes to WeChat and to no proxy or .netrc that the environment happens to name.
    session.trust_env = False
    return session


def _encoded(form: Mapping[str, object]) -> bytes:
    # `requests` would write Chinese as \uXXXX, which WeChat answers with 40033.
    return json.dumps(form, ensure_ascii=False).encode()


def _read(name: str, response: requests.Response) -> dict[str, Any]:
    """Return the object in an answer. Errors: _WorthAnotherTry, _Refused, WeChatUnavailable."""
    if response.status_code >= _FIRST_SERVER_ERROR:
        trouble = f"HTTP {response.status_code}"
        raise _WorthAnotherTry(trouble)
    if response.status_code != _OK_STATUS:
        raise _unusable(name, f"HTTP {response.status_code}")
    try:
        # Whatever type it claims (often text/plain), it is UTF-8 JSON.
        answer = json.loads(response.content)
    except (ValueError, RecursionError):
        raise _unusable(name, "not JSON") from None
    if not isinstance(answer, dict):
        raise _unusable(name, "not an object")
    errcode = answer.get("errcode", _OK)
    if errcode == _OK:
        return answer
    if errcode == _BUSY:
        raise _WorthAnotherTry("errcode -1")
    if not isinstance(errcode, int):
        raise _unusable(name, "errcode is no number")
    words = str(answer.get("errmsg", ""))[:_LONGEST_LOGGED]
    log.info("wechat %s refused: %d %r", name, errcode, words)
    raise _Refused(errcode)


def _is_plausible(code: str) -> bool:
    """Tell whether WeChat may have made this code; what cannot even be sent is not asked."""
    return 0 < len(code) <= _LONGEST_CODE and code.isascii() and code.isprintable()


def _is_fresh(token: AccessToken | None, stale: str | None) -> TypeGuard[AccessToken]:
    return (
        token is not None and token.value != stale and clock.now() < token.expires_at - RENEW_BEFORE
    )


def _problem(
    refusal: _Refused, *, bad_code: Callable[[], BadSignInCode | BadPhoneCode]
) -> BadSignInCode | BadPhoneCode | WeChatBusy | WeChatUnavailable:
    if refusal.errcode in _BAD_CODE:
        return bad_code()
    if refusal.errcode in _RATE_LIMITED:
        return WeChatBusy()
    return _unusable("call", f"errcode {refusal.errcode}")


def _unusable(name: str, why: str) -> WeChatUnavailable:
    """Log why, for whoever runs this, and return the problem, which does not say it."""
    log.warning("wechat %s unavailable: %s", name, why)
    return WeChatUnavailable()
