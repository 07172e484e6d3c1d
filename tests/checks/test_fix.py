import pytest
from lxml import etree

from epistola.checks.fix import OverlapError, apply, apply_safe, diff, edited, is_safe
from epistola.checks.relaxng import check_schema
from epistola.model import Edit, Finding, Severity, Span
from schema_cases import letter


def edit(start: int, end: int, text: str) -> Edit:
    return Edit(Span(start, end), text)


def finding(*edits: Edit) -> Finding:
    return Finding(Severity.ERROR, "schema", "wrong", fix=edits)


@pytest.mark.parametrize(
    ("text", "edits", "result"),
    [
        ("abc", [], "abc"),
        ("abc", [edit(1, 2, "")], "ac"),
        ("abc", [edit(3, 3, "!"), edit(0, 0, "?")], "?abc!"),
        ("abc", [edit(0, 1, "x"), edit(1, 2, "y")], "xyc"),
    ],
)
def test_edits_are_made_at_once(text: str, edits: list[Edit], result: str) -> None:
    assert edited(text, edits) == result


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(OverlapError):
        edited("abc", [edit(0, 2, ""), edit(1, 3, "")])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_bytes_around_an_edit_stay(encoding: str) -> None:
    raw = "<a>é\r\n<b/></a>".encode(encoding)
    assert apply(raw, [edit(7, 8, "c")]) == "<a>é\r\n<c/></a>".encode(encoding)


P = letter("<p>Dear <hi>Sir</hi>, <note type='x'>a</note></p>").decode()
AT = P.index("<hi>")


@pytest.mark.parametrize(
    ("start", "end", "text", "safe"),
    [
        (AT, AT + 4, "<hi rend='it'>", True),
        (AT, AT + 16 - 4, "Sir", True),
        (AT, AT + 16 - 4, "", False),
        (AT + 4, AT + 7, "Madam", False),
        (P.index("Dear"), P.index("Dear"), "My ", False),
        (P.index("'x'"), P.index("'x'") + 3, "'editorial'", False),
        (AT, AT + 4, "", False),
        (P.index("<titleStmt>"), P.index("<titleStmt>"), "word", False),
    ],
)
def test_a_fix_is_safe_if_the_words_stay(start: int, end: int, text: str, *, safe: bool) -> None:
    assert is_safe(P.encode(), [edit(start, end, text)]) is safe


def test_words_of_a_header_may_change_places_and_words_of_a_text_may_not() -> None:
    raw = letter("<p>a</p><ab>b</ab>").decode()
    for first, second, safe in [
        ("<titleStmt><title>T</title></titleStmt>", "<sourceDesc><p>S</p></sourceDesc>", True),
        ("<p>a</p>", "<ab>b</ab>", False),
    ]:
        one, two = raw.index(first), raw.index(second)
        swap = [edit(one, one + len(first), second), edit(two, two + len(second), first)]
        assert is_safe(raw.encode(), swap) is safe


def test_only_what_is_safe_and_in_nobodys_way_is_applied() -> None:
    raw = b"<a><b>x</b></a>"
    good, late = finding(edit(4, 5, "c"), edit(9, 10, "c")), finding(edit(4, 5, "d"))
    bad = finding(edit(6, 7, "y"))
    assert apply_safe(raw, [bad, good, late, finding()]) == (b"<a><c>x</c></a>", [good])
    assert apply_safe(raw, [bad]) == (raw, [])


def test_safe_fixes_of_several_faults_make_a_file_valid() -> None:
    raw = letter("<p foo='1'><persNam>Marx</persNam> <date when='1848-3-8'>then</date></p>")
    mended, made = apply_safe(raw, check_schema(raw))
    assert len(made) == 3
    assert check_schema(mended) == []
    assert b"<p><persName>Marx</persName> <date when='1848-03-08'>" in mended


def test_a_diff_names_the_file() -> None:
    shown = diff(b"<a>\n<b/>\n</a>", b"<a>\n<c/>\n</a>", "x.xml")
    assert shown.splitlines()[:2] == ["--- a/x.xml", "+++ b/x.xml"]
    assert "-<b/>\n+<c/>\n" in shown
    assert diff(b"<a/>", b"<a/>", "x.xml") == ""


@pytest.mark.parametrize(
    "inside",
    [
        "<p><corrr>a</corrr></p>",
        "<p>a</p><opener><salute>Sir</salute></opener>",
        "words<p>a</p>",
        "<p><salute>Dear <hi>Sir</hi></salute></p>",
        "<p><p>a</p>b</p>",
        "<p><foo>a<bar>b</bar></foo></p>",
        "<closer>x</closer><p>a</p>",
    ],
)
def test_what_is_applied_keeps_every_character(inside: str) -> None:
    raw = letter(inside)
    mended, _ = apply_safe(raw, check_schema(raw))
    assert words(mended) == words(raw)


def words(raw: bytes) -> str:
    return "".join("".join(map(str, etree.fromstring(raw).itertext())).split())
