"""Small decision tables for tests, written as the editors write them, with or without ids."""

from engine.definitions.decisions.decision import Decision
from engine.definitions.decisions.file_reading import DecisionFile, read_decisions
from engine.definitions.inspection import inspect

DMN_1_3 = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def table(
    *rows: tuple[str, ...],
    inputs: tuple[str, ...] = ("x",),
    outputs: tuple[str, ...] = ("y",),
    attributes: str = "",
    type_: str = "",
    columns: tuple[str, str] = ("", ""),
) -> str:
    """`columns` is put into every input and every output."""
    kind = f' typeRef="{type_}"' if type_ else ""
    head = "".join(
        f'<input label="{name}"><inputExpression{kind}><text>{name}</text></inputExpression>{columns[0]}</input>'
        for name in inputs
    )
    head += "".join(f'<output name="{name}">{columns[1]}</output>' for name in outputs)
    body = "".join(_row(row, cells=len(inputs)) for row in rows)
    return f"<decisionTable {attributes}>{head}{body}</decisionTable>"


def _row(row: tuple[str, ...], *, cells: int) -> str:
    texts = [f"<text><![CDATA[{text}]]></text>" for text in row]
    entries = [f"<inputEntry>{text}</inputEntry>" for text in texts[:cells]]
    return f"<rule>{''.join([*entries, *(f'<outputEntry>{text}</outputEntry>' for text in texts[cells:])])}</rule>"


def decision_file(*bodies: str, namespace: str = DMN_1_3) -> bytes:
    """A file with the decisions d0, d1 … of the names 决策0, 决策1 …"""
    decisions = "".join(f'<decision id="d{n}" name="决策{n}">{body}</decision>' for n, body in enumerate(bodies))
    return model(decisions, namespace=namespace)


def model(content: str, *, namespace: str = DMN_1_3) -> bytes:
    """A file with any content."""
    return f'<definitions xmlns="{namespace}" id="defs" name="n" namespace="t">{content}</definitions>'.encode()


def read(source: bytes) -> DecisionFile:
    inspected = inspect(source, is_diagram=False)
    assert inspected.xml is not None, inspected.problems
    return read_decisions(inspected.xml, origins=inspected.origins)


def decision(*bodies: str, index: int = 0) -> Decision:
    found = read(decision_file(*bodies))
    assert not found.problems, found.problems
    return {d.id: d for d in found.decisions}[f"d{index}"]
