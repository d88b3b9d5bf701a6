"""Entries of the catalog, made from the fields that were read."""

from typing import Any

from .model import Answer, Case, Choice, Instruction, Likelihood, Limit, Question, Reader

DEFAULT_UNSURE = 0.07
DEFAULT_UNSURE_WORD = "very unlikely"


def reader(values: dict[str, Any]) -> Reader:
    """Return a reader with its choices."""
    choices = {name: Choice(id=name, **fields) for name, fields in values["choices"].items()}
    return Reader(**values | {"choices": choices})


def instruction(values: dict[str, Any]) -> Instruction:
    """Return an instruction."""
    name, choices = values["for"]
    fields = {key: value for key, value in values.items() if key != "for"}
    return Instruction(**fields, reader=name, choices=choices)


def question(values: dict[str, Any]) -> Question:
    """Return a question."""
    fits = values["answers"] if isinstance(values["answers"], Likelihood) else None
    answers = {} if fits else values["answers"]
    unsure = values["unsure"] or Likelihood(
        value=DEFAULT_UNSURE, word=DEFAULT_UNSURE_WORD, position=values["position"]
    )
    return Question(
        **values
        | {
            "answers": {name: Answer(id=name, **fields) for name, fields in answers.items()},
            "fits": fits,
            "unsure": unsure,
        }
    )


def limit(values: dict[str, Any]) -> Limit:
    """Return a limit."""
    fields = {key: value for key, value in values.items() if key != "id"}
    return Limit(group=values["id"], **fields)


def case(values: dict[str, Any]) -> Case:
    """Return a case."""
    reaches = {
        kind: name
        for kind, name in values["reaches"].items()
        if kind != "position" and name is not None
    }
    return Case(**values | {"reaches": reaches})
