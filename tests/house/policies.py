"""Reads the table in `policies.txt`, and what each feature adds to it in `policies/`."""

import re
from dataclasses import dataclass
from pathlib import Path

WHOSE = ("own", "community", "sibling", "elsewhere")
LINE = re.compile(
    r"(?P<request>(?:GET|POST|PUT|PATCH|DELETE) .+?) +(?P<whose>-|own|community|sibling|elsewhere)"
    r" +(?P<answers>\d{3}(?: +\d{3})*) +(?P<why>\S.*)"
)


@dataclass(frozen=True)
class Policy:
    """One line of the table."""

    request: str
    whose: str
    answers: dict[str, int]
    why: str

    @property
    def route(self):
        """`GET /api/v1/hazards/<id>` of `GET /api/v1/hazards/<id> declined`."""
        method, path = self.request.split()[:2]
        return f"{method} {path.partition('?')[0]}"

    def __str__(self):
        return f"{self.request} {self.whose}"


def read_policies():
    """Return the people and the lines of the table."""
    first = Path(__file__).with_name("policies.txt")
    table = _table(first)
    people = table[0].split()[2:-1]
    lines = table[1:]
    for path in sorted(first.with_suffix("").glob("*.txt")):
        heading, *more = _table(path)
        assert heading.split() == table[0].split(), path
        lines += more
    return people, [_policy(line, people) for line in lines]


def _table(path):
    text = "\n" + path.read_text(encoding="utf-8")
    return text[text.index("\nrequest ") :].strip().splitlines()


def _policy(line, people):
    found = LINE.fullmatch(line)
    assert found, line
    answers = [int(answer) for answer in found["answers"].split()]
    request = " ".join(found["request"].split())
    return Policy(
        request, found["whose"], dict(zip(people, answers, strict=True)), found["why"].strip()
    )


PEOPLE, POLICIES = read_policies()
