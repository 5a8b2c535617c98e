"""The command speaks French: help, usage and every refusal. What click says in English is said again here.

A refusal is one plain sentence that says what is wrong and what to do, on the error output, with exit code 2. A programmer's
mistake still raises.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, NoReturn

import click
from click import exceptions

from equerre.kernel.errors import EquerreError, FactsError, quoted
from equerre.kernel.french import listed

REFUSED = 2
INTERRUPTED = 130


def printable(text: str) -> str:
    """The same text, with nothing that drives a terminal.

    >>> printable("\\x1b[31mrouge\\x07")
    '�[31mrouge�'
    """
    return "".join(c if c.isprintable() else " " if c.isspace() else "�" for c in text)


# --- Commands --------------------------------------------------------------------------------------------------------


class _Formatter(click.HelpFormatter):
    """Help as French writes it: a blank before the colon."""

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading} :\n")


class _Context(click.Context):
    """Where a command runs, with that help."""

    formatter_class = _Formatter


class _FrenchHelp(click.Command):
    """What a command and a group share: the words of their help."""

    context_class = _Context

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Usage : ")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Montrer cette aide et sortir."
        return option


class Command(_FrenchHelp):
    """One command. An argument too many is refused in French."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[OPTIONS]")
        super().__init__(*args, **kwargs)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.allow_extra_args = True
        try:
            rest = super().parse_args(ctx, args)
        except exceptions.BadOptionUsage as error:
            error.ctx = error.ctx or ctx
            raise
        if ctx.args and not ctx.resilient_parsing:
            raise click.UsageError(
                f"{listed([quoted(text) for text in ctx.args])} : rien de tel n'est attendu ici.", ctx
            )
        return rest


class CommandGroup(_FrenchHelp, click.Group):
    """A group whose commands are loaded when they are asked for. ``lazy``: name, then module and summary."""

    def __init__(self, *args: Any, lazy: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        kwargs |= {"subcommand_metavar": "COMMANDE …", "invoke_without_command": True, "no_args_is_help": False}
        kwargs["context_settings"] = {"help_option_names": ["-h", "--help"]}  # and of every command below
        super().__init__(*args, **kwargs)
        self._lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._lazy:
            return None
        found = import_module(self._lazy[cmd_name][0]).command
        assert isinstance(found, click.Command)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self._lazy:
            raise click.UsageError(f"La commande {quoted(args[0])} n'existe pas.{_near(args[0], self._lazy)}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commandes"):
            formatter.write_dl([(name, summary) for name, (_, summary) in self._lazy.items()])

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> NoReturn:
        """Run, and turn every refusal into its sentence and its exit code."""
        try:
            code = super().main(args, prog_name or "equerre", standalone_mode=False, **extra)
        except EquerreError as error:
            refuse(*(error.problems if isinstance(error, FactsError) else [str(error)]))
        except click.ClickException as error:
            refuse(*_said(error))
        except (exceptions.Abort, KeyboardInterrupt):
            click.echo("Interrompu.", err=True)
            sys.exit(INTERRUPTED)
        sys.exit(code if isinstance(code, int) else 0)


def said_version(version: str) -> Callable[[click.Context, click.Parameter, bool], None]:
    """What ``--version`` does."""

    def say(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
        if asked and not ctx.resilient_parsing:
            click.echo(f"equerre {version}")
            ctx.exit()

    return say


def refuse(*problems: str) -> NoReturn:
    """Say what is wrong, a line each, and leave."""
    for problem in problems:
        click.echo(printable(problem), err=True)
    sys.exit(REFUSED)


# --- Refusals --------------------------------------------------------------------------------------------------------


def _said(error: click.ClickException) -> list[str]:
    """The sentence of a refusal of click, then where the help is unless the sentence says what to write."""
    sentence = next((say(error) for kind, say in _SENTENCES if isinstance(error, kind)), error.format_message())
    ctx = getattr(error, "ctx", None)
    misread = type(error) is exceptions.BadParameter
    return [sentence, f"Aide : {ctx.command_path} --help"] if ctx and not misread else [sentence]


def _no_such_option(error: Any) -> str:
    near = f" Vouliez-vous dire {listed(error.possibilities, last='ou')} ?" if error.possibilities else ""
    return f"L'option {quoted(error.option_name)} n'existe pas.{near}"


def _missing(error: Any) -> str:
    param = error.param
    name = param.opts[-1] if isinstance(param, click.Option) else param.human_readable_name
    return f"Il manque {name}{f' : {param.hint}' if getattr(param, 'hint', '') else ''}."


def _misused(error: Any) -> str:
    options = {name: param for param in error.ctx.command.params for name in param.opts} if error.ctx else {}
    param = options.get(error.option_name)
    if isinstance(param, click.Option) and param.is_flag:
        return f"L'option {error.option_name} se suffit : elle n'attend pas de valeur."
    return f"L'option {error.option_name} attend une valeur."


# The first that fits: the particular before the general.
_SENTENCES: Sequence[tuple[type[click.ClickException], Callable[[Any], str]]] = (
    (exceptions.NoSuchOption, _no_such_option),
    (exceptions.MissingParameter, _missing),
    (exceptions.BadOptionUsage, _misused),
    (exceptions.BadParameter, lambda error: str(error.message)),
    (exceptions.UsageError, lambda error: str(error.message)),
)


def _near(word: str, names: Mapping[str, object]) -> str:
    """The nearest of the names that exist, else all of them."""
    from difflib import get_close_matches

    near = get_close_matches(word, list(names), n=1)
    return f" Vouliez-vous dire {near[0]} ?" if near else f" Choisissez {listed(list(names), last='ou')}."


def among(what: str, choices: Sequence[str]) -> Callable[[click.Context, click.Parameter, str], str]:
    """One word among a few; ``what`` names it in the refusal: « Le lecteur »."""

    def read(ctx: click.Context, param: click.Parameter, value: str) -> str:
        if value not in choices:
            said = f"{what} {quoted(value)} n'existe pas : choisissez {listed(choices, last='ou')}."
            raise click.BadParameter(said, ctx, param)
        return value

    return read


form_option = click.option(
    "--format",
    "form",
    callback=among("Le format", ("text", "json")),
    metavar="[text|json]",
    default="text",
    help="text, une page ; json, des données.",
)
