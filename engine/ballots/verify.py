"""Counts a published ballot again: `python verify.py BOARD`, with the standard library and `cryptography` only.

Written from docs/ballot-format.md and sharing no code with the programme that made the board. Exit code 0 when
everything agrees, 1 when not.
"""

import base64
import hashlib
import json
import sys
from functools import partial

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import load_der_public_key

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
PSS = padding.PSS(padding.MGF1(hashes.SHA384()), 48)
PARTS = ("key", "token", "sealed", "proof")
NOT_COUNTED = "未公布选择，不能重新计票 · choices withheld, not counted again"
TEXTS = {
    "unreadable": ("文件无法读取：{}", "the file cannot be read: {}"),
    "changed": ("第 {} 张票被改动：{}", "paper {} was changed: {}"),
    "dropped": ("第 {} 张票缺失：{}", "paper {} was dropped: {}"),
    "added": ("第 {} 张票是多出来的：{}", "paper {} was added: {}"),
    "moved": ("第 {} 张票的位置变了：{}", "paper {} was moved: {}"),
    "choice": ("第 {} 张票公布的选择与密封内容不符：{}", "the choice shown for paper {} is not the sealed one: {}"),
    "ticket": ("第 {} 张票没有有效的票据：{}", "paper {} has no valid ticket: {}"),
    "entries": ("票的清单与签名的根不符", "the list of entries does not give the signed root"),
    "head": ("投票的基本信息被改动", "the head of the board was changed"),
    "signature": ("公示表的签名不符", "the signature of the board is wrong"),
    "keys": ("公布的私钥与投票公钥不配", "the key that was published does not open this ballot"),
    "result": ("结果与重新计票不符：{}", "the result is not what the papers give: {}"),
    "turnout": ("票数多于发出的票，或发出的票多于名册", "more papers than tickets, or more tickets than voters"),
}


class Report:
    def __init__(self):
        self.findings = []
        self.count = 0
        self.facts = {}

    def add(self, code, *params):
        self.findings.append((code, *params))

    @property
    def ok(self):
        return not self.findings

    def text(self):
        lines = []
        for code, *params in self.findings:
            chinese, english = TEXTS[code]
            lines += [f"✗ {chinese.format(*params)}", f"  {english.format(*params)}"]
        if self.ok:
            lines.append(f"· 选票 {self.count} 张 · {self.count} papers")
            lines += [f"· {name}: {value}" for name, value in self.facts.items()]
        return "\n".join([*lines, "核验通过 VERIFIED" if self.ok else "核验未通过 NOT VERIFIED"]) + "\n"


