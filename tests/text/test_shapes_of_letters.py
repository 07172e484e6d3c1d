"""Letters of every shape, in three languages: each row is a whole small letter."""

from __future__ import annotations

import textwrap

import pytest

from epistola.model import Annotation, Source
from epistola.text.details import Details, detailed
from epistola.text.letter import structure
from marks import in_order, marked

SHOWN = frozenset(
    "head dateline address salute p valediction signed postscript envelope endorsement".split()
)
HELD = frozenset({"postscript", "envelope", "endorsement"})
"""Parts whose paragraphs go without saying."""

BOY = "[p The boy has come back, and the note with him, so I send both to you once more.]\n\n"
FAR = " " * 40
WORDS = "The boy has come back, and the note with him, so I send both to you once more."

ENGLISH = {
    "words set in capitals amid the text are no name": (
        f"[salute Dear Tom,]\n\n{BOY}[p THE BRIDGE.]\n\n{BOY}"
        "[valediction Yours ever,]\n[signed ANNE]"
    ),
    "lines of a narrow sheet are no leave": (
        "[salute My dear Anne,]\n\n[p I shall not be\nable to come down\nto the mill before\n"
        "the end of the week\nfor they want me here\nto see to the roof]\n\n"
        "[valediction Yours ever,]\n[signed TOM]"
    ),
    "a short line amid a letter begins no postscript": (
        f"[salute Dear Sir,]\n\n{BOY}[p The whole cost of the mill, as I\nhave it]\n\n"
        "[p of the mason, comes to...............400 pounds]\n\n"
        f"{BOY}[valediction Yours truly,]\n[signed J. Mill]"
    ),
    "the brother who signs nothing": (
        "[p My good brother has the boy with him, and the note, and he sends both to you.]"
    ),
    "a street with a number is no day": (
        "[dateline Ely, 3 May 1901]\n\n[address Ward & Mill,\n12 West 43d Street,\nNew York]\n\n"
        f"[salute Gentlemen:]\n\n{BOY}[valediction Yours truly,]\n[signed J. Mill]"
    ),
    "a farewell amid the last paragraph is none of its own": (
        "[salute Dear Tom,]\n\n[p The coach is here. God bless you. I must run, or miss it.]\n\n"
        "[valediction Yours ever,]\n[signed ANNE]"
    ),
    "articles in the heading": (
        "[head The Earl of Ward to the Duke of Mill.]\n\n[dateline Ely, 3 May 1801.]\n\n"
        f"[salute My Lord,]\n\n{BOY}[valediction I have, &c.,]\n[signed (Signed) WARD.]"
    ),
    "a date in brackets below the heading": (
        "[head Mrs. Ward to Miss Mill.]\n\n[dateline (Undated--May or June 1801.)]\n\n"
        f"[salute Dear Anne,]\n\n{BOY}[valediction Yours ever,]\n[signed JANE]"
    ),
    "a place above its date, in blocks of their own": (
        "[head TO MR. WARD.]\n\n[dateline Richmond,]\n\n[dateline May 3, 1801.]\n\n"
        f"[salute Sir,]\n\n{BOY}[valediction Yours truly,]\n[signed J. Mill]"
    ),
    "leave without a comma of its own": (
        "[p [salute DEAR FATHER,]--The boy has come back, and the note with him, and in all this "
        "[valediction I am your dutiful son and affectionate pupil.]]"
    ),
    "leave that ends a sentence": (
        "[p [salute SIR,]--The boy has come back, and I shall write next week; meanwhile, "
        "[valediction have the honor to be, with the greatest respect, &c.]]"
    ),
    "initials end it": (
        "[p [salute DEAR ANNE,]--The boy has come back, and the note with him. [signed R. B.]]"
    ),
    "an abbreviation that ends it is nobody": (
        "[p [salute DEAR ANNE,]--The boy has come back, and he goes now to the U. S.]"
    ),
    "a farewell ends it": (
        "[p [salute DEAR ANNE,]--The boy has come back, and the note with him. "
        "[valediction God bless you!]]"
    ),
    "yours, and so forth": (
        "[salute Dear Tom,]\n\n[p The boy has come back, and the note with him.] "
        "[valediction Yours, etc.,]\n\n[signed J. MILL.]"
    ),
    "signed in a line of its own": (
        f"[salute Sir,]\n\n{BOY}[valediction I have the honour to be, &c.]\n"
        "[signed (Signed)\nJ. Mill]"
    ),
    "two who take leave": (
        f"[salute Dear Tom,]\n\n{BOY}[valediction Yours ever,]\n[signed Anne]\n"
        "[valediction Your loving]\n[signed Edith]"
    ),
    "a wife": (
        f"[salute Gentlemen:]\n\n{BOY}[valediction Very truly yours,]\n[signed Edith Ward.]\n"
        "[signed (Mrs. John Ward)]"
    ),
    "a by-name": (
        f"[salute Dear Tom,]\n\n{BOY}[valediction Yours sincerely,]\n\n[signed Owl-Eye, C. W.]"
    ),
    "a secretary": (
        f"[salute Sir,]\n\n{BOY}[valediction Yours truly,]\n[signed J. Ward, clerk to the mill]"
    ),
    "a hand in brackets": (
        f"[salute Dear Tom,]\n\n{BOY}[valediction Believe me yours,]\n\n"
        "[signed \\[HW: John Ward\\]]"
    ),
    "the cover after a remark": (
        f"[salute Dear Tom,]\n\n{BOY}[valediction Yours.]\n\n"
        "[envelope \\[Sealed in red, and directed\\]\nFor Mr. Thomas Ward,\nat the Mill,\nEly.]"
    ),
    "an enclosure by its number": (
        f"[salute My Lord,]\n\n{BOY}[valediction I have, &c.,]\n\n[signed (Signed) WARD.]\n\n"
        f"[head Inclosure 1 in No. 3.]\n\n[head Mr. Ward to Mr. Mill.]\n\n"
        f"[salute Sir,]          [dateline Ely, May 3, 1801.]\n\n{BOY}"
        "[valediction I have, &c.,]\n\n[signed (Signed) MILL.]"
    ),
    "an inscription in the middle is no leave": (
        f"[salute Dear Tom,]\n\n{BOY}{FAR}[p FOR THE BOYS,]\n\n{BOY}"
        "[valediction Yours ever,]\n[signed ANNE]"
    ),
    "a line that ends in small words is no leave": (
        f"[salute Dear Tom,]\n\n{BOY}[p Count a shilling as the price of the]\n\n{BOY}{BOY}"
        "[valediction Yours ever,]\n[signed ANNE]"
    ),
    "a telephone is nobody": (
        f"[salute Dear Sir:]\n\n{BOY}[valediction Very truly yours,]\n[signed Edith Ward.]\n"
        "[address Telephone Riverside 8100]"
    ),
    "a name in capitals without leave": f"[salute Dear Tom,]\n\n{BOY}[signed J. LAMB.]",
    "an initial in brackets": f"[salute Dear Tom,]\n\n{BOY}[signed \\[K.\\]]",
    "initials far to the right, and more": (
        f"[salute Dear Tom,]\n\n{BOY}{FAR}[signed E.B.B.]\n\n"
        "[postscript Come on Friday if you can, and bring the dog with you again.]"
    ),
    "a forename, and more": (
        f"[salute Dear Tom,]\n\n{BOY}[signed Elizabeth.]\n\n"
        "[postscript Come on Friday if you can, and bring the dog with you again.]"
    ),
    "what is said of the name before it": (
        f"[salute Dear Sir:]\n\n{BOY}[valediction Very truly yours,]\n"
        "[signed (Handwritten) J. D. Ward,]"
    ),
    "leave in lines apart": (
        f"[salute Sir,]\n\n{BOY}[valediction I am, with all esteem, your Excellency's]\n\n"
        "[valediction most obedient and humble servant,]\n\n[signed J. Ward.]"
    ),
    "long leave, and nobody who signs": (
        f"[salute Gentlemen,]\n\n{BOY}"
        "[valediction I am, with my most sincere respect and esteem for the whole company, and "
        "with much regard to the captain, your most obedient and very humble servant,]"
    ),
    "a title of address on the cover": (
        f"[salute Dear Anne,]\n\n{BOY}[valediction Yours ever,]\n[signed JANE WARD.]\n\n"
        "  [envelope Miss WARD,\n    Hill Park, Ely, Kent.]"
    ),
    "a run-in title in capitals": (
        "[p [salute MY DEAR MRS. WARD,]--The boy has come back, and the note with him.]"
    ),
    "a ship above the date": (
        f"{FAR}[dateline ON BOARD SHIP Swallow,]\n\n{FAR}[dateline AT SEA, July 30, 1866.]\n\n{BOY}"
        "[valediction Yours ever,]\n[signed ANNE]"
    ),
    "a rank and a name": f"[salute Lieutenant-General Ward,--]\n\n{BOY}[signed A. LAMB.]",
    "letters of one family": (
        f"[head FROM H. W.]\n\n{BOY}[head E. S. P. TO H. W.]\n\n{BOY}"
        "[valediction Yours ever,]\n[signed ANNE]"
    ),
    "a letter and its translation": (
        f"[salute Sir,]\n\n{BOY}[valediction Accept, &c.,]\n[signed (Signed) WARD.]\n\n"
        f"[head (Translation.)]\n\n[dateline Berlin, May 3, 1843.]\n\n{BOY}"
        "[valediction Accept, &c.,]\n[signed (Signed) WARD.]"
    ),
    "leave within a paragraph is no closer": (
        "[p Tell him that I am his friend, and yours truly.]\n\n"
        "[p The coach was late, and the inn was full of people whom nobody of us knew.]"
    ),
    "a quoted letter takes no leave": (
        "[salute Dear Tom,]\n\n[p The mill writes to me, and I copy out for you what it says:]\n\n"
        '[p "Dear Sir:]\n\n[p We have your order and shall send the goods by rail on Monday."]\n\n'
        "[valediction Yours ever,]\n[signed ANNE]"
    ),
    "verse is neither dated nor signed": (
        "[salute Dear Tom,]\n\n[p Here is what the children sing all day upon the green:]\n\n"
        "[p The Sun goes over hill and mill,\nThe Spring is in the town,\n"
        "And Jack that never can be still\nComes ever tumbling down.]\n\n"
        "[p It is not much, but they have nothing else to sing, and I have no peace.]\n\n"
        "[valediction Ever yours,]\n[signed ANNE]"
    ),
    "all of it in one paragraph": (
        "[p [salute SIR,]--The bridge is worse than it was in the spring, and nobody mends it. "
        "[valediction I am, Sir, your obedient servant,] [signed J. MILL.]]"
    ),
    "leave and name in one line": (
        "[dateline Ely, 3 May 1801.] [salute Dear Sir,]\n\n"
        "[p The boy has come back, and the note with him, so I send both to you once more.]\n\n"
        "[valediction Yours truly,] [signed J. Smith.]\n\n"
        "[endorsement Endorsed: Mr. Smith, 3 May 1801.]"
    ),
    "leave that begins amid a sentence of its own": (
        "[salute Dear Sir,]\n\n"
        "[p The boy has come back, and the note with him, so I send both to you once more.]\n\n"
        "[valediction I leave the rest to another day, and am always\nYours]\n[signed T. M.]"
    ),
    "several who sign, and an enclosure": (
        "[salute My dear Anne,]\n\n"
        "[p I have your letter, and thank you for it with all my heart, and for the cheese.]\n\n"
        "[valediction Believe me, dear Anne,\n    yours ever,]\n"
        "        [signed (Signed) JOHN MILL]\n                 [signed MARY MILL]\n\n"
        "[postscript Enclosure: one cheese.]"
    ),
    "place above date": (
        "[dateline Castle Hill, near Durham,\nJuly 10, 1767.]\n[salute Dear Sir]\n\n"
        "[p The boy has come back, and the note with him, so I send both to you once more.]\n\n"
        "[valediction Yours,]\n[signed T. MILL]"
    ),
    "columns of one line": (
        "[salute My Lord,]                    [dateline Berlin, April 7, 1844.]\n\n"
        "[p The boy has come back, and the note with him, so I send both to you once more.]\n\n"
        "[valediction I have the honour to be, with much respect, &c.]"
    ),
    "a postscript that is signed": (
        "[salute Dear Tom,]\n\n[p Come on Friday if you can, and bring the dog with you again.]\n\n"
        "[valediction Ever yours,]\n[signed ANNE]\n\n"
        "[postscript P.S. And the cheese, pray do not forget it.\n\n"
        "[valediction Once more yours,]\n[signed A.]]"
    ),
    "a second letter": (
        "[salute Dear Tom,]\n\n[p Come on Friday if you can, and bring the dog with you again.]\n\n"
        "[valediction Ever yours,]\n[signed ANNE]\n\n"
        "[dateline Leeds, 4 May 1801]\n\n[salute Dear Anne,]\n\n"
        "[p I cannot come on Friday, and the dog will not, but we shall both come on Sunday.]\n\n"
        "[valediction Yours,]\n[signed TOM]"
    ),
}

