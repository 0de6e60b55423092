"""The wording of Spanish editions.

Knows its language only; CC0 (LICENSE).
"""

from __future__ import annotations

from .shape import CitationWords, IndexWords, Wording

SPANISH = Wording(
    chapter="capítulo\u00a0{}",
    note="nota\u00a0{}",
    paragraph="párrafo\u00a0{}",
    page="p.\u00a0{}",
    quoted="«{}»",
    contents="Índice",
    copyright="Créditos",
    half_title="Portadilla",
    title="Portada",
    who_is_who="Quién es quién",
    timeline="Línea del tiempo",
    chronology="Cronología",
    dedication="Dedicatoria",
    epigraph="Epígrafe",
    illustrations="Ilustraciones",
    abbreviations="Abreviaturas",
    credits="Créditos",
    colophon="Colofón",
    cite_as="Cómo citar: {}",
    made_with="Hecho con Edition.",
    emendations="Enmiendas",
    about_text="Sobre el texto",
    glossary="Glosario",
    questions="Preguntas",
    bibliography="Bibliografía",
    index="Índice onomástico",
    undated="Sin fecha",
    born="nacimiento: {}",
    died="muerte: {}",
    notes="Notas",
    draft="Borrador inédito",
    draft_after="Borrador posterior a la versión {}",
    version="Versión {}, {}",
    licence="Licencia: {}",
    family="Familia {}",
    in_this_book="en este libro",
    margin_pages="Los números al margen son páginas de la edición de referencia; "
    "el índice y las remisiones dan las páginas de esta.",
    answer="Respuesta",
    of_whole="{} de la edición completa",
    with_answers="Ejemplar de quien dirige, con respuestas",
    test_sheet="Hoja de prueba",
    test_sheet_steps=(
        "Imprima esta hoja como imprimirá el cuaderno: por las dos caras, a tamaño real.\n"
        "Dóblela con esta página por fuera. Al hojear deben seguirse las páginas 1, 2, 3 y 4, con todas las "
        "flechas hacia arriba.\n"
        "Si dentro hay flechas hacia abajo, cambie flip: al otro borde, aquí o en la ventana de impresión. Si"
        " los marcos de las dos caras no coinciden, imprima a tamaño real, sin ajustar a la página."
    ),
    excerpt_from="De: {}",
    time_line="Línea del tiempo: {} acontecimientos, de {} a {}",
    indexing=IndexWords(
        heading="Índice alfabético",
        index_of_people="Índice de personas",
        index_of_places="Índice de lugares",
        index_of_organisations="Índice de organizaciones",
        index_of_works="Índice de obras",
        index_of_subjects="Índice de materias",
        see="véase",
        see_also="véase también",
        note="n.",
        notes="nn.",
        last_note=" y ",
        continued="(cont.)",
        pages="Los números son páginas de la edición impresa",
        paragraphs="Los números son páginas en el libro impreso, capítulos y párrafos en el libro electrónico",
        sourced="Los números son páginas de esta edición en el libro impreso, de la fuente en el libro electrónico",
        booklet="Los números son las páginas de este cuaderno; al margen, las de la edición completa",
        main="los números en negrita señalan los pasajes principales",
        noted="n. señala una nota",
        references="véase remite a la entrada adoptada, véase también a otras afines",
        letter="el orden es letra por letra",
        word="el orden es palabra por palabra",
    ),
    citing=CitationWords(
        edited_by="ed. de {}",
        translated_by="trad. de {}",
        in_="en",
        and_="y",
        others="y otros",
        edition="{} ed.",
        volume="vol.\u00a0{}",
        accessed="consultado el {}",
        undated="s.\u00a0f.",
        page="p.\u00a0{}",
        pages="pp.\u00a0{}",
        headnote="Obras citadas en este libro",
    ),
    roles=(
        ("edt", "Edición de"),
        ("trl", "Traducción de"),
        ("ill", "Ilustraciones de"),
        ("com", "Compilación de"),
        ("aut", ""),
    ),
)
