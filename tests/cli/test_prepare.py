"""What a start trains: options reach the training, and decide with DATA whether there is anything to do."""

import pytest

from services.cli.files.run_options import how_to_pass, read_options
from services.cli.prepare import prepare
from services.core import presets
from services.core.refusals import Refusal
from services.core.text.shell import in_quotes
from services.releases import list_releases, open_release, read_current
from services.site.settings import Settings
from services.training.options import TrainOptions
from services.training.reading import ReadOptions
from tests.releases.forging import edit_manifest
from tests.training.test_run import ledger, write


@pytest.fixture
def start(tmp_path):
    """Prepare with a file and options; how many releases there are then, and the active one's manifest."""

    def started(data, options=""):
        models = tmp_path / "models"
        prepare(Settings(models_dir=models, state_dir=tmp_path / "var", data=data, train_options=options))
        return len(list_releases(models)), open_release(models, read_current(models)).manifest

    return started


def test_a_day_first_file_says_how_make_run_takes_the_order_and_is_then_trained(tmp_path, start):
    rows = [[*row[:4], f"0{1 + n % 9}/0{1 + n % 8}/2024", *row[5:]] for n, row in enumerate(ledger(12))]
    data = write(tmp_path / "day-first.csv", rows)
    with pytest.raises(Refusal) as refused:
        start(data)
    assert str(refused.value).endswith('With make run: TRAIN_OPTIONS="--date-order dmy".')
    assert refused.value.exit_code == 2
    releases, manifest = start(data, "--date-order dmy --k 2")
    assert (releases, manifest.detected.date_order, manifest.k) == (1, "dmy", 2)


def test_a_start_trains_again_when_the_options_differ_and_not_otherwise(tmp_path, start):
    data = write(tmp_path / "ledger.csv", ledger(12))
    assert start(data, "--k 2")[0] == 1
    assert start(data, "  --k=2 --items code")[0] == 1
    releases, manifest = start(data)
    assert releases == 2

    folder = open_release(tmp_path / "models", manifest.id).folder
    edit_manifest(folder, lambda fields: fields.pop("options"))
    assert start(data) == (2, open_release(tmp_path / "models", manifest.id).manifest), (
        "an older release, which does not note its options, counts as made without any"
    )


def test_a_folder_is_trained_on_and_again_when_a_file_is_added_to_it(tmp_path, start):
    rows = sorted(ledger(12), key=lambda row: row[4])
    folder = tmp_path / "months"
    folder.mkdir()
    write(folder / "one.csv", rows[:40])
    (folder / "readme.txt").write_text("Exports of our shop,\none a month\n", "utf-8")
    releases, manifest = start(folder, "--k 2")
    assert (releases, [file.name for file in manifest.source.files]) == (1, ["one.csv"])
    assert start(folder, "--k 2")[0] == 1
    write(folder / "two.csv", rows[40:])
    releases, manifest = start(folder, "--k 2")
    assert (releases, manifest.source.name, manifest.rows.read) == (2, "one.csv and 1 more", len(rows))


def test_options_are_read_as_train_reads_them():
    preset = presets.load("standard")
    text = "--columns 'customer=Client no,date=3' --separator ';' --decimal , --date-order mdy --k=4 --table"
    reading = ReadOptions({"customer": "Client no", "date": 3}, "mdy", None, ";", ",")
    assert read_options(text, preset) == TrainOptions(preset, k=4, reading=reading, table=True)
    assert read_options("", preset) == TrainOptions(preset)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("--date-oder dmy", "holds --date-oder, but only .*--date-order"),
        ("--preset quartile", "holds --preset, but only .*PRESET"),
        ("--help", "holds --help"),
        ("--date-order dym", "'dym' is not one of"),
        ("--k 1", "'--k'.* 1 is not in the range"),
        ("--k", "'--k' requires an argument"),
        ("dmy", "unexpected extra argument"),
        ("--separator '", "a quotation mark is missing"),
        ("--columns customer", "role=column pairs"),
    ],
)
def test_a_wrong_option_is_refused_in_a_sentence_before_anything_is_trained(tmp_path, start, text, sentence):
    with pytest.raises(Refusal, match=sentence) as refused:
        start(write(tmp_path / "ledger.csv", ledger(3)), text)
    assert "\n" not in str(refused.value)
    assert not list_releases(tmp_path / "models")


@pytest.mark.parametrize(
    ("asks", "passed"),
    [
        ("Say which with --date-order mdy or --date-order ymd.", "--date-order mdy"),
        ("Name the right order with --date-order; the others are set aside.", "--date-order dmy"),
        ("Say which with --decimal . or --decimal ,", "--decimal ."),
        ("Name it with --separator.", "--separator tab"),
        ("Such as --columns invoice=NAME, or by position.", "--columns invoice=NAME"),
        ('Say which: --columns "amount=Net Sales" or another.', '--columns "amount=Net Sales"'),
        ("If it is the line amount, add --columns amount=Net-Sales.", "--columns amount=Net-Sales"),
        ("Keep one, such as with --only-currency SEK; the rest", "--only-currency SEK"),
        ("For UTF-16, name it: --encoding utf-16-le.", "--encoding utf-16-le"),
    ],
)
def test_a_refusal_that_asks_for_an_option_shows_one_that_is_read(asks, passed):
    assert how_to_pass(asks) == f"{asks} With make run: TRAIN_OPTIONS={in_quotes(passed)}."
    assert read_options(passed, presets.load("standard")).reading != ReadOptions()


def test_any_other_refusal_stays_as_it_is():
    assert how_to_pass("The file is empty.") == "The file is empty."
