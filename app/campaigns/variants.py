"""Two variants of a campaign's paper: the same questions, in another order. Plain Python.

Neighbours at one table have different sheets in their hands; whoever types a result in types
letters, and the variant's code says what they mean.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.errors import FieldError
from app.quizzes import rules as quiz_rules

VARIANTS = ("A", "B")
LETTERS = "ABCDEFGH"
"""As many as options of a kind that is printed (see `quizzes.rules.OPTIONS_OF`)."""
ONE, SEVERAL, ORDER = "one", "several", "order"
PICKS = (ONE, SEVERAL, ORDER)
CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without what is mistaken for something else: 0 1 I O."""
CODE_LENGTH = 5
LONGEST_CODE = 12

Lot = Callable[[str], str]
"""Returns what stands for chance, always the same for the same words."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on a sheet. `options`: their numbers in the bank, in the order of the letters."""

    version_id: int
    kind: str
    options: tuple[int, ...]

    @property
    def letters(self) -> str:
        """Return the letters that stand on the sheet."""
        return LETTERS[: len(self.options)]

    @property
    def pick(self) -> str:
        """Return how it is answered."""
        if self.kind == quiz_rules.ORDERING:
            return ORDER
        return ONE if self.kind in quiz_rules.ONE_OF else SEVERAL

    def chosen(self, letters: str) -> list[int]:
        """Return the numbers of options that letters stand for."""
        return [self.options[self.letters.index(letter)] for letter in letters]

    def key(self, right: Sequence[int]) -> str:
        """Return the letters of the right options; of an order all, in that order."""
        found = [self.letters[self.options.index(number)] for number in right]
        return "".join(found if self.pick == ORDER else sorted(found))


def sheets(questions: Sequence[Any], lot: Lot) -> dict[str, list[Asked]]:
    """Return the questions of each variant in their order.

    `questions`: rows with id, kind and content. No variant has the questions of the other one in
    the same order, nor the options of a question, unless there is only one; true comes first.
    """
    rows = {row.id: row for row in questions}
    orders = _orders(list(rows), "questions", lot)
    options = {
        row.id: dict.fromkeys(VARIANTS, tuple(range(len(row.content["options"]))))
        if row.kind == quiz_rules.TRUE_FALSE
        else _orders(range(len(row.content["options"])), f"options {row.id}", lot)
        for row in questions
    }
    return {
        variant: [
            Asked(found, rows[found].kind, options[found][variant]) for found in orders[variant]
        ]
        for variant in VARIANTS
    }


def _orders(items: Sequence[int], name: str, lot: Lot) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for variant in VARIANTS:
        mixed = sorted(items, key=lambda item, of=variant: lot(f"{of} {name} {item}"))  # type: ignore[misc]
        if tuple(mixed) in found.values():
            mixed = mixed[1:] + mixed[:1]
        found[variant] = tuple(mixed)
    return found


def code_of(variant: str, lot: Lot, asked: Sequence[Asked]) -> str:
    """Return the code of a variant: `A-7K3Q9`; another one if anything on it were another."""
    words = lot(f"{variant} code {[(one.version_id, one.options) for one in asked]}")
    letters = (CODE_ALPHABET[ord(found) % len(CODE_ALPHABET)] for found in words)
    return f"{variant}-{''.join(letters)[:CODE_LENGTH]}"


def plain_code(text: str) -> str:
    """Return a code as it is kept, of what somebody typed."""
    plain = "".join(c for c in text.upper() if c.isascii() and c.isalnum())
    return f"{plain[:1]}-{plain[1:]}"


def faults(asked: Sequence[Asked], answers: Sequence[str]) -> list[FieldError]:
    """Return what is wrong with typed letters, each by the number of its question from 0.

    Nothing chosen is no fault, it is only not right.
    """
    if len(answers) != len(asked):
        return [FieldError("answers", "answer_each")]
    found = (
        _fault(f"answers.{number}", one, letters)
        for number, (one, letters) in enumerate(zip(asked, answers, strict=True))
        if letters
    )
    return [fault for fault in found if fault]


def _fault(field: str, one: Asked, letters: str) -> FieldError | None:
    if set(letters) - set(one.letters):
        return FieldError(field, "bad_letters")
    fault = quiz_rules.choice_fault(one.kind, len(one.options), one.chosen(letters))
    return fault and FieldError(field, fault.code)


def plain_letters(answers: Sequence[str], asked: Sequence[Asked]) -> list[str]:
    """Return letters as they are kept: what has no order, in the alphabet's."""
    plain = ["".join(answer.upper().split()) for answer in answers]
    kept = [
        letters if one.pick == ORDER else "".join(sorted(letters))
        for one, letters in zip(asked, plain, strict=False)
    ]
    return kept + plain[len(kept) :]


def graded(
    asked: Sequence[Asked], answers: Sequence[str], right: Mapping[int, Sequence[int]]
) -> dict[int, bool]:
    """Return whether each question is answered rightly, by its version."""
    return {
        one.version_id: bool(letters)
        and quiz_rules.is_right(one.kind, right[one.version_id], one.chosen(letters))
        for one, letters in zip(asked, answers, strict=True)
    }
