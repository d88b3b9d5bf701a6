"""Stands for asyncio, which Pyodide's interpreter wants to have: nothing here waits for anything.

All of it, with what it needs, would be a third of what Python starts from.
"""


def get_event_loop() -> None:
    """Say that there is none."""
    raise NotImplementedError
