"""Stands for Pyodide's event loop."""


def _initialize_event_loop() -> None:
    """Do nothing; Pyodide asks for it as it starts."""
