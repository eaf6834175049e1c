"""The fields a person fills in: which kinds there are and what limits they may carry."""

import re
from collections.abc import Mapping
from typing import Any

from engine.definitions.form.components import NEVER, NOTHING, Files, Input, Limits, Options
from engine.definitions.form.expressions import Dynamic, Fixed
from engine.definitions.form.patterns import SlowPattern, compile_pattern
from engine.definitions.form.sheet import Sheet

INPUT_TYPES: Mapping[str, str] = {
    "textfield": "text",
    "textarea": "long_text",
    "number": "number",
    "datetime": "datetime",
    "checkbox": "flag",
    "checklist": "choices",
    "taglist": "choices",
    "radio": "choice",
    "select": "choice",
    "filepicker": "files",
}
WIDGETS: Mapping[str, frozenset[str]] = {
    "phone": frozenset({"textfield"}),
    "uscc": frozenset({"textfield"}),
    "id_number": frozenset({"textfield"}),
    "person": frozenset({"select", "radio", "textfield"}),
    "persons": frozenset({"taglist", "checklist", "select"}),
    "money": frozenset({"number"}),
    "percent": frozenset({"number"}),
    "rating": frozenset({"number"}),
    "signature": frozenset({"checkbox"}),
    "file": frozenset({"filepicker"}),
}
_MOMENTS = ("date", "time", "datetime")
_DIGITS = {"money": 2, "percent": 4, "rating": 0}
_MEGABYTE = 1024 * 1024
_USUAL_FILES = ".pdf,.jpg,.jpeg,.png,.docx"
_USUAL_SIZE = 20
_FILE_MARK = re.compile(r"(\.[A-Za-z0-9]{1,10}|[a-z]+/(\*|[A-Za-z0-9.+-]+))\Z")


def read_input(sheet: Sheet, *, key: str, drawn: dict[str, Any]) -> Input:
    widget = _widget(sheet)
    kind = _kind(sheet, widget)
    appearance = sheet.part("appearance")
    digits = sheet.integer("decimalDigits", low=0, high=10)
    if sheet.flag("serializeToString"):
        sheet.refuse("serialize_to_string", "serializeToString")
    return Input(
        name=key,
        kind=kind,
        widget=widget,
        readonly=Fixed(True) if sheet.flag("disabled") else sheet.flag_or_feel("readonly"),
        default=sheet.raw.get("defaultValue"),
        prefill=widget != "signature" and sheet.properties.get("prefill") not in {"no", "false"},
        limits=_limits(sheet, widget),
        options=_options(sheet, kind=kind, widget=widget),
        files=_files(sheet) if kind == "files" else None,
        digits=_DIGITS.get(widget or "") if digits is None else digits,
        future_only=sheet.flag("disallowPassedDates"),
        prefix=appearance.template("prefixAdorner"),
        suffix=appearance.template("suffixAdorner"),
        **drawn,
    )


def _widget(sheet: Sheet) -> str | None:
    widget = sheet.properties.get("widget") or None
    if widget is None:
        return None
    if widget not in WIDGETS:
        sheet.refuse("unknown_widget", "properties.widget", widget=widget)
    elif sheet.word("type") not in WIDGETS[widget]:
        types = "、".join(sorted(WIDGETS[widget]))
        sheet.refuse("widget_on_wrong_type", "properties.widget", widget=widget, types=types)
    return widget


def _kind(sheet: Sheet, widget: str | None) -> str:
    kind = INPUT_TYPES[sheet.word("type") or ""]
    if widget in {"person", "persons"}:
        return "choice" if widget == "person" else "choices"
    if kind != "datetime":
        return kind
    subtype = sheet.word("subtype") or "date"
    if subtype not in _MOMENTS:
        sheet.refuse("bad_subtype", "subtype", subtype=subtype)
        return "date"
    return subtype


def _limits(sheet: Sheet, widget: str | None) -> Limits:
    rules = sheet.part("validate")
    return Limits(
        required=rules.flag_or_feel("required") if "required" in rules.raw else NEVER,
        minimum=rules.number_or_feel("min"),
        maximum=rules.number_or_feel("max"),
        min_length=rules.number_or_feel("minLength"),
        max_length=rules.number_or_feel("maxLength"),
        pattern=_pattern(rules),
        pattern_message=rules.word("patternErrorMessage"),
        pattern_message_en=sheet.custom.word("pattern_message_en"),
        format=_format(rules, widget),
        step=_step(sheet),
    )


def _format(rules: Sheet, widget: str | None) -> str | None:
    if widget in {"phone", "uscc", "id_number"}:
        return widget
    wanted = rules.word("validationType")
    if wanted in {None, "custom"}:
        return None
    if wanted not in {"email", "phone"}:
        rules.refuse("unknown_format", "validationType", format=wanted)
        return None
    return "any_phone" if wanted == "phone" else wanted


def _pattern(rules: Sheet) -> re.Pattern[str] | None:
    source = rules.word("pattern")
    if source is None:
        return None
    try:
        return compile_pattern(source)
    except SlowPattern:
        rules.refuse("slow_pattern", "pattern")
    except ValueError:
        rules.refuse("bad_pattern", "pattern")
    return None


def _step(sheet: Sheet) -> Any:
    step = sheet.number_or_feel("increment")
    value = step.of({}) if isinstance(step, Fixed) else None
    if value is not None and value <= 0:
        sheet.refuse("bad_limit", "increment")
        return None
    return value


def _options(sheet: Sheet, *, kind: str, widget: str | None) -> Options | None:
    if kind not in {"choice", "choices"}:
        return None
    if widget in {"person", "persons"}:
        scopes = sheet.properties.get("person_scope", "").replace("，", ",").split(",")
        return Options(people=True, scopes=frozenset(s.strip() for s in scopes if s.strip()))
    source = _option_source(sheet)
    if source is NOTHING:
        sheet.refuse("no_options", "values")
    return Options(source=source)


def _option_source(sheet: Sheet) -> Dynamic:
    values = sheet.raw.get("values")
    if isinstance(values, list) and values:
        return Fixed(_written_options(sheet, values))
    if sheet.word("valuesExpression"):
        return sheet.feel("valuesExpression")
    if sheet.word("valuesKey"):
        return sheet.feel("valuesKey")
    return NOTHING


def _written_options(sheet: Sheet, values: list[Any]) -> list[Any]:
    seen: set[str] = set()
    for n, option in enumerate(values):
        value = option.get("value") if isinstance(option, Mapping) else option
        if value is None or isinstance(value, dict | list):
            sheet.refuse("bad_option", f"values[{n}]")
        elif str(value) in seen:
            sheet.refuse("duplicate_option", f"values[{n}]", value=str(value))
        seen.add(str(value))
    return values


def _files(sheet: Sheet) -> Files:
    accept = tuple(mark.strip().lower() for mark in (sheet.word("accept") or _USUAL_FILES).split(",") if mark.strip())
    for mark in accept:
        if not _FILE_MARK.match(mark):
            sheet.refuse("bad_accept", "accept", mark=mark)
    properties = sheet.custom
    most = properties.integer("max_files", low=1, high=100)
    size = properties.integer("max_size_mb", low=1, high=100) or _USUAL_SIZE
    usual = 20 if sheet.flag("multiple") else 1
    return Files(accept=accept, max_count=most or usual, max_size=size * _MEGABYTE)
