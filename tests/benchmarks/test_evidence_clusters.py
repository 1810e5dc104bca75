"""The trial of names on the real sample: done when no word is untrue and ids keep their colours."""

from datetime import datetime

import pytest

from benchmarks.evidence.clusters import retrained
from tests.training.clusters.test_cuts import check

CUTS = [datetime(2011, 3, 1), datetime(2011, 6, 1), datetime(2011, 9, 1), None]


@pytest.mark.long
def test_every_word_of_every_name_is_true_at_four_cuts_of_the_real_sample(tmp_path, real_data):
    check(list(retrained(real_data / "online_retail.csv.gz", tmp_path, CUTS)))
