import pytest

from benchmarks.statistics import Target, interleave, percentile


def test_the_99th_percentile_of_a_hundred_values_is_the_last_but_one():
    assert percentile([float(value) for value in range(100, 0, -1)], 0.99) == 99.0


def test_a_percentile_of_one_value_is_that_value():
    assert percentile([7.0], 0.5) == 7.0
    assert percentile([7.0], 1) == 7.0


@pytest.mark.parametrize(("values", "share"), [([], 0.5), ([1.0], 0), ([1.0], 1.1)])
def test_a_percentile_of_nothing_is_refused(values, share):
    with pytest.raises(ValueError, match="percentile needs"):
        percentile(values, share)


def test_tasks_take_turns_and_the_warm_up_is_not_counted():
    called = []
    clock = iter(range(100))

    def task(name):
        def run():
            called.append(name)
            return float(next(clock))

        return run

    taken = interleave({"a": task("a"), "b": task("b")}, rounds=3, warm_up=2)
    assert "".join(called) == "ab" * 5
    assert taken == {"a": [4.0, 6.0, 8.0], "b": [5.0, 7.0, 9.0]}


def test_a_target_is_met_up_to_its_limit_and_open_where_nothing_was_measured():
    assert Target("look-up", 3.0, 3.0, "×").met is True
    assert Target("look-up", 3.1, 3.0, "×").met is False
    assert Target("look-up", None, 3.0, "×").met is None
