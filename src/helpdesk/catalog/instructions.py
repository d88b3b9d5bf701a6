"""Instructions for some readers, made from what was read."""

from typing import Any

from .model import Choice, Instruction, Reader


def reader(values: dict[str, Any]) -> Reader:
    """Return a reader with its choices."""
    choices = {name: Choice(id=name, **fields) for name, fields in values["choices"].items()}
    return Reader(**values | {"choices": choices})


def instruction(values: dict[str, Any]) -> Instruction:
    """Return an instruction."""
    name, choices = values["for"]
    fields = {key: value for key, value in values.items() if key != "for"}
    return Instruction(**fields, reader=name, choices=choices)
