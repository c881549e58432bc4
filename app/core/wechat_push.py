"""What WeChat pushes to us: signatures, encryption, parsing. Pure functions.

In the safe mode, which we insist on wherever there is a key, the body is
encrypted and signed with everything that matters. In the plain mode the
signature covers neither body nor purpose: it is for development.
"""

import base64
import binascii
import hashlib
import hmac
import re
import struct
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from xml.parsers import expat

import orjson
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from app.core.outbox import Event
from app.core.pushes import PhotoChecked, SubscriptionsChanged

STALEST = timedelta(days=1)
"""WeChat sends again within seconds; what is older has been overheard."""

SUGGESTIONS = frozenset({"pass", "review", "risky"})
SOURCES = {
    "subscribe_msg_popup_event": "popup",
    "subscribe_msg_change_event": "change",
    "subscribe_msg_sent_event": "sent",
}
_NUMBER = re.compile(r"-?[0-9]{1,18}")
_BLOCK = 32
_NOISE = 16
_DEEPEST = 8
_UNKNOWN = 0


class NotFromWeChat(Exception):
    """The signature, the encryption, the account or the time is wrong."""


class Unreadable(Exception):
    """It is from WeChat, and neither JSON nor XML of an object."""


def signature(*parts: str) -> str:
    """Return WeChat's signature of some texts, whatever their order."""
    # SHA-1 is WeChat's choice; the token among the parts is what makes it a signature.
    joined = "".join(sorted(parts)).encode("utf-8", "replace")
    return hashlib.sha1(joined).hexdigest()  # noqa: S324


def check_echo(token: str, query: Mapping[str, str], now: float) -> str:
    """Return what to answer to the console's question whether we know the token.

    Errors: NotFromWeChat.
    """
    _check_signature(query.get("signature", ""), now, query, token)
    return query.get("echostr", "")


def opened(
    body: bytes, query: Mapping[str, str], *, token: str, key: str, appid: str, now: float
) -> dict[str, Any]:
    """Return what a push says, as an object of plain values.

    With a `key` only encrypted pushes are believed, without one only plain ones.
    Errors: NotFromWeChat, Unreadable.
    """
    if not key:
        _check_signature(query.get("signature", ""), now, query, token)
        return parsed(body)
    try:
        sealed = parsed(body).get("Encrypt")
    except Unreadable:
        raise NotFromWeChat from None
    if not isinstance(sealed, str):
        raise NotFromWeChat
    _check_signature(query.get("msg_signature", ""), now, query, token, sealed)
    return parsed(decrypted(sealed, key, appid))


def decrypted(sealed: str, key: str, appid: str) -> bytes:
    """Return what was encrypted for an account. Errors: NotFromWeChat."""
    secret = _secret(key)
    try:
        hidden = base64.b64decode(sealed, validate=True)
        decryptor = Cipher(algorithms.AES(secret), modes.CBC(secret[:16])).decryptor()
        plain = decryptor.update(hidden) + decryptor.finalize()
    except (binascii.Error, ValueError):
        raise NotFromWeChat from None
    padding = plain[-1] if plain else 0
    if not 1 <= padding <= _BLOCK or plain[-padding:] != bytes([padding]) * padding:
        raise NotFromWeChat
    plain = plain[_NOISE:-padding]
    if len(plain) < struct.calcsize(">I"):
        raise NotFromWeChat
    (length,) = struct.unpack_from(">I", plain)
    message, account = plain[4 : 4 + length], plain[4 + length :]
    # Somebody else's push, encrypted with a key that both of us were given.
    if len(message) != length or account != appid.encode():
        raise NotFromWeChat
    return message


def encrypted(message: bytes, key: str, appid: str, noise: bytes) -> str:
    """Return a message as WeChat encrypts it; `noise` is 16 random bytes."""
    secret = _secret(key)
    plain = noise + struct.pack(">I", len(message)) + message + appid.encode()
    padding = _BLOCK - len(plain) % _BLOCK
    encryptor = Cipher(algorithms.AES(secret), modes.CBC(secret[:16])).encryptor()
    hidden = encryptor.update(plain + bytes([padding]) * padding) + encryptor.finalize()
    return base64.b64encode(hidden).decode()


