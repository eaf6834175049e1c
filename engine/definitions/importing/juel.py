"""A subset of JUEL, the `${…}` of Java process engines, to FEEL: comparisons, logic, arithmetic, property access.

Recursive descent; each method gives FEEL text. What a Java object would have to answer stays untranslated.
"""

import re

from engine.feel import FeelSyntaxError, compile_expression

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<text>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
    r"|(?P<name>[^\W\d][\w$]*)|(?P<sign>&&|\|\||==|!=|<=|>=|[<>!?:()\[\].,+*/%-]))"
)
_PIECE = re.compile(r"[$#]\{((?:[^{}'\"]|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")*)\}")
_WORDS = {"and": "&&", "or": "||", "not": "!", "eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_WORDS |= {"div": "/", "mod": "%"}
_EQUAL = {"==": "=", "!=": "!="}
_ORDER = {"<": "<", "<=": "<=", ">": ">", ">=": ">="}
_CONSTANTS = {"true": "true", "false": "false", "null": "null"}
_PYTHON = {"True": "true", "False": "false", "None": "null"}
_FEEL_WORDS = frozenset(
    [
        "and",
        "or",
        "not",
        "in",
        "if",
        "then",
        "else",
        "for",
        "return",
        "some",
        "every",
        "satisfies",
        "between",
        "instance",
        "of",
        "function",
        "external",
        "null",
        "true",
        "false",
        "date",
        "time",
        "duration",
        "list",
        "context",
    ]
)
# Names that Java engines give to the counters of a multi-instance step; they count its instances from 0, we from 1.
_COUNTERS = {
    "nrOfInstances": "numberOfInstances",
    "nrOfActiveInstances": "numberOfActiveInstances",
    "nrOfCompletedInstances": "numberOfCompletedInstances",
    "loopCounter": "(loopCounter - 1)",
}
MAX_LENGTH = 4_000
_MAX_DEPTH = 40


class NotTranslated(Exception):
    """This text is outside of the subset; the argument names the first thing that is."""


def is_juel(text: str) -> bool:
    return re.search(r"[$#]\{", text) is not None


def to_feel(text: str) -> str:
    """FEEL with its `=` for a text with `${…}` in it; a text around them is joined. Raises NotTranslated."""
    whole = _PIECE.fullmatch(text.strip())
    if whole:
        return "= " + _translated(whole[1])
    parts: list[str] = []
    end = 0
    for piece in _PIECE.finditer(text):
        parts += [quoted(text[end : piece.start()])] if piece.start() > end else []
        parts.append(f"string({_translated(piece[1])})")
        end = piece.end()
    rest = text[end:]
    if not parts or is_juel(rest):
        raise NotTranslated("${")
    return "= " + " + ".join([*parts, *([quoted(rest)] if rest else [])])


def python_to_feel(text: str) -> str:
    """FEEL with its `=` for a simple Python condition, as diagrams for SpiffWorkflow have it. Raises NotTranslated."""
    return "= " + _translated(text, is_python=True)


def quoted(text: str) -> str:
    """A FEEL string literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return '"' + escaped.replace("\t", "\\t") + '"'


def _translated(text: str, *, is_python: bool = False) -> str:
    if len(text) > MAX_LENGTH:
        raise NotTranslated("…")
    feel = _Translation(_tokens(text), is_python=is_python).whole()
    try:
        compile_expression(feel)
    except FeelSyntaxError as wrong:
        raise NotTranslated(text.strip()[:60]) from wrong
    return feel


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    place = 0
    while text[place:].strip():
        token = _TOKEN.match(text, place)
        if token is None:
            raise NotTranslated(text[place:].strip()[:20])
        kind = str(token.lastgroup)
        word = token[kind]
        # After a dot a word is the name of a property, whatever it says.
        is_sign = kind == "name" and word in _WORDS and (not found or found[-1][1] != ".")
        found.append(("sign", _WORDS[word]) if is_sign else (kind, word))
        place = token.end()
    return [*found, ("end", "")]


class _Translation:
    def __init__(self, tokens: list[tuple[str, str]], *, is_python: bool) -> None:
        self.tokens = tokens
        self.is_python = is_python
        self.place = 0
        self.depth = 0

    def whole(self) -> str:
        feel = self._choice()
        if self.tokens[self.place][0] != "end":
            raise NotTranslated(self.tokens[self.place][1])
        return feel

    def _takes(self, *signs: str) -> str | None:
        kind, word = self.tokens[self.place]
        if kind != "sign" or word not in signs:
            return None
        self.place += 1
        return word

    def _needs(self, sign: str) -> None:
        if not self._takes(sign):
            raise NotTranslated(self.tokens[self.place][1] or sign)

    def _choice(self) -> str:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise NotTranslated("(")
        condition = self._either()
        if self._takes("?"):
            positive = self._choice()
            self._needs(":")
            condition = f"if {condition} then {positive} else {self._choice()}"
        self.depth -= 1
        return condition

    def _either(self) -> str:
        feel = self._both()
        while self._takes("||"):
            feel = f"{feel} or {self._both()}"
        return feel

    def _both(self) -> str:
        feel = self._negated()
        while self._takes("&&"):
            feel = f"{feel} and {self._negated()}"
        return feel

    def _negated(self) -> str:
        """In Python `not` binds weaker than a comparison, in JUEL stronger."""
        if self.is_python and self._takes("!"):
            return f"not({self._negated()})"
        return self._equality()

    def _equality(self) -> str:
        feel = self._order()
        sign = self._takes(*_EQUAL)
        return f"{feel} {_EQUAL[sign]} {self._order()}" if sign else feel

    def _order(self) -> str:
        feel = self._sum()
        sign = self._takes(*_ORDER)
        return f"{feel} {_ORDER[sign]} {self._sum()}" if sign else feel

    def _sum(self) -> str:
        feel = self._product()
        while sign := self._takes("+", "-"):
            feel = f"{feel} {sign} {self._product()}"
        return feel

    def _product(self) -> str:
        feel = self._signed()
        while sign := self._takes("*", "/", "%"):
            right = self._signed()
            feel = f"modulo({feel}, {right})" if sign == "%" else f"{feel} {sign} {right}"
        return feel

    def _signed(self) -> str:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise NotTranslated("!")
        feel = self._signed_operand()
        self.depth -= 1
        return feel

    def _signed_operand(self) -> str:
        if self._takes("!"):
            return f"not({self._signed()})"
        if self._takes("-"):
            return f"-{self._signed()}"
        if self.tokens[self.place] == ("name", "empty"):
            self.place += 1
            operand = self._signed()
            return f'({operand} = null or string({operand}) in ("", "[]", "{{}}"))'
        return self._path()

    def _path(self) -> str:
        kind, word = self.tokens[self.place]
        self.place += 1
        if kind == "number":
            return word
        if kind == "text":
            return quoted(re.sub(r"\\(.)", r"\1", word[1:-1]))
        if kind == "name":
            return self._reached(word)
        if (kind, word) == ("sign", "("):
            inner = self._choice()
            self._needs(")")
            return f"({inner})"
        raise NotTranslated(word or "…")

    def _reached(self, word: str) -> str:
        constant = (_PYTHON if self.is_python else _CONSTANTS).get(word)
        if constant:
            return constant
        if word == "execution" and (variable := self._variable_of_execution()):
            return variable
        path = _COUNTERS.get(word) or _name(word)
        while self._takes("."):
            kind, word = self.tokens[self.place]
            if kind != "name":
                raise NotTranslated(word or ".")
            self.place += 1
            path += "." + _name(word)
        if self._takes("(", "["):
            raise NotTranslated(f"{path}{self.tokens[self.place - 1][1]}…")
        return path

    def _variable_of_execution(self) -> str | None:
        """`execution.getVariable('name')` means the variable itself."""
        shape = self.tokens[self.place : self.place + 5]
        if [t[1] for t in shape[:3]] != [".", "getVariable", "("] or len(shape) < 5 or shape[3][0] != "text":
            return None
        if shape[4] != ("sign", ")"):
            return None
        self.place += 5
        return _name(shape[3][1][1:-1])


def _name(word: str) -> str:
    if word in _FEEL_WORDS or not re.fullmatch(r"[^\W\d]\w*", word):
        raise NotTranslated(word)
    return word
