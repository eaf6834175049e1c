"""What a case puts on paper: which facts of the case, in which words, made by whom. One file a paper, `papers/`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from engine.errors import DefinitionError
from engine.feel import FeelSyntaxError, compile_expression, strip_equals

FOLDER = Path(__file__).resolve().parents[2] / "papers"
FUNCTIONS = frozenset({"姓名", "字样", "日期", "时刻"})
BLOCKS = frozenset({"title", "heading", "p", "each", "when", "fields", "table", "sign", "new_page"})


class PaperWrong(DefinitionError):
    """The file of a paper cannot be read."""


@dataclass(frozen=True, eq=False)
class Paper:
    """`ready`, `circle` and the `facts` are FEEL; `blocks` are the page from top to bottom (`papers/README.md`)."""

    key: str
    process: str
    name: str
    name_en: str
    circle: str
    made_by: tuple[str, ...]
    kept_by: tuple[str, ...]
    ready: str
    not_ready: str
    not_ready_en: str
    facts: Mapping[str, str]
    sample: Mapping[str, Any] = field(repr=False)
    blocks: tuple[Mapping[str, Any], ...] = field(repr=False)

    @property
    def id(self) -> str:
        return f"{self.process}/{self.key}"

    @property
    def known(self) -> frozenset[str]:
        """The names that its expressions mention: what the case does not know of them yet is null."""
        sources = [self.ready, self.circle, *self.facts.values()]
        return frozenset(n for s in sources for n in compile_expression(strip_equals(s)).free_names) - FUNCTIONS


def papers_of(process: str) -> tuple[Paper, ...]:
    return tuple(paper for paper in all_papers().values() if paper.process == process)


@cache
def all_papers(folder: Path = FOLDER) -> Mapping[str, Paper]:
    """By id, in order. Raises PaperWrong."""
    return {paper.id: paper for path in sorted(folder.glob("*/*.yml")) for paper in [_read(path)]}


def _read(path: Path) -> Paper:
    told = yaml.safe_load(path.read_text("utf-8"))
    try:
        paper = Paper(
            key=path.stem,
            process=path.parent.name,
            made_by=tuple(told["made_by"]),
            kept_by=tuple(told["kept_by"]),
            blocks=tuple(told["blocks"]),
            circle=told["circle"] if told["circle"].startswith("=") else f'"{told["circle"]}"',
            **{name: told[name] for name in ("name", "name_en", "ready", "not_ready", "not_ready_en")},
            facts=dict(told["facts"]),
            sample=dict(told["sample"]),
        )
        wrong = [*_unknown_blocks(paper.blocks), *(paper.facts.keys() ^ paper.sample.keys())]
        _ = paper.known
    except (KeyError, TypeError, FeelSyntaxError) as damage:
        raise PaperWrong(path=path.name, reason=repr(damage)) from damage
    if wrong:
        raise PaperWrong(path=path.name, reason=", ".join(wrong))
    return paper


def _unknown_blocks(blocks: Any) -> Iterator[str]:
    for block in blocks:
        if not BLOCKS & block.keys():
            yield str(sorted(block))
        yield from _unknown_blocks(block.get("blocks", ()))
