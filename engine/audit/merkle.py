"""Merkle trees as in RFC 6962: root, inclusion proof, consistency proof. Leaves are bytes, hashes are bytes."""

import hashlib
from collections.abc import Sequence


def leaf_hash(leaf: bytes) -> bytes:
    return hashlib.sha256(b"\0" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The hash of the whole tree; of no leaf at all, the hash of nothing."""
    return root_of_hashes([leaf_hash(leaf) for leaf in leaves])


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes that lead from the leaf to the root, from the bottom up."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    return _path([leaf_hash(leaf) for leaf in leaves], index)


def consistency_proof(leaves: Sequence[bytes], earlier: int) -> list[bytes]:
    """The hashes that show that the tree of the first `earlier` leaves is the beginning of this one."""
    if not 0 < earlier <= len(leaves):
        raise IndexError(earlier)
    return _subproof([leaf_hash(leaf) for leaf in leaves], earlier, True)


def is_included(*, leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected: bytes) -> bool:
    """Whether the proof leads from the leaf at `index` of `size` leaves to the expected root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, reached = index, size - 1, leaf_hash(leaf)
    for step in proof:
        if last == 0:
            return False
        if place % 2 or place == last:
            reached = node_hash(step, reached)
            while place and not place % 2:
                place, last = place >> 1, last >> 1
        else:
            reached = node_hash(reached, step)
        place, last = place >> 1, last >> 1
    return last == 0 and reached == expected


def is_consistent(*, earlier: int, size: int, proof: Sequence[bytes], earlier_root: bytes, expected: bytes) -> bool:
    """Whether the proof shows that the earlier tree is a prefix of the present one (RFC 9162, 2.1.4.2)."""
    if not 0 < earlier <= size:
        return False
    if earlier == size:
        return not proof and earlier_root == expected
    path = list(proof) if earlier & (earlier - 1) else [earlier_root, *proof]
    if not path:
        return False
    place, last = earlier - 1, size - 1
    while place % 2:
        place, last = place >> 1, last >> 1
    old = new = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if place % 2 or place == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while place and not place % 2:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, step)
        place, last = place >> 1, last >> 1
    return last == 0 and old == earlier_root and new == expected


def _split(count: int) -> int:
    """The largest power of two below `count`."""
    return 1 << (count - 1).bit_length() - 1


def root_of_hashes(hashes: Sequence[bytes]) -> bytes:
    """The root over leaves of which only the hashes are kept."""
    if not hashes:
        return hashlib.sha256().digest()
    level = list(hashes)
    while len(level) > 1:
        odd = [level[-1]] if len(level) % 2 else []
        level = [node_hash(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)] + odd
    return level[0]


def _path(hashes: Sequence[bytes], index: int) -> list[bytes]:
    if len(hashes) == 1:
        return []
    middle = _split(len(hashes))
    if index < middle:
        return [*_path(hashes[:middle], index), root_of_hashes(hashes[middle:])]
    return [*_path(hashes[middle:], index - middle), root_of_hashes(hashes[:middle])]


def _subproof(hashes: Sequence[bytes], earlier: int, is_whole: bool) -> list[bytes]:
    if earlier == len(hashes):
        return [] if is_whole else [root_of_hashes(hashes)]
    middle = _split(len(hashes))
    if earlier <= middle:
        return [*_subproof(hashes[:middle], earlier, is_whole), root_of_hashes(hashes[middle:])]
    return [*_subproof(hashes[middle:], earlier - middle, False), root_of_hashes(hashes[:middle])]
