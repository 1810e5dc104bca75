"""How cells are quoted is told by the file: twice, by a backslash, singly, or not at all."""

import pytest

from services.core.refusals import Refusal
from tests.training.written import column

HEAD = "customer,date,amount,description\n"


def descriptions(engine):
    return column(engine, "description")


def test_a_backslash_before_a_quote(read, engine):
    report = read(HEAD + 'a,2023-01-02,1,"Mug \\"Best\\" red"\nb,2023-01-03,2,"Tray \\"Sun, Moon\\" 3"\n')
    assert report.unreadable == 0
    assert descriptions(engine) == ['Mug "Best" red', 'Tray "Sun, Moon" 3']


def test_a_backslash_that_first_stands_far_down(read, engine):
    many = "".join(f'k{n},2023-01-02,1,"plain, long enough {n}"\n' for n in range(3_000))
    report = read(HEAD + many + 'a,2023-01-02,1,"12\\" wide, flat"\n')
    assert (report.rows, report.unreadable) == (3_001, 0)
    assert descriptions(engine)[-1] == '12" wide, flat'


def test_a_backslash_that_ends_a_cell_stays_where_quotes_are_doubled(read, engine):
    read(HEAD + 'a,2023-01-02,1,"C:\\"\nb,2023-01-03,2,"say ""hi"""\n')
    assert descriptions(engine) == ["C:\\", 'say "hi"']


def test_quotes_that_are_characters_like_any_other(read, engine):
    rows = ['"RETRO" SIGN', '12" RULER', '27" SCREEN 2"', '"L SHAPED']
    content = HEAD + "".join(f"a,2023-01-0{n},1,{name}\n" for n, name in enumerate(rows, 1))
    assert read(content.replace(",", "\t")).unreadable == 0
    assert descriptions(engine) == rows


def test_tabs_with_quotes_around_cells_keep_them(read, engine):
    content = (
        HEAD + 'a,2023-01-02,1,"two\twords"\n"b","2023-01-03","2","x"\n"c","2023-01-03","2","12"" wide"\n'
    )
    read(content.replace(",", "\t"))
    assert descriptions(engine) == ["two\twords", "x", '12" wide']


def test_single_quotes_around_cells(read, engine):
    head = "'customer','date','amount','description'\n"
    assert read(head + "'a','2023-01-02',1,'Sun, Moon'\n'b','2023-01-03',2,'O''Hara'\n").unreadable == 0
    assert descriptions(engine) == ["Sun, Moon", "O'Hara"]


def test_an_apostrophe_in_front_of_a_cell_is_no_quote(read, engine):
    read(HEAD + "a,2023-01-02,1,'01234\nb,2023-01-02,1,rock 'n' roll\n")
    assert descriptions(engine) == ["'01234", "rock 'n' roll"]


def test_blanks_between_a_separator_and_a_quote(read, engine):
    assert read(HEAD + 'a, 2023-01-02, 1, "Sun, Moon"\nb, 2023-01-03, 2, "x"\n').unreadable == 0
    assert [each.strip() for each in descriptions(engine)] == ["Sun, Moon", "x"]


def test_a_slip_is_not_explained_away(read):
    start = HEAD + 'k,2023-01-02,1,"a, b"\n'
    with pytest.raises(Refusal, match="line 3 and not closed"):
        read(start + 'a,2023-01-02,1,"never closed\nb,2023-01-03,2,x\n')
    assert list(read(start + 'a,2023-01-02,1,"x"y""\n').reasons) == ["text after a closing quote"]


def test_a11_line_ends_may_be_mixed(read, engine):
    read(HEAD + "a,2023-01-02,1,x\r\nb,2023-01-03,2,y\rc,2023-01-04,3,z\n")
    assert column(engine, "line", "customer_id") == [(2, "a"), (3, "b"), (4, "c")]


@pytest.mark.parametrize("cell", ['="{}"', '"=""{}"""'])
def test_formulas_around_cells_that_keep_them_texts(read, engine, cell):
    head = ",".join(cell.format(name) for name in ("customer", "date", "amount"))
    read(f"{head}\n" + ",".join(cell.format(each) for each in ("007", "2011-01-02", "1.50")) + "\n")
    assert [str(each) for each in column(engine, "customer_id", "amount")[0]] == ["007", "1.5000"]
