"""The header: who wrote to whom, and when; titles, terms, manuscripts; what is unknown first."""

from __future__ import annotations

import pytest
from lxml import etree

import epistola
from epistola.model import Sidecar
from places import TEI, texts

PROSE = "I saw the mill, and thought of you; you would like it as I do, and as all here do."
NOBODY = Sidecar()


def header(text: str, language: str = "en", sidecar: Sidecar = NOBODY) -> etree._Element:
    encoding = epistola.encode(text, language=language, sidecar=sidecar)
    assert encoding.is_sound, encoding.findings
    found = encoding.tree.getroot().find("t:teiHeader", TEI)
    assert found is not None
    return found


def action(root: etree._Element, kind: str) -> list[str]:
    return texts(root, f"//t:correspAction[@type='{kind}']/*")


@pytest.mark.parametrize(
    ("salute", "signed", "received", "sent"),
    [
        ("Dear Sir,", "R. L. E.", ["Addressed as “Dear Sir”."], []),
        ("My dear MOTHER,", "Your loving Son", ["Addressed as “My dear MOTHER”."], []),
        ("My dear Doctr,", "Jo Bly", ["Addressed as “My dear Doctr”."], ["Jo Bly"]),
        ("Dear Mrs. Mill,", "Jo Bly", ["Mrs. Mill"], ["Jo Bly"]),
        ("Dear Anne and Tom,", "JO BLY", ["Anne", "Tom"], ["JO BLY"]),
    ],
)
def test_only_who_is_named_is_sender_or_addressee(
    salute: str, signed: str, received: list[str], sent: list[str]
) -> None:
    root = header(f"{salute}\n\n{PROSE}\n\nYours ever,\n{signed}")
    assert action(root, "received") == received
    assert action(root, "sent") == sent


@pytest.mark.parametrize(
    ("head", "received"),
    [
        ("FROM W. C. G.", []),
        ("TO THE SAME", ["Addressed as “THE SAME”."]),
        ("TO HIS SISTER", ["Addressed as “HIS SISTER”."]),
        ("R.B. to E.B.B.", ["Addressed as “E.B.B.”."]),
        ("TO GRVNIK", ["GRVNIK"]),
        ("TO MRS. MILL", ["MRS. MILL"]),
    ],
)
def test_a_heading_names_the_addressee_or_how_he_is_called(head: str, received: list[str]) -> None:
    root = header(f"{head}\n\nEly, 3 May 1845.\n\n{PROSE}\n\nYours ever,\nJO BLY")
    assert action(root, "received") == received


def test_a_signature_is_named_without_its_cue() -> None:
    root = header(f"Ely, 3 May 1845.\n\nDear Sir,\n\n{PROSE}\n\n(Signed) JO BLY")
    assert action(root, "sent")[0] == "JO BLY"


@pytest.mark.parametrize(
    ("dateline", "when"),
    [
        ("Ely, Tuesday morning", []),
        ("Ely, 3 May", []),
        ("Ely, 3 May 1845", ["1845-05-03"]),
        ("June 17. Ely. 1742", ["1742-06-17"]),
        ("Ely, Sept. 11, N. S. 1739.", ["1739-09-11"]),
    ],
)
def test_a_date_is_as_whole_as_its_dateline(dateline: str, when: list[str]) -> None:
    root = header(f"{dateline}\n\nDear Tom,\n\n{PROSE}\n\nYours ever,\nJo Bly")
    assert texts(root, "//t:correspAction/t:date/@when[starts-with(., '1')]") == when


@pytest.mark.parametrize(
    ("language", "text", "title"),
    [
        ("en", f"Dear Sir,\n\n{PROSE}\n\nYours ever,\nJ. B.", "letter"),
        (
            "en",
            f"Ely, 3d May, 1845\n\nDear Mr. Mill,\n\n{PROSE}\n\nYours ever,\nJO BLY",
            "Letter from Jo Bly to Mr. Mill, 3 May 1845",
        ),
        (
            "de",
            f"Köln, den 3. Mai 1848\n\nLieber Karl,\n\n{PROSE}\n\nDein\nHeinrich",
            "Brief von Heinrich an Karl, 3. Mai 1848",
        ),
        (
            "fr",
            f"Paris, le 1er mars 1848\n\nCher Charles,\n\n{PROSE}\n\nVotre dévoué\nHenri",
            "Lettre de Henri à Charles, 1er mars 1848",
        ),
    ],
)
def test_a_title_is_made_of_what_is_known(language: str, text: str, title: str) -> None:
    assert texts(header(text, language), "//t:titleStmt/t:title[1]") == [title]