GERMAN = {
    "a stay in the garden is no leave": (
        "[salute Liebe Grete!]\n\n"
        "[p Der Koffer ist noch nicht zu, und der Zug geht gleich, aber ich schreibe doch. "
        "Gestern war ich noch einmal im Garten.]\n\n"
        "[valediction Herzliche Grüße]\n[signed Dein Paul]"
    ),
    "two who greet": (
        "[salute Liebe Großmama!]\n\n"
        "[p Wir sitzen im Rathauskeller bei einem Glase Wein, und es regnet in Strömen.]\n\n"
        "[valediction Herzlichen Gruß!]\n[signed Dein tr. Fritz.]\n[valediction Herzl. Gruß]\n"
        "[signed Grete]"
    ),
    "by order": (
        "[p Sie werden ersucht, die Akten bis zum Ersten des Monats hierher zu senden.]\n\n"
        "[signed Im Auftrage\nMahler]"
    ),
    "an embrace ends the last paragraph": (
        "[salute Liebe Grete!]\n\n"
        "[p Der Koffer ist noch nicht zu, und der Zug geht gleich. Schreibe bald, "
        "[valediction ich umarme Dich.]]\n\n[signed Dein Fritz.]"
    ),
    "a forename below full lines": (
        "[salute Liebe Grete!]\n\n"
        "[p Der Koffer ist noch nicht zu, und der Zug geht gleich, aber ich schreibe\n"
        "doch noch diese Zeilen, damit du nicht meinst, ich hätte dich vergessen, und\n"
        "weil es so still ist.]\n\n"
        "[valediction Ich bin bei dir! Laß uns hoffen, daß der Winter endlich geht!]\n"
        "[signed Paul.]"
    ),
    "leave and name on two lines": (
        "[salute Liebe Mutter!]\n\n"
        "[p Heute nur ein paar Zeilen, denn der Zug geht gleich, und die Tante wartet schon.]\n\n"
        "[valediction Leben Sie wohl!\nIhre]\n[signed treuste Karoline]"
    ),
    "formal": (
        "[dateline Leipzig d. 3ten März]\n\n"
        "[salute Hochwohlgeborner Herr,\nHochzuverehrender Herr Geheimer Rath!]\n\n"
        "[p Sie haben die Gnade gehabt, mir zu schreiben, und ich danke dafür von Herzen.]\n\n"
        "[valediction Ich verharre mit vorzüglicher Hochachtung\nEuer Hochwohlgeboren\n"
        "ganz gehorsamster Diener]\n[signed K. Mahler.]\n\n[postscript N.S. Die Bücher folgen.]"
    ),
    "among kin": (
        "[salute Liebe Mutter!]\n\n"
        "[p Heute nur ein paar Zeilen, denn der Zug geht gleich, und die Tante wartet schon.]\n\n"
        "[valediction Es grüßt Dich herzlich]\n[signed Dein Fritz]\n\n"
        "[postscript Grüße auch den Vater!]"
    ),
    "a day alone, and leave in the last line of a block": (
        "[dateline D. 25ten]\n[salute Liebe Grete!]\n\n"
        "[p Der Koffer ist noch nicht zu, und der Zug geht gleich, aber ich schreibe doch.]\n\n"
        "[valediction Schreib bald! Tausend Grüße]\n[signed Dein treuer Paul]"
    ),
    "what an editor says below it": (
        "[dateline Weimar den 2ten May\n1821.]\n\n[salute Theuerster Freund!]\n\n"
        "[p Der Koffer ist noch nicht zu, und der Zug geht gleich, aber ich schreibe doch.]\n\n"
        "[valediction Leben Sie wohl!]\n[signed Paul]\n\n"
        "[head Überlieferung]\n\n[p H: Weimar, 1 Bl. 4°, 2 S.]\n\n"
        "[head Erläuterungen]\n\n[p Der Koffer ist nicht erhalten.]"
    ),
}

