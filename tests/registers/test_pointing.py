"""Short letters that refer to works by pointing: each link is right, or openly undecided."""

from __future__ import annotations

import pytest

from epistola.model import EntryId, Finding
from epistola.pipeline import recognised
from epistola.text.read import as_source

NOBODY, NOTHING_BEFORE = "nobody before it fits", "nothing before it names the work"

RIGHT = [
    (  # ibid.
        "Sir,\n\nRead Ann Grote, Bread and Wine (London, 1901), p. 34. Ibid., p. 40, says more.\n",
        "Ibid.",
        "Bread and Wine",
    ),
    (  # op. cit.
        "Sir,\n\nRead it.\n\nNotes\n\n1. Ann Grote, Bread and Wine (London, 1901), p. 34.\n\n"
        "2. Tom Pell, Salt (Paris, 1911), p. 3.\n\n3. Grote, op. cit., p. 50.\n",
        "Grote, op. cit.",
        "Bread and Wine",
    ),
    (  # loc. cit.
        "Sir,\n\nRead it.\n\nNotes\n\n1. Ann Grote, Bread and Wine (London, 1901), p. 34.\n\n"
        "2. Loc. cit.\n",
        "Loc. cit.",
        "Bread and Wine",
    ),
    (  # the same volume, of a journal
        "Sir,\n\nI have read Tom Pell's article in New Society, Volume 13, no 2, and Ann Grote's "
        "letter in the same volume.\n",
        "Ann Grote's letter in",
        "Letter by Ann Grote in New Society 13",
    ),
    (  # the same issue
        "Sir,\n\nI have read Tom Pell's article in New Society, Volume 13, no 2, and Ann Grote's "
        "letter in the same issue.\n",
        "Ann Grote's letter in",
        "Letter by Ann Grote in New Society 13 2",
    ),
    (  # the same issue by itself
        "Sir,\n\nI have read Tom Pell's article in New Society, Volume 13, no 2. There is more in "
        "the same issue.\n",
        "the same issue",
        "New Society 13 2 in New Society 13 2",
    ),
    (  # the same book, with a page
        "Sir,\n\nI have your note on Ann Grote's _Bread and Wine_. On p. 40 of the same book she "
        "says so.\n",
        "p. 40 of the same book",
        "Bread and Wine",
    ),
    (  # a volume and a number without a title
        "Sir,\n\nMy article in New Society, Volume 13, no 2, has been answered by Ann Grote's "
        "letter in Volume 13, no 3.\n\nTom Pell\n",
        "Ann Grote's letter in",
        "Letter by Ann Grote in New Society 13 3",
    ),
    (  # "my" is the writer's
        "Sir,\n\nMy article in New Society, Volume 13, no 2, has been answered.\n\n"
        "Yours truly,\nTom Pell\n",
        "My article in",
        "Article by Tom Pell in New Society 13 2",
    ),
    (  # "his letter in": the one man named before
        "Sir,\n\nTom Pell wrote in New Society, Volume 13, no 2. I liked his letter in Volume 13, "
        "no 3, even more.\n",
        "his letter in",
        "Letter by Tom Pell in New Society 13 3",
    ),
    (  # "her letter in": the one woman, though a man is named too
        "Sir,\n\nTom Pell and Ann Grote wrote in New Society, Volume 13, no 2. I liked her letter "
        "in Volume 13, no 3.\n",
        "her letter in",
        "Letter by Ann Grote in New Society 13 3",
    ),
    (  # "my book": the one of the writer's that was named
        "Sir,\n\nIn my book ‘Bread and Wine’ I said so. You have read ‘Salt and Smoke’ by Tom "
        "Pell, but my own book says more.\n\nYours truly,\nAnn Grote\n",
        "my own book",
        "Bread and Wine",
    ),
    (  # "my last novel", and not the essay
        "Sir,\n\nMy essay ‘On Salt’ and my novel ‘Bread and Wine’ are out. My last novel sells.\n\n"
        "Yours truly,\nAnn Grote\n",
        "My last novel",
        "Bread and Wine",
    ),
    (  # "his book": that of the author who was named
        "Sir,\n\nI read Tom Pell's ‘Salt and Smoke’ and nothing else. His book is good.\n",
        "His book",
        "Salt and Smoke",
    ),
    (  # "her", of a work with a title
        "Sir,\n\nAnn Grote is here. Did you like her ‘Bread and Wine’?\n",
        "her ‘Bread and Wine’",
        "Bread and Wine",
    ),
    (  # the latter
        "Sir,\n\nI have read ‘Bread and Wine’ and ‘Salt and Smoke’. The latter is the better "
        "book.\n",
        "The latter",
        "Salt and Smoke",
    ),
    (  # the former
        "Sir,\n\nI have read ‘Bread and Wine’ and ‘Salt and Smoke’, the former with pleasure.\n",
        "the former",
        "Bread and Wine",
    ),
    (  # the same magazine
        "Sir,\n\nI have read Tom Pell's article in New Society, Volume 13, no 2, and Ann Grote's "
        "letter in the same magazine.\n",
        "Ann Grote's letter in",
        "Letter by Ann Grote in New Society",
    ),
    (  # "Pell's book": the one that was named
        "Sir,\n\nI read Tom Pell's novel ‘Salt and Smoke’. What do you say of Pell's novel?\n",
        "Pell's novel",
        "Salt and Smoke",
    ),
    (  # "Pell's book", when none was
        "Sir,\n\nI read ‘Salt and Smoke’. What do you say of Tom Pell's novel?\n",
        "Tom Pell's novel",
        "Novel by Tom Pell",
    ),
]
OPEN = [
    (  # two men may be meant
        "Sir,\n\nTom Pell and John Hale wrote in New Society, Volume 13, no 2. I liked his letter "
        "in Volume 13, no 3.\n",
        "his letter in",
        "it may be any of these: Tom Pell, John Hale",
    ),
    (  # no woman is named
        "Sir,\n\nTom Pell wrote in New Society, Volume 13, no 2. I liked her letter in Volume 13, "
        "no 3.\n",
        "her letter in",
        NOBODY,
    ),
    (  # two books of the writer's
        "Sir,\n\nMy novels ‘Bread and Wine’ and ‘Salt’ are out. In my novel ‘Bread and Wine’ and "
        "my novel ‘Salt and Smoke’ I said so. My novel sells.\n\nYours truly,\nAnn Grote\n",
        "My novel",
        "may mean any of these: Bread and Wine, Salt and Smoke",
    ),
    (  # no journal before
        "Sir,\n\nI have seen Ann Grote's letter in Volume 13, no 3.\n",
        "Ann Grote's letter in",
        NOTHING_BEFORE,
    ),
    (  # works by several of that name
        "Sir,\n\nRead it.\n\nNotes\n\n1. Ann Grote, Bread and Wine (London, 1901), p. 34.\n\n"
        "2. Ann Grote, Salt (Paris, 1911), p. 3.\n\n3. Grote, op. cit., p. 50.\n",
        "Grote, op. cit.",
        "may mean any of these: Bread and Wine, Salt",
    ),
]


