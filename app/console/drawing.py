"""Charts of figures: each answers one question, and says the answer in its title.

An option has neither colours nor letters: `charts.ts` gives them. `head` and `rows` are the same
as a table.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from app.console import ranges, shell, telling
from app.core.rounding import half_up
from app.rollups import rules

Chart = dict[str, Any]
Found = Mapping[str, telling.Figure]
WIDEST = 28
"""Pixels of a bar."""
BINS = 8


def _named(*keys: str) -> list[Markup]:
    return [shell.say(key) for key in keys]


def periods(found: Sequence[Mapping[str, Any]], by: str) -> Chart:
    """Return people by period: the others, and upon them who came for the first time."""
    parts = [_split(each["figures"]) for each in found]
    marks = [ranges.mark(each["from"], by) for each in found]
    names = [
        telling.name("returning"),
        telling.name("newly"),
        shell.say("participation.unsplit"),
    ]
    shown = [
        {
            "name": name,
            "type": "bar",
            "stack": "people",
            "barMaxWidth": WIDEST,
            "data": [part[place] for part in parts],
        }
        for place, name in enumerate(names)
        if place < 2 or any(part[2] is not None for part in parts)  # noqa: PLR2004 the unsplit
    ]
    hidden = sum(each["figures"]["people"]["value"] is None for each in found)
    return {
        "answer": _peak(found, by),
        "option": {
            "legend": {},
            "xAxis": {"type": "category", "data": marks, "axisTick": {"show": False}},
            "yAxis": {"type": "value", "minInterval": 1},
            "series": shown,
        },
        "head": _named(
            "participation.column.period",
            "participation.column.people",
            "participation.column.newly",
            "participation.column.returning",
        ),
        "rows": [
            [
                ranges.period_said(each["from"], each["to"], by),
                *(telling.value(one, each["figures"][one]) for one in PARTS),
            ]
            for each in found
        ],
        "left_out": shell.say("participation.periods.left_out", n=hidden) if hidden else "",
    }


PARTS = ("people", "newly", "returning")


def _split(figures: Found) -> tuple[float | None, float | None, float | None]:
    """Return the others, the new ones; or all together where these may not be told apart."""
    people, newly, returning = (figures[one]["value"] for one in PARTS)
    if newly is None or returning is None:
        return None, None, people
    return returning, newly, None


def _peak(found: Sequence[Mapping[str, Any]], by: str) -> Markup:
    known = [each for each in found if each["figures"]["people"]["value"] is not None]
    most = max(known, key=lambda each: each["figures"]["people"]["value"], default=None)
    if most is None:
        return shell.say("participation.periods.hidden")
    number = most["figures"]["people"]["value"]
    if not number:
        return shell.say("participation.periods.nobody")
    named = shell.show_day(most["from"]) if by in {rules.DAY, rules.WEEK} else None
    when = shell.say(f"participation.periods.in_{by}", when=named or ranges.mark(most["from"], by))
    return shell.say("participation.periods.peak", when=when, n=telling.words().number(number))


def activities(now: Found, then: Found, than: Markup) -> Chart:
    """Return what people did, beside what they did before."""
    names = list(rules.ACTIVITIES)
    most = max(names, key=lambda name: now[name]["value"] or 0)
    number = now[most]["value"]
    answer = (
        shell.say(
            "participation.activity.most",
            name=telling.name(most),
            n=telling.words().number(number),
            change=telling.change(most, now[most], then[most], than),
        )
        if number
        else shell.say("participation.activity.none")
    )
    sides = _named("participation.column.now", "participation.column.before")
    return {
        "answer": answer,
        "option": _beside([telling.name(name) for name in names], sides, names, now, then),
        "head": [shell.say("participation.column.activity"), *sides],
        "rows": [
            [telling.name(name), telling.value(name, now[name]), telling.value(name, then[name])]
            for name in names
        ],
    }


def _beside(
    labels: Sequence[str], sides: Sequence[str], names: Sequence[str], now: Found, then: Found
) -> dict[str, Any]:
    """Return bars that lie, the first on top, with those of the range before below each."""
    series = [
        {
            "name": side,
            "type": "bar",
            "barMaxWidth": WIDEST / 2,
            "data": [found[name]["value"] for name in names],
            "label": {"show": True, "position": "right"},
        }
        for side, found in zip(sides, (now, then), strict=True)
    ]
    return {
        "legend": {},
        "xAxis": {"type": "value", "minInterval": 1},
        "yAxis": {
            "type": "category",
            "data": labels,
            "inverse": True,
            "axisTick": {"show": False},
        },
        "series": series,
    }


def bands(found: Sequence[Mapping[str, Any]]) -> Chart | None:
    """Return which ages are not heard from, of volunteers; nothing where they are not told.

    Where no age may be told there is a sentence, but nothing to draw.
    """
    if not found:
        return None
    known = [each for each in found if each["silent"]["value"] is not None]
    labels = [shell.say(f"participation.band.{each['band']}") for each in found]
    least = max(known, key=lambda each: each["silent"]["value"], default=None)
    percent = [
        None if each["silent"]["value"] is None else half_up(100 * each["silent"]["value"], 1)
        for each in found
    ]
    return {
        "answer": shell.say("participation.bands_hidden")
        if least is None
        else shell.say(
            "participation.bands_answer",
            band=shell.say(f"participation.band.{least['band']}"),
            share=telling.words().percent(least["silent"]["value"]),
        ),
        "option": _lying(labels, percent) if known else None,
        "head": _named(
            "participation.column.band",
            "participation.column.share",
            "participation.column.silent",
            "participation.column.registered",
        ),
        "rows": [
            [
                label,
                telling.value("silent", each["silent"]),
                *(_or_dash(each["silent"][side]) for side in ("numerator", "denominator")),
            ]
            for label, each in zip(labels, found, strict=True)
        ],
    }


def _or_dash(number: int | None) -> str:
    return telling.HIDDEN if number is None else telling.words().number(number)


def _lying(labels: Sequence[str], values: Sequence[float | None]) -> dict[str, Any]:
    """Return shares as bars that lie, of a hundred per cent."""
    return {
        "xAxis": {"type": "value", "min": 0, "max": 100, "axisLabel": {"formatter": "{value}%"}},
        "yAxis": {
            "type": "category",
            "data": list(labels),
            "inverse": True,
            "axisTick": {"show": False},
        },
        "series": [
            {
                "type": "bar",
                "barMaxWidth": WIDEST,
                "data": list(values),
                "label": {"show": True, "position": "right", "formatter": "{c}%"},
            }
        ],
    }


def sibling(name: str, found: Mapping[str, Any]) -> Chart:
    """Return one's own value beside the quartiles of places of similar size."""
    figure = found["figures"][name]
    stands = _stands(figure)
    called = (
        shell.say("participation.siblings.per_person")
        if name == "per_person"
        else telling.name(name)
    )

    def said(value: float) -> str:
        """Return a value as it is read."""
        words = telling.words()
        return words.number(half_up(value, 1)) if name == "per_person" else words.percent(value)

    sides = ("own", "upper", "median", "lower")
    labels = _named(*(f"participation.siblings.{side}" for side in sides))
    scale = 1 if name == "per_person" else 100
    values = [half_up(scale * figure[side], 1) for side in sides]
    option = _lying(labels, values)
    option["xAxis"] = {"type": "value", "axisLabel": {}} | (
        {} if scale == 1 else {"axisLabel": {"formatter": "{value}%"}}
    )
    if scale == 1:
        option["series"][0]["label"]["formatter"] = "{c}"
    return {
        "answer": shell.say(
            f"participation.siblings.{stands}",
            name=called,
            own=said(figure["own"]),
            count=found["count"],
        ),
        "option": option,
        "head": _named("participation.siblings.column", "participation.siblings.value"),
        "rows": [[label, said(figure[side])] for label, side in zip(labels, sides, strict=True)],
    }


