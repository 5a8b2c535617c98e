"""What a person does with a fact. One verb a file, one transaction each: the right, the state, the write, and what happened.

Pages, API and command only read what was typed: whoever calls an action is asked the same right and told the same refusal. What
it refuses, it refuses whole: nothing is written. ``recorded_at`` is the instant of the clock; the right is asked for its day.
"""

from __future__ import annotations

from collections.abc import Iterable

from equerre.kernel.errors import EquerreError

NO_REASON = "Dites pourquoi : quelqu'un le relira."


class ActionRefused(EquerreError):
    """What somebody says cannot be written. ``problems``: the field of each mistake and its sentence, all at once."""

    def __init__(self, problems: Iterable[tuple[str, str]]) -> None:
        self.problems = list(problems)
        super().__init__(" ".join(sentence for _, sentence in self.problems))
