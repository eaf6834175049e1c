"""A case that has agreed on a contract, for tests of papers: a small process under the name of the big one."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from docx import Document as WordFile

from engine.commands.start_case import StartCase
from engine.definitions.catalogue_sources import bundle_files
from engine.definitions.paper import all_papers
from engine.documents import DocumentStore
from engine.model import Document, ProcessInstance
from engine.word.first_template import first_template
from papermaking import make_paper
from tests.city import PEOPLE, City, open_city
from tests.databases import Database, Template
from tests.inventory.notation import diagram

PROCESS = "wage_consultation"
CONTRACT = f"{PROCESS}/contract"
PAGES = """
begin -> work -> make -> rest -> finish
user work
service make: type document/make; in paper = "contract"
user rest
"""
PARTIES = {"worker_chief": ("chair",), "employer_chief": ("boss",), "congress_rep": ("rep9",)}
AGREED = {
    "clauses": [
        {
            "head": "工资支付办法",
            "text": "每月 15 日前\n以转账 <支付> & 上月工资。",
            "post_scope": None,
            "applies": True,
        },
        {"head": "其他劳动报酬", "applies": False, "na_reason": "没有其他项目"},
    ],
    "allowances": [
        {
            "group": "技能",
            "level_code": "senior",
            "level_name": "高级工（三级）",
            "pay_kind": "按月",
            "amount": 300,
            "stack": "同类取高",
            "valid_from": "2026-04-01",
            "valid_to": "2027-03-31",
        }
    ],
    "address": "星月路 18 号",
    "legal_rep": "胡建华",
    "union_name": "星月工会",
    "staff_total": 210,
    "lowest_pay": 2600,
    "raise_pct": 6,
    "effective_from": "2026-04-01",
    "term_months": 12,
    "term_end": "2027-03-31",
}


@dataclass
class PaperCase:
    """`hr` started it; `chair` and `boss` are the chiefs; the union looks after the templates."""

    city: City
    case_id: str

    def make(self, kind: str = "docx", *, key: str = "contract", by: str = "chair") -> str:
        return make_paper(self.city.engine, self.case_id, key, kind, actor=self.city.actor(by))

    def knows(self, **variables: Any) -> None:
        """As if tasks had been completed."""
        with self.city.session() as session, session.begin():
            instance = session.query(ProcessInstance).filter_by(case_id=self.case_id).one()
            instance.variables = {**instance.variables, **variables}

    def documents(self) -> list[Document]:
        rows = self.city.rows(Document, Document.case_id == self.case_id)
        return sorted(rows, key=lambda document: (document.name, document.version))

    def content(self, document_id: str) -> bytes:
        (document,) = self.city.rows(Document, Document.id == document_id)
        store: DocumentStore = self.city.engine.documents
        return store.get(document.sha256)


def word_text(content: bytes) -> str:
    """All words of a Word file, from top to bottom."""
    body = WordFile(io.BytesIO(content)).element.body
    return "".join(node.text or "" for node in body.iter() if node.tag.endswith("}t"))


def template_with(*paragraphs: str, header: str = "") -> bytes:
    """A Word file as somebody might have written it."""
    file, target = WordFile(), io.BytesIO()
    for text in paragraphs:
        file.add_paragraph(text)
    file.sections[0].header.paragraphs[0].text = header
    file.save(target)
    return target.getvalue()


def first_contract() -> bytes:
    return first_template(all_papers()[CONTRACT])


def _with_a_contract(url: str) -> None:
    city = open_city(Database("", url), data_dir=Path("nowhere"))
    rules = {path: content for path, content in bundle_files(Path("bpmn") / PROCESS).items() if "rules/" in path}
    city.deploy({f"{PROCESS}.bpmn": diagram(PAGES, process=PROCESS), **rules})
    start = StartCase(process=PROCESS, parties=PARTIES, enterprise="永康市星月模具有限公司")
    PaperCase(city, city.run(start, by="hr")).knows(**AGREED)
    city.engine.database.dispose()


AGREED_CASE = Template("papers", _with_a_contract, below=PEOPLE)


@pytest.fixture
def paper_case(database_hosts: Any, database_kind: str, tmp_path: Path) -> Iterator[PaperCase]:
    with database_hosts.of(database_kind).fresh(AGREED_CASE) as database:
        city = open_city(database, data_dir=tmp_path)
        (instance,) = city.rows(ProcessInstance)
        yield PaperCase(city, instance.case_id)
        city.engine.database.dispose()
