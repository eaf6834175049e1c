"""Diagrams of one bundle that call each other: which is the main one, and which can be reached from where."""

from collections.abc import Iterable, Mapping

from engine.definitions.process import Process


def called_by(process: Process) -> set[str]:
    return {call.called.process for call in process.each("callActivity") if call.called}


def reached_from(key: str, processes: Mapping[str, Process]) -> set[str]:
    """The key itself and all that is called from there; keys of processes that are not there are among them."""
    found, left = {key}, [key]
    while left:
        current = processes.get(left.pop())
        following = called_by(current) - found if current else set()
        found |= following
        left += following
    return found


def uncalled(processes: Iterable[Process]) -> list[str]:
    """A bundle that may be deployed has exactly one process that no other calls."""
    listed = list(processes)
    called = {key for process in listed for key in called_by(process)}
    return [process.key for process in listed if process.key not in called]


def main_first(processes: Iterable[Process]) -> dict[str, Process]:
    """By key; of two with one key the first. Of several that nobody calls, the one that calls most is the main one."""
    found: dict[str, Process] = {}
    for process in processes:
        found.setdefault(process.key, process)
    main = max(uncalled(found.values()) or found, key=lambda key: len(reached_from(key, found)))
    return {main: found[main]} | found
