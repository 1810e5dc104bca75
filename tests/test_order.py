"""The slowest files of tests come first, by what was measured."""

from __future__ import annotations

from tests.order import measured, of_report
from tests.running import ROOT

REPORT = """<testsuites><testsuite>
<testcase classname="tests.core.test_a" name="one" time="0.45"/>
<testcase classname="tests.core.test_a" name="two[0, 1]" time="0.94"/>
<testcase classname="tests.core.test_b" name="one" time="4.0"/>
<testcase classname="tests.browser.site.test_d" name="one" time="2.0"/>
<testcase classname="tests.browser.assets.test_e" name="one" time="0.6"/>
<testcase classname="tests.test_c" name="one" time="0.2"/>
</testsuite></testsuites>"""


def test_every_file_that_was_measured_is_still_there():
    assert [key for key in measured() if not (ROOT / key.partition("::")[0]).is_file()] == []


def test_a_report_gives_files_that_take_any_time_slowest_first_and_slow_tests_without_a_browser(tmp_path):
    (tmp_path / "report.xml").write_text(REPORT)
    found = list(of_report(tmp_path / "report.xml").items())
    assert found == [
        ("tests/core/test_b.py", 4.0),
        ("tests/browser/site/test_d.py", 2.0),
        ("tests/core/test_a.py", 1.4),
        ("tests/browser/assets/test_e.py::one", 0.6),
        ("tests/core/test_a.py::two[0, 1]", 0.9),
        ("tests/core/test_b.py::one", 4.0),
    ]


def test_a_slower_file_is_run_before_a_faster_one(request):
    seconds = measured()
    files = list(dict.fromkeys(item.path.relative_to(ROOT).as_posix() for item in request.session.items))
    weights = [seconds.get(file, 0.0) for file in files]
    assert weights == sorted(weights, reverse=True)
