"""What the site promises, measured: nothing lost, nothing leaked, nobody shut out.

Each module but these few holds one subject and has `figures(whole)`: an iterable of `Figure`.
"""
