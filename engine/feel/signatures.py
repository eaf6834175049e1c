"""Built-in functions: how one is declared, and how arguments are fitted to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.feel.limits import Run
from engine.feel.values import Function, kind_of, normal_list

_NO_FIT = object()


@dataclass(frozen=True, slots=True)
class Parameter:
    """`kinds` is empty where anything goes, null included."""

    name: str
    kinds: frozenset[str]
    optional: bool

    def fitted(self, value: object) -> object:
        """The value, or what FEEL silently makes of it (`[x]` to `x`, `x` to `[x]`), or `_NO_FIT`."""
        kind = kind_of(value)
        if kind == "list":
            value = normal_list(value)
        if not self.kinds or kind in self.kinds:
            return value
        if "list" in self.kinds and value is not None:
            return [value]
        if kind == "list" and len(value) == 1 and kind_of(value[0]) in self.kinds:
            return value[0]
        return _NO_FIT


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to call a function. What is left out arrives as None."""

    parameters: tuple[Parameter, ...]
    open_ended: bool
    call: Callable[..., object]
    with_run: bool

    def __str__(self) -> str:
        parts = (parameter.name + "?" * parameter.optional for parameter in self.parameters)
        return "…" if self.open_ended else ", ".join(parts)

    def takes(self, count: int, names: Sequence[str] | None) -> bool:
        if self.open_ended:
            return not names and count > 0
        if names:
            return set(names) <= {parameter.name for parameter in self.parameters} and len(set(names)) == len(names)
        return sum(not parameter.optional for parameter in self.parameters) <= count <= len(self.parameters)

    def has_order(self, names: Sequence[str]) -> bool:
        return [parameter.name for parameter in self.parameters] == list(names)

    def by_position(self, arguments: Sequence[object]) -> list[object] | None:
        if self.open_ended:
            return [_copied(arguments)] if arguments else None
        if len(arguments) > len(self.parameters):
            return None
        return self._fit(dict(enumerate(arguments)))

    def by_name(self, names: Sequence[str], arguments: Sequence[object]) -> list[object] | None:
        """What is left out is null, as the standard says, which only some parameters take."""
        places = {parameter.name: place for place, parameter in enumerate(self.parameters)}
        if self.open_ended or any(name not in places for name in names) or len(set(names)) < len(names):
            return None
        left_out = {place: None for name, place in places.items() if name not in names and self._needs(place)}
        return self._fit(left_out | {places[name]: value for name, value in zip(names, arguments, strict=True)})

    def _needs(self, place: int) -> bool:
        return not self.parameters[place].optional

    def _fit(self, given: dict[int, object]) -> list[object] | None:
        fitted = []
        for place, parameter in enumerate(self.parameters):
            if place in given:
                fitted.append(parameter.fitted(given[place]))
            else:
                fitted.append(None if parameter.optional else _NO_FIT)
        return None if any(value is _NO_FIT for value in fitted) else fitted


def _copied(arguments: Sequence[object]) -> list[object]:
    return [normal_list(argument) if isinstance(argument, list) else argument for argument in arguments]


def _called(signature: Signature, arguments: Sequence[object], run: Run) -> object:
    """The result; null for a date or duration beyond what Python's calendar holds."""
    try:
        return signature.call(run, *arguments) if signature.with_run else signature.call(*arguments)
    except OverflowError:
        return None


class BuiltIn(Function):
    """A function of the language, with all its signatures."""

    __slots__ = ("name", "signatures")

    def __init__(self, name: str) -> None:
        self.name = name
        self.signatures: list[Signature] = []

    def takes(self, count: int, names: Sequence[str] | None) -> bool:
        """Whether some signature has room for so many arguments, or for arguments of these names."""
        return any(signature.takes(count, names) for signature in self.signatures)

    def usages(self) -> list[str]:
        """How it may be called, e.g. `substring(string, start position, length?)`."""
        return list(dict.fromkeys(f"{self.name}({signature})" for signature in self.signatures))

    def _in_order_of(self, names: Sequence[str]) -> list[Signature]:
        """`before(point, range)` and `before(range, point)` have the same names: the order as written decides."""
        return sorted(self.signatures, key=lambda signature: not signature.has_order(names))

    def invoke(self, arguments: Sequence[object], names: Sequence[str] | None, run: Run) -> object:
        """The result of the first signature that fits; null if none does."""
        for argument in arguments:
            run.spend_on(argument)
        for signature in self._in_order_of(names) if names else self.signatures:
            fitted = signature.by_name(names, arguments) if names else signature.by_position(arguments)
            if fitted is not None:
                return _called(signature, fitted, run)
        return None


BUILT_INS: dict[str, BuiltIn] = {}


def builtin(*declarations: str, with_run: bool = False) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """Register a function under declarations such as `sublist(list: list, start position: number, length?: number)`.

    A kind is `any`, or FEEL type names joined by `|`; `name?` may be left out; `...` takes all arguments as one list.
    """

    def register(call: Callable[..., object]) -> Callable[..., object]:
        for declaration in declarations:
            name, _, rest = declaration.partition("(")
            inside = rest.rstrip(")")
            parameters = () if inside in ("...", "") else tuple(map(_parameter, inside.split(", ")))
            signature = Signature(parameters=parameters, open_ended=inside == "...", call=call, with_run=with_run)
            BUILT_INS.setdefault(name, BuiltIn(name)).signatures.append(signature)
        return call

    return register


def _parameter(text: str) -> Parameter:
    name, _, kinds = text.partition(": ")
    wanted = frozenset() if kinds == "any" else frozenset(kinds.split("|"))
    return Parameter(name=name.rstrip("?"), kinds=wanted, optional=name.endswith("?"))
