"""Secrets at rest and signatures in links. One key each, derived from SECRET_KEY."""

import base64
import binascii
import hashlib
import hmac
import secrets
from functools import cache

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.core import here


@cache
def _key(secret: str, purpose: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=purpose.encode()).derive(secret.encode())


def _own_key(purpose: str) -> bytes:
    return _key(here.app().config["SECRET_KEY"], purpose)


@cache
def _box(key: bytes) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(key))


def encrypt(plain: str) -> str:
    """Return text that only this deployment can read."""
    return _box(_own_key("at rest")).encrypt(plain.encode()).decode()


def decrypt(sealed: str) -> str:
    """Return what `encrypt` was given."""
    return _box(_own_key("at rest")).decrypt(sealed.encode()).decode()


def seal(plain: bytes) -> bytes:
    """Return bytes that only this deployment can read."""
    return _box(_own_key("at rest")).encrypt(plain)


def unseal(sealed: bytes) -> bytes:
    """Return what `seal` was given."""
    return _box(_own_key("at rest")).decrypt(sealed)


def link_key() -> bytes:
    """Return the key that links are signed with."""
    return _own_key("links")


def names_key() -> bytes:
    """Return the key that `names` are drawn with."""
    return _own_key("names")


NAME_LENGTH = 16
NAMES_AT_ONCE = 5
"""As many as are in one signature of 480 bits."""


def names(key: bytes, about: str) -> tuple[str, ...]:
    """Return five names that nobody can guess: 16 characters, 96 bits each, by keyed BLAKE2b.

    The same again for the same thing, so that nothing has to be kept. (RFC 7693.)
    """
    length = NAME_LENGTH * NAMES_AT_ONCE
    digest = hashlib.blake2b(about.encode(), key=key, digest_size=length * 6 // 8).digest()
    drawn = binascii.b2a_base64(digest, newline=False).translate(_URLSAFE).decode()
    return tuple(drawn[n : n + NAME_LENGTH] for n in range(0, length, NAME_LENGTH))


_URLSAFE = bytes.maketrans(b"+/", b"-_")


def sign(message: str, key: bytes | None = None) -> str:
    """Return a signature for a link: 27 characters, 160 bits."""
    digest = hmac.digest(key or link_key(), message.encode(), "sha256")[:20]
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def signed(message: str, signature: str) -> bool:
    """Whether the signature is ours, in constant time."""
    return hmac.compare_digest(sign(message).encode(), signature.encode("utf-8", "replace"))


def random_token() -> str:
    """Return an unguessable name: 43 characters, 256 bits."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """Return what is stored of a random token instead of itself."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
