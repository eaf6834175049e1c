"""Word templates are foreign files: whatever they hold, the answer is a few sentences, and it comes soon."""

import io
import zipfile

import pytest

from engine.definitions.paper import all_papers
from engine.word.archive import MOST_UNPACKED
from engine.word.child_process import check
from engine.word.templates import check_template
from tests.papers import CONTRACT, first_contract, template_with

PAPER = all_papers()[CONTRACT]
BODY, RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATION = '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
ESCAPES = [
    "{{ ''.__class__.__mro__ }}",
    "{{ 企业|attr('__class__') }}",
    "{{ 约定条款.append(1) }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as x %}",
    "{{ 约定条款.__init__.__globals__ }}",
]
NAMES = ["{{ lipsum }}", "{{ cycler.__init__.__globals__.os.popen('id').read() }}", "{{ config }}", "{{ range(9) }}"]
BROKEN = [("{{ 企业 }", "template_syntax"), ("{% for 行 in 津贴 %}{{ 行.类别 }}", "template_syntax")]
BROKEN += [("{{ 企业.无 }}", "template_trial_failed"), ("{{ 1 / 0 }}", "template_trial_failed")]


def codes(content: bytes) -> set[str]:
    return {problem["code"] for problem in check(content, PAPER.sample)["problems"]}


def changed(name: str, content: str | bytes) -> bytes:
    """A good template with a part replaced or added."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(first_contract())) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in {*old.namelist(), name}:
            new.writestr(part, content if part == name else old.read(part))
    return target.getvalue()


def with_relation(kind: str, aim: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(first_contract())) as file:
        rels = file.read(RELATIONS).decode()
    one = f"{RELATION.format(kind)}Target='{aim}'\n TargetMode='External'/></Relationships>"
    return changed(RELATIONS, rels.replace("</Relationships>", one))


def with_body(inside: str) -> bytes:
    return changed(BODY, f"<w:document {NAMESPACE}><w:body>{inside}</w:body></w:document>")


def test_a_good_one_has_no_problems() -> None:
    assert check_template(first_contract(), PAPER) == ()


@pytest.mark.parametrize("text", ESCAPES)
def test_nobody_gets_out_of_the_sandbox(text: str) -> None:
    (problem,) = check(template_with("好", text), PAPER.sample)["problems"]
    assert problem["code"] in {"template_trial_failed", "template_syntax"}
    assert problem["params"]["place"] == text[:40]


@pytest.mark.parametrize("text", NAMES)
def test_only_the_facts_have_names(text: str) -> None:
    assert codes(template_with(header=text)) == {"template_field_unknown"}


@pytest.mark.parametrize(("text", "code"), BROKEN)
def test_what_is_not_well_written_is_told_with_its_place(text: str, code: str) -> None:
    (problem,) = check(template_with("好", text), PAPER.sample)["problems"]
    assert (problem["code"], problem["params"]["place"]) == (code, text)


@pytest.mark.parametrize("text", ["{{ 'a' * 10**9 }}", "{{ '%1000000000d' | format(1) }}"])
def test_what_eats_memory_is_given_up(text: str) -> None:
    assert [problem.code for problem in check_template(template_with(text), PAPER)] == ["template_gave_up"]


def test_what_fetches_or_acts_is_refused() -> None:
    assert codes(with_relation("image", "http://10.0.0.1/x.png")) == {"template_fetches"}
    assert codes(with_relation("attachedTemplate", "file:///c:/x.dotm")) == {"template_fetches"}
    assert codes(with_relation("hyperlink", "https://www.gov.cn")) == set()
    assert codes(with_relation("oleObject", "x")) == {"template_active", "template_fetches"}
    piece = "<w:p><w:r><w:instrText>{}</w:instrText></w:r></w:p>"
    assert codes(with_body(piece.format("DDEA") + piece.format("UTO c:\\\\x"))) == {"template_fetches"}
    macros = changed("word/vbaProject.bin", b"x")
    assert [problem.code for problem in check_template(macros, PAPER)] == ["template_active"]


def test_bombs_and_other_files_are_refused() -> None:
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    laughs = f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><w:document {NAMESPACE}><w:body>&e9;</w:body></w:document>'
    for content, code in (
        (changed("word/media.bin", bytes(MOST_UNPACKED + 1)), "template_too_large"),
        (changed(BODY, laughs), "template_not_word"),
        (b"PK\3\4 half a file", "template_not_word"),
        (b"%PDF-1.7", "template_not_word"),
        (changed(BODY, "<html/>"), "template_not_word"),
    ):
        assert [problem.code for problem in check_template(content, PAPER)] == [code]
