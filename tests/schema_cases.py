"""Small documents that the schema allows and refuses: one table for every validator."""

from __future__ import annotations

HEADER = """<teiHeader><fileDesc><titleStmt><title>T</title></titleStmt><publicationStmt>
<publisher>P</publisher></publicationStmt><sourceDesc><p>S</p></sourceDesc></fileDesc></teiHeader>"""


def tei(inside: str) -> bytes:
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0">\n{inside}\n</TEI>'.encode()


def corpus(inside: str) -> bytes:
    """A document of several letters: ``inside`` follows the header they share."""
    return f'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">\n{HEADER}{inside}</teiCorpus>'.encode()


def letter(inside: str) -> bytes:
    """A document whose one division holds ``inside``, on the fifth line."""
    return tei(f"{HEADER}\n<text><body><div>\n{inside}\n</div></body></text>")


def header(inside: str) -> bytes:
    """A document with more in its header: ``inside`` follows the ``fileDesc``."""
    filled = HEADER.replace("</teiHeader>", f"\n{inside}</teiHeader>")
    return tei(f"{filled}<text><body><p/></body></text>")


def corresp(inside: str) -> bytes:
    return header(f"<profileDesc><correspDesc>{inside}</correspDesc></profileDesc>")


def register(inside: str) -> bytes:
    """A document without a text."""
    return tei(f"{HEADER}\n<standOff>\n{inside}\n</standOff>")


