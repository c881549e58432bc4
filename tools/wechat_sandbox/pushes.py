"""What WeChat sends by itself: results of picture checks, events of any kind.

They go to `WECHAT_PUSH_URL`, signed with the token and, where there is a key,
encrypted; what is not answered `success` is sent again twice. A picture is fetched as
WeChat would fetch it; one that cannot be is told with an error code.
"""

import base64
import hashlib
import json
import secrets
import struct
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from threading import Lock, Thread

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAUSES_S = (0.0, 1.0, 3.0)
TIMEOUT_S = 5.0
BLOCK = 32
LABELS = {"pass": 100, "review": 20001, "risky": 20002}
CANNOT_FETCH = -1008


@dataclass(frozen=True, slots=True)
class Address:
    """Where pushes go and how they are sealed; nowhere without a URL."""

    url: str = ""
    token: str = "demo"  # noqa: S105 - the demo's
    key: str = ""
    delay_s: float = 0.3


class Pushes:
    """The sender: one thread for each push, which waits, sends, and sends again."""

    def __init__(self, appid: str, address: Address) -> None:
        self._appid = appid
        self._lock = Lock()
        self._next_photo = "pass"
        self.address = address

    def next_photo(self, suggest: str) -> None:
        """Say what the next picture will turn out to be. Errors: ValueError."""
        if suggest not in LABELS:
            msg = f"a picture is one of {', '.join(LABELS)}"
            raise ValueError(msg)
        with self._lock:
            self._next_photo = suggest

    def check_photo(self, openid: str, media_url: str, trace_id: str) -> None:
        """Look at a picture in a moment, and push what was found."""
        with self._lock:
            suggest, self._next_photo = self._next_photo, "pass"
        if self.address.url:
            arguments = (openid, media_url, trace_id, suggest)
            Thread(target=self._look_and_push, args=arguments, daemon=True).start()

    def push(self, said: dict[str, object]) -> bool:
        """Push an event now, in as many tries as it takes; whether it was taken."""
        for pause in PAUSES_S:
            time.sleep(pause)
            if self._sent(said):
                return True
        print(f"not taken after {len(PAUSES_S)} tries: {said.get('Event')}", file=sys.stderr)
        return False

    def _look_and_push(self, openid: str, media_url: str, trace_id: str, suggest: str) -> None:
        time.sleep(self.address.delay_s)
        found = _can_fetch(media_url)
        label = LABELS[suggest]
        verdict: dict[str, object] = {"suggest": suggest, "label": label}
        detail = {"strategy": "content_model", "errcode": 0, **verdict}
        self.push(
            {
                "ToUserName": "gh_stand_in",
                "FromUserName": openid,
                "CreateTime": int(time.time()),
                "MsgType": "event",
                "Event": "wxa_media_check",
                "appid": self._appid,
                "trace_id": trace_id,
                "version": 2,
                # One element comes without its list, as from the original now and then.
                "detail": detail if found else [],
                "errcode": 0 if found else CANNOT_FETCH,
                "errmsg": "ok" if found else "cannot fetch the picture",
                "result": verdict if found else {},
            }
        )

    def _sent(self, said: dict[str, object]) -> bool:
        at, nonce = str(int(time.time())), secrets.token_hex(5)
        token, body = self.address.token, json.dumps(said, ensure_ascii=False).encode()
        query = {"timestamp": at, "nonce": nonce, "signature": signature(token, at, nonce)}
        if self.address.key:
            sealed = sealed_for(self._appid, self.address.key, body)
            body = json.dumps({"ToUserName": "gh_stand_in", "Encrypt": sealed}).encode()
            query |= {
                "encrypt_type": "aes",
                "msg_signature": signature(token, at, nonce, sealed),
            }
        request = urllib.request.Request(
            f"{self.address.url}?{urllib.parse.urlencode(query)}",
            data=body,
            headers={"Content-Type": "application/json"},
        )
        try:
            with _opener().open(request, timeout=TIMEOUT_S) as answer:
                return bool(answer.read(100).strip() == b"success")
        except OSError:
            return False


def signature(*parts: str) -> str:
    """Return WeChat's signature of some texts."""
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()  # noqa: S324 - its choice


def sealed_for(appid: str, key: str, message: bytes) -> str:
    """Return a message as the safe mode encrypts it."""
    secret = base64.b64decode(key + "=")
    plain = secrets.token_bytes(16) + struct.pack(">I", len(message)) + message + appid.encode()
    padding = BLOCK - len(plain) % BLOCK
    encryptor = Cipher(algorithms.AES(secret), modes.CBC(secret[:16])).encryptor()
    hidden = encryptor.update(plain + bytes([padding]) * padding) + encryptor.finalize()
    return base64.b64encode(hidden).decode()


def _can_fetch(media_url: str) -> bool:
    if not media_url.startswith(("http://", "https://")):
        return False
    try:
        with _opener().open(media_url, timeout=TIMEOUT_S) as answer:
            return bool(answer.read(1))
    except (OSError, ValueError):
        return False


def _opener() -> urllib.request.OpenerDirector:
    # The machine's proxies are no business of a stand-in's.
    return urllib.request.build_opener(urllib.request.ProxyHandler({}))