def canonical(value):
    """Numbers of a board are whole, so that the usual writer gives the canonical form."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def no_fraction(text):
    raise ValueError(f"a number that is not whole: {text}")


def decoded(text):
    return base64.b64decode(text, validate=True)


def entry_of(paper):
    leaf = canonical({name: paper[name] for name in PARTS})
    return hashlib.sha256(b"\0" + leaf).hexdigest()


def root_of(entries):
    level = [bytes.fromhex(entry) for entry in entries]
    if not level:
        return hashlib.sha256().hexdigest()
    while len(level) > 1:
        odd = [level[-1]] if len(level) % 2 else []
        level = [hashlib.sha256(b"\1" + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)] + odd
    return level[0].hex()


def locate(expected, papers, report):
    """Name the first paper that is not what and where it was at the count."""
    found = [entry_of(paper) for paper in papers]
    if found == expected:
        return
    here, there = set(found), set(expected)
    pairs = zip([*found, None], [*expected, None], strict=False)
    place = next(i for i, pair in enumerate(pairs) if pair[0] != pair[1])
    mine = found[place] if place < len(found) else None
    theirs = expected[place] if place < len(expected) else None
    if theirs is None or (theirs in here and mine not in there):
        report.add("added", place + 1, mine)
    elif mine is None or (mine in there and theirs not in here):
        report.add("dropped", place + 1, theirs)
    elif mine in there and theirs in here:
        report.add("moved" if len(here) == len(found) else "added", place + 1, mine)
    else:
        report.add("changed", place + 1, theirs)


def check_paper(paper, number, head, *, token_key, report):
    key, token, sealed, proof = (decoded(paper[name]) for name in PARTS)
    try:
        token_key.verify(token, key, PSS, hashes.SHA384())
        message = f"tongban-ballot/1 proof\0{head['ballot']}\0".encode() + sealed
        Ed25519PublicKey.from_public_bytes(key).verify(proof, message)
    except (InvalidSignature, ValueError):
        report.add("ticket", number, paper["number"])
        return
    if hashlib.sha256(key).hexdigest() != paper["number"]:
        report.add("changed", number, paper["number"])


def open_paper(paper, head, seal_key):
    """What the sealed choice says, motion by motion."""
    info = f"tongban-ballot/1 choice\0{head['ballot']}\0".encode() + decoded(paper["key"])
    try:
        said = json.loads(SUITE.decrypt(decoded(paper["sealed"]), seal_key, info=info))
    except (InvalidTag, ValueError, RecursionError):
        said = None
    motions = {motion["id"]: motion for motion in head["motions"]}
    said = said if isinstance(said, dict) and set(said) <= set(motions) else {}
    return {id_: said[id_] if fits(motions[id_], said.get(id_)) else "spoilt" for id_ in motions}


def fits(motion, answer):
    if motion["kind"] == "draft":
        return answer in ("yes", "no", "abstain")
    if answer == "abstain":
        return True
    names = [candidate["id"] for candidate in motion["candidates"]]
    known = isinstance(answer, list) and all(isinstance(name, str) and name in names for name in answer)
    return known and 0 < len(answer) <= motion["places"] and len(set(answer)) == len(answer)


def votes_of(motion, choices, paper_totals):
    """How often each answer or candidate was chosen, on screen and on paper."""
    votes = dict(paper_totals.get(motion["id"], {}))
    votes.pop("named", None)
    for choice in choices:
        answer = choice[motion["id"]]
        for name in answer if isinstance(answer, list) else [answer]:
            votes[name] = votes.get(name, 0) + 1
    return votes


def is_met(share, count, base):
    part, whole = count * share["denominator"], base * share["numerator"]
    return part >= whole if share["inclusive"] else part > whole


def is_enough(share, count, *, base, has_quorum):
    return has_quorum and is_met(share, count, base)


def check_result(head, end, choices, report):
    """`choices` is None where they are withheld: then the sums are compared with each other only."""
    result, rule = end["result"], head["rule"]
    paper, online = result["paper"], end["size"] if choices is None else len(choices)
    if result["back"] != online + paper["back"]:
        report.add("result", "back")
    seats, present = head["roll"]["seats"], result["issued_online"] + result["issued_paper"]
    named = (result["seats"], result["present"], result["issued"])
    if named != (seats, present, present):
        report.add("result", "present")
    if online > result["issued_online"] or paper["back"] > result["issued_paper"] or present > seats:
        report.add("turnout")
    has_quorum = is_met(rule["quorum"], present, seats)
    if result["quorum"]["met"] != has_quorum:
        report.add("result", "quorum")
    if result.get("withheld") != reason_to_withhold(result, online, rule["min_cell"], has_quorum):
        report.add("result", "withheld")
    base = {"all": seats, "present": present, "back": result["back"]}[rule["majority"]["of"]]
    enough = partial(is_enough, rule["majority"], base=base, has_quorum=has_quorum)
    passed = []
    for motion, row in zip(head["motions"], result["motions"], strict=True):
        if result.get("withheld") == "few":
            passed.append(row["passed"])
            continue
        votes = told_votes(motion, row) if choices is None else votes_of(motion, choices, paper["motions"])
        check = check_election if motion["kind"] == "election" else check_draft
        passed.append(check(motion, row, votes, report=report, enough=enough))
        spoilt = votes.get("spoilt", 0)
        if (row["spoilt"], row["abstain"], row["valid"]) != (spoilt, votes.get("abstain", 0), result["back"] - spoilt):
            report.add("result", motion["id"])
    if result["passed"] != all(passed) or (result["passed"] and not has_quorum):
        report.add("result", "passed")


def reason_to_withhold(result, online, least, has_quorum):
    """Only what would tell on few persons, whom others saw with a paper ballot, may be kept back."""
    with_paper, back = result["issued_paper"], result["paper"]["back"]
    if online and back and min(with_paper, result["seats"] - with_paper) < least:
        return "split"
    return "few" if back and not online and with_paper < least and not has_quorum else None


def told_votes(motion, row):
    if motion["kind"] == "election":
        return {c["id"]: c["votes"] for c in row["candidates"]} | {"abstain": row["abstain"], "spoilt": row["spoilt"]}
    return {answer: row[answer] for answer in ("yes", "no", "abstain", "spoilt")}


def check_draft(motion, row, votes, *, report, enough):
    passed = enough(votes.get("yes", 0))
    told = [row["yes"], row["no"], row["passed"], row["yes"] + row["no"] + row["abstain"]]
    if told != [votes.get("yes", 0), votes.get("no", 0), passed, row["valid"]]:
        report.add("result", motion["id"])
    return passed


def check_election(motion, row, votes, *, report, enough):
    """The most votes first; who shares the last place with others who find none is not elected."""
    names = [candidate["id"] for candidate in motion["candidates"]]
    able = [name for name in names if votes.get(name, 0) and enough(votes[name])]
    elected = {n for n in able if sum(votes[o] >= votes[n] for o in able) <= motion["places"]}
    told = {c["id"]: (c["votes"], c["elected"]) for c in row["candidates"]}
    if told != {n: (votes.get(n, 0), n in elected) for n in names} or row["passed"] != (
        len(elected) == motion["places"]
    ):
        report.add("result", motion["id"])
    return len(elected) == motion["places"]


def check_end(head, end, entries, report):
    unsigned = {name: value for name, value in end.items() if name != "signature"}
    try:
        public = Ed25519PublicKey.from_public_bytes(decoded(end["public_key"]))
        public.verify(decoded(end["signature"]), canonical(unsigned))
    except (InvalidSignature, ValueError):
        report.add("signature")
    if hashlib.sha256(canonical(head)).hexdigest() != end["head_sha256"]:
        report.add("head")
    if root_of(entries) != end["root"] or len(entries) != end["size"]:
        report.add("entries")


def check_board(lines, report):
    head, *papers, listed, end = (json.loads(line, parse_float=no_fraction) for line in lines)
    if head["format"] != "tongban-ballot/1":
        raise ValueError("unknown format")
    report.count = end["size"]
    check_end(head, end, listed["entries"], report)
    key = hashlib.sha256(decoded(end["public_key"])).hexdigest()
    report.facts = {"ballot": head["ballot"], "root": end["root"], "key": key, "passed": end["result"]["passed"]}
    if "withheld" in end["result"] and not papers and "opened_with" not in end:
        check_result(head, end, None, report)
        report.facts[NOT_COUNTED] = end["result"]["withheld"]
        return
    check_papers(head, papers, listed=listed, end=end, report=report)


def check_papers(head, papers, *, listed, end, report):
    locate(listed["entries"], papers, report)
    token_key = load_der_public_key(decoded(head["ticket_key"]))
    seal_key = X25519PrivateKey.from_private_bytes(decoded(end["opened_with"]))
    if seal_key.public_key().public_bytes_raw() != decoded(head["seal_key"]):
        report.add("keys")
    choices = []
    for number, paper in enumerate(papers, 1):
        check_paper(paper, number, head, token_key=token_key, report=report)
        choices.append(open_paper(paper, head, seal_key))
        if choices[-1] != paper["choice"]:
            report.add("choice", number, paper["number"])
    numbers = [paper["number"] for paper in papers]
    if numbers != sorted(set(numbers)) and not report.findings:
        report.add("moved", next(i for i in range(1, len(numbers)) if numbers[i] <= numbers[i - 1]) + 1, "")
    check_result(head, end, choices, report)


def verify_board(content):
    """Never raises for a damaged board: what cannot be read is a finding."""
    report = Report()
    try:
        check_board(content.splitlines(), report)
    except Exception as why:  # noqa: BLE001 (whatever a hostile file provokes is a refusal)
        report.add("unreadable", f"{type(why).__name__}: {why}")
    return report


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as file:  # noqa: PTH123
        verified = verify_board(file.read())
    sys.stdout.buffer.write(verified.text().encode("utf-8"))
    sys.exit(0 if verified.ok else 1)
