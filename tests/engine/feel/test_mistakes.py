"""What designers write by mistake: the sentence says what is wrong there and what to write, in both languages."""

import pytest

from engine.feel import FeelSyntaxError, compile_expression, compile_unary_tests

KNOWN = frozenset(["金额", "单位", "名单", "签署日", "a", "b"])

# text, line, column, what the sentence must say in Chinese, and in English
REFUSED = [
    ("单位 = “总工会”", 1, 6, "“ 是中文引号", "straight double quotes"),
    ('单位 = "总工会”', 1, 10, "” 是中文引号", "curly"),
    ('单位 = "总工会” and a = "b"', 1, 10, "” 是中文引号", "curly"),
    ("单位 = 「总工会」", 1, 6, "「 是中文引号", "straight double quotes"),
    ("单位 = ‘总工会’", 1, 6, "‘ 是中文引号", "straight double quotes"),
    ("单位 = '总工会'", 1, 6, "单引号不能用", "single quotes do not work"),
    ('单位 = "总工会', 1, 6, "引号没有配对", "never closed"),
    ("count（名单）", 1, 6, "全角符号“（”。请改为半角的 (", "Write ( instead"),
    ("max(a， b)", 1, 6, "全角符号“，”。请改为半角的 ,", "Write , instead"),
    ('单位 in ("总工会"、"人社局")', 1, 13, "全角符号“、”。请改为半角的 ,", "Write , instead"),
    ("{ 合计： a }", 1, 5, "全角符号“：”。请改为半角的 :", "Write : instead"),
    ("金额 ＞ 1000", 1, 4, "全角符号“＞”。请改为半角的 >", "Write > instead"),
    ("金额 ≥ 1000", 1, 4, "全角符号“≥”。请改为半角的 >=", "Write >= instead"),
    ("金额 × 2", 1, 4, "全角符号“×”。请改为半角的 *", "Write * instead"),
    ("金额 > １000", 1, 6, "全角符号“１”。请改为半角的 1", "Write 1 instead"),
    ("名单【1】", 1, 3, "全角符号“【”。请改为半角的 [", "Write [ instead"),
    ("金额 > 1000；", 1, 10, "全角符号“；”", "full-width"),
    ("金额\u200b > 1000", 1, 3, "看不见的字符（U+200B）", "invisible character here (U+200B)"),
    ("金额 == 1000", 1, 4, "不写“==”。请改为 =", "Write = instead"),
    ("金额 > 1 && a", 1, 8, "不写“&&”。请改为 and", "Write and instead"),
    ("金额 > 1\n|| a", 2, 1, "不写“||”。请改为 or", "Write or instead"),
    ("金额 <> 1", 1, 4, "不写“<>”。请改为 !=", "Write != instead"),
    ("金额 => 1", 1, 4, "不写“=>”。请改为 >=", "Write >= instead"),
    ("金额 =< 1", 1, 4, "不写“=<”。请改为 <=", "Write <= instead"),
    ("金额 := 1", 1, 4, "不写“:=”。请改为 =", "Write = instead"),
    ("!a", 1, 1, "不写“!”。请改为 not(…)", "Write not(…) instead"),
    ("not a", 1, 1, "不写“not”。请改为 not(…)", "Write not(…) instead"),
    ("a is null", 1, 3, "不写“is”。请改为 =", "Write = instead"),
    ("a is not null", 1, 3, "不写“is not”。请改为 !=", "Write != instead"),
    ("a eq 5", 1, 3, "不写“eq”。请改为 =", "Write = instead"),
    ("a AND b", 1, 3, "不写“AND”。请改为 and", "Write and instead"),
    ("a 且 b", 1, 3, "不写“且”。请改为 and", "Write and instead"),
    ("如果 a then b", 1, 1, "不写“如果”。请改为 if", "Write if instead"),
    ("金额 大于 5", 1, 4, "不写“大于”。请改为 >", "Write > instead"),
    ("a ? 1 : 2", 1, 3, "if 条件 then 甲 else 乙", "if condition then a else b"),
    ("金额 > 5 ? 1 : 2", 1, 8, "if 条件 then 甲 else 乙", "if condition then a else b"),
    ("${金额 > 1000}", 1, 1, "不要写 ${", "Do not write ${"),
    ("#{金额}", 1, 1, "不要写 #{", "Do not write #{"),
    ("{{金额}}", 1, 1, "不要写 {{", "Do not write {{"),
    ("金额 * 3%", 1, 7, "3% 写 0.03", "0.03 for 3%"),
    ("金额 > 1,000,000", 1, 6, "1,000,000 改为 1000000", "1000000 instead of 1,000,000"),
    ("金额 > 1000;", 1, 10, "不能写分号", "semicolon"),
    ("= 金额 > 1", 1, 1, "开头多了“=”", "begins with “=”"),
    ("(金额 + 1 > 2", 1, 1, "“(”没有配对。请在后面补上“)”", "Add the “)”"),
    ("max(a, min(b, 1)", 1, 4, "“(”没有配对", "never closed"),
    ("名单[1", 1, 3, "“[”没有配对。请在后面补上“]”", "Add the “]”"),
    ("{合计: 1", 1, 1, "“{”没有配对。请在后面补上“}”", "Add the “}”"),
    ("金额 + 1)", 1, 7, "前面没有与它配对的“(”", "no “(” before"),
    ("if a then 1", 1, 12, "后面应有 else", "else is missing"),
    ("金额 > 1 and", 1, 11, "还缺一个值", "a value is missing"),
    ("", 1, 1, "还缺一个值", "a value is missing"),
    ("金额 1000", 1, 4, "不能写“1000”", "“1000” cannot stand here"),
    ("Current Status = 1", 1, 9, "不认识“Status”", "“Status” is unknown"),
    ('@"2026/11/23"', 1, 1, '请写成 @"2026-11-23"', 'Write it like @"2026-11-23"'),
    ("a instance of int", 1, 15, "没有“int”这种类型", "no type “int”"),
    ("for i in\n名单\nreturn", 3, 7, "还缺一个值", "a value is missing"),
]
DOUBTFUL = [
    ("cuont(名单)", 1, 1, "没有“cuont”这个函数。是不是想写 count", "Did you mean count"),
    ("1 + сount(名单)", 1, 5, "是不是想写 count", "Did you mean count"),  # its first letter is Cyrillic
    ("求和(名单)", 1, 1, "没有“求和”这个函数", "no function “求和”"),
    ("count(a, b)", 1, 1, "count(list)", "count(list)"),
    ('substring("abc")', 1, 1, "substring(string, start position, length?)", "start position"),
    ('contains(text: "a", match: "b")', 1, 1, "contains(string, match)", "contains(string, match)"),
    ("a = True", 1, 5, "是不是想写 true", "Did you mean true"),
    ("a != NULL", 1, 6, "是不是想写 null", "Did you mean null"),
    ("签署日 >\n2026-11-23", 2, 1, '日期请写成 @"2026-11-23"', 'Write a date as @"2026-11-23"'),
    ("名单.size() > 1", 1, 4, "“.size(…)”", "count(…)"),
    ('单位.contains("工会")', 1, 4, "contains(…, …)", "contains(…, …)"),
    ("名单[foor(item)]", 1, 4, "是不是想写 floor", "Did you mean floor"),
]
FINE = [
    "a!=null",
    "count(名单) > 1",
    "名单[票 > 最低].名",
    "sum(1, 2, 3)",
    '{f: function(x) x, g: f(1)}.g',
    "{size: function() 1}.size",
    'date("2026-11-23") - date("2026-11-01")',
    "20261123 - 11 - 23",
    '"2026-11-23"',
    "for i in 名单 return partial",
]  # fmt: skip


