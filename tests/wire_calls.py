"""Asks the wire of floor 0, in any Python and without any package: `python wire_calls.py CALLS`.

Each line of CALLS is [function of the wire, …arguments]; each line out is what it returns.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

from helpdesk.diagnosis import wire

for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
    name, *given = json.loads(line)
    sys.stdout.buffer.write(getattr(wire, name)(*given).encode() + b"\n")