def test_each_role_has_its_own_statement() -> None:
    page = "Jo Bly\n\nOn Bread\n\nSource: The Loaf, 1909.\n{}\n\n" + f"{PROSE}\n\n{PROSE}"
    root = header(page.format("Transcribed & marked up by Ana Ó Bly for the Bread Archive."))
    statement = "//t:titleStmt/t:respStmt[not(@xml:id='resp-machine')]"
    assert texts(root, f"{statement}/t:resp") == [
        "transcription of the source text",
        "markup of the source text",
    ]
    assert texts(root, f"{statement}/*[position()=2]") == ["Ana Ó Bly"] * 2


def test_a_licence_on_the_page_has_its_address() -> None:
    page = "Jo Bly\n\nOn Bread\n\nTranscribed: Ana Bly\nCopyleft: CC BY-SA 3.0\n\n"
    root = header(f"{page}{PROSE}\n\n{PROSE}")
    assert texts(root, "//t:sourceDesc//t:licence/@target") == [
        "https://creativecommons.org/licenses/by-sa/3.0/"
    ]


SAID = Sidecar(
    author="Ann Lee",
    addressee="Tom Mill",
    date="1845-05-03/1845-05-05",
    place="Ely",
    settlement="Bern",
    repository="City Archive",
    shelfmark="Ms. 12",
    hand="Autograph.",
    typescript="Carbon copy.",
    provenance="Sold in 1930.",
    notes=("Torn.",),
    licence="CC BY-NC 4.0",
    previous="letter-2",
    answers="his of 1 May",
)
LETTER = f"Dear Tom,\n\n{PROSE}\n\nYours ever,\nAnn"


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("//t:correspAction[@type='sent']/t:persName", ["Ann Lee"]),
        ("//t:correspAction[@type='received']/t:persName", ["Tom Mill"]),
        ("//t:correspAction/t:date/@notBefore", ["1845-05-03"]),
        ("//t:correspAction/t:date/@notAfter", ["1845-05-05"]),
        ("//t:correspAction/t:placeName", ["Ely"]),
        ("//t:correspContext/t:ref/@target", ["letter-2.xml"]),
        ("//t:correspContext/t:ref", ["his of 1 May", "letter-2"]),
        ("//t:correspDesc//@cert", []),
        ("//t:msIdentifier/*", ["Bern", "City Archive", "Ms. 12"]),
        ("//t:physDesc/*", ["Autograph.", "Carbon copy."]),
        ("//t:history", ["Sold in 1930."]),
        ("//t:notesStmt/t:note", ["Torn."]),
        ("//t:publicationStmt/t:availability/@status", ["restricted"]),
        ("//t:titleStmt/t:title[1]", ["Letter from Ann Lee to Tom Mill, 3 May 1845–5 May 1845"]),
    ],
)
def test_what_an_editor_says_stands_in_its_place(path: str, found: list[str]) -> None:
    assert texts(header(LETTER, sidecar=SAID), path) == found


def test_who_signs_with_a_forename_is_whom_the_editor_names() -> None:
    tree = epistola.encode(LETTER, sidecar=SAID).tree
    signed = texts(tree, "//t:signed/t:persName/@ref")
    assert signed == texts(tree, "//t:correspAction[@type='sent']/t:persName/@ref")
    assert len(texts(tree, "//t:person")) == len(("Ann", "Tom"))


def test_a_manuscript_that_nobody_keeps_has_the_name_of_its_text() -> None:
    root = header(LETTER, sidecar=Sidecar(hand="Autograph."))
    assert texts(root, "//t:msIdentifier/t:idno[@type='local']") == ["letter"]