def _stands(figure: Mapping[str, float]) -> str:
    if figure["own"] >= figure["upper"]:
        return "top"
    if figure["own"] >= figure["median"]:
        return "above"
    return "below" if figure["own"] > figure["lower"] else "bottom"


def index(
    name: str, now: telling.Figure, then: telling.Figure, than: Markup, days: Markup
) -> Chart:
    """Return what an index is made of, now and before; its title names the weakest part."""
    parts = now.get("parts", {})
    labels = [telling.name(part) for part in parts]
    known = {part: each["value"] for part, each in parts.items() if each["value"] is not None}
    if now["value"] is None:
        why = telling.why(now)
        answer = shell.say("evaluation.index.hidden", name=telling.name(name), why=why)
    else:
        weakest = min(known, key=lambda part: known[part])
        answer = shell.say(
            "evaluation.index.weakest",
            days=days,
            name=telling.name(name),
            value=telling.value(name, now),
            change=telling.change(name, now, then, than),
            part=telling.name(weakest),
            share=telling.value(weakest, parts[weakest]),
        )
    former = then.get("parts", {})
    return {
        "answer": answer,
        "option": _lying(
            labels, [None if part not in known else half_up(100 * known[part], 1) for part in parts]
        ),
        "head": _named(
            "evaluation.column.figure",
            "evaluation.column.now",
            "evaluation.column.of",
            "evaluation.column.before",
        ),
        "rows": [
            [
                telling.name(part),
                telling.value(part, each),
                telling.of(part, each),
                telling.value(part, former[part]) if part in former else telling.HIDDEN,
            ]
            for part, each in parts.items()
        ],
    }


