"""The deployment guide says what there is: every setting, every command of it, the numbers of the site."""

from __future__ import annotations

import re
import shlex

from services.cli import main
from services.serving.predictions.rows_answers import MOST_BYTES
from services.site.setting_readers import READERS
from services.site.settings import Settings
from tests.running import ROOT

GUIDE = (ROOT / "docs" / "deployment.md").read_text("utf-8")


def test_every_setting_stands_in_the_guide_with_its_default_and_no_other():
    rows = dict(re.findall(r"^\| `([A-Z_0-9]+)` \| (.+?) \|", GUIDE, re.MULTILINE))
    assert list(rows) != []
    assert set(rows) == set(READERS)
    for name, told in rows.items():
        default = getattr(Settings(), name.lower())
        if default or default == 0:
            assert told == str(int(default) if isinstance(default, int) else default), name


def test_every_setting_stands_in_the_readme():
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in READERS if f"`{name}`" not in readme] == []


def test_the_commands_of_the_guide_exist_with_their_options():
    used = re.findall(r"(?:^ {4}desk_services|`python -m services) ([^`#\n]+)", GUIDE, re.MULTILINE)
    assert len(used) > 6
    for words in (shlex.split(each.split(" && ")[0].replace("[", "").replace("]", "")) for each in used):
        command = main.commands[words[0]]
        if words[0] in ("digest", "users"):
            command = command.commands[words[1]]
        known = {option for each in command.params for option in each.opts}
        assert {word for word in words if word.startswith("--")} <= known, words


def test_the_proxy_lets_the_largest_file_through():
    proxy = (ROOT / "docs" / "deployment" / "nginx.conf").read_text("utf-8")
    all_addresses, uploads = (
        int(megabytes) * 1024 * 1024 for megabytes in re.findall(r"client_max_body_size (\d+)m;", proxy)
    )
    assert all_addresses > MOST_BYTES
    assert uploads > Settings().max_upload_mb * 1_000_000


def test_no_setting_of_the_documents_has_a_comment_behind_its_value():
    documents = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    found = [
        line
        for document in documents
        for line in document.read_text("utf-8").splitlines()
        if re.match(r"\s*(Environment=)?(SEGMENT_DESK_)?[A-Z_]+=\S*\s+#", line)
    ]
    assert found == []
