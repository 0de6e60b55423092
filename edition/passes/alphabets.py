"""Letters that languages sort by themselves, and words that they pass over when they sort: data for collation.

Each letter is written as two that the Unicode Collation Algorithm sorts into its place: "ʒ" comes after every Latin
letter, so that "cʒ" stands between "cz" and "d". Compared with ICU, these agree with CLDR but for rare letters.
"""

from __future__ import annotations


def _letters(text: str) -> dict[str, str]:
    """What `č=cʒ ch=hʒ` says, as a mapping."""
    return dict(pair.split("=") for pair in text.split())


_NORDIC = "å=ʒa ä=ʒb æ=ʒb ö=ʒc ø=ʒc"
_DANISH = "æ=ʒa ä=ʒa ø=ʒb ö=ʒb å=ʒc aa=ʒc"
_SLAVIC = "č=cʒ ć=cʒʒ dž=dʒ đ=dʒʒ lj=lʒ nj=nʒ š=sʒ ž=zʒ"

LETTERS = {
    "bs": _letters(_SLAVIC),
    "cs": _letters("č=cʒ ch=hʒ ř=rʒ š=sʒ ž=zʒ"),
    "da": _letters(_DANISH),
    "es": _letters("ñ=nʒ"),
    "fi": _letters(_NORDIC),
    "hr": _letters(_SLAVIC),
    "hu": _letters("cs=cʒ dz=dʒ dzs=dʒʒ gy=gʒ ly=lʒ ny=nʒ ö=oʒ ő=oʒ sz=sʒ ty=tʒ ü=uʒ ű=uʒ zs=zʒ"),
    "lt": _letters("č=cʒ š=sʒ ž=zʒ"),
    "lv": _letters("č=cʒ ģ=gʒ ķ=kʒ ļ=lʒ ņ=nʒ š=sʒ ž=zʒ"),
    "nb": _letters(_DANISH),
    "nn": _letters(_DANISH),
    "no": _letters(_DANISH),
    "pl": _letters("ą=aʒ ć=cʒ ę=eʒ ł=lʒ ń=nʒ ó=oʒ ś=sʒ ź=zʒ ż=zʒʒ"),
    "ro": _letters("ă=aʒ â=aʒʒ î=iʒ ș=sʒ ş=sʒ ț=tʒ ţ=tʒ"),
    "sk": _letters("ä=aʒ č=cʒ ch=hʒ ô=oʒ š=sʒ ž=zʒ"),
    "sl": _letters("č=cʒ ć=cʒʒ š=sʒ ž=zʒ"),
    "sr": _letters(_SLAVIC),
    "sv": _letters(_NORDIC),
    "tr": _letters("ç=cʒ ğ=gʒ ı=hʒ ö=oʒ ş=sʒ ü=uʒ"),
}  # fmt: skip

ARTICLES = {
    "en": frozenset("a an the".split()),
    "de": frozenset("das der die ein eine".split()),
    "fr": frozenset("la le les un une".split()),
    "es": frozenset("el la las los un una".split()),
}
LEADING = {
    "en": frozenset("a about against an and as at by during for from in of on over the to under with".split()),
    "de": frozenset(
        "als am an auf aus bei das dem den der des die ein eine gegen im in mit nach über und unter von vor zu "
        "zum zur".split()
    ),
    "fr": frozenset("à au aux avec contre dans de des du en et la le les par pour sous sur un une".split()),
    "es": frozenset("a al con contra de del e el en la las los para por sobre un una y".split()),
    "ru": frozenset("в во за и из к на о об от по при против с со у".split()),
}