FRENCH = {
    "a heading in capitals": (
        "[head A JOSEPH LAMBERT.]\n\n[dateline Samedi, 19 janvier 1833.]\n\n"
        "[salute Cher ami,]\n\n"
        "[p La commission a reçu ton mémoire ; elle y fera droit dans le courant du mois.]"
    ),
    "business": (
        "[dateline Lyon, 14 juillet 1910]\n\n"
        "[address MAISON LAMBERT & FILS\n12, rue de la Paix\nParis]\n\n[salute Messieurs,]\n\n"
        "[p Nous accusons réception de votre commande du 10 courant et vous en remercions.]\n\n"
        "[valediction Recevez, Messieurs, nos salutations empressées.]\n\n"
        "[valediction Pour la maison,]\n[signed A. Berton]\n\n"
        "[postscript Pièces jointes : une facture.]"
    ),
    "a colleague": (
        "[dateline Paris, le 3 mars 1845.]\n\n[salute Monsieur et cher confrère,]\n\n"
        "[p J'ai reçu votre lettre du premier de ce mois et je m'empresse d'y répondre.]\n\n"
        "[valediction Veuillez agréer, Monsieur, l'expression de mes sentiments dévoués.]\n\n"
        "[signed J. Lambert]"
    ),
    "a daughter": (
        "[salute Ma chère maman,]\n\n"
        "[p Nous sommes arrivés hier au soir par une pluie battante, et les enfants dorment.]\n\n"
        "[valediction Votre fille dévouée,]\n[signed Louise]\n\n"
        "[postscript P.-S. — N'oubliez pas les confitures.]"
    ),
    "the Republic": (
        "[head Au citoyen Lambert, à Lyon.]\n\n[dateline Ce 12 germinal an III.]\n\n"
        "[salute Citoyen,]\n\n"
        "[p La commission a reçu ton mémoire ; elle y fera droit dans le courant du mois.]\n\n"
        "[valediction Salut et fraternité,]\n[signed Berton]"
    ),
    "an old court, with the cover": (
        "[dateline De Versailles, ce 20 octobre 1690]\n\n"
        "[p Je vous ai mandé, ma fille, tout ce que je savais de la santé de votre mère.]\n\n"
        "[valediction Je suis, avec un profond respect, Monseigneur,\nde Votre Éminence,\n"
        "le très humble et très obéissant serviteur,]\n[signed DE LA TOUR]\n\n"
        "[envelope À Monsieur\nMonsieur l'abbé Berton\nà Rouen]"
    ),
    "a secretary writes to a minister": (
        "[dateline De Fontainebleau, le 2e octobre 1661.]\n\n[salute Monseigneur,]\n\n"
        "[p J'ai rendu au gouverneur les papiers que vous m'aviez fait remettre pour lui.]\n\n"
        "[valediction Je suis avec respect,\nMonseigneur,\n"
        "Votre très humble, très obéissant et très obligé serviteur,]\n[signed LAMBERT]"
    ),
    "leave and name run in at the end": (
        "[p [salute Ma bonne amie,] la pluie n'a pas cessé depuis que vous êtes partie, et le "
        "jardin est un lac. [valediction Adieu, ma bonne amie.]]"
    ),
    "a philosopher, and the cover": (
        "[head À M. BERTON.]\n\n[dateline À Dijon, 6 de mars 1764.]\n\n"
        "[p Je vous renvoie, mon cher confrère, le livre que vous m'aviez prêté cet hiver.]\n\n"
        "[valediction Je vous embrasse de tout mon cœur.]\n\n[signed LAMBERT]"
    ),
    "a soldier of the Empire": (
        "[dateline Au camp près de Wagram, ce 9 juillet 1809]\n\n[salute Mon cher père,]\n\n"
        "[p Je suis vivant, et je n'ai qu'une égratignure au bras ; le cheval est perdu.]\n\n"
        "[valediction Embrassez ma mère et mes sœurs pour moi.\nVotre fils respectueux,]\n"
        "[signed Jean Lambert]\n\n[postscript P. S. Envoyez-moi des bas.]"
    ),
    "a prefect": (
        "[dateline Rouen, le 4 novembre 1832.]\n\n[salute Monsieur le maire,]\n\n"
        "[p Le pont de votre commune menace ruine, et les voitures n'y peuvent plus passer.]\n\n"
        "[valediction Agréez, Monsieur le maire, l'assurance de ma considération distinguée.]\n\n"
        "[address Le préfet,]\n[signed BERTON]"
    ),
    "a poet to his publisher": (
        "[dateline Bruxelles, dimanche 17 avril 1853]\n\n"
        "[p [salute Cher monsieur,] vos épreuves sont arrivées, et je les corrige ce soir.]\n\n"
        "[valediction Mille bonnes amitiés.]\n\n[signed J. L.]"
    ),
    "a painter": (
        "[dateline Arles, jeudi]\n\n[salute Mon cher Paul,]\n\n"
        "[p Les couleurs sont arrivées ce matin, et la toile aussi ; je me mets à l'ouvrage.]\n\n"
        "[valediction Une bonne poignée de main,\nBien à toi,]\n[signed Jean]"
    ),
    "a grandmother": (
        "[dateline Nohant, 3 janvier 66]\n\n[salute Cher enfant,]\n\n"
        "[p Il neige sur le toit et sur les poules, et la petite a fait un homme de neige.]\n\n"
        "[valediction Je te bige mille fois,\nTa vieille]\n[signed Aurore.]"
    ),
    "a shop": (
        "[dateline Lille, le 12 mai 1921.]\n\n"
        "[address Monsieur P. BERTON\n4, place du Marché\nArras]\n\n[salute Monsieur,]\n\n"
        "[p Votre honorée du 8 courant nous est bien parvenue, et nous expédions ce jour.]\n\n"
        "[valediction Veuillez agréer, Monsieur, nos salutations distinguées.]\n\n"
        "[signed (Signé) A. LAMBERT]"
    ),
    "a prisoner, date below": (
        "[salute Chère Marie,]\n\n"
        "[p On nous permet une lettre par mois, et celle-ci est la mienne ; je vais bien.]\n\n"
        "[valediction Je t'embrasse, ainsi que les enfants.]\n\n[signed Pierre]\n\n"
        "[dateline Fresnes, le 3 mars 1942.]"
    ),
    "a professor": (
        "[dateline Genève, 20 juin 1911]\n\n[salute Cher Monsieur et ami,]\n\n"
        "[p Votre mémoire m'a beaucoup intéressé, et je l'ai fait lire à mes deux assistants.]\n\n"
        "[valediction Croyez, cher Monsieur, à mes sentiments les meilleurs.]\n[signed E. Berton]"
    ),
    "a bishop": (
        "[dateline Meaux, 30 mars 1695.]\n\n"
        "[p J'ai reçu, ma fille, votre lettre du vingt-six, et je prie Dieu qu'il vous garde.]\n\n"
        "[valediction Tout à vous en Notre-Seigneur,]\n\n[signed J. BÉNIGNE, évêque de Meaux.]"
    ),
    "a mother in haste": (
        "[dateline Ce mardi soir.]\n\n"
        "[p Le courrier part, mon fils, et je n'ai le temps que de te dire que tout va bien.]\n\n"
        "[valediction Adieu, mon cher fils, porte-toi bien et aime ta mère.]"
    ),
    "date at the foot": (
        "[p [salute Mon cher ami,] je n'ai que le temps de vous écrire deux mots avant midi.]\n\n"
        "[valediction Tout à vous,]\n                        [signed E. B.]\n"
        "                  [dateline Ce lundi matin.]"
    ),
}

