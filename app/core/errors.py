"""Everything that can be answered instead of what was asked for.

A problem is an exception with a stable `code`. On the wire it is RFC 9457
`application/problem+json`; its words come from the catalogues in `app/texts`
under `problems.<code>`, in the caller's language.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FieldError:
    """One fault of one field. `field` is a dotted path such as `photo_ids.0`."""

    field: str
    code: str
    params: tuple[tuple[str, object], ...] = ()


class Problem(Exception):
    """The base of all problems.

    `params` fill the placeholders of the catalogue's sentence; `errors` name
    the fields at fault.
    """

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"

    def __init__(self, *, errors: Iterable[FieldError] = (), **params: object) -> None:
        super().__init__(self.code)
        self.errors = tuple(errors)
        self.params = params


class BadRequest(Problem):
    """What came in cannot even be read."""

    status = 400
    code = "bad_request"


class Unauthenticated(Problem):
    """Nobody knows who is asking."""

    status = 401
    code = "unauthenticated"


class Forbidden(Problem):
    """The actor may not do this kind of thing at all."""

    status = 403
    code = "forbidden"


class NotFound(Problem):
    """It does not exist, or not for this actor."""

    status = 404
    code = "not_found"


class MethodNotAllowed(Problem):
    """It is there, but cannot be asked in this way."""

    status = 405
    code = "method_not_allowed"


class Conflict(Problem):
    """The thing is not in the state that this needs."""

    status = 409
    code = "conflict"


class TooLarge(Problem):
    """More bytes or pixels than we take."""

    status = 413
    code = "too_large"


class UnsupportedMedia(Problem):
    """A kind of file or body that we do not take."""

    status = 415
    code = "unsupported_media"


class InvalidInput(Problem):
    """Readable, but wrong; `errors` says where."""

    status = 422
    code = "invalid_input"

    @classmethod
    def of(cls, field: str, code: str, **params: object) -> "InvalidInput":
        """One field, one fault."""
        return cls(errors=[FieldError(field, code, tuple(params.items()))])


class TooManyRequests(Problem):
    """Slow down."""

    status = 429
    code = "too_many_requests"


class Unavailable(Problem):
    """Something that we depend on does not answer."""

    status = 503
    code = "unavailable"
