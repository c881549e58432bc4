"""The messages as phones would show them: `/sandbox`, Chinese first.

Server-rendered; its few lines of script fetch the list again every two seconds
and put it in where it has changed. Nothing comes from third parties.
"""

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask, Response, render_template_string, request
from markupsafe import Markup

if TYPE_CHECKING:
    from tools.wechat_sandbox.server import Sandbox

MOST_SHOWN = 60
SHANGHAI = timezone(timedelta(hours=8))
LANGUAGES = ("zh", "en")
WORDS = {
    "title": ("服务通知", "Service messages"),
    "lead": (
        "这是演示用的微信替身：它收到的订阅消息，会像在手机上那样显示在这里。",
        "A stand-in for WeChat: the messages it receives appear here as phones would show them.",
    ),
    "empty": ("还没有收到消息", "No messages yet"),
    "hint": (
        "在小程序里上报一个隐患并受理，消息就会出现。",
        "Report a hazard in the mini-program and accept it: a message will appear.",
    ),
    "open": ("进入小程序查看", "Open in the mini-program"),
    "to": ("发给", "To"),
    "app": ("邻里安", "Linli"),
    "everybody": ("所有人", "Everybody"),
    "other": ("English", "中文"),
    "stranger": ("一位居民", "A resident"),
    "count": ("条", "messages"),
}

PAGE = """<!doctype html>
<html lang="{{ 'en' if en else 'zh-Hans' }}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ words.title }} · {{ words.app }}</title><link rel="icon" href="data:,">
<style>
*{box-sizing:border-box}
body{margin:0;font:16px/1.5 -apple-system,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",
sans-serif;background:#dfe5ea;color:#1a1a1a}
main{display:flex;gap:48px;max-width:1080px;margin:0 auto;padding:40px 24px;align-items:flex-start}
aside{flex:1;position:sticky;top:40px}
aside h1{font-size:30px;line-height:1.25;margin:0 0 12px}
aside p{color:#44505a;margin:0 0 20px;max-width:34em}
nav a{display:inline-block;min-height:44px;padding:9px 16px;margin:0 8px 8px 0;border-radius:22px;
background:#fff;color:#24527a;text-decoration:none}
nav a[aria-current]{background:#24527a;color:#fff}
nav a:focus-visible,.card a:focus-visible{outline:3px solid #0a6cff;outline-offset:2px}
.phone{width:414px;flex:none;background:#ededed;border:10px solid #16191c;border-radius:44px;
overflow:hidden;box-shadow:0 18px 50px #0f1d2a40}
.bar{background:#ededed;border-bottom:1px solid #d5d5d5;text-align:center;font-weight:600;
padding:14px}
.list{height:min(720px,78vh);overflow-y:auto;padding:8px 14px 24px}
.list:focus-visible{outline:3px solid #0a6cff;outline-offset:-3px}
.time{text-align:center;color:#6b6b6b;font-size:13px;margin:18px 0 8px}
.card{background:#fff;border-radius:10px;overflow:hidden;animation:come .3s}
.from{display:flex;align-items:center;gap:8px;padding:12px 16px 0;font-size:14px;color:#5c5c5c}
.from i{width:22px;height:22px;border-radius:50%;background:#2f7d5b;color:#fff;font:700 12px/22px
sans-serif;text-align:center}
.from b{margin-left:auto;font-weight:400}
.card h2{font-size:18px;margin:8px 16px 10px}
dl{margin:0;padding:0 16px 14px;display:grid;grid-template-columns:max-content 1fr;gap:4px 14px;
font-size:15px}
dt{color:#6b6b6b}dd{margin:0;overflow-wrap:anywhere}
.card a{display:flex;justify-content:space-between;align-items:center;min-height:48px;
padding:0 16px;border-top:1px solid #ececec;color:#24527a;text-decoration:none}
.empty{text-align:center;color:#5c5c5c;padding:120px 24px}
.empty strong{display:block;color:#1a1a1a;font-size:18px;margin-bottom:6px}
@keyframes come{from{opacity:0;transform:translateY(8px)}}
@media (prefers-reduced-motion:reduce){.card{animation:none}}
@media (max-width:860px){
main{display:block;padding:0}
aside{position:static;padding:16px 16px 8px}
aside h1{font-size:22px;margin-bottom:4px}
aside p{font-size:14px;margin-bottom:10px}
nav{display:flex;overflow-x:auto}
nav a{flex:none;white-space:nowrap}
.phone{width:auto;border:0;border-radius:0;box-shadow:none}
.bar{display:none}
.list{height:auto;min-height:60vh}
}
</style></head><body><main>
<aside><h1>{{ words.title }}</h1><p>{{ words.lead }}</p>
<nav><a href="?lang={{ 'zh' if en else 'en' }}{{ of }}">{{ words.other }}</a></nav>
<nav aria-label="{{ words.to }}">
{% for name, link, here in people %}<a href="{{ link }}"{% if here %} aria-current="true"{% endif %}
>{{ name }}</a>{% endfor %}</nav></aside>
<section class="phone" aria-label="{{ words.title }}"><div class="bar">{{ words.title }}</div>
<div class="list" id="list" tabindex="0" aria-live="polite">{{ cards }}</div></section>
</main><script>
const list = document.getElementById("list");
const newest = (text) => text.match(/data-id="(\\d+)"/)?.[1];
setInterval(async () => {
  if (document.hidden) return;
  const url = new URL("/sandbox/cards", location.href);
  url.search = location.search;
  const answer = await fetch(url).catch(() => null);
  if (!answer || !answer.ok) return;
  const text = await answer.text();
  if (newest(text) !== newest(list.innerHTML)) { list.innerHTML = text; list.scrollTop = 0; }
}, 2000);
</script></body></html>"""

