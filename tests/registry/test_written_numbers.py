import pytest

from docflow.errors import RegisterError
from docflow.registry import Book, RegisterNumber

RECEIPTS, SENDINGS = Book("GA"), Book("GA", "sending")


@pytest.mark.parametrize(
    "text",
    [
        "12/2563", "๑๒/๒๕๖๓", " 12 / 2563 ", "012/2563", "๐๐๑๒/๒๕๖๓", "12／2563", "12\u00a0/\u200b2563", "\t12/2563\n",
        "เลขรับ 12/2563", "เลขรับ๑๒/๒๕๖๓", "เลขที่รับ 12/2563", "เลขทะเบียนรับ 12/2563",
        "เลขรับที่ 12/2563", "เลขที่ 12/2563", "เลข 12/2563",
    ],
)  # fmt: skip
def test_a_number_is_read_as_people_write_it(text):
    assert RegisterNumber.parse(text, RECEIPTS) == RegisterNumber(RECEIPTS, 2563, 12)


@pytest.mark.parametrize("text", ["เลขส่ง ๑๒/๒๕๖๓", "เลขทะเบียนส่ง 12/2563", "เลขที่ 12/2563"])
def test_a_number_of_what_is_sent_is_one_of_the_sending_register(text):
    assert RegisterNumber.parse(text, SENDINGS) == RegisterNumber(SENDINGS, 2563, 12)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("12/63", "has a year cut short; write it whole, such as 12/2563"),
        ("12/3", "has a year cut short; write it whole, such as 12/2503"),
        ("12/563", "has a year cut short; write it whole, such as 12/2563"),
        ("12", "names no year; write it whole, such as 12/2563"),
        (
            "12/2020",
            (
                "has 2020, which is no year of the Buddhist era that registers have; "
                "if it is of the common era, write 12/2563"
            ),
        ),
        ("12/2483", "has 2483, which is no year of the Buddhist era that registers have; correct it"),
        ("12/3000", "has 3000, which is no year of the Buddhist era that registers have; correct it"),
        ("12/1940", "has 1940, which is no year of the Buddhist era that registers have; correct it"),
        (
            "12/1941",
            (
                "has 1941, which is no year of the Buddhist era that registers have; "
                "if it is of the common era, write 12/2484"
            ),
        ),
        ("๑๒/2563", "mixes Thai and Arabic digits; write it in one of them"),
        ("1๒/2563", "mixes Thai and Arabic digits; write it in one of them"),
        ("0/2563", "is no number that a register gives; they begin at 1"),
        ("เลขส่ง 12/2563", "is a sending number; look it up in the sending register"),
        ("", "is no register number; write it like 12/2563"),
        ("12/2563/1", "is no register number; write it like 12/2563"),
        ("-12/2563", "is no register number; write it like 12/2563"),
        ("12-2563", "is no register number; write it like 12/2563"),
        ("มท 0505/9289", "is no register number; write it like 12/2563"),
        ("1 2/2563", "is no register number; write it like 12/2563"),
        ("١٢/2563", "is no register number; write it like 12/2563"),
        ("1234567890/2563", "is no register number; write it like 12/2563"),
    ],
)
def test_what_could_be_another_number_is_refused_with_what_to_write(text, problem):
    with pytest.raises(RegisterError) as caught:
        RegisterNumber.parse(text, RECEIPTS)
    assert (caught.value.register, caught.value.kind, caught.value.problem) == (
        "receipt register of GA",
        "unreadable number",
        f"{text!r} {problem}",
    )


@pytest.mark.parametrize("year", [2484, 2999])
def test_the_first_and_the_last_year_of_registers_are_read(year):
    assert RegisterNumber.parse(f"1/{year}", RECEIPTS).year == year


def test_a_receipt_is_not_looked_up_among_what_was_sent():
    with pytest.raises(RegisterError, match="is a receipt number; look it up in the receipt register"):
        RegisterNumber.parse("เลขรับ 12/2563", SENDINGS)


def test_what_is_no_text_and_what_is_no_book_are_refused():
    with pytest.raises(TypeError, match='12 is no text; give such as "12/2563"'):
        RegisterNumber.parse(12, RECEIPTS)
    with pytest.raises(TypeError, match="'GA' is no book"):
        RegisterNumber.parse("12/2563", "GA")
