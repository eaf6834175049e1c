"""Proving that a process can always finish: one of 80 elements drawn for it, and those of the city."""

from pathlib import Path
from typing import Any

from bench.measuring import cpu_ms, progress, ratio
from engine.definitions.calling import main_first
from engine.definitions.catalogue_sources import bundle_files
from engine.definitions.process import Element, Flow, Process
from engine.definitions.process_file import read_process
from engine.definitions.soundness import prove

TIMES = 10
CITY = ("wage_consultation", "expert_dispatch")


def measure(*, scale: float = 1.0) -> dict[str, Any]:
    times = max(1, round(TIMES * scale))
    drawn = {process.key: process for process in (_drawn(),)}
    ours, states = _proved(drawn, times, "80 elements")
    passed = min(cpu_ms(lambda: _walk(drawn["p"])) for _ in range(times))
    city = {name: _proved(_read(name), times, name)[0] for name in CITY}
    return {
        "elements": len(drawn["p"].elements),
        "states": states,
        "proof_ms": ours,
        "floor": {"what": "each element and its flows looked at once", "ms": round(passed, 3)},
        "ratio": ratio(ours, passed),
        **{f"{name}_ms": figure for name, figure in city.items()},
        "goal": {"proof_ms": 1000, **{f"{name}_ms": 1000 for name in CITY}},
    }


def _proved(processes: dict[str, Process], times: int, what: str) -> tuple[float, int]:
    main = next(iter(processes.values()))
    proof = prove(main, processes)
    assert proof.verdict == "sound", proof
    return round(min(cpu_ms(lambda: prove(main, processes)) for _ in progress(range(times), what)), 1), proof.states


def _read(name: str) -> dict[str, Process]:
    files = bundle_files(Path(__file__).parent.parent / "bpmn" / name)
    return main_first(read_process(source) for path, source in files.items() if path.endswith(".bpmn"))


def _walk(process: Process) -> int:
    return sum(len(process.out_of(element_id)) for element_id in process.elements)


def _drawn() -> Process:
    """Six parts one behind the other; in each, four ways side by side of two or three tasks."""
    elements = [Element("start", "startEvent", parent="p"), Element("end", "endEvent", parent="p")]
    pairs, before = [], "start"
    for part in range(6):
        split, join = f"split{part}", f"join{part}"
        elements += [Element(gateway, "parallelGateway", parent="p") for gateway in (split, join)]
        pairs.append((before, split))
        for way in range(4):
            tasks = [f"task{part}_{way}_{n}" for n in range(3 if way < 3 else 2)]
            elements += [Element(task, "userTask", parent="p") for task in tasks]
            pairs += zip([split, *tasks], [*tasks, join], strict=True)
        before = join
    flows = tuple(Flow(f"{a}_{b}", a, b) for a, b in [*pairs, (before, "end")])
    return Process("p", "80", elements={e.id: e for e in elements}, flows=flows)
