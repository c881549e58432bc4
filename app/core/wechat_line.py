"""The line to WeChat's servers: connections, the access token, what may be tried again.

A question that may be asked twice is tried at most three times and for eight
seconds in all: what WeChat calls busy (-1), a broken connection and an HTTP 5xx
are tried again after a short, jittered wait; a stale access token is re-read
once; every other answer is final. What must not be done twice asks by `ask_once`,
whose errors say whether it was perhaps done.

The app secret and the access token travel in URLs, because WeChat wants it so:
no URL, and no exception of the HTTP library, whose words may contain one, is ever
logged or chained to a problem.
"""

import logging
import random
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Protocol, TypeGuard, TypeVar
from urllib.parse import urlencode, urlsplit

import certifi
import orjson
import urllib3
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, SSLError

from app.core import clock, metrics
from app.core.errors import Unavailable

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

BUSY = -1
STALE_TOKEN = frozenset({40001, 40014, 42001})
_OK = 0

# More than a worker has threads. A further connection is not refused, only not kept.
_CONNECTIONS = 48
_OK_STATUS = 200
_FIRST_SERVER_ERROR = 500
_LONGEST_LOGGED = 200
Answer = TypeVar("Answer")
_JSON = {"Content-Type": "application/json"}


class WeChatUnavailable(Unavailable):
    """WeChat does not answer, or answers what we cannot use; the log says what."""

    code = "wechat_unavailable"


class Refused(Exception):
    """WeChat answered with an error code and did nothing."""

    def __init__(self, errcode: int) -> None:
        super().__init__(errcode)
        self.errcode = errcode


class NotAsked(Exception):
    """No connection came about: WeChat has certainly not heard the question."""


class NoAnswer(Exception):
    """The question went out, perhaps, and no usable answer came back.

    `worth_another_try` where the same question may be answered in a moment.
    """

    def __init__(self, what: str, *, worth_another_try: bool) -> None:
        super().__init__(what)
        self.worth_another_try = worth_another_try


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
        """Return the token that this process has, living or not, without any effort."""

    def renewed(
        self,
        usable: Callable[[AccessToken], bool],
        fetch: Callable[[], AccessToken],
        patience_s: float,
    ) -> AccessToken:
        """Return the shared token if it is usable, else the one that `fetch` brings.

        Of all callers that want a new one, one fetches; the others wait for it.
        Errors: TimeoutError after `patience_s` seconds; those of `fetch`.
        """


class MemoryTokenStore:
    """A token store for one process.

    Several processes may have one each: WeChat's stable_token answers all of
    them with the same token, so none spoils another's.
    """

    def __init__(self, token: AccessToken | None = None) -> None:
        self._token = token
        self._right = Lock()

    def get(self) -> AccessToken | None:
        """Return the token kept last."""
        return self._token

    def renewed(
        self,
        usable: Callable[[AccessToken], bool],
        fetch: Callable[[], AccessToken],
        patience_s: float,
    ) -> AccessToken:
        """Fetch under a lock. Errors: TimeoutError; those of `fetch`."""
        if not self._right.acquire(timeout=max(patience_s, 0)):
            raise TimeoutError
        try:
            if self._token is None or not usable(self._token):
                self._token = fetch()
            return self._token
        finally:
            self._right.release()


