"""Who a code stands for.

A sign-in code is `demo:<name>`, a phone code `phone:demo:<name>`; the name has
1 to 40 characters of `A-Z a-z 0-9 _ . -`. Real codes work once and for five
minutes; these work always, because the buttons of a demo are clicked many times
and a test may run for long.

Everything here is a pure function of the code: no run, machine or restart
changes who somebody is.
"""

import base64
import hashlib
import re

_SIGN_IN_CODE = re.compile(r"demo:[A-Za-z0-9_.-]{1,40}")
_PHONE_PREFIX = "phone:"

# 154 is a range that has never been given to the public, so no real telephone rings.
_UNASSIGNED_RANGE = "154"


def is_sign_in_code(code: str) -> bool:
    """Tell whether `code` stands for somebody."""
    return _SIGN_IN_CODE.fullmatch(code) is not None


def is_phone_code(code: str) -> bool:
    """Tell whether `code` stands for somebody's telephone number."""
    return code.startswith(_PHONE_PREFIX) and is_sign_in_code(code.removeprefix(_PHONE_PREFIX))


def openid_of(code: str) -> str:
    """Return the openid, 28 URL-safe characters beginning with `o`, of a sign-in code.

    Errors: ValueError for what is not a sign-in code.
    """
    if not is_sign_in_code(code):
        msg = f"not a sign-in code: {code!r}"
        raise ValueError(msg)
    return "o" + base64.urlsafe_b64encode(_digest("openid", code)).decode()[:27]


def phone_of(code: str) -> str:
    """Return the fictional mobile number, 11 digits, of a phone code.

    Errors: ValueError for what is not a phone code.
    """
    if not is_phone_code(code):
        msg = f"not a phone code: {code!r}"
        raise ValueError(msg)
    number = int.from_bytes(_digest("phone", code)[:8], "big") % 10**8
    return f"{_UNASSIGNED_RANGE}{number:08d}"


def _digest(purpose: str, code: str) -> bytes:
    return hashlib.sha256(f"linli wechat sandbox/{purpose}/{code}".encode()).digest()
