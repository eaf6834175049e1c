"""What designers and officials write is shown as text, whatever it looks like."""

from web.paragraphs import paragraphs


def test_empty_lines_separate_paragraphs_and_single_breaks_stay() -> None:
    assert paragraphs("第一行\n第二行\n\n第二段") == "<p>第一行<br>第二行</p><p>第二段</p>"


def test_markup_in_the_text_is_shown_and_not_run() -> None:
    assert "<script>" not in paragraphs("<script>alert(1)</script>")
    assert "&lt;script&gt;" in paragraphs("<script>alert(1)</script>")


def test_nothing_gives_nothing() -> None:
    assert paragraphs(None) == ""
