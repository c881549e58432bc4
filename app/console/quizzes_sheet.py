"""What stands in the form of a question: as it was typed, and as the services take it.

Nothing that was typed is lost on the way: an option keeps its place in the picture while the kind
is another one, and a fault is told at the field that has it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from app.core.errors import FieldError
from app.core.forms import field_errors
from app.quizzes import authoring, rules
from app.quizzes.authoring_schemas import QuestionForm
from app.quizzes.questions import LANGUAGES, SIDES

LIMITS: Mapping[str, int] = {
    **{f"stem.{language}": rules.LONGEST_STEM for language in LANGUAGES},
    **{f"explanation.{language}": rules.LONGEST_EXPLANATION for language in LANGUAGES},
    **{f"at_home.{language}": rules.LONGEST_HINT for language in LANGUAGES},
    **{f"source.name.{language}": rules.LONGEST_NAME for language in LANGUAGES},
    "source.article": rules.LONGEST_ARTICLE,
    "source.quote": rules.LONGEST_QUOTE,
}
"""The texts of a question by the path that the API has for them, and how long each may be."""
CHOSEN = ("topic", "kind", "difficulty", "answer", "picture_id", "source.version", "source.as_of")
FIRST_SPOT, HIGHEST_SPOT = 20.0, 60.0
"""How wide a place of a picture begins, and how high at most, in per cent: as on the phone."""
BEGUN_WITH = 3


@dataclass(slots=True)
class Line:
    """An option as it was typed; the sides of its place are per cent of the picture."""

    zh: str = ""
    en: str = ""
    right: bool = False
    x: str = ""
    y: str = ""
    width: str = ""
    height: str = ""

    @property
    def placed(self) -> bool:
        """Whether it has a place in the picture."""
        return any(getattr(self, side) for side in SIDES)


@dataclass(slots=True)
class Sheet:
    """The fields by their paths, the options, and which field the page is to lead to."""

    typed: dict[str, str]
    options: list[Line] = field(default_factory=list)
    focus: str = ""

    @property
    def kind(self) -> str:
        """Return the kind that is chosen; one right answer if it is none of ours."""
        chosen = self.typed["kind"]
        return chosen if chosen in rules.KINDS else rules.SINGLE

    @property
    def limits(self) -> tuple[int, int]:
        """Return the fewest and the most options of its kind."""
        return rules.OPTIONS_OF[self.kind]

    @property
    def has_options(self) -> bool:
        """Whether options are written: what is true or false has its own."""
        return self.kind != rules.TRUE_FALSE

    def act(self, do: str) -> None:
        """Add, remove or move an option, as a button says: `add`, `remove.2`, `up.2`, `down.2`."""
        name, _, number = do.partition(".")
        index = next((n for n in range(len(self.options)) if str(n) == number), -1)
        if name == "kind":
            self._fill()
            self.focus = f"kind-{self.kind}"
        elif name == "add" and len(self.options) < self.limits[1]:
            self.options.append(Line())
            self.focus = f"options.{len(self.options) - 1}.zh"
        elif name == "remove" and index in range(len(self.options)):
            del self.options[index]
            self.focus = (
                f"options.{min(index, len(self.options) - 1)}.zh" if self.options else "add"
            )
        elif name in {"up", "down"}:
            self._swap(index, -1 if name == "up" else 1)
        elif name == "picture":
            self.focus = "picture"

    def _swap(self, index: int, by: int) -> None:
        everyone = range(len(self.options))
        if index in everyone and index + by in everyone:
            one = self.options.pop(index)
            self.options.insert(index + by, one)
            self.focus = f"{'up' if by < 0 else 'down'}.{index + by}"

    def _fill(self) -> None:
        if self.kind == rules.PICTURE:
            # A place comes from the picture: what is empty would only stand in its way.
            self.options = [one for one in self.options if one.zh or one.en or one.placed]
        elif self.has_options:
            while len(self.options) < self.limits[0]:
                self.options.append(Line())

    def put_spot(self, form: Mapping[str, str]) -> None:
        """Put a place where the picture was pointed at: of the first option without one, or new."""
        try:
            x, y, ratio = (float(form.get(f"spot.{name}", "")) for name in ("x", "y", "ratio"))
        except ValueError:
            return
        if not (0 <= x <= 1 and 0 <= y <= 1 and ratio > 0):
            return
        bare = next((n for n, line in enumerate(self.options) if not line.placed), None)
        if bare is None:
            if len(self.options) >= self.limits[1]:
                return
            self.options.append(Line())
            bare = len(self.options) - 1
        height = round(min(HIGHEST_SPOT, FIRST_SPOT * ratio), 1)
        line = self.options[bare]
        line.width, line.height = _shown(FIRST_SPOT), _shown(height)
        line.x = _shown(round(min(max(0.0, 100 * x - FIRST_SPOT / 2), 100 - FIRST_SPOT), 1))
        line.y = _shown(round(min(max(0.0, 100 * y - height / 2), 100 - height), 1))
        self.focus = f"options.{bare}.zh"

    def written(self) -> dict[str, Any]:
        """Return the question as the API takes it, with what is wrong still in it."""
        found: dict[str, Any] = {
            "topic": self.typed["topic"],
            "kind": self.typed["kind"],
            "difficulty": _whole(self.typed["difficulty"]),
            "source": {"name": {}},
            **{name: {} for name in ("stem", "explanation")},
        }
        for path in (*LIMITS, "source.version", "source.as_of"):
            if self.typed[path].strip():
                *above, name = path.split(".")
                place = found
                for part in above:
                    place = place.setdefault(part, {})
                place[name] = self.typed[path]
        if not self.has_options:
            if self.typed["answer"]:
                found["answer"] = self.typed["answer"] == "true"
            return found
        return found | {"options": [self._option(line) for line in self.options]}

    def _option(self, line: Line) -> dict[str, Any]:
        found: dict[str, Any] = {name: getattr(line, name) for name in LANGUAGES}
        found = {name: words for name, words in found.items() if words.strip()}
        if self.kind != rules.ORDERING:
            found["right"] = line.right
        if self.kind == rules.PICTURE and line.placed:
            found["region"] = {side: _share(getattr(line, side)) for side in SIDES}
        return found

    def check(self, *, pictured: bool) -> tuple[dict[str, Any], list[FieldError]]:
        """Return the question ready for the service, and all that it would be refused for."""
        written, found = self.written(), list[FieldError]()
        try:
            ready: dict[str, Any] = QuestionForm().load(written)
        except ValidationError as error:
            ready, found = {}, field_errors(cast("Any", error.messages))
        has_picture = pictured and self.kind == rules.PICTURE
        return ready, found + authoring.faults_of(written, pictured=has_picture)


def _whole(typed: str) -> Any:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) == 1 else typed


def _share(per_cent: str) -> Any:
    try:
        return round(float(per_cent) / 100, 4)
    except ValueError:
        return per_cent or None


def _shown(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def empty(today: date) -> Sheet:
    """Return the form of a new question."""
    typed = dict.fromkeys((*LIMITS, *CHOSEN), "")
    typed |= {"kind": rules.SINGLE, "topic": rules.TOPICS[0], "difficulty": str(rules.EASIEST)}
    lines = [Line() for _ in range(BEGUN_WITH)]
    return Sheet(typed | {"source.as_of": today.isoformat()}, lines)


def of_version(version: Mapping[str, Any]) -> Sheet:
    """Return the form of what a version says, to write it anew."""
    typed = dict.fromkeys((*LIMITS, *CHOSEN), "")
    for path in (*LIMITS, "source.version", "source.as_of"):
        value: Any = version
        for part in path.split("."):
            value = (value or {}).get(part)
        typed[path] = value or ""
    typed |= {name: str(version[name]) for name in ("kind", "topic", "difficulty")}
    if version["answer"] is not None:
        typed["answer"] = str(version["answer"]).lower()
    return Sheet(typed, [_line_of(option) for option in version["options"]])


def _line_of(option: Mapping[str, Any]) -> Line:
    sides = {side: _shown(100 * share) for side, share in (option.get("region") or {}).items()}
    right = bool(option.get("right"))
    return Line(zh=option["zh"], en=option.get("en") or "", right=right, **sides)


def read(form: MultiDict[str, str]) -> Sheet:
    """Return a form as it was sent; fields that are not of a question are left alone."""
    typed = {name: _plain(form.get(name, "")) for name in (*LIMITS, *CHOSEN)}
    right, lines = set(form.getlist("right")), list[Line]()
    for number in range(rules.MOST_OPTIONS):
        if f"options.{number}.zh" in form:
            named = {
                name: form.get(f"options.{number}.{name}", "") for name in (*LANGUAGES, *SIDES)
            }
            plain = {name: _plain(value) for name, value in named.items()}
            lines.append(Line(**plain, right=str(number) in right))
    return Sheet(typed, lines)


def _plain(typed: str) -> str:
    """Browsers send the ends of lines as mail does."""
    return typed.replace("\r\n", "\n")


def field_of(path: str) -> str:
    """Return the field of the page that shows a fault of the service's."""
    first, _, rest = path.partition(".")
    if first in {"picture", "picture_id", "photo_ids"}:
        return "picture"
    if first == "options" and ".region" in path:
        return f"options.{rest.partition('.')[0]}.region"
    if path in {"stem", "explanation", "at_home", "source.name"}:
        return f"{path}.zh"
    return path


def at_fields(faults: Iterable[FieldError]) -> dict[str, FieldError]:
    """Return the first fault of each field of the page."""
    found: dict[str, FieldError] = {}
    for fault in faults:
        found.setdefault(field_of(fault.field), fault)
    return found
