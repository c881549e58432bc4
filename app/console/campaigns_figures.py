"""A campaign's and a challenge's figures as sentences, charts and tables.

What is withheld says why; a title is a sentence made from what it shows.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from markupsafe import Markup

from app.console import shell
from app.console.drawing import WIDEST, Chart
from app.console.telling import HIDDEN
from app.core.rounding import half_up

Figure = Mapping[str, Any]
LEAST_STEP = 0.02
"""A share that changed by less than two points is told as much the same. (Our own decision.)"""


def _heads(*names: str) -> list[Markup]:
    return [shell.say(f"campaigns.column.{name}") for name in names]


def _percent(share: float | None) -> int | None:
    return None if share is None else int(half_up(100 * share))


def _share(share: float | None, *, least: bool = False) -> Markup | str:
    if share is None:
        return HIDDEN
    percent = _percent(share)
    return shell.say("campaigns.least_percent", n=percent) if least else f"{percent}%"


def _people(people: int | None, *, least: bool) -> Markup | str:
    if people is None:
        return HIDDEN
    return shell.say("campaigns.least" if least else "campaigns.people", n=people)


def tiles(one: Figure) -> list[dict[str, Any]]:
    """Return how many took part, passed and tried, and how far a campaign is."""
    breadth, counts = one["breadth"], one["counts"]
    if breadth is None:
        return []
    total, least = breadth["total"], not breadth["final"]
    took_part = {
        "label": shell.say("campaigns.took_part"),
        "shown": _people(_known_people(one), least=least),
        "of": shell.say("campaigns.share_hidden", n=breadth["fewest"])
        if total["people"] is None
        else shell.say("campaigns.of", of=total["of"], share=_share(total["share"], least=least)),
    }
    found = [took_part] + [
        {
            "label": shell.say(f"campaigns.counts.{name}"),
            "shown": _times(counts[name]) if name == "tries" else _people(counts[name], least=True),
            "of": shell.say("campaigns.few", n=counts["fewer_than"])
            if counts[name] is None
            else shell.say("campaigns.in_fives"),
        }
        for name in ("passed", "tries")
    ]
    if breadth["final"]:
        found += _besides(breadth)
    return [tile | {"change": "", "tone": "quiet", "url": "", "unit": ""} for tile in found]


def _times(number: int | None) -> Markup | str:
    return HIDDEN if number is None else shell.say("campaigns.least_times", n=number)


def _known_people(one: Figure) -> int | None:
    """Return how many took part: of a place where nearly all did, their number without a share."""
    breadth, counts = one["breadth"], one["counts"]
    people = breadth["total"]["people"]
    return cast(
        "int | None", counts["participants"] if not breadth["final"] and people is None else people
    )


def _besides(breadth: Figure) -> list[dict[str, Any]]:
    """Return who took part on paper, and who has no account."""
    alone = breadth["without_account"]
    on_paper = {
        "label": shell.say("campaigns.on_paper"),
        "shown": _people(breadth["on_paper"], least=False),
        "of": shell.say("campaigns.on_paper_of")
        if breadth["on_paper"] is not None
        else _why(breadth),
    }
    without = {
        "label": shell.say("campaigns.without_account"),
        "shown": _people(alone and alone["people"], least=False),
        "of": shell.say("campaigns.right", share=_share(alone["share"]))
        if alone and alone["people"] is not None
        else _why(breadth),
    }
    return [on_paper, without]


def _why(breadth: Figure) -> Markup:
    return shell.say("campaigns.why", n=breadth["fewest"])


def answer(one: Figure) -> Markup:
    """Return how many took part, in a sentence."""
    breadth, known = one["breadth"], _known_people(one)
    total = breadth["total"]
    kind = "final" if breadth["final"] else "so_far"
    if total["people"] is None and known is not None:
        return shell.say("campaigns.answer.so_far_least", people=known)
    if total["people"] is None:
        return shell.say(f"campaigns.answer.{kind}_hidden", n=breadth["fewest"])
    return shell.say(
        f"campaigns.answer.{kind}",
        people=total["people"],
        of=total["of"],
        share=_percent(total["share"]),
    )


def places(breadth: Figure) -> Chart | None:
    """Return who took part by place; nothing where there is one place only."""
    rows, least = [row for row in breadth["places"] if row["of"] != 0], not breadth["final"]
    if len(rows) < 2:  # noqa: PLR2004 there is nothing to compare
        return None
    labels = [row["name"] or shell.say("campaigns.nowhere") for row in rows]
    told = [(label, row) for label, row in zip(labels, rows, strict=True) if row["people"]]
    best = max(told, key=lambda pair: pair[1]["share"], default=None)
    return {
        "told": best is not None,
        "answer": shell.say("campaigns.places.hidden")
        if best is None
        else shell.say(
            "campaigns.places.so_far" if least else "campaigns.places.final",
            name=best[0],
            people=best[1]["people"],
            of=best[1]["of"],
            share=_percent(best[1]["share"]),
        ),
        "option": _lying(
            [
                _marked(label, told=bool(row["people"]))
                for label, row in zip(labels, rows, strict=True)
            ],
            [_percent(row["share"]) for row in rows],
            100,
        ),
        "head": _heads("place", "people", "of", "share", "why"),
        "rows": [
            [
                label,
                _people(row["people"], least=least),
                HIDDEN if row["of"] is None else row["of"],
                _share(row["share"], least=least),
                _why(breadth) if row["people"] is None else "",
            ]
            for label, row in zip(labels, rows, strict=True)
        ],
        "tall": 90 + 44 * len(rows),
    }


def _marked(name: str | Markup, *, told: bool) -> str | Markup:
    """Return what stands beside a bar; where there is none, that it is withheld."""
    return name if told else shell.say("campaigns.untold", name=name)


def _lying(labels: Sequence[object], values: Sequence[float | None], most: int) -> dict[str, Any]:
    return {
        "xAxis": {"type": "value", "min": 0, "max": most, "axisLabel": {"formatter": "{value}%"}},
        "yAxis": _names(labels),
        "series": [_bars(values)],
    }


def _names(labels: Sequence[object]) -> dict[str, Any]:
    return {
        "type": "category",
        "data": [str(label) for label in labels],
        "inverse": True,
        "axisTick": {"show": False},
    }


def _bars(values: Sequence[float | None], name: str = "") -> dict[str, Any]:
    return {
        "type": "bar",
        "name": name,
        "barMaxWidth": WIDEST,
        "data": list(values),
        "label": {"show": True, "position": "right", "formatter": "{c}%"},
    }


SIDES = ("before", "after")


def knowledge(breadth: Figure) -> Chart | None:
    """Return what the same people knew before and know since; nothing before figures are made."""
    topics = breadth["topics"]
    if not topics:
        return None
    told = [topic for topic in topics if _grown(topic) is not None]
    best = max(told, key=lambda topic: _grown(topic) or 0, default=None)
    names = [shell.say(f"campaigns.column.{side}") for side in SIDES]
    series = [
        _bars([_percent(_known(topic, side)) for topic in topics], str(name))
        | {"barMaxWidth": WIDEST / 2}
        for side, name in zip(SIDES, names, strict=True)
    ]
    return {
        "answer": _best(best),
        "option": _lying(
            [_marked(topic["name"], told=_grown(topic) is not None) for topic in topics], [], 100
        )
        | {"legend": {}, "series": series},
        "head": _heads("topic", "people", "during", "compared", "before", "after", "change", "why"),
        "rows": [_row(topic, breadth) for topic in topics],
        "tall": 110 + 56 * len(topics),
    }


def _known(topic: Figure, side: str) -> float | None:
    figure = topic[side]
    return None if figure is None else cast("float | None", figure["share"])


def _grown(topic: Figure) -> float | None:
    before, after = _known(topic, "before"), _known(topic, "after")
    return None if before is None or after is None else after - before


def _best(topic: Figure | None) -> Markup:
    if topic is None:
        return shell.say("campaigns.knowledge.hidden")
    before, after = _known(topic, "before") or 0.0, _known(topic, "after") or 0.0
    grown = "grew" if after - before >= LEAST_STEP else "same"
    return shell.say(
        f"campaigns.knowledge.{grown}",
        topic=topic["name"],
        people=topic["before"]["people"],
        before=_percent(before),
        after=_percent(after),
        points=int(half_up(100 * after) - half_up(100 * before)),
    )


def _row(topic: Figure, breadth: Figure) -> list[Any]:
    grown = _grown(topic)
    compared = topic["before"] if grown is not None else None
    return [
        topic["name"],
        _people(topic["people"], least=False),
        _share(topic["share"]),
        _people(compared and compared["people"], least=False),
        _share(_known(topic, "before")),
        _share(_known(topic, "after")),
        HIDDEN if grown is None else shell.say("campaigns.points", n=f"{100 * grown:+.0f}"),
        _why(breadth) if topic["people"] is None or compared is None else "",
    ]


# Challenges


def standing(challenge: Figure) -> Chart:
    """Return how the grids of a challenge stand; the mark is the goal, beyond it nothing counts.

    `told`: whether there is anything to draw.
    """
    rows, least = challenge["standing"], not challenge["final"]
    goal = challenge["goal_percent"]
    option = _lying(
        [_marked(row["name"], told=row["rank"] is not None) for row in rows],
        [row["percent"] for row in rows],
        goal,
    )
    option["series"][0]["markLine"] = {
        "silent": True,
        "symbol": "none",
        "label": {"show": False},
        "data": [{"xAxis": goal}],
    }
    return {
        "told": any(row["rank"] is not None for row in rows),
        "answer": _leader(challenge),
        "option": option,
        "head": _heads("rank", "grid", "people", "of", "share", "why"),
        "rows": [
            [
                row["rank"] or HIDDEN,
                row["name"],
                _people(row["people"], least=least or row["reached"]),
                row["of"] or HIDDEN,
                HIDDEN if row["percent"] is None else f"{row['percent']:g}%",
                _grid_note(challenge, row),
            ]
            for row in rows
        ],
        "tall": 90 + 44 * len(rows),
    }


def _grid_note(challenge: Figure, row: Figure) -> Markup | str:
    if row["rank"] is None:
        return shell.say("challenges.why", n=challenge["fewest"])
    return shell.say("challenges.reached") if row["reached"] else ""


def _leader(challenge: Figure) -> Markup:
    if challenge["state"] == "planned":
        return shell.say("challenges.answer.planned", day=shell.show_day(challenge["first_day"]))
    first = [row for row in challenge["standing"] if row["rank"] == 1]
    if not first:
        return shell.say("challenges.answer.none", n=challenge["fewest"])
    if len(first) > 1:
        names = shell.say("comma").join(row["name"] for row in first)
        return shell.say("challenges.answer.tied", names=names, n=len(first))
    [leader] = first
    # Beyond the goal nobody is counted, so there it is "at least", too.
    kind = "won" if challenge["final"] and not leader["reached"] else "leads"
    if challenge["final"] and leader["reached"]:
        kind = "reached"
    return shell.say(
        f"challenges.answer.{kind}",
        name=leader["name"],
        people=leader["people"],
        of=leader["of"],
        percent=f"{leader['percent']:g}",
    )
