"""The browser side, in a real Chromium with the real Pyodide."""
