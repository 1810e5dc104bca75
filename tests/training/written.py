"""A small file of transactions as text, and the column it was read into."""

HEADER = "Invoice,Stock Code,Description,Quantity,Invoice Date,Price,Customer ID,Country\n"
ROWS = (
    "1,A1,MUG,6,13/12/2010 8:26,2.55,17850,France\n"
    "1,B2,CUP,2,13/12/2010 8:26,1.25,17850,France\n"
    "C2,A1,MUG,-1,1/02/2011 18:05,2.55,00123,Spain\n"
)


def column(engine, *names):
    found = engine.execute(f"SELECT {', '.join(names)} FROM read_lines ORDER BY line").fetchall()
    return [row[0] for row in found] if len(names) == 1 else found
