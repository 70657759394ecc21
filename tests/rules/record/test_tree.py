"""The tree against RFC 6962: its published answers, and its definition said as plainly as can be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.record import tree

# The leaves and roots of the Certificate Transparency reference implementation's own tests.
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
PATHS = {
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}


def plain_root(leaves):
    """The definition of RFC 6962, 2.1, word by word."""
    if not leaves:
        return tree.EMPTY
    if len(leaves) == 1:
        return tree.leaf_hash(leaves[0])
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return tree.node_hash(plain_root(leaves[:split]), plain_root(leaves[split:]))


def grown(leaves):
    """Every complete subtree, as the record keeps them, leaf after leaf."""
    nodes = {}
    for index, leaf in enumerate(leaves):
        nodes[0, index] = tree.leaf_hash(leaf)
        nodes.update(tree.completed_by(index, nodes[0, index], nodes))
    return nodes


def root(nodes, size):
    return tree.root_of(nodes[place] for place in tree.peak_places(size))


def path(nodes, index, size):
    return [tree.root_of(nodes[place] for place in step) for step in tree.path_places(index, size)]


def some_leaves(count):
    return [f"leaf {n}".encode() for n in range(count)]


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_those_the_reference_gives(size):
    assert root(grown(LEAVES), size).hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size"), PATHS)
def test_the_paths_are_those_the_reference_gives(index, size):
    assert [step.hex() for step in path(grown(LEAVES), index, size)] == PATHS[index, size]


@pytest.mark.parametrize("size", range(1, 65))
def test_a_tree_grown_leaf_by_leaf_is_the_tree_of_the_definition(size):
    leaves = some_leaves(size)

    assert root(grown(leaves), size) == plain_root(leaves)


@pytest.mark.parametrize("size", range(1, 65))
def test_every_leaf_leads_to_the_root(size):
    nodes = grown(some_leaves(size))

    for index in range(size):
        proof = path(nodes, index, size)
        assert tree.root_from_path(index, size, nodes[0, index], proof) == root(nodes, size)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 4)])
def test_there_is_no_path_for_a_leaf_that_is_not_there(index, size):
    with pytest.raises(ValueError):
        tree.path_places(index, size)


def test_a_leaf_can_never_be_taken_for_a_node():
    left, right = tree.leaf_hash(b"a"), tree.leaf_hash(b"b")

    assert tree.leaf_hash(left + right) != tree.node_hash(left, right)


@given(st.lists(st.binary(max_size=20), min_size=1, max_size=200), st.data())
def test_a_smaller_tree_can_be_read_off_a_larger_one(leaves, data):
    size = data.draw(st.integers(1, len(leaves)))
    index = data.draw(st.integers(0, size - 1))
    nodes = grown(leaves)

    assert root(nodes, size) == plain_root(leaves[:size])
    assert tree.root_from_path(index, size, nodes[0, index], path(nodes, index, size)) == root(
        nodes, size
    )


@given(st.integers(1, 500), st.data())
def test_a_path_leads_to_the_root_from_its_own_leaf_alone(size, data):
    nodes = grown(some_leaves(size))
    index, other = data.draw(st.integers(0, size - 1)), tree.leaf_hash(b"another")

    assert tree.root_from_path(index, size, other, path(nodes, index, size)) != root(nodes, size)
