from decimal import Decimal
from typing import Any

from engine.definitions.form import Form
from tests.engine.definitions.form.small_forms import (
    REQUIRED,
    a_form,
    computed,
    group,
    hidden_when,
    number,
    rows,
    select,
    text,
    tick,
)


def shown(form: Form, answers: Any = None, context: dict[str, Any] | None = None) -> dict[str, Any]:
    """All nodes by path."""
    found: dict[str, Any] = {}

    def collect(nodes: Any) -> None:
        for node in nodes:
            found[node.path] = node
            collect(getattr(node, "children", ()))
            for row in getattr(node, "rows", ()):
                collect(row.children)

    collect(form.view(answers, context or {}).nodes)
    return found


def test_a_fresh_form_shows_what_the_case_knows_and_else_its_defaults() -> None:
    form = a_form(text("town", defaultValue="古山镇"), text("name", defaultValue="x"), number("n"))

    nodes = shown(form, None, {"name": "星月模具"})

    assert {path: node.value for path, node in nodes.items()} == {"town": "古山镇", "name": "星月模具", "n": None}


def test_a_field_may_ask_not_to_be_filled_from_the_case() -> None:
    form = a_form(text("opinion", properties={"prefill": "no"}))

    assert shown(form, None, {"opinion": "上一轮"})["opinion"].value is None


def test_hidden_parts_are_not_there() -> None:
    form = a_form(
        tick("more"), text("note", **hidden_when("=more != true")), group("g", text("a"), **hidden_when("=more"))
    )

    assert list(shown(form, {"more": False})) == ["more", "g", "g.a"]
    assert list(shown(form, {"more": True})) == ["more", "note"]


def test_what_was_typed_stays_even_when_it_is_wrong() -> None:
    form = a_form(number("n"), rows("r", number("n")))

    nodes = shown(form, {"n": "12a", "r": [{"n": "x"}, {"n": Decimal(3)}]})

    assert (nodes["n"].value, nodes["r[0].n"].value, nodes["r[1].n"].value) == ("12a", "x", 3)


def test_a_list_starts_with_its_first_rows() -> None:
    parts = (text("a", defaultValue="x"),)
    two, least = rows("two", *parts, defaultRepetitions=2), rows("least", *parts, properties={"min_rows": "3"})
    written = rows("written", *parts, properties={"rows": '=[{a: "甲"}]'})
    known = rows("known", *parts)

    nodes = shown(a_form(two, least, written, known), None, {"known": [{"a": 1, "other": 2}, {"a": "乙"}]})

    assert [len(nodes[path].rows) for path in ("two", "least", "written", "known")] == [2, 3, 1, 2]
    assert [nodes[p].value for p in ("two[1].a", "written[0].a", "known[1].a")] == ["x", "甲", "乙"]


def test_rows_can_be_added_and_removed_within_their_limits() -> None:
    form = a_form(
        rows("r", text("a"), properties={"min_rows": "1", "max_rows": "2"}), rows("f", text("a"), allowAddRemove=False)
    )

    one, two = shown(form, {"r": [{}], "f": [{}]}), shown(form, {"r": [{}, {}], "f": [{}]})

    assert (one["r"].can_add, one["r"].can_remove, two["r"].can_add, two["r"].can_remove) == (True, False, False, True)
    assert (one["f"].can_add, one["f"].can_remove) == (False, False)


def test_a_new_row_has_the_defaults_of_its_fields() -> None:
    form = a_form(group("g", rows("r", text("a", defaultValue="x"), tick("b"))))

    assert form.blank_row("g.r", answers={"g": {"r": []}}, context={}) == {"a": "x", "b": None}


def test_labels_and_hints_are_filled_in_both_languages() -> None:
    form = a_form(
        text("a", label="{{n}} 名代表", description='="不少于 " + string(n)', properties={"label_en": "{{n}} reps"}),
    )

    node = shown(form, None, {"n": 5})["a"]

    assert (node.label_in("zh"), node.label_in("en"), node.description_in("en")) == ("5 名代表", "5 reps", "不少于 5")


def test_limits_and_marks_are_worked_out() -> None:
    form = a_form(
        number("n", validate={"required": True, "min": "=least", "max": 9}, properties={"widget": "money"}),
        select("k", "a", readonly="=n > 5"),
    )

    nodes = shown(form, {"n": 6, "k": "a"}, {"least": 2})

    assert (nodes["n"].required, nodes["n"].minimum, nodes["n"].maximum, nodes["n"].digits) == (True, 2, 9, 2)
    assert (nodes["k"].readonly, nodes["n"].watched, nodes["k"].watched) == (True, True, False)


def test_watched_keys_are_those_that_change_what_is_shown() -> None:
    form = a_form(
        tick("a"),
        text("b", **hidden_when("=a")),
        number("c", properties={"check": "=c > d", "check_message": "x"}),
        number("d"),
        rows("r", number("n"), text("m", **hidden_when("=n = 1"))),
        rows("s", number("x"), number("y")),
        computed("total", "=sum(s.x)"),
    )

    assert form.watched_keys == {"a", "r.n", "s", "s.x", "s.y"}


def test_names_from_outside_are_known_for_the_lint() -> None:
    form = a_form(
        text("a", **hidden_when('=case.stage = 规则("x") and b')),
        tick("b"),
        properties={"check": "=count(z) > 1", "check_message": "{{今天}}"},
    )

    assert form.outside_names == {"case", "规则", "z", "今天"}


def test_computed_values_with_a_label_are_shown() -> None:
    nodes = shown(
        a_form(number("n"), computed("a", "=n * 2", properties={"label": "两倍"}), computed("b", "=1")), {"n": 4}
    )

    assert nodes["a"].value == 8
    assert "b" not in nodes


def test_values_inside_texts_are_marked_as_such() -> None:
    (node,) = a_form({"type": "text", "text": "**{{name}}** 您好"}).view(None, {"name": "<b>*x*</b>"}).nodes

    assert [(run.text, run.is_value) for run in node.runs] == [("**", False), ("<b>*x*</b>", True), ("** 您好", False)]


def test_tables_images_and_documents_show_only_what_is_ours() -> None:
    context = {
        "history": [{"y": 2025}, 5],
        "mandate": ["d1", "gone"],
        "documents": [{"id": "d1", "name": "a.pdf"}],
        "evil": "//x",
    }
    form = a_form(
        {"type": "table", "dataSource": "=history", "columns": [{"key": "y", "label": "年"}]},
        {"type": "documentPreview", "dataSource": "=mandate"},
        {"type": "image", "source": "/assets/a.png"},
        {"type": "image", "source": "https://example.com/a.png"},
        {"type": "image", "source": "=evil"},
    )

    table, documents, image = form.view(None, context).nodes

    assert table.cells == ((2025,), (None,))
    assert [d.name for d in documents.documents] == ["a.pdf"]
    assert image.source == "/assets/a.png"


def test_pruning_drops_what_a_page_must_not_send_and_keeps_what_is_wrong() -> None:
    form = a_form(
        tick("more"),
        text("note", **hidden_when("=more != true"), **REQUIRED),
        text("fixed", readonly=True),
        computed("sum", "=1"),
        number("n"),
        rows("r", tick("x"), text("y", **hidden_when("=x != true"))),
    )

    kept = form.prune(
        {"note": "old", "fixed": "a", "sum": 3, "n": "abc", "zz": 1, "r": [{"x": True, "y": "k"}, {"y": "k"}]}, {}
    )

    assert kept == {"n": "abc", "zz": 1, "r": [{"x": True, "y": "k"}, {}]}
