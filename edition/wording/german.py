"""The wording of German editions.

Knows its language only; CC0 (LICENSE).
"""

from __future__ import annotations

from .shape import CitationWords, IndexWords, Wording

GERMAN = Wording(
    chapter="Kapitel\u00a0{}",
    note="Anmerkung\u00a0{}",
    paragraph="Absatz\u00a0{}",
    page="S.\u00a0{}",
    quoted="‚{}‘",
    contents="Inhalt",
    copyright="Impressum",
    half_title="Schmutztitel",
    title="Titelseite",
    who_is_who="Wer ist wer",
    timeline="Zeitleiste",
    chronology="Zeittafel",
    dedication="Widmung",
    epigraph="Motto",
    illustrations="Abbildungen",
    abbreviations="Abkürzungen",
    credits="Nachweise",
    colophon="Kolophon",
    cite_as="Zitierweise: {}",
    made_with="Hergestellt mit Edition.",
    emendations="Emendationen",
    about_text="Zum Text",
    glossary="Glossar",
    questions="Fragen",
    bibliography="Literatur",
    index="Namenregister",
    undated="Undatiert",
    born="geboren {}",
    died="gestorben {}",
    notes="Anmerkungen",
    draft="Unveröffentlichter Entwurf",
    draft_after="Entwurf nach Fassung {}",
    version="Fassung {}, {}",
    licence="Lizenz: {}",
    family="Familie {}",
    in_this_book="in diesem Buch",
    margin_pages="Die Zahlen am Rand sind Seiten der Referenzausgabe; "
    "Inhalt, Verweise und Register nennen die Seiten dieser Ausgabe.",
    answer="Antwort",
    of_whole="{} der vollständigen Ausgabe",
    with_answers="Exemplar der Leitung, mit Antworten",
    test_sheet="Probebogen",
    test_sheet_steps=(
        "Drucken Sie diesen Bogen so, wie Sie das Heft drucken werden: beidseitig, in Originalgröße.\n"
        "Falten Sie ihn mit dieser Seite nach außen. Beim Blättern sollen die Seiten 1, 2, 3 und 4 "
        "aufeinander folgen und alle Pfeile nach oben weisen.\n"
        "Weisen Pfeile im Inneren nach unten, stellen Sie flip: auf die andere Kante, hier oder im "
        "Druckfenster. Liegen die Rahmen beider Seiten nicht aufeinander, drucken Sie in Originalgröße, ohne "
        "Anpassen an die Seite."
    ),
    excerpt_from="Aus: {}",
    time_line="Zeitleiste: {} Ereignisse, {} bis {}",
    indexing=IndexWords(
        heading="Register",
        index_of_people="Personenregister",
        index_of_places="Ortsregister",
        index_of_organisations="Register der Organisationen",
        index_of_works="Werkregister",
        index_of_subjects="Sachregister",
        see="siehe",
        see_also="siehe auch",
        note="Anm.",
        notes="Anm.",
        last_note=" u. ",
        continued="(Forts.)",
        pages="Zahlen sind Seiten der gedruckten Ausgabe",
        paragraphs="Zahlen sind im Druck Seiten, im E-Book Kapitel und Absätze",
        sourced="Zahlen sind im Druck Seiten dieser Ausgabe, im E-Book Seiten der Vorlage",
        booklet="Die Zahlen sind Seiten dieses Hefts; am Rand stehen die Seiten der vollständigen Ausgabe",
        main="fette Zahlen bezeichnen die wichtigsten Stellen",
        noted="Anm. bezeichnet eine Anmerkung",
        references="siehe führt zum gültigen Stichwort, siehe auch zu verwandten",
        letter="die Einträge folgen Buchstabe für Buchstabe",
        word="die Einträge folgen Wort für Wort",
    ),
    citing=CitationWords(
        edited_by="hrsg. von {}",
        translated_by="übers. von {}",
        in_="in",
        and_="und",
        others="u.\u00a0a.",
        edition="{} Aufl.",
        volume="Bd.\u00a0{}",
        accessed="abgerufen am {}",
        undated="o.\u00a0J.",
        page="S.\u00a0{}",
        pages="S.\u00a0{}",
        headnote="Die in diesem Buch zitierten Werke",
    ),
    roles=(
        ("edt", "Herausgegeben von"),
        ("trl", "Übersetzt von"),
        ("ill", "Illustriert von"),
        ("com", "Zusammengestellt von"),
        ("aut", ""),
    ),
)
