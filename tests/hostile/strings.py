"""Texts that have broken other people's software."""

import unicodedata

UNHARMED = {
    "right to left": "\u05de\u05d1\u05d7\u05df \u0627\u062e\u062a\u0628\u0627\u0631",
    "zalgo": "消" + "\u0334\u0321\u0352\u0300\u0489" * 30 + "防",
    "combining, decomposed": "Cafe\u0301 A\u030a \u1112\u1161\u11ab",
    "emoji family": "👨‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇨🇳",
    "beyond the basic plane": "𠜎𠜱𝕳𝖊𝖑𝖑𝖔 🀄",
    "invisible": "a\u200bb\u200cc\u200dd\u2060e\ufefff",
    "full width": "ＡＢＣ１２３！＜ｓｃｒｉｐｔ＞",
    "foreign digits": "٣١٢ १२३ 一二三 ①②③",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "quotes": "\"'`´‘’“”«» \\ \\\\ \\u0041",
    "sql": "'; DROP TABLE hazards; -- \" OR 1=1 /*",
    "like": "100%_\\%",
    "shell": "$(reboot) `id` && rm -rf / | cat ; #",
    "template": "{{7*7}} ${7*7} #{7*7} <%= 7*7 %> {%raw%}",
    "format": "{0.__class__} {self} {} { %s %d %n %(name)s $name",
    "formula": '=HYPERLINK("http://x","y")',
    "formulas": "@SUM(1+1)*cmd|' /C calc'!A0\t+1-1",
    "path": "../../../../etc/passwd ..\\..\\windows\\win.ini file:///etc/passwd",
    "url": "http://[::1]/%00%0d%0aSet-Cookie:%20x=y",
    "json": '{"a": [1, null]} NaN Infinity -0 undefined',
    "log4j": "${jndi:ldap://127.0.0.1/a}",
    "lines": "一\n二\n\n三",
    "line separators": "a\u2028b\u2029c\u0085d".replace("\u0085", "\u2028"),
    "noncharacters": "\ufffe\uffff\U0001ffff\ufdd0",
    "private use": "\ue000\uf8ff\U0010fffd",
    "surroundings": "  \u3000 前后有空白 \u00a0 \t ",
    "ligatures": "ﬁ ﷽ ẞ ı İ ſ K",
    "null word": "null None nil undefined NULL \\N",
}
"""Each is stored and shown as a person would have written it."""

REFUSED = {
    "turned round": "photo_\u202egnp.exe\u202c",
    "isolates": "\u2066left\u2069 \u2067right\u2069",
    "invisible": "\u200b\u2060",
    "nul": "a\x00b",
    "bell and escape": "\x07\x1b[31mred\x1b[0m",
    "delete": "a\x7fb",
    "carriage return": "a\rb",
    "next line": "a\x85b",
    "empty": "",
    "blank": " \t\n\u3000 ",
    "very long": "长" * 10_000,
}
"""Each is refused by name of the field."""


def shown(text):
    """Return a text as it must come back."""
    return unicodedata.normalize("NFC", text).strip()
