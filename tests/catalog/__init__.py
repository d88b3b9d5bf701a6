"""The catalog: reading, checking, compiling."""
