"""Keys of steps of the office's own."""

from surveys.next_step import next_own


def test_each_own_step_gets_a_key_of_its_own() -> None:
    keys = ["help"]
    for _ in range(101):
        keys.append(next_own(keys))
    assert len(set(keys)) == len(keys)