def rates(names: Sequence[str], now: Found, then: Found, answer: Markup) -> Chart:
    """Return rates beside those before, in per cent."""
    sides = _named("evaluation.column.now", "evaluation.column.before")
    option = _beside([telling.name(name) for name in names], sides, names, now, then)
    for series, found in zip(option["series"], (now, then), strict=True):
        series["data"] = [_percent(found[name]["value"]) for name in names]
        series["label"]["formatter"] = "{c}%"
    option["xAxis"] = {"type": "value", "max": 100, "axisLabel": {"formatter": "{value}%"}}
    return {
        "answer": answer,
        "option": option,
        "head": [shell.say("evaluation.column.figure"), *sides],
        "rows": [
            [telling.name(name), telling.value(name, now[name]), telling.value(name, then[name])]
            for name in names
        ],
    }


def _percent(value: float | None) -> int | None:
    return None if value is None else int(half_up(100 * value))


def spread(name: str, values: Sequence[float], answer: Markup) -> Chart | None:
    """Return how places lie over the values of a figure; nothing of too few, or of all alike."""
    least, most = min(values, default=0), max(values, default=0)
    if len(values) < BINS or least == most:
        return None
    width = (most - least) / BINS
    counts = [0] * BINS
    for value in values:
        counts[min(int((value - least) / width), BINS - 1)] += 1
    labels = [
        shell.say(
            "children.bin",
            from_value=telling.plain(name, _rounded(name, least + width * place)),
            to_value=telling.plain(name, _rounded(name, least + width * (place + 1))),
        )
        for place in range(BINS)
    ]
    return {
        "answer": answer,
        "option": {
            "xAxis": {"type": "category", "data": labels, "axisTick": {"show": False}},
            "yAxis": {"type": "value", "minInterval": 1},
            "series": [{"type": "bar", "data": counts, "barMaxWidth": 3 * WIDEST}],
        },
        "head": _named("children.value", "children.places"),
        "rows": [[label, count] for label, count in zip(labels, counts, strict=True)],
    }


def _rounded(name: str, value: float) -> float:
    is_share = name not in {"people", "cases_reported"}
    return value if is_share else half_up(value)
