"""Catalogs of any size, made up: the same number gives the same catalog.

`python -m bench.synthetic 1000 DIR` writes a whole site with that many causes to a folder.
An article has about 380 words, as one of the shipped site; how many questions and fixes there
are grows with the causes.
"""

import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

WORDS = re.findall(
    r"\w+",
    """
    after answer arrive battery before block button call card change channel check close code
    company connect count country day delay device digit enter fault find first folder form hour
    inbox keep late letter limit line list look loose message minute move network never new
    notice number office open operator other page parcel pass phone plan press queue quiet read
    reason receive report request restart room screen second send server service set show signal
    simple slow start state step stop store street switch tell text time turn wait walk watch
    week window word work write wrong year
    """,
)
"""Put between each other at random."""

LIKELIHOODS = ("very likely", "likely", "about even", "unlikely", "very unlikely")
PRIORS = ("very common", "common", "occasional", "rare", "very rare")
PARTIES = {"recipient": "you", "operator": "the network", "sender": "the sender"}
CAUSES_A_FILE = 300

SETTINGS = """\
site_name: Made up
site_url: https://help.example.com/
theme:
  name: material
  font: false
  features: [navigation.prune]
plugins:
  - search
  - helpdesk
markdown_extensions:
  - sane_lists
  - tables
nav:
  - Home: index.md
  - All causes: causes/index.md
  - You: parties/recipient.md
  - The network: parties/operator.md
  - The sender: parties/sender.md
"""


def write_site(folder: Path, causes: int) -> None:
    """Write settings and a catalog of so many causes."""
    catalog = folder / "docs/catalog"
    catalog.mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    for name, content in files(causes):
        (catalog / name).write_text(content, encoding="utf-8")


def files(causes: int) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each file of a catalog."""
    dice = random.Random(causes)  # noqa: S311 - no secret hangs on it
    questions = _questions(dice, 12 + causes // 100)
    fixes = [f"fix-{number}" for number in range(max(causes * 4 // 5, 2))]
    yield "problem.yml", _yaml(_frame(dice) | {"questions": questions})
    names = [f"cause-{number}" for number in range(causes - 1)]
    for start in range(0, len(names), CAUSES_A_FILE):
        part = names[start : start + CAUSES_A_FILE]
        own = {name: _cause(dice, name, list(questions), fixes) for name in part}
        yield f"causes-{start // CAUSES_A_FILE:03}.yml", _yaml({"causes": own})
    for start in range(0, len(fixes), CAUSES_A_FILE):
        part = fixes[start : start + CAUSES_A_FILE]
        made = {name: _fix(dice, name) for name in part}
        yield f"fixes-{start // CAUSES_A_FILE:03}.yml", _yaml({"fixes": made})


def _frame(dice: random.Random) -> dict[str, Any]:
    """Return what a catalog has once."""
    return {
        "problem": {"title": "Why does it not come?", "summary": _text(dice, 40)},
        "service": {"name": "Made up", "channels": ["sms"]},
        "parties": {
            name: {
                "title": title.capitalize(),
                "short": title,
                "summary": _text(dice, 30),
                "contact": _text(dice, 20),
            }
            for name, title in PARTIES.items()
        },
        "causes": {
            "something-else": {
                "title": "Something else",
                "summary": _text(dice, 20),
                "happens": "sender",
                "mended_by": ["sender"],
                "prior": "rare",
            }
        },
    }


def _questions(dice: random.Random, count: int) -> dict[str, Any]:
    return {
        f"q-{number}": {
            "ask": f"{_plain(dice, 7)}?",
            "answers": {
                f"a{answer}": {"label": f"{_plain(dice, 2)} {answer}"} for answer in range(4)
            },
        }
        for number in range(count)
    }


def _cause(dice: random.Random, name: str, questions: list[str], fixes: list[str]) -> Any:  # noqa: ANN401 - as YAML has it
    number = int(name.rpartition("-")[2])
    # Every question and every fix is named by somebody: the first causes see to it.
    asked = {questions[number % len(questions)], *dice.sample(questions, 4)}
    used = {fixes[number % len(fixes)], dice.choice(fixes)}
    return {
        "title": _plain(dice, 6),
        "summary": _text(dice, 30),
        "tell": _text(dice, 40),
        "explain": "\n\n".join(_text(dice, 55) for _ in range(2)),
        "happens": dice.choice(list(PARTIES)),
        "mended_by": ["recipient"],
        "prior": dice.choice(PRIORS),
        "signs": {
            question: {f"a{dice.randrange(4)}": dice.choice(LIKELIHOODS)}
            for question in sorted(asked)
        },
        "fixes": {fix: dice.choice(LIKELIHOODS) for fix in sorted(used)},
        "reviewed": f"2026-0{dice.randint(1, 9)}-1{dice.randint(0, 9)}",
    }


def _fix(dice: random.Random, name: str) -> dict[str, Any]:
    return {
        "title": f"{_plain(dice, 4)} {name}",
        "steps": "\n".join(f"{step}. {_text(dice, 15)}" for step in range(1, 5)),
        "worked": _text(dice, 12),
        "minutes": dice.randint(1, 30),
        "by": dice.choice(list(PARTIES)),
    }


def _plain(dice: random.Random, words: int) -> str:
    return " ".join(dice.choice(WORDS) for _ in range(words)).capitalize()


def _text(dice: random.Random, words: int) -> str:
    """Return a few sentences, now and then with emphasis."""
    sentences = []
    while words > 0:
        length = min(words, dice.randint(6, 14))
        parts = [dice.choice(WORDS) for _ in range(length)]
        if dice.random() < 0.3:  # noqa: PLR2004 - now and then
            parts[-1] = f"**{parts[-1]}**"
        sentences.append(f"{' '.join(parts).capitalize()}.")
        words -= length
    return " ".join(sentences)


def _yaml(value: Any) -> str:  # noqa: ANN401 - any JSON
    """Return YAML as editors write it, quickly."""
    return "".join(_lines(value, 0))


def _lines(value: dict[str, Any], depth: int) -> Iterator[str]:
    indent = "  " * depth
    for key, inner in value.items():
        if isinstance(inner, dict):
            yield f"{indent}{key}:\n"
            yield from _lines(inner, depth + 1)
        elif isinstance(inner, list):
            yield f"{indent}{key}: {json.dumps(inner)}\n"
        elif "\n" in str(inner):
            yield f"{indent}{key}: |\n"
            yield from (f"{indent}  {line}\n" if line else "\n" for line in inner.split("\n"))
        else:
            yield f"{indent}{key}: {inner}\n"


if __name__ == "__main__":
    write_site(Path(sys.argv[2]), int(sys.argv[1]))
