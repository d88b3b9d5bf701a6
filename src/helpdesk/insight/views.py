"""The pages of the editor's view, made when they are asked for."""

from collections.abc import Callable
from functools import cached_property
from typing import Any
from urllib.parse import unquote

import jinja2

from helpdesk.browser import strategy
from helpdesk.catalog import Catalog
from helpdesk.catalog.scale import LIKELIHOODS, PRIORS
from helpdesk.diagnosis import AGENT, NOT_SURE, USER

from .drawing import Box, Picture, draw
from .effects import effects, effects_of, named, shares
from .walks import Walks

ROOT = "/-/"
"""Where the view is served; no page of a site begins so."""

STEPS_SHOWN = 120
"""Boxes of the picture: the likeliest."""
SCALES = {"whole": 0, "half": 50, "full": 100, "double": 200}
MOST = 999
WEAK = 1.25
"""A word that moves less than this hardly matters."""


class Views:
    """The editor's view of one catalog."""

    site = "/"
    """The address of the site's home page."""

    def __init__(self, catalog: Catalog) -> None:
        """Compute nothing yet."""
        self._catalog = catalog
        self._walks = Walks(catalog)
        self._pictures: dict[str, Picture] = {}

    def page(self, path: str, query: str = "") -> str | None:
        """Return the HTML at an address, or None where there is nothing."""
        parts = [unquote(part) for part in path.removeprefix(ROOT).strip("/").split("/") if part]
        kind, name, *more = (*parts, "", "")
        made: dict[str, Callable[[str, str], dict[str, Any] | None]] = {
            "": self._index,
            "causes": self._cause,
            "questions": self._question,
            "words": self._words,
            "walks": self._all_walks,
            "strategy": self._strategy,
        }
        context = made[kind](name, query) if kind in made and not any(more) else None
        if context is None:
            return None
        template = self._templates.get_template(f"{kind or 'index'}.html.jinja")
        return template.render(context)

    @cached_property
    def _templates(self) -> jinja2.Environment:
        made = jinja2.Environment(
            loader=jinja2.PackageLoader("helpdesk.insight"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        made.globals |= {
            "catalog": self._catalog,
            "root": ROOT,
            "site": self.site,
            "title_of": self._title,
            "label_of": self._label,
            "named": named(self._catalog),
            "walks": self._walks,
            "weak": WEAK,
        }
        made.filters["percent"] = lambda share: f"{share:.1%}"
        made.filters["times"] = lambda factor: f"{min(factor, MOST):.1f}"
        return made

    def _index(self, name: str, _: str) -> dict[str, Any] | None:
        return None if name else {"shares": shares(self._catalog)}

    def _cause(self, name: str, _: str) -> dict[str, Any] | None:
        cause = self._catalog.causes.get(name)
        if not cause:
            return None
        words = list(effects_of(self._catalog, cause))
        return {"cause": cause, "effects": words, "share": shares(self._catalog)[name]}

    def _question(self, name: str, _: str) -> dict[str, Any] | None:
        question = self._catalog.questions.get(name)
        if not question:
            return None
        words = [each for each in effects(self._catalog) if each.question.id == name]
        words.sort(key=lambda each: -each.strength)
        return {"question": question, "effects": words}

    def _words(self, name: str, _: str) -> dict[str, Any] | None:
        words = sorted(effects(self._catalog), key=lambda each: -each.strength)
        return None if name else {"likelihoods": LIKELIHOODS, "priors": PRIORS, "effects": words}

    def _all_walks(self, name: str, _: str) -> dict[str, Any] | None:
        return {"audience": name or USER} if name in {"", *self._walks.audiences()} else None

    def _strategy(self, name: str, query: str) -> dict[str, Any] | None:
        audience = name or USER
        if audience not in self._walks.audiences():
            return None
        if audience not in self._pictures:
            self._pictures[audience] = self._picture(audience)
        picture = self._pictures[audience]
        scale = SCALES.get(query, 0)
        return {
            "audience": audience,
            "picture": picture,
            "scale": scale,
            "scales": SCALES,
            "shown": STEPS_SHOWN,
            "staff": AGENT in self._walks.audiences(),
        }

    def _picture(self, audience: str) -> Picture:
        problem = self._catalog.problem
        work = strategy.WORK_SERVING
        nodes = strategy.expand(problem, audience, work, STEPS_SHOWN).nodes
        boxes = [
            Box(node.kind, self._title(node.subject), self._link(node.kind, node.subject))
            for node in nodes
        ]
        edges: dict[tuple[int, int], str] = {}
        for number, node in enumerate(nodes):
            for value, child in node.children.items():
                label = self._label(node.subject, value)
                known = edges.get((number, child))
                edges[number, child] = f"{known} / {label}" if known else label
        return draw(boxes, edges)

    def _title(self, name: str) -> str:
        catalog = self._catalog
        if name in catalog.questions:
            return catalog.questions[name].ask
        for section in (catalog.fixes, catalog.parties, catalog.warnings, catalog.causes):
            if name in section:
                return str(section[name].title)
        return name

    def _label(self, name: str, value: str) -> str:
        """Return what stands on the button of an answer or an outcome."""
        question = self._catalog.questions.get(name)
        if question and value in question.answers:
            return question.answers[value].label
        return "not sure" if value == NOT_SURE else value

    def _link(self, kind: str, subject: str) -> str:
        return f"{ROOT}questions/{subject}/" if kind == "ask" else ""
