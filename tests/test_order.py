"""The slowest files of tests come first, by what was measured."""

from __future__ import annotations

from tests.order import measured, of_report
from tests.running import ROOT

REPORT = """<testsuites><testsuite>
<testcase classname="tests.core.test_a" name="one" time="0.6"/>
<testcase classname="tests.core.test_a" name="two" time="0.9"/>
<testcase classname="tests.core.test_b" name="one" time="4.0"/>
<testcase classname="tests.test_c" name="one" time="0.2"/>
</testsuite></testsuites>"""


def test_every_file_that_was_measured_is_still_there():
    assert [path for path in measured() if not (ROOT / path).is_file()] == []


def test_a_report_gives_the_seconds_of_each_file_that_takes_any_slowest_first(tmp_path):
    (tmp_path / "report.xml").write_text(REPORT)
    found = list(of_report(tmp_path / "report.xml").items())
    assert found == [("tests/core/test_b.py", 4.0), ("tests/core/test_a.py", 1.5)]


def test_a_slower_file_is_run_before_a_faster_one(request):
    seconds = measured()
    files = list(dict.fromkeys(item.path.relative_to(ROOT).as_posix() for item in request.session.items))
    weights = [seconds.get(file, 0.0) for file in files]
    assert weights == sorted(weights, reverse=True)