def parsed(body: bytes) -> dict[str, Any]:
    """Return a body, JSON or XML, as an object. Errors: Unreadable."""
    if body.lstrip()[:1] == b"<":
        return _from_xml(body)
    try:
        found = orjson.loads(body)
    except ValueError:
        raise Unreadable from None
    if not isinstance(found, dict):
        raise Unreadable
    return found


def name_of(said: Mapping[str, Any]) -> str:
    """Return the name of a push: the same for the same push, whenever and however sent."""
    return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


def facts_in(said: Mapping[str, Any]) -> list[Event]:
    """Return the facts in a push: none in one that is not for us, or makes no sense."""
    event = said.get("Event")
    if event == "wxa_media_check":
        return _checked_photo(said)
    if event in SOURCES:
        return _changed_subscriptions(said, SOURCES[event])
    return []


def _checked_photo(said: Mapping[str, Any]) -> list[Event]:
    trace_id, result = said.get("trace_id"), said.get("result")
    if not isinstance(trace_id, str) or not trace_id:
        return []
    found = result if isinstance(result, Mapping) else {}
    suggest, label = found.get("suggest"), _whole(found.get("label"))
    # An error code means that the picture was not looked at: somebody has to.
    if _whole(said.get("errcode")) != 0 or suggest not in SUGGESTIONS:
        return [PhotoChecked(trace_id, "review", _UNKNOWN)]
    return [PhotoChecked(trace_id, str(suggest), label)]


def _changed_subscriptions(said: Mapping[str, Any], source: str) -> list[Event]:
    openid = said.get("FromUserName")
    answers = {
        entry["TemplateId"]: _answer(entry)
        for entry in _entries(said, source)
        if isinstance(entry.get("TemplateId"), str)
    }
    if not isinstance(openid, str) or not openid or not answers:
        return []
    at = _whole(said.get("CreateTime"))
    return [SubscriptionsChanged(openid, answers, source, name_of(said), at)]


def _entries(said: Mapping[str, Any], source: str) -> list[dict[str, Any]]:
    """Return the entries of a push: in XML inside a wrapper, and a lone one without a list."""
    found: Any = said.get(f"SubscribeMsg{source.title()}Event", said)
    if isinstance(found, Mapping):
        found = found.get("List", [])
    if isinstance(found, Mapping):
        found = [found]
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def _answer(entry: Mapping[str, Any]) -> str:
    if "ErrorCode" in entry:
        return "accept" if _whole(entry["ErrorCode"]) == 0 else "reject"
    return "accept" if entry.get("SubscribeStatusString") == "accept" else "reject"


def _whole(value: object) -> int:
    """Return a number that may have come as text; 0 for none."""
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return int(value)
    return value if isinstance(value, int) else 0


def _check_signature(
    offered: str, now: float, query: Mapping[str, str], token: str, *more: str
) -> None:
    timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
    expected = signature(token, timestamp, nonce, *more)
    if not token or not hmac.compare_digest(expected.encode(), offered.encode("utf-8", "replace")):
        raise NotFromWeChat
    if abs(now - _whole(timestamp)) > STALEST.total_seconds():
        raise NotFromWeChat


def _secret(key: str) -> bytes:
    return base64.b64decode(key + "=")


def _from_xml(body: bytes) -> dict[str, Any]:
    """Return an XML document's root as an object.

    Elements with elements in them are objects, repeated ones lists, all others text.
    Errors: Unreadable, also for any document type: that is how XML attacks its reader, and
    WeChat sends none.
    """
    stack: list[dict[str, Any]] = [{}]
    texts: list[list[str]] = [[]]
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise Unreadable

    def start(_name: str, _attributes: dict[str, str]) -> None:
        if len(stack) > _DEEPEST:
            raise Unreadable
        stack.append({})
        texts.append([])

    def end(name: str) -> None:
        inside, text = stack.pop(), "".join(texts.pop())
        _add(stack[-1], name, inside or text)

    def words(found: str) -> None:
        texts[-1].append(found)

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = words
    try:
        parser.Parse(body, True)  # noqa: FBT003 that it ends here
    except expat.ExpatError:
        raise Unreadable from None
    root = next(iter(stack[0].values()), None)
    if not isinstance(root, dict):
        raise Unreadable
    return root


def _add(to: dict[str, Any], name: str, value: object) -> None:
    if name not in to:
        to[name] = value
    elif isinstance(to[name], list):
        to[name].append(value)
    else:
        to[name] = [to[name], value]
