"""One way to write a file: the same meaning gives the same bytes, and writing them again changes nothing."""

from dataclasses import dataclass

from engine.definitions.dialect import Dialect, Node

_ATTRIBUTE = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
_TEXT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_ATTRIBUTES, _TEXTS = str.maketrans(_ATTRIBUTE), str.maketrans(_TEXT)


@dataclass(frozen=True)
class Written:
    """`origins[n]` is the line of the uploaded file that line n+1 of `xml` comes from."""

    xml: bytes
    origins: tuple[int, ...]


def canonical(root: Node, dialect: Dialect) -> Written:
    """UTF-8, two spaces a level, fixed prefixes, attributes and children in the order of the dialect."""
    used = _prefixes(root)
    declared = {f"xmlns:{prefix}": uri for prefix, uri in dialect.namespaces.items() if prefix in used}
    writer = _Writer()
    writer.line('<?xml version="1.0" encoding="UTF-8"?>', origin=1)
    writer.node(Node(root.tag, declared | root.attributes, root.children, root.text, root.line), indent="")
    return Written("".join(writer.lines).encode(), tuple(writer.origins))


def _prefixes(root: Node) -> set[str]:
    names = {name for node in root.walk() for name in (node.tag, *node.attributes)}
    return {name.partition(":")[0] for name in names if ":" in name}


class _Writer:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.origins: list[int] = []

    def line(self, text: str, *, origin: int) -> None:
        """A text of several lines is taken to have stood on as many lines in the upload."""
        self.lines.append(text + "\n")
        self.origins += [origin + offset for offset in range(text.count("\n") + 1)]

    def node(self, node: Node, *, indent: str) -> None:
        attributes = "".join(f' {name}="{value.translate(_ATTRIBUTES)}"' for name, value in node.attributes.items())
        start = f"{indent}<{node.tag}{attributes}"
        if node.children:
            self.line(f"{start}>", origin=node.line)
            for child in node.children:
                self.node(child, indent=indent + "  ")
            self.line(f"{indent}</{node.tag}>", origin=node.line)
        elif node.text:
            self.line(f"{start}>{node.text.translate(_TEXTS)}</{node.tag}>", origin=node.line)
        else:
            self.line(f"{start} />", origin=node.line)
