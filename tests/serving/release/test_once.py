"""What is worked out of a release is kept on it, and on nothing else."""

import gc
import weakref

from services.serving.release.once import once


class Release:
    pass


def test_it_is_worked_out_once_a_release_even_where_the_answer_is_nothing():
    asked = []
    made = once(asked.append)
    one, other = Release(), Release()
    assert (made(one), made(one), made(other)) == (None, None, None)
    assert asked == [one, other]


def test_two_makers_of_one_release_do_not_meet():
    def first(_release):
        return "first"

    def second(_release):
        return "second"

    release = Release()
    assert [once(make)(release) for make in (first, second, first)] == ["first", "second", "first"]


def test_an_answer_goes_with_its_release():
    release, answer = Release(), Release()
    seen = weakref.ref(answer)
    once(lambda _release, answer=[answer]: answer.pop())(release)
    del answer
    gc.collect()
    assert seen() is not None
    del release
    gc.collect()
    assert seen() is None
