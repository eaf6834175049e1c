import pytest

from engine.definitions.form.expressions import Run
from web.forms.markdown import markdown


@pytest.mark.parametrize(
    ("source", "markup"),
    [
        ("# 说明", "<h3>说明</h3>"),
        ("一\n二", "<p>一<br>二</p>"),
        ("一\n\n二", "<p>一</p><p>二</p>"),
        ("**粗** *斜* `a_b`", "<p><strong>粗</strong> <em>斜</em> <code>a_b</code></p>"),
        ("- 一\n- 二", "<ul><li>一</li><li>二</li></ul>"),
        ("1. 一\n2. 二", "<ol><li>一</li><li>二</li></ol>"),
        ("前\n- 一\n后", "<p>前</p><ul><li>一</li></ul><p>后</p>"),
        ("> 注意", '<div class="form-note">注意</div>'),
        ("---", "<hr>"),
        ("[办法](/rules)", '<p><a href="/rules">办法</a></p>'),
        ("2 * 3 * 4", "<p>2 * 3 * 4</p>"),
        ("", ""),
    ],
)
def test_the_small_language_is_drawn(source: str, markup: str) -> None:
    assert markdown([Run(source)]) == markup


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](//evil.example)",
        '[x](/a"onmouseover="alert(1))',
        "![x](https://example.com/a.png)<img src=x onerror=alert(1)>",
        "`<b>`",
    ],
)
def test_nothing_of_a_text_is_ever_taken_for_html(source: str) -> None:
    drawn = str(markdown([Run(source)]))

    assert "<script" not in drawn
    assert "<img" not in drawn
    assert "<b>" not in drawn
    assert 'href="javascript' not in drawn
    assert 'href="//' not in drawn
    assert 'onmouseover="' not in drawn


def test_values_are_only_text() -> None:
    runs = [Run("**"), Run("*a* <b>[x](/y)\n# z", is_value=True), Run("** \ue000")]

    assert markdown(runs) == "<p><strong>*a* &lt;b&gt;[x](/y)<br># z</strong></p>"
