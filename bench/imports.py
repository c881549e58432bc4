"""Taking in files of ten thousand questions, in each format, with progress."""

import io
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.core.access import Actor
from app.core.db import db
from app.quizzes import imports
from bench.databases import ENGINES, each
from bench.tables import print_table

QUESTIONS = imports.MOST_QUESTIONS
MOST_SECONDS = 60
CALLER = "demo:committee"


@dataclass(frozen=True)
class Taken:
    """How a file was taken in; `steps`: how often its progress was told."""

    format: str
    engine: str
    size: int
    seconds: float
    cpu: float
    accepted: int
    refused: int
    steps: int


def run(engines: Sequence[str] = ENGINES, questions: int = QUESTIONS) -> list[Taken]:
    """Take in a file of each format, and print; returns what was found."""
    found: list[Taken] = []
    for bench in each(engines, 1, f"{questions} questions in each format"):
        with bench.app.app_context():
            who = bench.people[CALLER]
            found += [take(who, bench.engine, name, questions) for name in imports.FORMATS]
            db.session.remove()
    print()
    print_taken(found)
    return found


def take(actor: Actor, engine: str, name: str, questions: int) -> Taken:
    """Take in a file of so many questions of a format."""
    content = written(name, questions).encode()
    steps: list[tuple[int, int]] = []
    began, cpu = time.perf_counter(), time.process_time()
    report = imports.take_in(
        actor,
        io.BytesIO(content),
        file_format=name,
        file_name=f"many.{name}",
        tell=lambda done, total: steps.append((done, total)),
    )
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    counts = report["accepted"], report["refused"]
    return Taken(name, engine, len(content), seconds, cpu, *counts, len(steps))


def written(name: str, questions: int) -> str:
    """Return a file of so many questions in a format, each with words of its own."""
    return str(imports.FORMATS[name].write([question(name, n) for n in range(questions)]))


def question(name: str, number: int) -> dict[str, Any]:
    """Return a written question with three options, of which the first is right."""
    words = ("马上拨打 119", "先拍视频", "等别人报警")
    return {
        "key": f"many-{name.replace('_', '-')}-{number:05}",
        "topic": "fire",
        "kind": "single",
        "difficulty": 1,
        "stem": {"zh": f"（{name} 第 {number} 题）楼道里冒烟，首先做什么？"},
        "options": [{"zh": f"{one}（{number}）", "right": one == words[0]} for one in words],
        "explanation": {"zh": f"早一分钟报警，少一分损失。（{number}）"},
        "at_home": {"zh": "把 119 和住址贴在电话旁。"},
        "source": {
            "name": {"zh": "消防法"},
            "article": "第四十四条",
            "quote": "任何人发现火灾都应当立即报警",
            "as_of": "2025-04-19",
        },
    }


def print_taken(found: Sequence[Taken]) -> None:
    """Print what was found."""
    print_table(
        ["format", "database", "MiB", "seconds", "aim", "CPU s", "accepted", "refused", "steps"],
        [
            [
                one.format,
                one.engine,
                f"{one.size / 2**20:.1f}",
                f"{one.seconds:.1f}",
                f"{MOST_SECONDS}" if one.seconds < MOST_SECONDS else f"{MOST_SECONDS} missed",
                f"{one.cpu:.1f}",
                str(one.accepted),
                str(one.refused),
                str(one.steps),
            ]
            for one in found
        ],
    )
