"""Words that stand around names: titles, what institutions and occasions are called, what joins the parts of a name.

Knows words only.
"""

from __future__ import annotations

# Words that may stand before a surname without being part of a name.
TITLES = frozenset(
    (
        "Mr Mrs Ms Miss Dr Professor Prof Sir Lady Lord Comrade President Chairman Chairwoman Prosecutor "
        "Judge General Marshal Colonel Captain Commissar Premier Minister Secretary Ambassador Senator "
        "Academician Citizen Count Countess Prince Princess Saint St King Queen Tsar Baron Baroness Father Rabbi "
        "Herr Herrn Hr Hrn Frau Fr Fräulein Frl Doktor Graf Gräfin Fürst Freiherr Freifrau Baronin Hofrat König Kaiser "
        "Monsieur Madame Mademoiselle Mme Mlle Maître Comte Señor Señora Don Doña "
        "Товарищ Профессор Доктор Генерал Маршал Граф Князь"
    ).split()
)
# What institutions and occasions are called: with one of these a name is part of theirs.
INSTITUTIONS = frozenset(
    (
        "Academy Act Affair Archive Archives Association Award Brigade Bureau Case Centre Center Collective College "
        "Commission Committee Company Conference Congress Council Court Day Doctrine Foundation Fund Group Hospital "
        "Hotel House Institute Law Library Line Medal Mission Museum Order Papers Party Plan Plant Press Prize School "
        "Society Square Street Theatre Theater Tribunal Trial Trials Union University Works "
        "Akademie Archiv Gesellschaft Gymnasium Institut Kommission Kongress Museum Preis Prozess Platz Straße Strasse "
        "Stiftung Universität Verein Verlag "
        "Académie Affaire Commission Fondation Institut Musée Prix Procès Rue Société Université "
        "Academia Calle Comisión Fundación Instituto Premio Sociedad Universidad"
    ).split()
)
BEFORE_A_PART = frozenset("against of for into on to".split())
LINKS = BEFORE_A_PART | frozenset("the and in a an at by".split())