CARDS = """{% for card in cards %}<p class="time">{{ card.time }}</p>
<article class="card message" data-id="{{ card.id }}" data-template="{{ card.template }}">
<div class="from"><i aria-hidden="true">邻</i>
{{ words.app }}<b>{{ words.to }} {{ card.person }}</b></div><h2>{{ card.title }}</h2>
<dl>{% for label, value in card.fields %}<dt>{{ label }}</dt><dd>{{ value }}</dd>{% endfor %}</dl>
<a href="{{ card.link }}">{{ words.open }}<span aria-hidden="true">›</span></a></article>
{% else %}<p class="empty"><strong>{{ words.empty }}</strong>{{ words.hint }}</p>{% endfor %}"""


def add(app: Flask, sandbox: "Sandbox") -> None:
    """Add the page."""

    @app.get("/sandbox")
    def show_phone() -> Response:
        language, words = _language()
        of = request.args.get("openid", "")
        everybody = [("", words["everybody"]), *sandbox.people.items()]
        people = [
            (name, f"?lang={LANGUAGES[language]}&openid={openid}", openid == of)
            for openid, name in everybody
        ]
        return Response(
            render_template_string(
                PAGE,
                words=words,
                en=language == 1,
                of=f"&openid={of}" if of in sandbox.people else "",
                people=people,
                cards=_cards(sandbox),
            )
        )

    @app.get("/sandbox/cards")
    def show_cards() -> Response:
        return Response(_cards(sandbox))


def _cards(sandbox: "Sandbox") -> Markup:
    """Return the newest messages, of everybody or of one person."""
    language, words = _language()
    of = request.args.get("openid")
    found = [m for m in sandbox.account.messages.read() if not of or m["openid"] == of]
    cards = [_card(sandbox, m, language) for m in reversed(found[-MOST_SHOWN:])]
    return Markup(render_template_string(CARDS, words=words, cards=cards))  # noqa: S704 - escaped there


def _card(sandbox: "Sandbox", message: dict[str, object], language: int) -> dict[str, object]:
    template = sandbox.account.templates[str(message["template_id"])]
    at = datetime.fromisoformat(str(message["time"])).replace(tzinfo=UTC).astimezone(SHANGHAI)
    data = message["data"]
    fields = data if isinstance(data, dict) else {}
    stranger = WORDS["stranger"][language]
    return {
        "id": message["id"],
        "template": template.name,
        "time": f"{at:%m-%d %H:%M}",
        "person": sandbox.people.get(str(message["openid"]), stranger),
        "title": template.title[language],
        "fields": [
            (label[language], fields[name]["value"]) for name, label in template.labels.items()
        ],
        "link": _link(str(message["page"])),
    }


def _link(page: str) -> str:
    """Return where the mini-program's H5 build shows a page: on the port before ours."""
    here = urlsplit(request.host_url)
    return f"{here.scheme}://{here.hostname}:{(here.port or 80) - 1}/#/{page}"


def _language() -> tuple[int, dict[str, str]]:
    language = 1 if request.args.get("lang") == "en" else 0
    return language, {key: words[language] for key, words in WORDS.items()}
