"""Sentence ends, hand-made: "|" stands where one sentence ends and the next begins."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmlib.sentences import sentence_spans, split_sentences

GERMAN = """
Der Hund schläft.| Die Katze spielt im Garten.| Das Kind isst einen Apfel.
Wir haben viel vor, z. B. eine Probefahrt.| Kommst du?
Wir haben viel vor, z.B. Probefahrten.| Kommst du?
Das heißt, d. h. Der Eintritt ist frei.
Gemeint ist, d. h. Sie zahlen nichts.
Hol dir Nr. 5 ab.| Sie wartet.
Treffpunkt ist Haus Nr. 12 am Deich.
Am 3. Mai geht es los.| Sei dabei!
Vom 3. bis 5. Mai.| Jetzt anmelden.
Der 1. Platz geht nach Köln.| Glückwunsch!
Wir feiern am 3.| Der Eintritt ist frei.
Heute ist der 2. Advent.| Zeit für Plätzchen.
Zum 100. Geburtstag gibt es Kuchen.
Seit 2019.| Neue Räder gibt es erst jetzt.
Es waren 250.| Mehr passen nicht hinein.
Am 20. 10. 2026 öffnen wir.| Bis dann!
Am 20.10.2026 öffnen wir.| Bis dann!
Das kostet 1.299,00 Euro.| Ein guter Preis.
Um 18.30 Uhr ist Schluss.| Danach wird gefeiert.
Die Strecke ist 3.5 km lang.| Viel Spaß!
Mehr unter https://rad.de/a.b?c=d.| Bis bald!
Mehr auf rad.de.| Bis bald!
Alle Infos.| https://rad.de/termine
Alle Infos.| #Lastenrad #Köln
Alle Infos.| @rad weiß mehr.
„Kommst du mit?“, fragte sie.| Er nickte.
„Kommst du mit?“ fragte sie.| Er nickte.
„Das ist gut.“| Danach war es still.
»Das ist gut.«| »Finde ich auch.«
Er rief: „Los!“| Alle rannten.
Sie sagte (leise!) nichts.| Er auch nicht.
(Das gilt nur heute.)| Morgen ist alles anders.
Wirklich?!| Ja.
Was für ein Tag!!!| Danke an alle.
Heute neu!| jetzt testen
Und dann … Überraschung!
Wir haben da was für euch…| Neugierig?
Wir warten ...| Und du?
Hm… vielleicht.
Dr. Meier kommt.| Prof. Schulz auch.
Frau Prof. Dr. Anna Weber spricht.
J. R. R. Tolkien schrieb es.| Wir lesen es.
Das ist Plan B.| Und der gilt.
Vitamin C.| Das hilft.
Äpfel, Birnen usw. gibt es hier.
Äpfel, Birnen usw.| Das alles gibt es hier.
Äpfel, Birnen usw. Äpfel sind süß.
Wir haben Schrauben, Muttern etc.| Komm vorbei!
Der Umsatz lag bei 3 Mio. Euro.| Ein Rekord.
Das sind 3 Mrd.| Das ist viel.
Der Verein Rad e. V. lädt ein.| Bis Sonntag!
Wir sind ein e. V.| Wir helfen gern.
Das gilt i. d. R. Montag bis Freitag.
Das gilt inkl. MwSt. und Versand.
Wir sitzen in der Hauptstr. 5 in Köln.
St. Pauli ist schön.| St. Gallen auch.
Ca. 20 Räder stehen bereit.| Nimm eins.
Es kommen ca. 200 Leute.| Super!
Geöffnet Mo. bis Fr. ab 9 Uhr.
Karl der Große lebte bis 814 n. Chr. in Aachen.
Ludwig XIV. Sonnenkönig genannt, tanzte gern.
Im 19. Jahrhundert gab es das nicht.
Unsere 3. Filiale ist da!| Kommt vorbei!
Hallo, ich bin Max.| Er ist Moritz.
Das ist Kunst nach seiner Art.| Das mögen wir.
Super!| Weiter so 🎉
Super! 🎉| Weiter so.
Geschafft. 🎉🎉| Danke!
Neu da!| 👉 Jetzt ansehen
Neu da.| → Jetzt ansehen
1. Helm aufsetzen
1. Helm aufsetzen.| 2. Losfahren.
Siehe Abs. 3 und Art. 5 Satz 2.| Mehr dazu später.
Tel. 0221 12345.| Wir freuen uns.
Kauf zwei, zahl eins.| 20 Räder warten.
Das kostet 20 €.| Und der Helm?
20 % auf alles!| Nur heute.
Ja.| Nein.| Vielleicht.
Wer? | Wie? | Was?
Version 2.0.1 ist da.| Was ist neu?
Bild: Foto Müller GmbH & Co. KG.| Danke!
Das ist der Tag der offenen Tür.| Wir öffnen um 10.| Bis dann!
Vgl. S. 12 im Heft.
Der sog. Experte irrt.| Wir nicht.
Die Post z. Hd. Frau Weber kam an.
Am Fr. Abend wird gegrillt.
Frau Müller, geb. Schmidt, leitet das Team.
Schreib an info@rad.de.| Wir antworten.
Fahr los (z. B. am Deich).| Es lohnt sich.
Er fragte: Warum?| Keiner wusste es.
Die Messe läuft vom 7. bis zum 9. November in Halle 4.| Der Eintritt ist frei.
Unser Team besteht aus ca. 30 Leuten.| Die meisten kommen aus Bonn.
Wir suchen dich!| Bewirb dich bis zum 1. Dezember unter jobs.rad.de.| Wir freuen uns.
Das Café hat Mo.–Fr. von 8–18 Uhr geöffnet.| Am Wochenende ist zu.
Prof. Dr. Lena Koch hält den Vortrag „Stadt ohne Auto?“ um 19 Uhr.| Danach Diskussion.
Die Sonderausgabe Nr. 3/2026 ist da.| Greif zu!
Bis zu 50 % auf Helme, Schlösser usw. in allen Filialen.
Wer wie was?| Der Klassiker lebt.
Die Tour startet an der Königstr. 12 und endet am Rathaus.
Im 2. Stock findest du unsere Werkstatt.| Komm rein.
Unser Rad wiegt nur 9,8 kg.| Das spürst du.
Seit 1998 bauen wir Räder.| 28 Jahre Erfahrung.
Danke an alle, die dabei waren …| Es war großartig!
Ohne Wenn und Aber: Wir liefern.| Versprochen.
Das Beste kommt zum Schluss.| 👉 rad.de/finale
Max. 20 Personen pro Gruppe.| Anmeldung nötig.
Inkl. Versand zahlst du 49 Euro.| Fair, oder?
Der 1. FC Köln ist dabei.| Kommt ihr auch?
Bringt mit: Helm, Wasser, gute Laune u. v. m.| Wir sorgen für den Rest.
Frau Dr. med. Schulz beantwortet eure Fragen.
Gemäß § 5 Abs. 2 UWG ist das Werbung.| Danke fürs Lesen.
Du hast die Wahl: A. oder B.?
Die Preise gelten zzgl. MwSt. und Versand.
"Echt jetzt?", fragte er.| "Echt jetzt!"
Tipp Nr. 1: Licht an!| Tipp Nr. 2: Helm auf!
Er wohnt in St. Augustin.| Sie in Bad Godesberg.
Ab 18.00 Uhr gibt es Musik.| Bis 2.00 Uhr wird getanzt.
Wir sind Platz 2.| Danke euch!
"""

ENGLISH = """
The dog sleeps.| The cat plays.| The child eats an apple.
Mr. Smith is here.| Mrs. Jones is not.
We open at 9 a.m. on Monday.| Join us!
We open at 9 a.m.| The coffee is free.
Bring snacks, e.g. Apples or nuts.
It costs 3.50 dollars.| What a price!
He lives in the U.S. now.| She does not.
You are No. 1 for us.| Thanks!
No.| I do not think so.
Only 3.| Hurry up.
We love modern art.| Come and see.
"Really?" she asked.| He nodded.
"Stop!"| He ran.
Read more: https://rad.de/a.b.| See you.
Dr. J. R. Smith et al. wrote it.| We read it.
"""


def cases(text):
    return [line for line in text.strip().splitlines() if line]


@pytest.mark.parametrize("case", cases(GERMAN))
def test_german_sentences(case):
    assert_split(case, "de")


@pytest.mark.parametrize("case", cases(ENGLISH))
def test_english_sentences(case):
    assert_split(case, "en")


def assert_split(case, language):
    wanted = tuple(part.strip() for part in case.split("|"))
    assert split_sentences(case.replace("|", ""), language) == wanted


def test_there_are_enough_cases():
    assert len(cases(GERMAN)) >= 80


def test_a_line_is_a_sentence_of_its_own():
    assert split_sentences("Heute neu\n\n- Helm\r\n- Schloss\u2028Jetzt testen.") == (
        "Heute neu",
        "- Helm",
        "- Schloss",
        "Jetzt testen.",
    )


@given(st.text(st.sampled_from("aB .!?…\n„“12#🎉z.B"), max_size=60), st.sampled_from(["de", "en"]))
def test_every_word_lies_in_one_sentence(text, language):
    spans = sentence_spans(text, language)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert re.sub(r"\s", "", "".join(text[a:b] for a, b in spans)) == re.sub(r"\s", "", text)
    assert all(text[a:b] == text[a:b].strip() != "" for a, b in spans)


@pytest.mark.parametrize(
    "text", ["a. " * 300_000, "." * 1_000_000, "🎉" * 300_000, "x" * 1_000_000, "A.B." * 200_000]
)
def test_a_very_long_text_is_split_whole(text):
    spans = sentence_spans(text)
    assert spans[0][0] == 0
    assert spans[-1][1] >= len(text.rstrip())
