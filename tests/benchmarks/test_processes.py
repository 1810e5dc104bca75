import pytest

from benchmarks.processes import run


def test_a_program_tells_what_it_printed_and_its_memory(tmp_path):
    done = run(["-c", "held = bytearray(300_000_000); print(len(held))"], tmp_path, 120)
    assert done.output == "300000000\n"
    assert 300 < done.peak_mb < 400
    assert 0 < done.seconds < 120


def test_a_program_that_fails_is_told_with_its_last_words(tmp_path):
    with pytest.raises(RuntimeError, match="no such thing"):
        run(["-c", "raise SystemExit('no such thing')"], tmp_path, 20)


def test_a_program_that_takes_too_long_is_ended(tmp_path):
    with pytest.raises(RuntimeError, match="-9"):
        run(["-c", "import time; time.sleep(60)"], tmp_path, 0.5)
