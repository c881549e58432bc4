"""The page that a certificate's code leads to: HTML without scripts, for any phone's browser."""

import base64
import hashlib
from datetime import date, datetime
from html import escape
from typing import Any

from flask import Response
from werkzeug.datastructures import MIMEAccept

from app.core import clock, texts
from app.volunteers import rules

STYLE = """
:root{color-scheme:light dark;--jade:#0b6e5b;--ink:#1c2421;--quiet:#5f6b67;--line:#d9e4df;
--page:#f4f8f6;--card:#fff;--amber:#8a5a00;--red:#a32626}
@media(prefers-color-scheme:dark){:root{--jade:#5cc7ae;--ink:#e8efec;--quiet:#9fb0aa;
--line:#2c3a35;--page:#101614;--card:#18211e;--amber:#e3b45c;--red:#ef8a8a}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);
font:17px/1.6 system-ui,-apple-system,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
main{max-width:30rem;margin:0 auto;padding:1.5rem 1rem 2.5rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:16px;overflow:hidden}
header{padding:1.75rem 1.25rem 1.25rem;text-align:center;border-top:6px solid currentColor}
header.good{color:var(--jade)}header.notice{color:var(--amber)}
header.bad,header.unknown{color:var(--red)}
.mark{font-size:2.5rem;line-height:1;margin:0}
h1{font-size:1.6rem;margin:.5rem 0 .25rem}
header p.hint{color:var(--quiet);margin:0}
dl{margin:0;padding:0 1.25rem 1rem}
dl div{display:flex;gap:1rem;justify-content:space-between;padding:.7rem 0;
border-top:1px solid var(--line)}
dt{color:var(--quiet);flex:none}dd{margin:0;text-align:right;overflow-wrap:anywhere}
footer{display:flex;align-items:center;justify-content:space-between;gap:1rem;margin-top:1rem;font-size:.9rem;
color:var(--quiet)}
a{color:var(--jade);padding:.6rem 0}
"""
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_HASH}'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
    "Vary": "Accept, Accept-Language",
}
KINDS = {rules.VALID: "good", rules.IN_NOTICE: "notice", rules.REVOKED: "bad"}
MARKS = {"good": "✓", "notice": "◷", "bad": "✕", "unknown": "?"}


def wanted(accepted: MIMEAccept) -> bool:
    """Whether whoever asks is a browser, which would rather have a page than JSON."""
    best = accepted.best_match(["application/json", "text/html"], default="application/json")
    return best == "text/html"


def answer(found: dict[str, Any], language: str) -> Response:
    """Return the page of a certificate (see `certificates.verify`)."""
    kind = KINDS[found["state"]]
    until = rules.in_notice_until(found["issued_at"])
    hint_day = found["revoked_at"] if kind == "bad" else until
    lines = {
        "number": found["number"],
        "name": found["name"],
        "hours": texts.text("verify.hours_of", language, hours=f"{found['hours']:g}"),
        "period": f"{day(found['from'], language)} – {day(found['to'], language)}",
        "issuer": found["issuer"],
        "issued_on": day(found["issued_at"], language),
    }
    return page("verify", kind, lines, language, 200, day=day(hint_day, language))


def unknown(language: str) -> Response:
    """Return the page of a number that was never given out."""
    return page("verify", "unknown", {}, language, 404)


def page(
    catalogue: str,
    kind: str,
    lines: dict[str, str],
    language: str,
    status: int,
    **params: object,
) -> Response:
    """Return a page that says whether something is good (a kind of `MARKS`), and what it is.

    `catalogue`: where the words are; what is not said there is said as of certificates of service.
    """

    def say(key: str, language: str, **params: object) -> str:
        own = f"{catalogue}.{key}"
        return texts.text(own if texts.known(own) else f"verify.{key}", language, **params)

    rows = "".join(
        f"<div><dt>{escape(say(key, language))}</dt><dd>{escape(value)}</dd></div>"
        for key, value in lines.items()
    )
    title, verdict = say("title", language), say(kind, language)
    other = "en" if language == "zh-Hans" else "zh-Hans"
    body = (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex, nofollow">'
        f'<title>{escape(verdict)} · {escape(title)}</title><link rel="icon" href="data:,">'
        f"<style>{STYLE}</style></head><body><main>"
        f'<section class="card"><header class="{kind}">'
        f'<p class="mark" aria-hidden="true">{MARKS[kind]}</p><h1>{escape(verdict)}</h1>'
        f'<p class="hint">{escape(say(f"{kind}_hint", language, **params))}</p></header>'
        f"{f'<dl>{rows}</dl>' if rows else ''}</section>"
        f"<footer><span>{escape(say('record', language))}</span>"
        f'<a href="?language={other}" hreflang="{other}">'
        f"{escape(say('language', other))}</a></footer></main></body></html>\n"
    )
    response = Response(body, status=status, mimetype="text/html")
    response.headers.update(HEADERS)
    response.headers["Content-Language"] = language
    return response


def day(when: date | datetime, language: str) -> str:
    """Return a Shanghai day as people read it."""
    found = clock.shanghai_day(when) if isinstance(when, datetime) else when
    return texts.text(
        "certificate.day", language, year=found.year, month=found.month, day=found.day
    )
