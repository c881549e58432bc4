"""What comes in (forms) and what goes out (views).

A form's messages are codes with parameters (`too_long max=2000`), so that the
answer can be worded in the caller's language. A view is declared once, for the
document and for the tests; see `View`.
"""

import math
import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, cast

import orjson
from marshmallow import RAISE, Schema, ValidationError, fields, validate

from app.core.errors import FieldError
from app.core.readers import UNSURE, FormReader

BIGGEST_ID = 2**63 - 1
CODE = re.compile(r"[a-z][a-z_]*")
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2999, 12, 31)
"""Days beyond which nothing of ours happens, and near whose ends sums still work."""

CODES = {
    "required": "required",
    "null": "required",
    "validator_failed": "invalid",
    "invalid": "invalid",
    "type": "invalid",
    "unknown": "unknown_field",
}


class Form(Schema):
    """What may come in. A field that is not named here is refused by name."""

    class Meta:
        """Refuse what nobody asked for."""

        unknown = RAISE

    error_messages = CODES
    _straight: FormReader | None = None

    def load(
        self,
        data: Any,
        *,
        many: bool | None = None,
        partial: Any = None,
        unknown: Any = None,
    ) -> Any:
        """Return what came in, checked; straight where it can be, see `core.readers`.

        Errors: ValidationError.
        """
        if partial is None and (unknown or self.unknown) == RAISE and self._all_by_fields():
            if self._straight is None:
                self._straight = FormReader(self, EXACT)
            found = self._straight.read(data, many=self.many if many is None else many)
            if found is not UNSURE:
                return found
        return super().load(data, many=many, partial=partial, unknown=unknown)

    def _all_by_fields(self) -> bool:
        """Whether nothing but the fields decides what comes in."""
        return not self.partial and not any(self._hooks.values())


class View(Schema):
    """What goes out.

    Services return plain rows; dumping them field by field would cost more
    than reading them. So a view passes them through, and in tests `checked`
    holds every answer against its declaration.
    """

    class Meta:
        """An answer has exactly the declared fields."""

        unknown = RAISE

    checked: ClassVar[bool] = False

    def dump(self, obj: Any, *, many: bool | None = None) -> Any:
        """Return `obj` as it is."""
        if View.checked:
            faults = self.validate(orjson.loads(orjson.dumps(obj, option=JSON)), many=many)
            if faults:
                msg = f"{type(self).__name__} is declared otherwise: {faults}"
                raise AssertionError(msg)
        return obj


JSON = orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS


def text(*, longest: int, shortest: int = 1, **kwargs: Any) -> fields.String:
    """One piece of written text, in characters."""
    return Text(
        validate=validate.Length(
            min=shortest,
            max=longest,
            error=f"length min={shortest} max={longest}",
        ),
        metadata={"minLength": shortest, "maxLength": longest},
        **_coded(kwargs),
    )


def choice(options: Any, **kwargs: Any) -> fields.String:
    """One of a few words."""
    return fields.String(
        validate=validate.OneOf([str(option) for option in options], error="not_an_option"),
        **_coded(kwargs),
    )


def pattern(regex: str, **kwargs: Any) -> fields.String:
    """Text of a fixed shape; `regex` must be anchored at both ends."""
    return fields.String(validate=validate.Regexp(regex, error="invalid"), **_coded(kwargs))


def whole(*, least: int, most: int, strict: bool = True, **kwargs: Any) -> fields.Integer:
    """A whole number within limits, both included; from a query string not `strict`."""
    return Whole(
        strict=strict,
        validate=validate.Range(least, most, error=f"range min={least} max={most}"),
        **_coded(kwargs),
    )


def identifier(**kwargs: Any) -> fields.Integer:
    """A row's id."""
    return whole(least=1, most=BIGGEST_ID, **kwargs)


def degrees(most: float, **kwargs: Any) -> fields.Float:
    """A latitude or longitude in degrees."""
    return Degrees(
        validate=validate.Range(-most, most, error=f"range min={-most} max={most}"),
        **_coded(kwargs),
    )


def flag(**kwargs: Any) -> fields.Boolean:
    """Yes or no."""
    return Flag(**_coded(kwargs))