class Line:
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
        self.appid = appid
        self._secret = secret
        self._tokens = MemoryTokenStore() if token_store is None else token_store
        self._timeout = timeout
        self._budget_s = budget_s
        self._first_wait_s = first_wait_s
        self._pool = _pool(base_url)
        self._prefix = urlsplit(base_url).path.rstrip("/")

    def deadline(self) -> float:
        """Return the moment, on the monotonic clock, up to which a question may take."""
        return time.monotonic() + self._budget_s

    def as_the_app(self, query: Mapping[str, str]) -> dict[str, str]:
        """Return a query with our app id and secret added."""
        return {"appid": self.appid, "secret": self._secret, **query}

    def ask_with_token(self, path: str, form: Mapping[str, object]) -> dict[str, Any]:
        """Ask with the shared access token; if it turns out stale, once more with a new one.

        Errors: Refused, WeChatUnavailable.
        """
        deadline = self.deadline()
        return self.with_token(
            deadline,
            lambda token: self.ask(path, deadline, query={"access_token": token}, form=form),
        )

    def with_token(self, deadline: float, ask: Callable[[str], Answer]) -> Answer:
        """Return what `ask` does, with the shared access token; if it is stale, with a new one.

        Errors: Refused; WeChatUnavailable where there is no token; those of `ask`.
        """
        token = self.token(deadline)
        try:
            return ask(token)
        except Refused as refusal:
            if refusal.errcode not in STALE_TOKEN:
                raise
        return ask(self.token(deadline, stale=token))

    def token(self, deadline: float, *, stale: str | None = None) -> str:
        """Return the shared token, renewed if it ends soon or WeChat called it stale.

        Errors: WeChatUnavailable.
        """

        def usable(token: AccessToken | None) -> TypeGuard[AccessToken]:
            return (
                token is not None
                and token.value != stale
                and clock.now() < token.expires_at - RENEW_BEFORE
            )

        held = self._tokens.get()
        if usable(held):
            return held.value
        try:
            patience_s = deadline - time.monotonic()
            return self._tokens.renewed(
                usable, lambda: self._fetch_token(deadline), patience_s
            ).value
        except TimeoutError:
            raise unusable("stable_token", "another caller is renewing the token") from None

    def ask(
        self,
        path: str,
        deadline: float,
        *,
        query: Mapping[str, str] | None = None,
        form: Mapping[str, object] | None = None,
    ) -> dict[str, Any]:
        """Return WeChat's answer, trying again while that may help.

        Errors: Refused with any code but -1; WeChatUnavailable.
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
                return self.ask_once(path, deadline - time.monotonic(), query=query, form=form)
            except Refused as refusal:
                if refusal.errcode != BUSY:
                    raise
                trouble = "errcode -1"
            except (NotAsked, NoAnswer) as error:
                trouble = str(error)
                if isinstance(error, NoAnswer) and not error.worth_another_try:
                    break
            log.info("wechat %s, try %d of %d: %s", name, tried + 1, TRIES, trouble)
        raise unusable(name, trouble)

    def ask_once(
        self,
        path: str,
        seconds_left: float,
        *,
        query: Mapping[str, str] | None = None,
        form: Mapping[str, object] | None = None,
    ) -> dict[str, Any]:
        """Return WeChat's answer to one try. Errors: Refused, NotAsked, NoAnswer."""
        with _counted(path.rpartition("/")[2]):
            return self._try(path, seconds_left, query, form)

    def _try(
        self,
        path: str,
        seconds_left: float,
        query: Mapping[str, str] | None,
        form: Mapping[str, object] | None,
    ) -> dict[str, Any]:
        url = self._prefix + path + ("?" + urlencode(query) if query else "")
        connect_s, read_s = (max(0.001, min(limit, seconds_left)) for limit in self._timeout)
        try:
            response = self._pool.urlopen(
                "GET" if form is None else "POST",
                url,
                body=None if form is None else _encoded(form),
                headers=None if form is None else _JSON,
                timeout=urllib3.Timeout(connect=connect_s, read=read_s),
                retries=False,
                redirect=False,
            )
        except HTTPError as error:
            # Only its kind: its words might tell the URL.
            kind = type(error).__name__
            if _came_before_the_question(error):
                raise NotAsked(kind) from None
            raise NoAnswer(kind, worth_another_try=True) from None
        return _read(path.rpartition("/")[2], response)

    def close(self) -> None:
        """Close the pooled connections."""
        self._pool.close()

    def _fetch_token(self, deadline: float) -> AccessToken:
        form = {"grant_type": "client_credential", "force_refresh": False}
        try:
            answer = self.ask(
                "/cgi-bin/stable_token",
                deadline,
                form={**form, "appid": self.appid, "secret": self._secret},
            )
        except Refused as refusal:
            raise unusable("stable_token", f"errcode {refusal.errcode}") from None
        value, seconds = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(value, str) or not value or not isinstance(seconds, int):
            raise unusable("stable_token", "no access_token")
        return AccessToken(value, clock.now() + timedelta(seconds=seconds))


def unusable(name: str, why: str) -> WeChatUnavailable:
    """Log why, for whoever runs this, and return the problem, which does not say it."""
    log.warning("wechat %s unavailable: %s", name, why)
    return WeChatUnavailable()


@contextmanager
def _counted(call: str) -> Iterator[None]:
    """Count a call by what came of it."""
    result = "ok"
    try:
        yield
    except Refused as refusal:
        result = str(refusal.errcode)
        raise
    except (NotAsked, NoAnswer) as trouble:
        result = str(trouble)
        raise
    finally:
        metrics.wechat_called(call, result)


def _pool(base_url: str) -> urllib3.HTTPConnectionPool:
    """Return the connections to one server.

    The pool below `requests`: half the work for each call, and its errors tell a connection
    that never was from one that broke. It knows no proxy and no .netrc that the environment
    happens to name, so the secret goes to WeChat and nowhere else.
    """
    parts = urlsplit(base_url)
    if parts.scheme == "https":
        return urllib3.HTTPSConnectionPool(
            parts.hostname or "", parts.port, maxsize=_CONNECTIONS, ca_certs=certifi.where()
        )
    return urllib3.HTTPConnectionPool(parts.hostname or "", parts.port, maxsize=_CONNECTIONS)


def _came_before_the_question(error: HTTPError) -> bool:
    """Whether the connection did not come about: no name, no answer, no proof of who it is."""
    if isinstance(error, SSLError):
        return any(isinstance(cause, ssl.SSLCertVerificationError) for cause in error.args)
    return isinstance(error, NewConnectionError | ConnectTimeoutError)


def _encoded(form: Mapping[str, object]) -> bytes:
    # Chinese as it is: written as \uXXXX, WeChat answers 40033.
    return orjson.dumps(form)


def _read(name: str, response: urllib3.BaseHTTPResponse) -> dict[str, Any]:
    """Return the object in an answer. Errors: Refused, NoAnswer."""
    if response.status != _OK_STATUS:
        broken = response.status >= _FIRST_SERVER_ERROR
        raise NoAnswer(f"HTTP {response.status}", worth_another_try=broken)
    try:
        # Whatever type it claims (often text/plain), it is UTF-8 JSON.
        answer = orjson.loads(response.data)
    except ValueError:
        raise NoAnswer("not JSON", worth_another_try=False) from None
    if not isinstance(answer, dict):
        raise NoAnswer("not an object", worth_another_try=False)
    errcode = answer.get("errcode", _OK)
    if errcode == _OK:
        return answer
    if not isinstance(errcode, int):
        raise NoAnswer("errcode is no number", worth_another_try=False)
    if errcode != BUSY:
        words = str(answer.get("errmsg", ""))[:_LONGEST_LOGGED]
        log.info("wechat %s refused: %d %r", name, errcode, words)
    raise Refused(errcode)
