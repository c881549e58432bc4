"""WeChat's error codes as the stand-in gives them."""

BUSY = -1
INVALID_TOKEN = 40001
BAD_GRANT_TYPE = 40002
BAD_OPENID = 40003
BAD_APPID = 40013
BAD_CODE = 40029
BAD_CHARSET = 40033
BAD_SECRET = 40125
BAD_TEMPLATE = 40037
IP_NOT_ALLOWED = 40164
HIGH_RISK_USER = 40226
TOKEN_MISSING = 41001
APPID_MISSING = 41002
BAD_PAGE = 41030
TOKEN_EXPIRED = 42001
NOT_TAKEN = 43101
TOO_LONG = 45002
QUOTA_USED_UP = 45009
RATE_LIMITED = 45011
BAD_DATA_FORMAT = 47001
BAD_FIELD = 47003

WORDS = {
    BUSY: "system error",
    INVALID_TOKEN: "invalid credential, access_token is invalid or not latest",
    BAD_GRANT_TYPE: "invalid grant_type",
    BAD_OPENID: "invalid openid",
    BAD_TEMPLATE: "invalid template_id",
    BAD_PAGE: "invalid page",
    NOT_TAKEN: "user refuse to accept the msg",
    TOO_LONG: "content size out of limit",
    QUOTA_USED_UP: "reach max api daily quota limit",
    BAD_FIELD: "argument invalid!",
    BAD_APPID: "invalid appid",
    BAD_CODE: "invalid code",
    BAD_CHARSET: r"invalid charset. please check your request, if include \uxxxx will create fail!",
    BAD_SECRET: "invalid appsecret",
    IP_NOT_ALLOWED: "invalid ip, not in whitelist",
    HIGH_RISK_USER: "code blocked",
    TOKEN_MISSING: "access_token missing",
    APPID_MISSING: "appid missing",
    TOKEN_EXPIRED: "access_token expired",
    RATE_LIMITED: "api minute-quota reach limit  mustslower  retry next minute",
    BAD_DATA_FORMAT: "data format error",
}


class Refusal(Exception):
    """A call answered with an error code."""

    def __init__(self, errcode: int, more: str = "") -> None:
        super().__init__(errcode)
        self.errcode = errcode
        self.more = more


def refusal_body(errcode: int, more: str = "") -> dict[str, object]:
    """Return the JSON of a refusal: `{errcode, errmsg}`."""
    words = WORDS.get(errcode, "refused by the stand-in")
    return {"errcode": errcode, "errmsg": f"{words} {more}".rstrip()}
