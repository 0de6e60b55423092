"""The wording of French editions.

Knows its language only; CC0 (LICENSE).
"""

from __future__ import annotations

from .shape import CitationWords, IndexWords, Wording

FRENCH = Wording(
    chapter="chapitre\u00a0{}",
    note="note\u00a0{}",
    paragraph="paragraphe\u00a0{}",
    page="p.\u00a0{}",
    quoted="«\u202f{}\u202f»",
    contents="Sommaire",
    copyright="Mentions légales",
    half_title="Faux-titre",
    title="Page de titre",
    who_is_who="Qui est qui",
    timeline="Frise chronologique",
    chronology="Chronologie",
    dedication="Dédicace",
    epigraph="Épigraphe",
    illustrations="Table des illustrations",
    abbreviations="Abréviations",
    credits="Crédits",
    colophon="Colophon",
    cite_as="Pour citer cette édition\u202f: {}",
    made_with="Composé avec Edition.",
    emendations="Émendations",
    about_text="À propos du texte",
    glossary="Glossaire",
    questions="Questions",
    bibliography="Bibliographie",
    index="Index des noms",
    undated="Sans date",
    born="naissance\u202f: {}",
    died="mort\u202f: {}",
    notes="Notes",
    draft="Version provisoire",
    draft_after="Version provisoire, postérieure à la version {}",
    version="Version {}, {}",
    licence="Licence\u202f: {}",
    family="Famille {}",
    in_this_book="dans ce livre",
    margin_pages="Les numéros en marge sont les pages de l’édition de référence ; "
    "la table, les renvois et l’index donnent les pages de celle-ci.",
    answer="Réponse",
    of_whole="{} de l’édition complète",
    with_answers="Exemplaire de l’animateur, avec réponses",
    test_sheet="Feuille d’essai",
    test_sheet_steps=(
        "Imprimez cette feuille comme vous imprimerez le cahier\u202f: recto verso, en taille réelle.\n"
        "Pliez-la, cette page à l’extérieur. En feuilletant, on doit trouver les pages 1, 2, 3 et 4, toutes "
        "les flèches vers le haut.\n"
        "Si des flèches à l’intérieur pointent vers le bas, changez le bord de flip\u202f: ici ou dans la "
        "fenêtre d’impression. Si les cadres des deux faces ne se superposent pas, imprimez en taille réelle,"
        " sans ajuster à la page."
    ),
    excerpt_from="Extrait de\u00a0: {}",
    time_line="Frise chronologique\u202f: {} événements, de {} à {}",
    indexing=IndexWords(
        heading="Index",
        index_of_people="Index des personnes",
        index_of_places="Index des lieux",
        index_of_organisations="Index des organisations",
        index_of_works="Index des œuvres",
        index_of_subjects="Index des matières",
        see="voir",
        see_also="voir aussi",
        note="n.",
        notes="n.",
        last_note=" et ",
        continued="(suite)",
        pages="Les nombres sont les pages de l’édition imprimée",
        paragraphs="Les nombres sont des pages dans le livre imprimé, des chapitres et paragraphes dans l’e-book",
        sourced="Les nombres sont des pages de cette édition dans le livre imprimé, de la source dans l’e-book",
        booklet="Les nombres sont les pages de ce cahier; en marge, celles de l’édition complète",
        main="les nombres en gras signalent les passages principaux",
        noted="n. signale une note",
        references="voir renvoie à l’entrée retenue, voir aussi à des entrées proches",
        letter="l’ordre est lettre à lettre",
        word="l’ordre est mot à mot",
    ),
    citing=CitationWords(
        edited_by="éd. par {}",
        translated_by="trad. par {}",
        in_="dans",
        and_="et",
        others="et al.",
        edition="{}\u00a0éd.",
        volume="vol.\u00a0{}",
        accessed="consulté le {}",
        undated="s.\u00a0d.",
        page="p.\u00a0{}",
        pages="p.\u00a0{}",
        headnote="Ouvrages cités dans ce livre",
    ),
    roles=(
        ("edt", "Édition établie par"),
        ("trl", "Traduit par"),
        ("ill", "Illustré par"),
        ("com", "Textes réunis par"),
        ("aut", ""),
    ),
)