def query_flag(**kwargs: Any) -> fields.Boolean:
    """Yes or no, in a query string."""
    return fields.Boolean(truthy={"true", "1"}, falsy={"false", "0"}, **_coded(kwargs))


def moment(**kwargs: Any) -> fields.AwareDateTime:
    """A moment with its zone."""
    return fields.AwareDateTime(format="iso", validate=_imaginable, **_coded(kwargs))


def said_moment(**kwargs: Any) -> fields.AwareDateTime:
    """A moment with its zone by a phone's clock, however wrong: who takes it clamps it."""
    return fields.AwareDateTime(format="iso", **_coded(kwargs))


def day(**kwargs: Any) -> fields.Date:
    """A calendar day in Shanghai, `YYYY-MM-DD`."""
    return fields.Date(format="iso", validate=_imaginable, **_coded(kwargs))


def _imaginable(value: date) -> None:
    if not FIRST_DAY.year <= value.year <= LAST_DAY.year:
        raise ValidationError(message=f"range min={FIRST_DAY} max={LAST_DAY}")


def listing(of: fields.Field[Any], *, longest: int, **kwargs: Any) -> fields.List[Any]:
    """A short list."""
    return fields.List(
        of,
        validate=validate.Length(max=longest, error=f"too_many max={longest}"),
        **_coded(kwargs),
    )


def _coded(kwargs: dict[str, Any]) -> dict[str, Any]:
    return {**kwargs, "error_messages": {**CODES, **kwargs.get("error_messages", {})}}


class Text(fields.String):
    """Text as a person would write it: trimmed, composed, nothing invisible that breaks."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        written = super()._deserialize(value, attr, data, **kwargs)
        if any(unsafe(character) for character in written):
            raise ValidationError(message="unsafe_characters")
        if written.strip() and all(unicodedata.category(c) in INVISIBLE for c in written):
            raise ValidationError(message="invisible")
        return unicodedata.normalize("NFC", written).strip()


def unsafe(character: str) -> bool:
    """Whether a character controls more than itself, or is half of one (a lone surrogate).

    What turns the direction of a line would turn what others wrote around it too.
    """
    controls = unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\t"
    return controls or character in TURNING


TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""The bidirectional embeddings, overrides and isolates of Unicode."""
INVISIBLE = frozenset({"Cf", "Zs", "Zl", "Zp", "Cc", "Mn", "Me"})


class Whole(fields.Integer):
    """A whole number; true and false are no numbers here."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if isinstance(value, bool):
            raise ValidationError(message="invalid")
        return super()._deserialize(value, attr, data, **kwargs)


class Flag(fields.Boolean):
    """True or false; Python takes 1 for true as well, and we do not."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:  # noqa: ARG002
        if not isinstance(value, bool):
            raise ValidationError(message="invalid")
        return value


class Degrees(fields.Float):
    """A finite number; true and false are no numbers here."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> float:
        if isinstance(value, bool):
            raise ValidationError(message="invalid")
        number = super()._deserialize(value, attr, data, **kwargs)
        if not math.isfinite(number):
            raise ValidationError(message="invalid")
        return number


EXACT: dict[type[fields.Field[Any]], type] = {
    fields.String: str,
    Whole: int,
    Flag: bool,
}
"""Fields that leave a value of this very type as it is."""


def field_errors(messages: Mapping[str, Any]) -> list[FieldError]:
    """Turn marshmallow's tree of messages into a flat list of field errors."""
    found: list[FieldError] = []
    for key, value in messages.items():
        _collect("body" if key == "_schema" else str(key), value, found)
    return found


def _collect(path: str, value: Any, found: list[FieldError]) -> None:
    if isinstance(value, dict):
        for key, below in value.items():
            _collect(path if key == "_schema" else f"{path}.{key}", below, found)
        return
    for message in value if isinstance(value, list) else [value]:
        code, *params = str(message).split(" ")
        pairs = tuple(tuple(param.split("=", 1)) for param in params if "=" in param)
        # A library's own English sentence is no code; what it means is "invalid".
        known = CODE.fullmatch(code) and len(pairs) == len(params)
        found.append(FieldError(path, code, cast("Any", pairs)) if known else invalid(path))


def invalid(path: str) -> FieldError:
    """Return the plainest fault of a field."""
    return FieldError(path, "invalid")
