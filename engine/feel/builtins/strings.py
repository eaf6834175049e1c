"""String functions. Positions count characters from 1, or from -1 at the end."""

import re
from collections.abc import Callable
from decimal import Decimal

from engine.feel.limits import STRING_STEP, Run, check_string_length, checked_string
from engine.feel.patterns import compiled_pattern, plain_replacement, replacement_template
from engine.feel.signatures import builtin
from engine.feel.values import whole


@builtin("substring(string: string, start position: number, length?: number)")
def substring(text: str, start: Decimal, length: Decimal | None) -> str | None:
    first = whole(start)
    if not first or (length is not None and length < 1):
        return None
    begin = first - 1 if first > 0 else len(text) + first
    if not 0 <= begin < len(text):
        return None
    return text[begin:] if length is None else text[begin : begin + min(int(length), len(text))]


@builtin("string length(string: string)")
def string_length(text: str) -> Decimal:
    return Decimal(len(text))


@builtin("upper case(string: string)")
def upper_case(text: str) -> str:
    return checked_string(text.upper())


@builtin("lower case(string: string)")
def lower_case(text: str) -> str:
    return checked_string(text.lower())


@builtin("substring before(string: string, match: string)")
def substring_before(text: str, match: str) -> str:
    return text[: text.find(match)] if match in text else ""


@builtin("substring after(string: string, match: string)")
def substring_after(text: str, match: str) -> str:
    return text[text.find(match) + len(match) :] if match in text else ""


@builtin("contains(string: string, match: string)")
def contains(text: str, match: str) -> bool:
    return match in text


@builtin("starts with(string: string, match: string)")
def starts_with(text: str, match: str) -> bool:
    return text.startswith(match)


@builtin("ends with(string: string, match: string)")
def ends_with(text: str, match: str) -> bool:
    return text.endswith(match)


@builtin("trim(string: string)")
def trim(text: str) -> str:
    return text.strip()


@builtin("is blank(string: string)")
def is_blank(text: str) -> bool:
    return not text.strip()


@builtin("matches(input: string, pattern: string, flags?: string|null)", with_run=True)
def matches(run: Run, text: str, pattern: str, flags: str | None) -> bool | None:
    found = compiled_pattern(pattern, flags=flags or "", text=text, run=run)
    return None if found is None else found.search(text) is not None


@builtin("replace(input: string, pattern: string, replacement: string, flags?: string|null)", with_run=True)
def replace(run: Run, text: str, pattern: str, *how: str | None) -> str | None:
    """`how` is the replacement and the flags."""
    replacement, flags = how[0] or "", how[1] or ""
    found = compiled_pattern(pattern, flags=flags, text=text, run=run)
    if found is None:
        return None
    is_plain = "q" in flags
    fill = plain_replacement(replacement) if is_plain else replacement_template(replacement, found.groups)
    return None if fill is None else _replaced(text, found, fill)


def _replaced(text: str, pattern: re.Pattern[str], fill: Callable[[re.Match[str]], str]) -> str:
    parts, length, end = [], 0, 0
    for match in pattern.finditer(text):
        parts += [text[end : match.start()], fill(match)]
        length += len(parts[-2]) + len(parts[-1])
        check_string_length(length)
        end = match.end()
    return checked_string("".join(parts) + text[end:])


@builtin("split(string: string, delimiter: string)", with_run=True)
def split(run: Run, text: str, delimiter: str) -> list[str] | None:
    found = compiled_pattern(delimiter, flags="", text=text, run=run)
    if found is None:
        return None
    parts, end = [], 0
    for match in found.finditer(text):
        if match.end() > match.start():
            parts.append(text[end : match.start()])
            end = match.end()
    return [*parts, text[end:]]


@builtin("extract(string: string, pattern: string)", with_run=True)
def extract(run: Run, text: str, pattern: str) -> list[str] | None:
    found = compiled_pattern(pattern, flags="", text=text, run=run)
    return None if found is None else [match[0] for match in found.finditer(text)]


@builtin(
    "string join(list: list, delimiter?: string|null)",
    "string join(list: list, delimiter: string|null, prefix: string|null, suffix: string|null)",
    with_run=True,
)
def string_join(run: Run, items: list[object], delimiter: str | None, *around: str | None) -> str | None:
    """Nulls are left out; anything but strings makes the result null. `around` is nothing, or what both ends get."""
    texts = [item for item in items if item is not None]
    if not all(isinstance(item, str) for item in texts):
        return None
    between = delimiter or ""
    length = sum(map(len, texts)) + len(between) * (len(texts) - 1)
    check_string_length(length)
    run.spend(max(length, 0) // STRING_STEP)
    before, after = around or (None, None)
    return checked_string((before or "") + between.join(texts) + (after or ""))
