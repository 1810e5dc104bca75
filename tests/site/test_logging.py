"""One JSON object a line."""

from __future__ import annotations

import json
import logging
import re

from services.site.logging import formatter
from services.site.requests import begin, end


def test_a_line_is_json_with_time_level_name_message_and_extras():
    record = logging.LogRecord("services.web", logging.ERROR, "f.py", 1, "failed\nhere", (), None)
    record.ref = "SD-7F3K2"
    end()  # what another test of this process answered last
    line = formatter().format(record)
    said = json.loads(line)
    assert "\n" not in line
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", said.pop("at"))
    assert said == {"level": "ERROR", "name": "services.web", "message": "failed\nhere", "ref": "SD-7F3K2"}


def test_a_line_of_a_request_names_the_request():
    record = logging.LogRecord("services.web", logging.INFO, "f.py", 1, "declined", (), None)
    begin("3f9a0c12")
    assert json.loads(formatter().format(record))["request_id"] == "3f9a0c12"
    end()
    assert "request_id" not in json.loads(formatter().format(record))
