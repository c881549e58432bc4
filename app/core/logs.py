"""What the processes say, a line for each thing, and nothing that identifies a person.

JSON for a log store, plain lines for a terminal (`LOG_FORMAT`), on standard error. Every
line goes through `redacted`, tracebacks too: whoever reads the log, or gets hold of it,
learns no phone number, no openid and no token. Of people there is `resident_id`, which
means something only together with the database.
"""

import logging
import os
import re
import sys
import threading
import time
from collections.abc import Mapping
from functools import lru_cache
from threading import RLock
from typing import Any, TextIO, cast

import orjson

from app.core import trace

FORMATS = ("json", "plain")
OURS = ("app", "tools", "demo")
"""The loggers that speak from INFO on; everybody else from WARNING on."""

GRANIAN = ("_granian", "granian.access")
HIDDEN = "***"

NAMES_OF_SECRETS = (
    "token|secret|secret_key|appsecret|session_key|js_code|"
    "signature|msg_signature|sig|ticket|password|authorization|idempotency-key|encodingaeskey|"
    "openid|unionid|touser|fromusername|phone|phonenumber|purephonenumber|mobile|tel"
)
"""Whatever stands behind one of these names, in a URL, in JSON or in Python's own words."""

REDACTIONS: tuple[tuple[re.Pattern[str], str], ...] = (
    # `Authorization: Bearer …`, `Basic …`.
    (re.compile(r"\b(bearer|basic)[ +:]+[^\s'\",;]+", re.IGNORECASE), rf"\1 {HIDDEN}"),
    # A JWT, whole or without its signature.
    (re.compile(r"\beyJ[\w-]{6,}(?:\.[\w-]*){1,4}"), HIDDEN),
    # ://user:password@host
    (re.compile(r"(://[^\s/:@'\"]*):[^\s/@'\"]+@"), rf"\1:{HIDDEN}@"),
    # PostgreSQL tells the values that it complains about.
    (re.compile(r"(\bKey \([^)]*\)=)\(.*?\)(?= |$|\n)"), rf"\1({HIDDEN})"),
    (re.compile(r"(Failing row contains )\(.*\)"), rf"\1({HIDDEN})"),
    # name=value, "name": "value", 'name': 'value', name%3Dvalue
    (
        re.compile(
            rf"(?<![a-z])((?:[a-z]+[_-])?(?:{NAMES_OF_SECRETS})['\"]?(?:=|%3D|\s*:)\s*)"
            r"(?:'[^']*'|\"(?:[^\"\\]|\\.)*\"|(?!None\b)[^\s'\"&,;)}\]]+)",
            re.IGNORECASE,
        ),
        rf"\1{HIDDEN}",
    ),
    # A sign-in code; the code of a place or of an error is no secret.
    (re.compile(r"([?&]code=)[^\s&'\"]+"), rf"\1{HIDDEN}"),
    (re.compile(r"(['\"]code['\"]\s*:\s*)(['\"]).*?\2"), rf"\1{HIDDEN}"),
    # An openid of WeChat: 28 characters that begin with `o`.
    (re.compile(r"(?<![\w-])o[\w-]{27}(?![\w-])", re.ASCII), HIDDEN),
    # What `crypto.random_token` makes: refresh tokens, sign-ins, names of photos.
    (re.compile(r"(?<![\w-])[\w-]{43}(?![\w-])", re.ASCII), HIDDEN),
    # A mobile number of the mainland, also as 138 0013 8000; a foreign one with its country.
    (re.compile(r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d([ -]?)\d{4}\1\d{4}(?!\d)", re.ASCII), HIDDEN),
    (re.compile(r"\+\d{8,15}(?!\d)", re.ASCII), HIDDEN),
)


def redacted(text: str) -> str:
    """Return the text without what identifies a person or opens something."""
    # Half characters come in by hostile requests, and have no encoding.
    text = text.encode("utf-8", "replace").decode()
    for pattern, instead in REDACTIONS:
        text = pattern.sub(instead, text)
    return text


_redacted_again = lru_cache(maxsize=1024)(redacted)
"""For what stands in line after line: routes, methods, the words of the access line."""


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, message, request_id, process."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line. What `extra={"fields": {...}}` brings stands beside."""
        fields = _fields(getattr(record, "fields", {}))
        if fault := _fault(self, record):
            fields["exception"] = fault
        return self.line(record.created, record.levelname, record.name, record.getMessage(), fields)

    def line(self, at: float, level: str, logger: str, message: str, fields: dict[str, Any]) -> str:
        """Return the line of what is no record."""
        line = {
            "time": _utc(at),
            "level": level.lower(),
            "logger": logger,
            "message": _redacted_again(message),
            "request_id": trace.request_id(),
            "process": os.getpid(),
        }
        return orjson.dumps(line | fields, default=str).decode()


class PlainFormatter(logging.Formatter):
    """A line for a person at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """Return time, level, logger, message, and what `extra` brings."""
        fields = _fields(getattr(record, "fields", {}))
        line = self.line(record.created, record.levelname, record.name, record.getMessage(), fields)
        fault = _fault(self, record)
        return f"{line}\n{fault}" if fault else line

    def line(self, at: float, level: str, logger: str, message: str, fields: dict[str, Any]) -> str:
        """Return the line of what is no record."""
        # What somebody sent may contain the end of a line, and a forged one behind it.
        message = _redacted_again(message).replace("\n", "\\n").replace("\r", "\\r")
        extras = "".join([f" {name}={value}" for name, value in fields.items()])
        known = trace.request_id()
        about = f" [{known}]" if known else ""
        return f"{_utc(at)} {level} {logger}: {message}{extras}{about}"


def _utc(created: float) -> str:
    milliseconds = int(created * 1000) % 1000
    return f"{_second(int(created))}.{milliseconds:03}Z"


@lru_cache(maxsize=1)
def _second(created: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(created))


def _fields(found: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _redacted_again(value) if isinstance(value, str) else value
        for name, value in found.items()
        if value is not None
    }


def _fault(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    if not (record.exc_info or record.stack_info):
        return ""
    parts = []
    if record.exc_info and record.exc_info[0]:
        parts.append(formatter.formatException(record.exc_info))
    if record.stack_info:
        parts.append(formatter.formatStack(record.stack_info))
    return redacted("\n".join(parts))


class _Lines(logging.Handler):
    """Writes to a stream, or to whatever standard error is at that moment."""

    formatter: JsonFormatter | PlainFormatter

    def __init__(self, stream: TextIO | None) -> None:
        super().__init__()
        self._stream = stream

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line. A log that cannot be written stops nobody's work."""
        try:
            self._write(self.format(record))
        except Exception:  # noqa: BLE001 as every handler of logging
            self.handleError(record)

    def say(self, logger: str, message: str, fields: Mapping[str, Any]) -> bool:
        """Write a line of what is no record; whether it could be written."""
        try:
            line = self.formatter.line(time.time(), "INFO", logger, message, _fields(fields))
            with cast("RLock", self.lock):
                self._write(line)
        except Exception:  # noqa: BLE001 as above
            return False
        return True

    def _write(self, line: str) -> None:
        stream = self._stream or sys.stderr
        stream.write(line + "\n")
        stream.flush()


def say(logger: logging.Logger, message: str, fields: Mapping[str, Any]) -> None:
    """Log what is said with every request: as `info` with `extra={"fields": fields}`.

    Where nobody but us listens, without a record and its way through `logging`, for three times
    the cost of the line.
    """
    ours = _only_ours(logger)
    if ours is None or not ours.say(logger.name, message, fields):
        logger.info(message, extra={"fields": fields})


def _only_ours(logger: logging.Logger) -> _Lines | None:
    """Return our handler, if what the logger says from INFO on goes to it and nowhere else."""
    handlers = logging.root.handlers
    ours = handlers[0] if len(handlers) == 1 else None
    if not isinstance(ours, _Lines) or ours.filters or ours.level > logging.INFO:
        return None
    if logger.filters or not logger.isEnabledFor(logging.INFO):
        return None
    above: logging.Logger | None = logger
    while above is not None and above is not logging.root:
        if above.handlers or not above.propagate:
            return None
        above = above.parent
    return ours


def formatter(kind: str) -> JsonFormatter | PlainFormatter:
    """Return what makes lines: `json` or `plain`."""
    return JsonFormatter() if kind == "json" else PlainFormatter()


def from_environment(*_: object, **__: object) -> logging.Formatter:
    """Return what makes lines, for a configuration file that knows no settings."""
    kind = os.environ.get("LOG_FORMAT") or (
        "json" if os.environ.get("LINLI_ENV", "production") == "production" else "plain"
    )
    return formatter(kind)


def install(kind: str, stream: TextIO | None = None) -> logging.Handler:
    """Let everything this process logs go out as lines of that kind, and in no other way."""
    # Nobody's line says from which line of which file: that costs more than the line.
    logging._srcfile = None  # noqa: SLF001 as logging's own manual has it
    logging.logThreads = logging.logMultiprocessing = False
    handler = _Lines(stream)
    handler.setFormatter(formatter(kind))
    root = logging.getLogger()
    root.handlers[:] = [found for found in root.handlers if not isinstance(found, _Lines)]
    root.addHandler(handler)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)
    for name in GRANIAN:
        # The web server has brought its own way of writing; ours redacts.
        theirs = logging.getLogger(name)
        theirs.handlers.clear()
        theirs.propagate = True
    # What nobody caught is said the same way.
    sys.excepthook = _say_the_end
    threading.excepthook = _say_a_thread_ends
    return handler


def _say_the_end(kind: Any, fault: BaseException, trace_back: Any) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, fault, trace_back)
        return
    logging.getLogger("app").critical("the process ends", exc_info=(kind, fault, trace_back))


def _say_a_thread_ends(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value is not None and not issubclass(ended.exc_type, SystemExit):
        found = (ended.exc_type, ended.exc_value, ended.exc_traceback)
        logging.getLogger("app").critical("a thread ends", exc_info=found)
