from decimal import Decimal

from tests.engine.definitions.form.small_forms import (
    REQUIRED,
    a_form,
    accepted,
    computed,
    group,
    number,
    problems,
    rows,
    text,
    tick,
)

WAGES = rows(
    "posts", text("name", **REQUIRED), number("heads", decimalDigits=0), properties={"min_rows": "1", "max_rows": "3"}
)
HEADS = rows(
    "clauses",
    text("head", readonly=True),
    text("content", **REQUIRED),
    allowAddRemove=False,
    properties={"rows": '=[{head: "报酬"}, {head: "工时"}]'},
)


def test_rows_come_back_with_every_column() -> None:
    form = a_form(rows("posts", text("name"), tick("night"), number("pay")))

    assert accepted(form, {"posts": [{"name": "冲压"}]}) == {"posts": [{"name": "冲压", "night": False, "pay": None}]}


def test_a_problem_names_its_row_and_column() -> None:
    given = {"posts": [{"name": "a"}, {"heads": "x"}, 5]}

    assert problems(a_form(WAGES), given) == [
        ("posts[1].name", "required"),
        ("posts[1].heads", "not_a_number"),
        ("posts[2]", "not_an_object"),
    ]


def test_there_are_neither_too_few_nor_too_many_rows() -> None:
    form = a_form(WAGES)

    assert problems(form, {}) == [("posts", "too_few_rows")]
    assert problems(form, {"posts": [{"name": "a"}] * 4}) == [("posts", "too_many_rows")]
    assert problems(form, {"posts": {"name": "a"}}) == [("posts", "not_a_list")]


def test_unknown_columns_are_refused() -> None:
    assert problems(a_form(WAGES), {"posts": [{"name": "a", "typename": "x"}]}) == [
        ("posts[0].typename", "unknown_field")
    ]


def test_fixed_rows_take_what_is_readonly_from_the_form() -> None:
    values = accepted(a_form(HEADS), {"clauses": [{"content": "a"}, {"content": "b"}]})

    assert values["clauses"] == [{"head": "报酬", "content": "a"}, {"head": "工时", "content": "b"}]


def test_fixed_rows_can_be_neither_added_nor_left_out_nor_renamed() -> None:
    form = a_form(HEADS)

    assert problems(form, {"clauses": [{"content": "a"}]}) == [("clauses", "fixed_rows")]
    assert problems(form, {"clauses": [{"content": "a", "head": "假期"}, {"content": "b"}]}) == [
        ("clauses[0].head", "readonly_field")
    ]


def test_rows_compute_with_their_own_and_outer_values() -> None:
    form = a_form(
        number("rate"),
        rows("posts", number("heads"), computed("cost", "=heads * rate")),
        computed("total", "=sum(posts.cost)"),
        computed("places", "=for p in posts return p.heads"),
    )

    values = accepted(form, {"rate": Decimal("1.5"), "posts": [{"heads": 2}, {"heads": 4}]})

    assert values["total"] == 9
    assert [row["cost"] for row in values["posts"]] == [3, 6]


def test_rows_know_their_number_and_what_is_around_them() -> None:
    form = a_form(text("name"), rows("r", text("name"), computed("who", "=this.name + parent.name + string(i[1])")))

    assert accepted(form, {"name": "外", "r": [{"name": "甲"}, {"name": "乙"}]})["r"][1]["who"] == "乙外2"


def test_lists_and_groups_stand_inside_each_other() -> None:
    form = a_form(group("firm", rows("sites", group("place", text("town", **REQUIRED)))))

    assert accepted(form, {"firm": {"sites": [{"place": {"town": "古山镇"}}]}}) == {
        "firm": {"sites": [{"place": {"town": "古山镇"}}]}
    }
    assert problems(form, {"firm": {"sites": [{"place": {}}]}}) == [("firm.sites[0].place.town", "required")]


def test_a_check_on_a_list_sees_all_rows() -> None:
    form = a_form(
        rows(
            "reps",
            text("person"),
            tick("chief"),
            properties={
                "check": "=count(reps[chief = true]) = 1",
                "check_message": "首席代表应为一人，现有 {{count(reps[chief = true])}} 人",
                "check_2": "=count(distinct values(reps.person)) = count(reps)",
                "check_message_2": "人员重复",
            },
        )
    )

    assert problems(form, {"reps": [{"person": "a", "chief": True}, {"person": "a"}]}) == [("reps", "check_failed")]
    assert problems(form, {"reps": [{"person": "a", "chief": True}, {"person": "b"}]}) == []