LETTERS = [
    pytest.param(language, line, id=f"{language}: {name}")
    for language, rows in (("en", ENGLISH), ("de", GERMAN), ("fr", FRENCH))
    for name, line in rows.items()
]


def shown(found: list[Annotation], source: Source) -> list[tuple[str, list[str]]]:
    """The parts that hold words, in order, word by word."""
    parts = in_order(a for a in found if a.kind in SHOWN)
    held = [a.span for a in parts if a.kind in HELD]
    return [
        (a.kind, source[a.span].split())
        for a in parts
        if a.kind != "p" or not any(a.span in span for span in held)
    ]


@pytest.mark.parametrize(("language", "line"), LETTERS)
def test_parts(language: str, line: str) -> None:
    source, expected = marked(line)
    assert shown(structure(source, language), source) == shown(expected, source)


def wrapped(text: str, width: int) -> str:
    return "\n".join(
        "\n".join(textwrap.wrap(line, width, break_on_hyphens=False)) for line in text.split("\n")
    )


@pytest.mark.parametrize("width", [56, 64, 72, 80])
def test_a_wrapped_letter_has_the_same_parts(width: int) -> None:
    text = (
        "Leeds, 4 May 1801\n\nDear Anne,\n\n"
        + "I cannot come on Friday, and the dog will not, but we shall both come on Sunday. " * 5
        + "\n\nThe Sun goes over hill and mill,\nThe Spring is in the town,\n"
        "And Jack that never can be still\nComes ever tumbling down.\n\n"
        + "The boy has come back, and the note with him, so I send both to you once more. " * 4
        + "\n\nBelieve me, dear Anne,\nyours ever,\nTOM\n\nP.S. The dog is well."
    )
    plain, narrow = Source("plain", text), Source("narrow", wrapped(text, width))
    assert shown(structure(narrow, "en"), narrow) == shown(structure(plain, "en"), plain)


