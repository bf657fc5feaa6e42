"""A sequence in leaves is a tuple that grows cheaply, and nothing else."""

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docflow.leaves import SIZE, Leaves

LENGTHS = st.sampled_from([0, 1, 2, SIZE - 1, SIZE, SIZE + 1, 3 * SIZE])


@given(length=LENGTHS, more=st.lists(st.integers(), max_size=5), data=st.data())
def test_what_is_done_to_leaves_is_done_to_a_tuple(length, more, data):
    plain = tuple(range(length))
    leaves = Leaves(plain)
    for item in more:
        leaves, plain = leaves.adding(item), (*plain, item)
    for _ in range(min(2, len(plain))):
        place = data.draw(st.integers(0, len(plain) - 1))
        leaves, plain = leaves.amending(place, -1), (*plain[:place], -1, *plain[place + 1 :])
    assert leaves == plain
    assert plain == leaves
    assert hash(leaves) == hash(plain)
    assert (len(leaves), tuple(leaves), tuple(reversed(leaves))) == (len(plain), plain, plain[::-1])
    place = data.draw(st.integers(-len(plain) - 2, len(plain) + 1))
    assert leaves[place:] == plain[place:]
    try:
        expected = plain[place]
    except IndexError:
        with pytest.raises(IndexError):
            leaves[place]
    else:
        assert leaves[place] == expected
    for twin in (copy.copy(leaves), copy.deepcopy(leaves), pickle.loads(pickle.dumps(leaves)), Leaves(plain)):  # noqa: S301 - our own
        assert twin == leaves
        assert hash(twin) == hash(leaves)


@given(length=LENGTHS, items=st.lists(st.integers(), max_size=5), same=st.booleans(), data=st.data())
def test_a_part_is_replaced_and_a_beginning_taken_as_of_a_tuple(length, items, same, data):
    plain = tuple(range(length))
    begin = data.draw(st.sampled_from(range(length + 1)))
    end = min(begin + len(items), length) if same else data.draw(st.sampled_from(range(begin, length + 1)))
    items = items[: end - begin] if same else items
    wanted = (*plain[:begin], *items, *plain[end:])
    found = Leaves(plain).replacing(begin, end, items)
    assert found == Leaves(wanted)  # leaves alike too, or equal values would differ
    assert (len(found), found) == (len(wanted), wanted)
    assert Leaves(plain).upto(begin) == Leaves(plain[:begin])
    assert Leaves(plain).upto(length + 1) == Leaves(plain)


@given(length=LENGTHS)
def test_two_that_grow_from_one_know_nothing_of_each_other(length):
    leaves = Leaves(range(length))
    one, other = leaves.adding("one"), leaves.adding("other")
    assert (one[-1], other[-1], len(leaves)) == ("one", "other", length)
    assert leaves == tuple(range(length))
    assert one != other


def test_what_it_was_made_of_may_change():
    items = [1, 2]
    leaves = Leaves(items)
    items.append(3)
    assert leaves == (1, 2)
    assert leaves != [1, 2]
    assert Leaves.of(leaves) is leaves
    assert repr(leaves) == "Leaves([1, 2])"
    for place in (-1, 2):
        with pytest.raises(IndexError):
            leaves.amending(place, 0)