INVALID: dict[str, tuple[bytes, int, str]] = {
    "corpus without a letter": (corpus(""), 1, "<teiCorpus> lacks <TEI> after <teiHeader>"),
    # parts of a letter
    "salute in p": (
        letter("<p><salute>Dear Sir,</salute></p>"),
        5,
        "<salute> may not stand in <p>, only in body, closer, div, opener",
    ),
    "signed in p": (
        letter("<p><signed>K. M.</signed></p>"),
        5,
        "<signed> may not stand in <p>, only in back, body, closer, div, opener, postscript",
    ),
    "dateline in p": (
        letter("<p><dateline>Paris</dateline></p>"),
        5,
        "<dateline> may not stand in <p>, only in back, body, closer, div, front, opener",
    ),
    "opener after p": (
        letter("<p/><opener/>"),
        5,
        "<opener> may stand in <div>, but not after <p>",
    ),
    "p after closer": (
        letter("<p/><closer/><p/>"),
        5,
        "<p> may stand in <div>, but not after <closer>",
    ),
    "opener straight before closer": (
        letter("<opener/><closer/>"),
        5,
        "<closer> may stand in <div>, but not after <opener>",
    ),
    "second opener after closer": (
        letter("<p/><closer/><opener/><p/>"),
        5,
        "<opener> may stand in <div>, but not after <closer>",
    ),
    "p after div": (
        letter("<div><p/></div><p/>"),
        5,
        "<p> may stand in <div>, but not after <div>",
    ),
    "p in p": (letter("<p><p/></p>"), 5, "<p> may not stand in <p>"),
    "p in salute": (
        letter("<opener><salute><p/></salute></opener>"),
        5,
        "<p> may not stand in <salute>",
    ),
    "text in div": (letter("Dear Sir"), 4, "<div> may not hold text directly"),
    "div of no known type": (
        letter('<div type="chapter"><p/></div>'),
        5,
        (
            "type=“chapter” of <div> is not one of letter, text, section, enclosure, postscript,"
            " endorsement, envelope, notes, provenance, colophon"
        ),
    ),
    "postscript without a paragraph": (
        letter("<p/><postscript>P.S.</postscript>"),
        5,
        "<postscript> may not hold text directly",
    ),
    "item without its label": (
        letter("<list><label/><item/><item/></list>"),
        5,
        "<item> may stand in <list>, but not after <item>",
    ),
    # names and references
    "bibl in persName": (
        letter("<p><persName><bibl>Capital</bibl></persName></p>"),
        5,
        "<bibl> may not stand in <persName>",
    ),
    "quote in placeName": (
        letter("<p><placeName><quote>Rome</quote></placeName></p>"),
        5,
        "<quote> may not stand in <placeName>",
    ),
    "bibl in dateline": (
        letter("<opener><dateline><bibl/></dateline></opener>"),
        5,
        "<bibl> may not stand in <dateline>",
    ),
    "bibl in byline": (
        letter("<byline><bibl/></byline><p/>"),
        5,
        "<bibl> may not stand in <byline>",
    ),
    "bibl in rs": (letter("<p><rs><bibl/></rs></p>"), 5, "<bibl> may not stand in <rs>"),
    "author in p": (
        letter("<p><author>Marx</author></p>"),
        5,
        "<author> may not stand in <p>, only in analytic, bibl, editionStmt, monogr, titleStmt",
    ),
    "biblScope in p": (
        letter("<p><biblScope>13</biblScope></p>"),
        5,
        "<biblScope> may not stand in <p>, only in bibl, imprint, monogr, series, seriesStmt",
    ),
    "unknown level": (
        letter('<p><title level="x">Capital</title></p>'),
        5,
        "level=“x” of <title> is not one of a, m, j, s, u",
    ),
    "unknown type of rs": (
        letter('<p><rs type="thing">it</rs></p>'),
        5,
        "type=“thing” of <rs> is not one of person, place, org, event, work, term",
    ),
    "ref with nothing in it": (
        letter('<p><persName ref="">Marx</persName></p>'),
        5,
        "ref=“” of <persName> is not an address without spaces, such as #person-marx",
    ),
    "a certainty that is no word for it": (
        letter('<p><persName cert="0.9">Marx</persName></p>'),
        5,
        "cert=“0.9” of <persName> is not one of high, medium, low, unknown",
    ),
    # dates
    "a month that is none": (
        letter('<p><date when="1848-13">then</date></p>'),
        5,
        "when=“1848-13” of <date> is not a date such as 1848, 1848-03 or 1848-03-18",
    ),
    "a day that is none": (
        letter('<p><date when="1847-02-29">then</date></p>'),
        5,
        "when=“1847-02-29” of <date> is not a date such as 1848, 1848-03 or 1848-03-18",
    ),
    "a year of two digits": (
        letter('<p><date notBefore="48">then</date></p>'),
        5,
        "notBefore=“48” of <date> is not a date such as 1848, 1848-03 or 1848-03-18",
    ),
    # elements and attributes that are not ours
    "an element of TEI that is not ours": (
        letter("<p><soCalled/></p>"),
        5,
        "<soCalled> is no element of this encoding",
    ),
    "an element of no namespace": (
        letter('<p xmlns=""/>'),
        5,
        "<p> is no element of this encoding",
    ),
    "an attribute that is not ours": (
        letter('<p style="color: red"/>'),
        5,
        "<p> has no attribute style",
    ),
    "an attribute of another namespace": (
        letter('<p xmlns:x="urn:x" x:type="y"/>'),
        5,
        "<p> has no attribute type",
    ),
    "an id of two words": (
        letter('<p xml:id="p 1"/>'),
        5,
        "xml:id=“p 1” of <p> is not a name that begins with a letter and has no spaces",
    ),
    "an id used twice": (
        letter('<p xml:id="p1"/>\n<p xml:id="p1"/>'),
        6,
        "xml:id=“p1” of <p> is the id of another element too",
    ),
    "a milestone of nothing": (
        letter("<p><milestone/></p>"),
        5,
        "<milestone> lacks the attribute unit",
    ),
    "choice of one": (
        letter("<p><choice><sic>a</sic></choice></p>"),
        5,
        "<choice> is incomplete; it may hold abbr, corr, expan, orig, reg, sic, unclear",
    ),
    "choice with the correction first": (
        letter("<p><choice><corr>a</corr><sic>b</sic></choice></p>"),
        5,
        "<corr> may stand in <choice>, but not first",
    ),
    # the header
    "no source": (
        tei(HEADER.replace("<sourceDesc><p>S</p></sourceDesc>", "")),
        2,
        "<fileDesc> is incomplete; it lacks <sourceDesc>",
    ),
    "a table without rows": (letter("<table/>"), 5, "<table> is incomplete; it lacks <row>"),
    "no titleStmt": (
        tei("<teiHeader>\n<fileDesc>\n<publicationStmt/></fileDesc></teiHeader>"),
        4,
        "<publicationStmt> may stand in <fileDesc>, but not first",
    ),
    "a date before the publisher": (
        tei(
            HEADER.replace("<publisher>P</publisher>", "<date/>") + "<text><body><p/></body></text>"
        ),
        3,
        "<date> may stand in <publicationStmt>, but not first",
    ),
    "an element in the name of an element": (
        header("<encodingDesc><p><gi><hi/></gi></p></encodingDesc>"),
        4,
        "<gi> may hold text only",
    ),
    "an element with a space in its name": (
        header("<encodingDesc><p><gi>pers Name</gi></p></encodingDesc>"),
        4,
        "<gi> may not hold “pers Name”",
    ),
    "an action of no type": (
        corresp("<correspAction><date/></correspAction>"),
        4,
        "<correspAction> lacks the attribute type",
    ),
    "an action of no known type": (
        corresp('<correspAction type="read"><date/></correspAction>'),
        4,
        (
            "type=“read” of <correspAction> is not one of sent, received, transmitted, redirected,"
            " forwarded"
        ),
    ),
    "profile before encoding": (
        header("<profileDesc/>\n<encodingDesc><p/></encodingDesc>"),
        5,
        "<encodingDesc> may stand in <teiHeader>, but not after <profileDesc>",
    ),
    "a program without a version": (
        header(
            '<encodingDesc><appInfo><application ident="e"><label/></application>'
            "</appInfo></encodingDesc>"
        ),
        4,
        "<application> lacks the attribute version",
    ),
    # registers
    "neither text nor standOff": (
        tei(HEADER),
        1,
        "<TEI> is incomplete; it may hold standOff, teiHeader, text",
    ),
    "a list of nobody": (
        register("<listPerson/>"),
        5,
        "<listPerson> is incomplete; it may hold head, listPerson, listRelation, person, personGrp",
    ),
    "a relation of both kinds": (
        register(
            '<listRelation><relation name="spouse" active="#a" mutual="#b #c"/></listRelation>'
        ),
        5,
        "<relation> has active, so it may not have mutual",
    ),
    "coordinates with a comma": (
        register(
            "<listPlace><place><location><geo>48.85, 2.35</geo></location></place></listPlace>"
        ),
        5,
        "<geo> may not hold “48.85, 2.35”",
    ),
    "organisations after a note": (
        register(
            "<listOrg><org><orgName/><note/>"
            "<listOrg><org><orgName/></org></listOrg></org></listOrg>"
        ),
        5,
        "<listOrg> may stand in <org>, but not after <note>",
    ),
    "a work without an imprint": (
        register("<listBibl><biblStruct><monogr><title/></monogr></biblStruct></listBibl>"),
        5,
        "<monogr> is incomplete; it lacks <imprint>",
    ),
    # no TEI at all
    "another root": (b"<letter/>", 1, "<letter> may not be the outermost element; that is <TEI>"),
    "a root of no namespace": (b"<TEI/>", 1, "<TEI> is not in the namespace of TEI"),
}
"""Documents, with the line and the words of the first finding."""

