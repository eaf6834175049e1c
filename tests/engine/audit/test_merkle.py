import hashlib

import pytest

from engine.audit import consistency_proof, inclusion_proof, is_consistent, is_included, root, verify
from engine.audit.merkle import leaf_hash

# The eight leaves and roots of the certificate transparency reference tests.
LEAVES = [bytes.fromhex(leaf) for leaf in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
SIZES = range(1, 34)


def _leaves(size: int) -> list[bytes]:
    return [f"leaf {number}".encode() for number in range(size)]


@pytest.mark.parametrize("size", range(1, 9))
def test_the_root_is_that_of_the_reference(size: int) -> None:
    assert root(LEAVES[:size]).hex() == ROOTS[size - 1]


def test_the_root_of_nothing_is_the_hash_of_nothing() -> None:
    assert root([]) == hashlib.sha256(b"").digest()


@pytest.mark.parametrize("size", SIZES)
def test_every_leaf_can_be_shown_to_be_in_the_tree(size: int) -> None:
    leaves = _leaves(size)

    for index, leaf in enumerate(leaves):
        proof = inclusion_proof(leaves, index)
        assert is_included(leaf=leaf, index=index, size=size, proof=proof, expected=root(leaves))
        assert verify.root_of(leaf_hash(leaf), index, size, proof) == root(leaves)


@pytest.mark.parametrize("size", SIZES)
def test_no_other_claim_about_a_leaf_can_be_shown(size: int) -> None:
    leaves, expected = _leaves(size), root(_leaves(size))

    for index, leaf in enumerate(leaves):
        proof = inclusion_proof(leaves, index)
        claims = [
            (b"other", index, size, proof),
            (leaf, index, size, [*proof, b"\0" * 32]),
            (leaf, size, size, proof),
            (leaf, -1, size, proof),
            *((leaf, index, size, proof[:-1]) for _ in range(bool(proof))),
            *((leaf, other, size, proof) for other in range(size) if other != index),
        ]
        for claimed, at, of, steps in claims:
            assert not is_included(leaf=claimed, index=at, size=of, proof=steps, expected=expected)
            assert verify.root_of(leaf_hash(claimed), at, of, steps) != expected


@pytest.mark.parametrize("size", SIZES)
def test_an_earlier_tree_can_be_shown_to_be_the_beginning(size: int) -> None:
    leaves = _leaves(size)

    for earlier in range(1, size + 1):
        proof = consistency_proof(leaves, earlier)
        facts = {"earlier": earlier, "size": size, "proof": proof, "expected": root(leaves)}
        assert is_consistent(earlier_root=root(leaves[:earlier]), **facts)
        assert not is_consistent(earlier_root=root([*leaves[: earlier - 1], b"other"]), **facts)


@pytest.mark.parametrize("size", range(2, 20))
def test_a_rewritten_tree_is_not_consistent(size: int) -> None:
    leaves = _leaves(size)
    rewritten = [b"other", *leaves[1:]]

    for earlier in range(1, size):
        facts = {"earlier": earlier, "size": size, "earlier_root": root(leaves[:earlier]), "expected": root(rewritten)}
        assert not is_consistent(proof=consistency_proof(rewritten, earlier), **facts)
        assert not is_consistent(proof=[], **facts)
        assert not is_consistent(proof=[*consistency_proof(rewritten, earlier), b"\0" * 32], **facts)


@pytest.mark.parametrize("index", [-1, 3])
def test_there_is_no_proof_for_a_leaf_that_is_not_there(index: int) -> None:
    with pytest.raises(IndexError):
        inclusion_proof(_leaves(3), index)


@pytest.mark.parametrize("earlier", [0, 4])
def test_there_is_no_proof_for_a_tree_that_never_was(earlier: int) -> None:
    with pytest.raises(IndexError):
        consistency_proof(_leaves(3), earlier)
    assert not is_consistent(earlier=earlier, size=3, proof=[], earlier_root=b"", expected=root(_leaves(3)))
