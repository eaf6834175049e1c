"""Text to tokens."""

import re
from dataclasses import dataclass

from engine.feel.errors import FeelSyntaxError
from engine.feel.limits import MAX_LENGTH

_TOKEN = re.compile(
    r"""
    (?P<space>\s+|//[^\n]*|/\*.*?\*/)
  | (?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+(?:[eE][+-]?[0-9]+)?)
  | (?P<string>"(?:[^"\\]|\\.)*")
  | (?P<name>(?:[^\W\d]|[\U00010000-\U000EFFFF])(?:[\w·\u0300-\u036F\u203F\u2040]|[\U00010000-\U000EFFFF])*|\?)
  | (?P<quoted>`[^`\n]+`)
  | (?P<operator>\*\*|\.\.|->|<=|>=|!=|[-+*/=<>()\[\]{},:.@])
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """`spaced` tells that white space or a comment stands before it."""

    kind: str
    text: str
    start: int
    end: int
    spaced: bool


def tokenize(source: str) -> list[Token]:
    """All tokens and one of kind `end`. Raises FeelSyntaxError for a text that is too long."""
    if len(source) > MAX_LENGTH:
        raise FeelSyntaxError("expression_too_long", position=MAX_LENGTH, limit=MAX_LENGTH)
    tokens: list[Token] = []
    spaced = False
    for match in _TOKEN.finditer(source):
        if match.lastgroup != "space":
            tokens.append(Token(match.lastgroup or "other", match[0], match.start(), match.end(), spaced))
        spaced = match.lastgroup == "space"
    tokens.append(Token("end", "", len(source), len(source), spaced))
    return tokens


_SIMPLE_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "'": "'", "\\": "\\"}
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))", re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")


def string_value(token: Token) -> str:
    """What a string token stands for. Raises FeelSyntaxError for half a surrogate pair or a code point that is none."""

    def replaced(match: re.Match[str]) -> str:
        digits = match[1] or match[2]
        if digits is None:
            return _SIMPLE_ESCAPES.get(match[3], match[0])
        if int(digits, 16) > 0x10FFFF:
            raise FeelSyntaxError("bad_escape", position=token.start + 1 + match.start(), text=match[0])
        return chr(int(digits, 16))

    text = _ESCAPE.sub(replaced, token.text[1:-1])
    if _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if "\ufffd" in text:
            raise FeelSyntaxError("bad_escape", position=token.start, text=token.text[:20])
    return text
