"""Why a text is no expression: what people write by habit, from other languages or with a Chinese keyboard."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from engine.feel.errors import FeelSyntaxError
from engine.feel.names import CANNOT_BEGIN
from engine.feel.tokens import Token

CURLY_QUOTES = "“”„‟＂「」『』‘’‚‛＇"
_SIGNS = dict(zip("（）［］｛｝【】〔〕，、：＝＞＜＋－—＊／．。？＠", "()[]{}[][],,:=><+--*/..?@", strict=True))
_SIGNS |= {"≥": ">=", "≧": ">=", "≤": "<=", "≦": "<=", "≠": "!=", "×": "*", "÷": "/", "；": ",", "…": "..", "～": ".."}
_SIGNS |= {"！": "!= / not(…)", "＆": "and", "｜": "or", "％": "%"} | dict(
    zip("０１２３４５６７８９", "0123456789", strict=True)
)
_OPERATORS = {
    "===": "=",
    "!==": "!=",
    "==": "=",
    "&&": "and",
    "||": "or",
    "<>": "!=",
    "=>": ">=",
    "=<": "<=",
    ":=": "=",
}
_OPERATORS |= {"&": "and", "|": "or", "!": "not(…)", "^": "**", "~": "not(…)"}
_WORDS = {"is": "=", "eq": "=", "ne": "!=", "lt": "<", "gt": ">", "le": "<=", "ge": ">=", "equals": "="}
_WORDS |= {"AND": "and", "OR": "or", "THEN": "then", "ELSE": "else", "IN": "in", "xor": "!=", "mod": "modulo(…)"}
_WORDS |= {
    "且": "and",
    "并且": "and",
    "而且": "and",
    "或": "or",
    "或者": "or",
    "等于": "=",
    "不等于": "!=",
    "属于": "in",
}
_WORDS |= {"大于": ">", "小于": "<", "大于等于": ">=", "小于等于": "<=", "不小于": ">=", "不大于": "<="}
_FIRST_WORDS = {"not": "not(…)", "NOT": "not(…)", "非": "not(…)", "empty": "… = null", "IF": "if", "如果": "if"}
_CLOSERS = {")": "(", "]": "[", "}": "{"}
_PLACEHOLDERS = ("${", "#{", "{{", "<%")
_LONGEST_OPERATOR = 3


def refusal(source: str, tokens: Sequence[Token], index: int, expected: str | None) -> FeelSyntaxError:
    """The error for the token at `index`, where the parser wanted `expected`."""
    token = tokens[index]
    for explain in _EXPLANATIONS:
        found = explain(source, tokens, index)
        if found is not None:
            return found
    if token.kind == "end":
        return _unfinished(tokens, token, expected)
    if token.text in _CLOSERS and expected is None:
        return FeelSyntaxError("unopened_bracket", position=token.start, text=token.text, opening=_CLOSERS[token.text])
    if expected:
        return FeelSyntaxError("unexpected_text", position=token.start, text=token.text[:40], expected=expected)
    return FeelSyntaxError("unexpected", position=token.start, text=token.text[:40])


def _unfinished(tokens: Sequence[Token], end: Token, expected: str | None) -> FeelSyntaxError:
    wanted = (expected or "").split(" / ")[0]
    opening = _last_open(tokens, wanted) if wanted in _CLOSERS else None
    if opening is not None:
        return FeelSyntaxError("unclosed_bracket", position=opening.start, text=opening.text, closing=wanted)
    if expected is None:
        return FeelSyntaxError("unfinished", position=end.start)
    return FeelSyntaxError("unexpected_end", position=end.start, expected=expected)


def _last_open(tokens: Sequence[Token], closer: str) -> Token | None:
    """The last bracket of this kind that has no partner."""
    open_ones: list[Token] = []
    for token in tokens:
        if token.kind == "operator" and token.text == _CLOSERS[closer]:
            open_ones.append(token)
        elif token.kind == "operator" and token.text == closer and open_ones:
            open_ones.pop()
    return open_ones[-1] if open_ones else None


def _placeholder(source: str, tokens: Sequence[Token], index: int) -> FeelSyntaxError | None:
    """`${…}` of Java, `{{…}}` of templates."""
    for start in (tokens[index].start, tokens[index - 1].start if index else 0):
        if source[start : start + 2] in _PLACEHOLDERS:
            return FeelSyntaxError("placeholder", position=start, text=source[start : start + 2])
    return None


def _quotation(source: str, tokens: Sequence[Token], index: int) -> FeelSyntaxError | None:
    """Quotes of the wrong kind, also one that should have ended the string before."""
    token, before = tokens[index], tokens[index - 1] if index else tokens[index]
    if token.kind == "other" and token.text in CURLY_QUOTES:
        return FeelSyntaxError("curly_quote", position=token.start, text=token.text)
    if token.text == "'":
        return FeelSyntaxError("single_quote", position=token.start)
    swallowed = before if before.kind == "string" and token.kind == "name" and not token.spaced else token
    is_open = token.kind == "other" and token.text == '"'
    curly = next(_curly_in(source, swallowed.start, len(source) if is_open else swallowed.end), None)
    if curly is not None and (is_open or swallowed is before):
        return FeelSyntaxError("curly_quote", position=curly, text=source[curly])
    return FeelSyntaxError("unterminated_string", position=token.start) if is_open else None


def _curly_in(source: str, start: int, end: int) -> Iterator[int]:
    return (place for place in range(start, end) if source[place] in CURLY_QUOTES)


def _full_width(_source: str, tokens: Sequence[Token], index: int) -> FeelSyntaxError | None:
    token = tokens[index]
    if token.text in _SIGNS:
        return FeelSyntaxError("full_width", position=token.start, text=token.text, instead=_SIGNS[token.text])
    if token.kind == "other" and unicodedata.category(token.text) in ("Cf", "Cc", "Co", "Cn"):
        return FeelSyntaxError("invisible", position=token.start, character=f"U+{ord(token.text):04X}")
    return None


def _foreign_operator(source: str, tokens: Sequence[Token], index: int) -> FeelSyntaxError | None:
    token = tokens[index]
    if token.text == "?":
        return FeelSyntaxError("ternary", position=token.start)
    if token.text == "%":
        return FeelSyntaxError("percent", position=token.start)
    if token.text == ";":
        return FeelSyntaxError("semicolon", position=token.start)
    if token.text == "=" and index == 0:
        return FeelSyntaxError("leading_equals", position=token.start)
    for start in range(max(token.start - _LONGEST_OPERATOR + 1, 0), token.start + 1):
        for length in range(_LONGEST_OPERATOR, token.start - start, -1):
            written = source[start : start + length]
            if written in _OPERATORS:
                return _instead(start, written, _OPERATORS[written])
    return None


def _thousands(source: str, tokens: Sequence[Token], index: int) -> FeelSyntaxError | None:
    token = tokens[index]
    digits = re.compile(r"\d{1,3}(?:,\d{3})+").match(source, tokens[index - 1].start) if index else None
    if token.text == "," and digits is not None:
        return FeelSyntaxError("thousands", position=digits.start(), text=digits[0], instead=digits[0].replace(",", ""))
    return None


def _word(_source: str, tokens: Sequence[Token], index: int) -> FeelSyntaxError | None:
    """Two words in a row: one of them may stand for an operator elsewhere."""
    token, before = tokens[index], tokens[index - 1] if index else tokens[index]
    if token.kind not in ("name", "number", "string") or token.text in CANNOT_BEGIN or not index:
        return None
    if before.kind == "name" and before.text in _FIRST_WORDS:
        return _instead(before.start, before.text, _FIRST_WORDS[before.text])
    if token.text == "is" and tokens[index + 1].text == "not":
        return _instead(token.start, "is not", "!=")
    if token.text in _WORDS:
        return _instead(token.start, token.text, _WORDS[token.text])
    if token.kind == "name" and before.kind == "name":
        return FeelSyntaxError("unknown_long_name", position=token.start, text=token.text[:40])
    return None


def _instead(position: int, written: str, instead: str) -> FeelSyntaxError:
    return FeelSyntaxError("foreign_word", position=position, text=written, instead=instead)


_EXPLANATIONS: tuple[Callable[[str, Sequence[Token], int], FeelSyntaxError | None], ...] = (
    _placeholder,
    _quotation,
    _full_width,
    _foreign_operator,
    _thousands,
    _word,
)
