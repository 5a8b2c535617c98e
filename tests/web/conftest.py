"""What the pages are tested with: a template that names a variable nobody gave fails, in a value, a condition or a loop."""

from __future__ import annotations

from typing import Any

import pytest
from django.template import engines
from django.template.base import FilterExpression


class UndefinedVariable(Exception):
    """A template reads a variable that its page does not give."""


class _Undefined(str):
    def __mod__(self, missing: object) -> str:
        raise UndefinedVariable(str(missing))

    def __contains__(self, text: object) -> bool:
        return text == "%s" or super().__contains__(str(text))


@pytest.fixture(autouse=True)
def every_variable_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    resolve = FilterExpression.resolve
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", _Undefined("%s"))
    monkeypatch.setattr(
        FilterExpression, "resolve", lambda self, context, ignore_failures=False: resolve(self, context)
    )


@pytest.fixture(autouse=True)
def no_limit(settings: Any) -> None:
    """But where a test says one."""
    settings.API_RATE = 0