VALID: dict[str, bytes] = {
    "a corpus of two letters": corpus(
        2 * f"<TEI>{HEADER}<text><body><div><p>Text</p></div></body></text></TEI>"
    ),
    "a letter with all its parts": letter(
        "<head>Letter</head><opener><address><addrLine>Dean Street</addrLine></address>"
        "<dateline><placeName>London</placeName>, <date when='1853-04-26'>26 April</date>"
        "</dateline>"
        "<salute>Dear <persName>Cluss</persName>,</salute></opener><p>Text</p>"
        "<closer><salute>Yours,</salute> <signed>K. M.</signed></closer>"
        "<postscript><p>P.S.</p></postscript>"
    ),
    "a second letter in its own division": letter(
        "<p/><div type='enclosure'><opener/><p/><closer/></div>"
    ),
    "running salutation": letter("<p><seg type='salute'>Dear Sir,</seg> I am</p>"),
    "names in names": letter(
        "<p><eventName>the <persName>Laval</persName>-<persName>Stalin</persName> treaty with"
        " <placeName>France</placeName></eventName></p>"
    ),
    "a name in parts": letter(
        "<p><persName><roleName>Mr.</roleName> <forename>Karl</forename> <surname>Marx</surname>"
        "</persName></p>"
    ),
    "a reference in its own words": letter(
        "<p><bibl><author>Otter</author> in <biblScope unit='volume'>Volume 13</biblScope>,"
        " <biblScope unit='issue'>no 3</biblScope></bibl></p>"
    ),
    "a quotation in a signature": letter("<p/><closer><signed><quote>Q</quote></signed></closer>"),
    "a word across a line": letter("<p>revo<pc force='weak'>-</pc><lb break='no'/>lution</p>"),
    "a gap that the source prints": letter("<p><gap reason='omitted'><desc>[...]</desc></gap></p>"),
    "Old Style": letter("<p><date when='1700-01-21' calendar='#julian'>10 Jan</date></p>"),
    "year unknown": letter("<p><date when='--03-18'>18 March</date></p>"),
    "no year zero, but years before it": letter("<p><date when='-0044-03-15'>the Ides</date></p>"),
    "labels and items": letter("<list type='gloss'><label>Author:</label><item>Marx</item></list>"),
    "verse": letter("<lg><l>one</l><l>two</l></lg>"),
    "a register without a text": register(
        "<listPerson><person xml:id='person-marx'><persName>Marx</persName><birth when='1818'/>"
        "<death when='1883'/><idno type='GND'>118578537</idno></person></listPerson>"
    ),
    "a place on the map": register(
        "<listPlace><place><placeName>Paris</placeName><location><geo>48.85 2.35</geo></location>"
        "</place></listPlace>"
    ),
    "a relation": register("<listRelation><relation name='spouse' mutual='#a #b'/></listRelation>"),
    "a calendar": header(
        "<profileDesc><calendarDesc><calendar xml:id='julian'><p>Julian</p></calendar>"
        "</calendarDesc></profileDesc>"
    ),
}
