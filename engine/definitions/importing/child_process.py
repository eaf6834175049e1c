"""The process in which a foreign diagram becomes a draft: little memory, little time, no settings, no secrets.

Standard input: one JSON line (the process asked for, or null), then the file. Standard output: JSON.
"""

import json
import sys
from dataclasses import asdict

from engine.definitions.importing.draft import import_diagram
from engine.definitions.process_limits import limit_this_process


def main() -> None:
    limit_this_process()
    process = json.loads(sys.stdin.buffer.readline())
    imported = import_diagram(sys.stdin.buffer.read(), process=process)
    answer = {**asdict(imported), "xml": imported.xml.decode() if imported.xml is not None else None}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