def links(text: str, words: str) -> tuple[list[str], list[str]]:
    """What the reference that begins with ``words`` means, and what is said of it if it is open."""
    findings: list[Finding] = []
    source = as_source(text, "t")
    known = recognised(source, report=findings.append).known
    entries = {entry.id: entry for entry in known.entries}
    meant = []
    for a in known.annotations:
        if a.kind not in {"reference", "work"} or not source[a.span].startswith(words):
            continue
        entry = entries[a.entry] if a.entry else None
        if entry:
            place = [entry.values.get(n, "") for n in ("journal", "volume", "issue")]
            journal = entries[EntryId(place[0])].names[0] if place[0] else ""
            where = " ".join(filter(None, [journal, *place[1:]]))
            meant.append(entry.names[0] + (f" in {where}" if where else ""))
    said = [f.message for f in findings if f.code == "unresolved-reference"]
    return meant, said


@pytest.mark.parametrize(
    "text",
    [
        "Sir,\n\nI have read ‘Bread and Wine’ by Tom Pell. My book is longer.\n\nAnn Grote\n",
        "Sir,\n\nHis book is good, and my book is bad. I told the same story.\n",
        "Sir,\n\nI have read ‘Bread and Wine’. The latter half of it is good.\n",
        "Sir,\n\nI saw Tom Pell and Ann Grote. The latter is better. I read ‘Bread and Wine’.\n",
        "Sir,\n\nI saw ‘Bread and Wine’ and the latter of them. The same number of men came.\n",
    ],
)
def test_words_that_mean_no_work_are_left_alone(text: str) -> None:
    known = recognised(as_source(text, "t")).known
    assert [a for a in known.annotations if a.kind == "work" or "points" in a.values] == []


@pytest.mark.parametrize(("text", "words", "work"), RIGHT)
def test_one_work_is_meant(text: str, words: str, work: str) -> None:
    assert links(text, words) == ([work], [])


@pytest.mark.parametrize(("text", "words", "said"), OPEN)
def test_what_may_be_several_or_none_is_left_open(text: str, words: str, said: str) -> None:
    meant, messages = links(text, words)
    assert meant == []
    assert [message.endswith(said) for message in messages] == [True]
