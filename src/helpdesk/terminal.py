"""The wizard in a terminal: the same turns, printed and asked."""

import sys
import textwrap
from collections.abc import Callable, Sequence
from typing import Any

import click

from helpdesk.articles import wording
from helpdesk.articles.markup import moved
from helpdesk.catalog.model import Catalog
from helpdesk.code_lookup import fits
from helpdesk.diagnosis import NOT_SURE, Opened, make_code, next_turn

Entry = dict[str, str]

OUTCOMES = ("solved", "failed", "deferred", "tried", "removed")
BACK, WHY, QUIT, UNSURE = "b", "w", "q", "?"
LISTED_AT_MOST = 12
WIDTH = 78


class _Stop(Exception):  # noqa: N818 - not an error: the person has had enough
    """The person stopped, or the input ended."""


def ask(catalog: Catalog, audience: str) -> None:
    """Walk through the diagnosis until it is solved, handed over or stopped."""
    _Wizard(catalog, audience).run()


def resume(catalog: Catalog, audience: str, opened: Opened) -> None:
    """Show what a code says, and go on from there."""
    wizard = _Wizard(catalog, audience, list(opened.evidence))
    wizard.say_what_changed(opened)
    wizard.summarize()
    wizard.run()


class _Wizard:
    """One person's walk."""

    def __init__(self, catalog: Catalog, audience: str, evidence: Sequence[Entry] = ()) -> None:
        self._catalog = catalog
        self._audience = audience
        self._words = wording.of(catalog)
        self._evidence = list(evidence)

    def say_what_changed(self, opened: Opened) -> None:
        """Name what a code says and the catalog of today does not have."""
        for gone in opened.missing:
            titles = {
                **{question.id: question.ask for question in self._catalog.questions.values()},
                **{fix.id: fix.title for fix in self._catalog.fixes.values()},
            }
            known = titles.get(gone["id"] or "", "")
            key = "terminal.gone_answer" if known else f"terminal.gone_{gone['kind']}"
            click.echo(self._words[key].format(n=gone["entry"], title=known))
        if not opened.exact:
            click.echo(self._words["terminal.changed"])

    def summarize(self) -> None:
        """Print what was said so far."""
        self._summary(next_turn(self._catalog.problem, self._evidence, self._audience))

    def run(self) -> None:
        click.echo(click.style(self._catalog.introduction.title, bold=True))
        show: dict[str, Callable[[dict[str, Any]], None]] = {"ask": self._ask, "try": self._try}
        try:
            while True:
                turn = next_turn(self._catalog.problem, self._evidence, self._audience)
                kind = turn["step"]["kind"]
                if kind not in show:
                    break
                show[kind](turn)
        except _Stop:
            self._summary(turn)
            return
        {"solved": self._solved, "warn": self._warn, "hand-off": self._hand_off}[kind](turn)

    def _ask(self, turn: dict[str, Any]) -> None:
        question = self._catalog.questions[turn["step"]["question"]]
        self._title(question.ask)
        self._body(question.help)
        if question.fits:
            if pair := self._ask_code(turn):
                self._evidence.append({"question": question.id, "answer": pair})
            return
        choices = [(answer.id, answer.label) for answer in question.answers.values()]
        choices.append((NOT_SURE, self._words["wizard.not-sure"]))
        if chosen := self._choose(choices, turn):
            self._evidence.append({"question": question.id, "answer": chosen})

    def _ask_code(self, turn: dict[str, Any]) -> str | None:
        """Return provider and code, or not sure, or None after going back."""
        codes: dict[str, dict[str, str]] = {}
        for known in self._catalog.codes:
            codes.setdefault(known.provider, {})[known.code] = f"{known.code}  {known.meaning}"
        names = {provider: provider for provider in codes}
        while provider := self._search(self._words["terminal.provider"], names, turn):
            if provider == NOT_SURE:
                return NOT_SURE
            if code := self._search(provider, codes[provider], turn):
                return NOT_SURE if code == NOT_SURE else f"{provider}/{code}"
        self._evidence[-1:] = []
        return None

    def _search(self, title: str, names: dict[str, str], turn: dict[str, Any]) -> str | None:
        """Return the one of the names that is typed, or not sure, or None to go back."""
        shown = list(names)
        while True:
            self._title(title)
            for name in shown[:LISTED_AT_MOST]:
                click.echo(f"  {names[name]}")
            if len(shown) > LISTED_AT_MOST:
                click.echo(self._words["terminal.more"].format(n=len(shown) - LISTED_AT_MOST))
            click.echo(f"  {self._words['terminal.search_keys']}")
            typed = self._read()
            if typed in {BACK, UNSURE}:
                return None if typed == BACK else NOT_SURE
            if typed == WHY:
                self._why(turn)
                continue
            exact = [name for name in names if name.casefold() == typed]
            found = exact or [name for name in names if fits(typed, names[name])]
            if len(found) == 1:
                click.echo(f"  {names[found[0]]}")
                return found[0]
            if not found:
                click.echo(self._words["codes.none"])
            shown = found or list(names)

    def _try(self, turn: dict[str, Any]) -> None:
        fix = self._catalog.fixes[turn["step"]["fix"]]
        self._title(fix.title)
        self._body(fix.steps)
        self._body(f"{self._words['fix.worked']} {fix.worked}")
        choices = [(outcome, self._words[f"terminal.{outcome}"]) for outcome in OUTCOMES]
        if chosen := self._choose(choices, turn):
            self._evidence.append({"fix": fix.id, "outcome": chosen})

    def _choose(self, choices: list[tuple[str, str]], turn: dict[str, Any]) -> str | None:
        """Return the chosen id, or None after going back or explaining."""
        for number, (_, label) in enumerate(choices, 1):
            click.echo(f"  {number}  {label}")
        click.echo(f"  {self._words['terminal.keys']}")
        while True:
            typed = self._read()
            if typed == BACK:
                self._evidence[-1:] = []
                return None
            if typed == WHY:
                self._why(turn)
                continue
            if typed.isdecimal() and 1 <= int(typed) <= len(choices):
                return choices[int(typed) - 1][0]
            click.echo(self._words["terminal.unknown"].format(n=len(choices)))

    def _read(self) -> str:
        click.echo("> ", nl=False)
        line = sys.stdin.readline()
        typed = line.strip().lower()
        if not line or typed == QUIT:
            click.echo()
            raise _Stop
        return typed

    def _why(self, turn: dict[str, Any]) -> None:
        titles = [self._catalog.causes[cause].title for cause in turn["why"]["causes"]]
        click.echo(self._words[f"terminal.why_{turn['step']['kind']}"])
        for title in titles:
            click.echo(f"  - {title}")

    def _solved(self, turn: dict[str, Any]) -> None:
        self._title(self._words["terminal.done"])
        self._summary(turn)

    def _warn(self, turn: dict[str, Any]) -> None:
        warning = self._catalog.warnings[turn["step"]["warning"]]
        self._title(warning.title)
        self._body(warning.text)

    def _hand_off(self, turn: dict[str, Any]) -> None:
        party = self._catalog.parties[turn["step"]["party"]]
        self._title(self._words["terminal.hand_off"].format(party=party.title))
        self._body(party.contact)
        self._summary(turn)

    def _summary(self, turn: dict[str, Any]) -> None:
        """Print what was learnt, to copy into a ticket."""
        self._title(self._words["terminal.summary"])
        for entry in self._evidence:
            click.echo(f"- {self._said(entry)}")
        for cause in turn["causes"]:
            if cause["cause"] in turn["likely"]:
                word = self._words[f"terminal.{cause['word']}"]
                click.echo(f"- {self._catalog.causes[cause['cause']].title}: {word}")
        click.echo(f"- {self._words['terminal.version']} {turn['catalog']}")
        code = make_code(self._catalog.problem, self._evidence)
        click.echo(f"- {self._words['terminal.code']} {code}")

    def _said(self, entry: dict[str, str]) -> str:
        if "fix" in entry:
            title = self._catalog.fixes[entry["fix"]].title
            return f"{title}: {self._words['terminal.' + entry['outcome']]}"
        question = self._catalog.questions[entry["question"]]
        if question.fits and entry["answer"] != NOT_SURE:
            return f"{question.ask} {entry['answer']}"
        known = question.answers.get(entry["answer"])
        return f"{question.ask} {known.label if known else self._words['wizard.not-sure']}"

    def _title(self, text: str) -> None:
        click.echo()
        click.echo(click.style(text, bold=True))

    def _body(self, text: str) -> None:
        """Print Markdown as it is written: it reads well enough."""
        for line in moved(text, "index.md").replace("**", "").splitlines():
            indent = "   " if line[:1].isdigit() else ""
            click.echo(textwrap.fill(line, WIDTH, subsequent_indent=indent))
        click.echo()