NOTES = {
    "a paragraph that is stepped in is no note": (
        "Dear Tom,\n\n    The boy has come back, and the note with him,\n"
        "    so I send you both of them.\n\nYours ever,\nANNE",
        [],
    ),
    "a star alone opens no note": (
        "Dear Tom,\n\n* The boy has come back.\n\nYours ever,\nANNE",
        [],
    ),
    "what an editor says above it": (
        "To Miss Ward.\n\n    Miss Ward, who was then at Ely, had said that they were to\n"
        "    mend the bridge before the spring.\n\nEly, 3 May 1801\n\nDear Miss Ward,\n\n"
        "The boy has come back, and the note with him.\n\nYours ever,\nANNE",
        ["Miss Ward, who ... the spring."],
    ),
    "what an editor says below it": (
        "Dear Tom,\n\nThe boy has come back to us from Ely, and the note with him, and so I\n"
        "send both of them to you once more, but the cheese, which they forgot in\n"
        "the coach, I shall keep here.\n\nYours ever,\nANNE\n\n     The boy was her brother, who "
        "had gone to Ely, and the note that\n     he brought is not preserved.\n",
        ["The boy was ... not preserved."],
    ),
    "notes below a rule": (
        "Dear Tom,\n\nThe boy* has come back, and the note** with him.\n\n--------\n"
        "* My brother's.\n** Not mine.\n--------\n\nHe is well.\n\nYours ever,\nANNE",
        ["* My brother's.", "** Not mine."],
    ),
    "a note goes on to its bracket": (
        "Dear Tom,\n\nThe boy[1] has come back, and the note with him, and the cheese.\n\n"
        "Yours ever,\nANNE\n\n  [Footnote 1: See above.\n    (Chapter 3)]",
        ["[Footnote 1: See ... (Chapter 3)]"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), NOTES.values(), ids=NOTES)
def test_notes(text: str, expected: list[str]) -> None:
    source = Source("notes", text)
    words = [source[a.span].split() for a in in_order(structure(source, "en")) if a.kind == "note"]
    edges = [" ".join([*w[:3], "...", *w[-2:]] if len(w) > 4 else w) for w in words]
    assert edges == expected


@pytest.mark.parametrize("line", ["End of Vol. I.", "THE END", "FINIS."])
def test_the_end_of_a_book_is_no_postscript(line: str) -> None:
    source = Source("end", f"Dear Tom,\n\n{WORDS}\n\nYours ever,\nANNE\n\n{line}\n")
    kinds = {a.kind for a in structure(source, "en") if source[a.span] == line}
    assert kinds == {"trailer"}


def test_verse_may_end_in_dots() -> None:
    lines = "    The sun goes over hill and mill,\n    And nobody can hold it still....\n"
    source = Source("verse", f"Dear Tom,\n\n{WORDS * 2} Here is the song:\n\n{lines}\n{WORDS}\n")
    parts = detailed(source, structure(source, "en"), "en", Details())
    assert len([a for a in parts if a.kind == "line"]) == 2


def test_a_second_letter_is_a_division_of_its_own() -> None:
    source, _ = marked(ENGLISH["a second letter"])
    letters = [a for a in structure(source, "en") if a.kind == "letter"]
    assert [source[a.span][:9] for a in letters] == ["Dear Tom,", "Leeds, 4 "]


def test_a_no_break_space_between_leave_and_name_is_lost_to_neither() -> None:
    source = Source("nbsp", "The boy has come back.\n\nYours ever,\u00a0J. Mill")
    parts = [a.span for a in structure(source, "en") if a.kind in SHOWN]
    assert any(span.start <= source.text.index("\u00a0") < span.end for span in parts)