def _title(found: object) -> str:
    return str(found)[:40]


@pytest.mark.parametrize(("text", "line", "column", "zh", "en"), REFUSED, ids=_title)
def test_a_refusal_says_what_to_write_instead(text: str, line: int, column: int, zh: str, en: str) -> None:
    with pytest.raises(FeelSyntaxError) as refusal:
        compile_expression(text, names=KNOWN)

    details = refusal.value.details
    assert (details["line"], details["column"]) == (line, column)
    assert zh in refusal.value.text("zh")
    assert refusal.value.text("zh").startswith(f"第 {line} 行第 {column} 个字符：")
    assert en in refusal.value.text("en")


@pytest.mark.parametrize(("text", "line", "column", "zh", "en"), DOUBTFUL, ids=_title)
def test_what_the_standard_allows_but_nobody_means_is_told(text: str, line: int, column: int, zh: str, en: str) -> None:
    (mistake,) = compile_expression(text, names=KNOWN).mistakes(KNOWN)

    assert (mistake.details["line"], mistake.details["column"]) == (line, column)
    assert zh in mistake.text("zh")
    assert en in mistake.text("en")


@pytest.mark.parametrize("text", FINE)
def test_what_is_fine_is_not_doubted(text: str) -> None:
    assert compile_expression(text, names=KNOWN).mistakes(KNOWN) == ()


def test_cells_of_tables_get_the_same_help() -> None:
    for cell, reason in (
        ("“甲”, “乙”", "curly_quote"),
        (">= 1000 && < 5", "foreign_word"),
        ("[1..5", "unclosed_bracket"),
    ):
        with pytest.raises(FeelSyntaxError) as refusal:
            compile_unary_tests(cell)
        assert refusal.value.reason == reason


def test_mistakes_come_from_left_to_right() -> None:
    found = compile_expression("cuont(a) + True + foor(b)").mistakes(KNOWN)

    assert [mistake.position for mistake in found] == [0, 11, 18]
