"""Reading a usual form straight: what most phones send, without what is needed to word faults.

The schema stays the only truth. A form is read by functions that are made of its fields, once a
process; what one of them is not sure of (a fault, a value of another type, a field too many) the
schema reads from the beginning, and names what is wrong. So nothing is taken here that the
schema would not take, and nothing is refused here at all.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from marshmallow import Schema, ValidationError, fields, missing

Field = fields.Field[Any]
Reader = Callable[[Any], Any]

UNSURE: Any = object()
"""What is returned where the schema has to read."""


class _Unsure(Exception):
    """The schema has to read this."""


class _Entry(NamedTuple):
    """A field: its name outside and inside, and how its value is read."""

    name: str
    into: str
    required: bool
    default: Any
    read: Reader


class FormReader:
    """Reads what a form takes; `exact`: the types of its fields whose values are as they come."""

    def __init__(self, schema: Schema, exact: Mapping[type[Field], type]) -> None:
        self._exact = exact
        self._entries = tuple(
            _Entry(
                field.data_key or name,
                field.attribute or name,
                field.required,
                field.load_default,
                self._reader(field),
            )
            for name, field in schema.load_fields.items()
        )

    def read(self, data: Any, *, many: bool) -> Any:
        """Return what the schema would; `UNSURE`, where it may have to say more."""
        try:
            if not many:
                return self._read(data)
            if type(data) is not list:
                return UNSURE
            return [self._read(one) for one in data]
        except (_Unsure, ValidationError):
            return UNSURE

    def _read(self, data: Any) -> dict[str, Any]:
        if type(data) is not dict:
            raise _Unsure
        found: dict[str, Any] = {}
        named = 0
        for name, into, required, default, read in self._entries:
            if name in data:
                named += 1
                found[into] = read(data[name])
            elif required:
                raise _Unsure
            elif default is not missing:
                found[into] = default() if callable(default) else default
        if named != len(data):
            raise _Unsure
        return found

    def _reader(self, field: Field) -> Reader:
        """Return how a field's value is read; by the field itself where there is no shorter way."""
        if field.pre_load or field.post_load:
            return field.deserialize
        kind, checks = type(field), tuple(field.validators)
        if isinstance(field, fields.Integer) and kind in self._exact and not field.strict:
            read = _counted(checks)
        elif kind in self._exact:
            read = _taken(self._exact[kind], checks)
        elif isinstance(field, fields.List):
            read = _listed(self._reader(field.inner), checks)
        elif isinstance(field, fields.AwareDateTime) and field.format == "iso":
            read = _moment(checks)
        else:
            return field.deserialize
        return _or_none(read) if field.allow_none else read


def _taken(kind: type, checks: tuple[Reader, ...]) -> Reader:
    def read(value: Any) -> Any:
        if type(value) is not kind:  # not what only is like it: true is no number
            raise _Unsure
        for check in checks:
            check(value)
        return value

    return read


def _counted(checks: tuple[Reader, ...]) -> Reader:
    """Return what reads a number that may be written out, as all are in a query."""
    taken = _taken(int, checks)

    def read(value: Any) -> Any:
        if type(value) is str and value.isascii() and value.isdigit() and len(value) < _LONG:
            return taken(int(value))
        return taken(value)

    return read


_LONG = 16


def _listed(one: Reader, checks: tuple[Reader, ...]) -> Reader:
    def read(value: Any) -> Any:
        if type(value) is not list:
            raise _Unsure
        found = [one(each) for each in value]
        for check in checks:
            check(found)
        return found

    return read


def _moment(checks: tuple[Reader, ...]) -> Reader:
    def read(value: Any) -> Any:
        if type(value) is not str:
            raise _Unsure
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            raise _Unsure from None
        if found.utcoffset() is None:
            raise _Unsure
        for check in checks:
            check(found)
        return found

    return read


def _or_none(read: Reader) -> Reader:
    return lambda value: None if value is None else read(value)
