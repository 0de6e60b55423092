"""What a single value of edition.yaml and the registers may be: shapes, and what is said of a wrong one.

Knows pydantic; knows no file, no place and none of the models. A validator raises `fault`, which
places turns into a Problem. The JSON Schema of a type says what a text editor may check by itself.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from ..problems import did_you_mean

# Generated sections, in the order a book has them (passes/generated makes them: SECTIONS).
SECTIONS = (
    "half-title",
    "title",
    "copyright",
    "dedication",
    "epigraph",
    "contents",
    "illustrations",
    "abbreviations",
    "emendations",
    "about-text",
    "who-is-who",
    "timeline",
    "chronology",
    "questions",
    "glossary",
    "bibliography",
    "credits",
    "index-of-people",
    "index-of-places",
    "index-of-organisations",
    "index-of-works",
    "index-of-subjects",
    "index",
    "colophon",
)


PageName = Literal["a5", "6x9", "b5", "a4-wide", "large-print", "half-letter"]
# How dates are counted: two fields, since the one says nothing of the other.
Calendar = Literal["gregorian", "julian"]
YearStart = Literal["01-01", "03-01", "03-25", "09-01", "12-25"]
AboutKey = Literal["copy_text", "omissions", "typography", "transliteration", "calendar"]


def fault(code: str, text: str, hint: str = "") -> PydanticCustomError:
    """A complaint about the value under validation."""
    return PydanticCustomError(code, "{text}", {"text": text, "hint": hint})


def quoted(value: str) -> str:
    """A value in quotation marks, cut if it is long."""
    return f"“{value}”" if len(value) <= 60 else f"“{value[:59]}…”"


# --- words


def _text(value: str) -> str:
    if not value.strip():
        raise fault("config-empty", "this is empty", "write something, or leave the entry out")
    return value.strip()


# Plain digits are text here, but numbers to a text editor, which reads YAML by its own rules.
Text = Annotated[str, AfterValidator(_text), WithJsonSchema({"type": ["string", "number"]})]


def _id(value: str) -> str:
    if not value:
        raise fault("config-empty", "an id is expected here", "for instance trotsky-leon")
    if re.fullmatch("[a-z0-9][a-z0-9-]{0,99}", value) is None:
        better = slug(value)[:100]
        hint = f"write {better}" if better else "for instance trotsky-leon"
        raise fault("config-id", f"{quoted(value)} is no id: use a–z, 0–9 and hyphens only", hint)
    if value == "none":
        raise fault("config-id", "“none” cannot be an id", "it means “nobody” in decisions.yaml")
    return value


def slug(words: str) -> str:
    """The id nearest to some words: "Léon Blum" -> "leon-blum"; "" where no letter can be kept."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")


_ID_SCHEMA = WithJsonSchema({"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$"})
Id = Annotated[str, AfterValidator(_id), _ID_SCHEMA]


def _edition_id(value: str) -> str:
    if re.fullmatch("[0-9-].*", value):
        raise fault("config-id", f"{quoted(value)} is no id for an edition: it must begin with a letter")
    return _id(value)


EditionId = Annotated[
    str, AfterValidator(_edition_id), WithJsonSchema({"type": "string", "pattern": "^[a-z][a-z0-9-]*$"})
]


def _series_letter(value: str) -> str:
    if re.fullmatch("[a-z]", value) is None:
        raise fault("config-id", f"{quoted(value)} cannot begin the labels of a series", "one letter: e for [^e-1]")
    return value


SeriesLetter = Annotated[str, AfterValidator(_series_letter), WithJsonSchema({"type": "string", "pattern": "^[a-z]$"})]


def _choice(value: str) -> str:
    if value == "none":
        return value
    if not value:
        raise fault("config-empty", "nothing is decided here", "write an id, or none; or leave the line out")
    if value.casefold() in ("none", "no", "nobody", "null", "false"):
        raise fault("config-id", f"{quoted(value)} is no decision", "write none, in small letters")
    return _id(value)


Choice = Annotated[str, AfterValidator(_choice), _ID_SCHEMA]


def _block_id(value: str) -> str:
    if re.fullmatch(r"[^\W\d][\w.-]*", value) is None:
        raise fault("config-id", f"{quoted(value)} is no id of a paragraph", "ids look like p-7f3a")
    return value


BlockId = Annotated[str, AfterValidator(_block_id)]


def _locator(value: str) -> str:
    ids = value.split("..")
    if len(ids) > 2:
        raise fault(
            "config-format", f"{quoted(value)} is no locator", "write an id, or two with .. between: p-1a..p-2b"
        )
    for part in ids:
        _block_id(part)
    return value


Locator = Annotated[str, AfterValidator(_locator)]


# --- language: BCP 47 (RFC 5646, 2.1); two letters must be in ISO 639-1, three are believed

_ISO_639_1 = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de "
    "dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id "
    "ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu "
    "lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu "
    "rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to "
    "tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
_LANGUAGES = frozenset(_ISO_639_1.split())
_LANGUAGE_WORDS = {
    "english": "en", "eng": "en", "german": "de", "deutsch": "de", "ger": "de", "deu": "de",
    "french": "fr", "fre": "fr", "fra": "fr", "russian": "ru", "rus": "ru", "spanish": "es", "spa": "es",
    "italian": "it", "ita": "it", "cz": "cs", "polish": "pl", "pol": "pl", "latin": "la", "lat": "la",
    "greek": "el", "gr": "el", "iw": "he", "jp": "ja", "dutch": "nl", "nld": "nl", "portuguese": "pt",
    "por": "pt", "turkish": "tr", "tur": "tr", "se": "sv",
}  # fmt: skip
_TAG = re.compile(
    "([a-z]{2,3})(?:-[a-z]{3}){0,3}(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?"
    "(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE | re.ASCII,
)


def language(value: str) -> str:
    """A BCP 47 tag in its usual letters ("en-gb" -> "en-GB"); a fault where it is none."""
    match = _TAG.fullmatch(value)
    if match is None:
        raise fault("config-language", f"{quoted(value)} is no language tag", _language_hint(value))
    primary, script, region = match.groups()
    if (len(primary) == 2 and primary.lower() not in _LANGUAGES) or primary.lower() in _LANGUAGE_WORDS:
        raise fault("config-language", f"“{primary}” is no language of BCP 47", _language_hint(primary))
    if (region or "").upper() == "UK":
        raise fault("config-language", "“UK” is no region of BCP 47", f"write {primary.lower()}-GB")
    parts = value.lower().split("-")
    usual = {(script or "").lower(): str.title, (region or "").lower(): str.upper}
    head = parts.index("x") if "x" in parts else len(parts)
    return "-".join([parts[0], *(usual.get(part, str)(part) for part in parts[1:head]), *parts[head:]])


def _language_hint(value: str) -> str:
    word = re.split("[-_ ]", value.lower())[0]
    if "_" in value and _TAG.fullmatch(value.replace("_", "-")):
        return f"write {value.replace('_', '-')}"
    if word in _LANGUAGE_WORDS:
        return f"write {_LANGUAGE_WORDS[word]}"
    return "for instance en-GB, de or sr-Cyrl"


Language = Annotated[str, AfterValidator(language)]


# --- publishing data


def _isbn(value: str) -> str:
    digits = re.sub("[- \u2010-\u2013]", "", value).upper()
    if re.fullmatch("97[89][0-9]{10}", digits):
        total = sum(int(digit) * (1, 3)[n % 2] for n, digit in enumerate(digits[:12]))
        last = str(-total % 10)
    elif re.fullmatch("[0-9]{9}[0-9X]", digits):
        last = "0123456789X"[-sum(int(digit) * (10 - n) for n, digit in enumerate(digits[:9])) % 11]
    else:
        hint = "it has 13 digits and begins with 978 or 979; an old one has 10"
        raise fault("config-isbn", f"{quoted(value)} is no ISBN", hint)
    if digits[-1] != last:
        hint = f"after these digits it would be {last}: one of them is mistyped"
        raise fault("config-isbn", f"the check digit of ISBN {value} is wrong", hint)
    return value


IsbnText = Annotated[str, AfterValidator(_isbn), WithJsonSchema({"type": ["string", "integer"]})]

_CREATIVE_COMMONS = ("CC0-1.0", *(
    f"CC-BY{kind}-{version}" for kind in ("", "-SA", "-ND", "-NC", "-NC-SA", "-NC-ND")
    for version in ("4.0", "3.0", "2.5", "2.0", "1.0")
))  # fmt: skip
_CC_ID = re.compile(r"CC-BY(-NC)?(-SA|-ND)?-[1-4]\.[0-9](-[A-Z]{2,3})?|CC0-1\.0|CC-PDDC|CC-PDM-1\.0|CC-SA-1\.0")
_SPDX = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*\+?")


def _licence(value: str) -> str:
    if re.match("https?://", value):
        return url(value)
    words = re.split(r"\s+(?:AND|OR|WITH)\s+|\s*[()]\s*", value.strip())
    if any(word and _SPDX.fullmatch(word) is None for word in words):
        otherwise = "for instance CC-BY-SA-4.0; wording of your own belongs under copyright"
        hint = did_you_mean(re.sub(r"\s+", "-", value).upper(), _CREATIVE_COMMONS, otherwise)
        text = f"{quoted(value)} is neither an SPDX licence id nor a web address"
        raise fault("config-licence", text, hint)
    for word in words:
        if word.upper().startswith("CC") and _CC_ID.fullmatch(word) is None:
            hint = did_you_mean(word.upper(), _CREATIVE_COMMONS, "for instance CC-BY-SA-4.0")
            raise fault("config-licence", f"{quoted(word)} is no Creative Commons licence", hint)
    return value


Licence = Annotated[str, AfterValidator(_licence)]


def url(value: str) -> str:
    """A web address as written; a fault where it is none."""
    if re.fullmatch(r"https?://[^\s/<>\"]+\.[^\s<>\"]+", value) is None:
        raise fault("config-format", f"{quoted(value)} is no web address", "it begins with https://")
    return value


Url = Annotated[str, AfterValidator(url), WithJsonSchema({"type": "string", "pattern": "^https?://"})]


def _year(value: str) -> str:
    if re.fullmatch("[0-9]{4}", value) is None:
        raise fault("config-format", f"{quoted(value)} is no year", "four digits, for instance 2026")
    return value


Year = Annotated[str, AfterValidator(_year), WithJsonSchema({"type": ["string", "integer"]})]


def _version(value: str) -> str:
    if re.fullmatch(r"[0-9]+(\.[0-9]+)*", value) is None:
        raise fault(
            "config-format", f"{quoted(value)} is no version", "numbers with points between them, in quotes: “1.0”"
        )
    return value


Version = Annotated[str, AfterValidator(_version)]


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise fault("config-format", f"{quoted(value)} is no day", "for instance 2026-11-29") from None


Day = Annotated[str, AfterValidator(_day)]


def _colour(value: str) -> str:
    if re.fullmatch("#[0-9a-fA-F]{6}", value) is None:
        raise fault("config-format", f"{quoted(value)} is no colour", 'six hexadecimal digits in quotes: "#1d3b4f"')
    return value.lower()


Colour = Annotated[str, AfterValidator(_colour)]


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb", 0 … 1 (WCAG 2.2, relative luminance)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _thema(value: str) -> str:
    if re.fullmatch("[A-Z][A-Z0-9]{0,7}|[1-6][A-Z0-9]*(-[A-Z0-9]+)*", value) is None:
        raise fault("config-format", f"{quoted(value)} is no Thema code", "for instance NHTB or 1DTN")
    return value


def _bisac(value: str) -> str:
    if re.fullmatch("[A-Z]{3}[0-9]{6}", value) is None:
        hint = "three letters and six digits: HIS032000"
        raise fault("config-format", f"{quoted(value)} is no BISAC code", hint)
    return value


Thema = Annotated[str, AfterValidator(_thema)]
Bisac = Annotated[str, AfterValidator(_bisac)]

# MARC code list for relators, Library of Congress, 2024.
_MARC = (
    "abr acp act adi adp aft anc anl anm ann ant ape apl app aqt arc ard arr art asg asn ato att auc aud "
    "aue aui aup aus aut bdd bjd bka bkd bkp blw bnd bpd brd brl bsl cad cas ccp chr cli cll clr clt cmm "
    "cmp cmt cnd cng cns coe col com con cop cor cos cot cou cov cpc cpe cph cpl cpt cre crp crr crt csl "
    "csp cst ctb cte ctg ctr cts ctt cur cwt dbd dbp dfd dfe dft dgc dgg dgs dis djo dln dnc dnr dpc dpt "
    "drm drt dsr dst dtc dte dtm dto dub edc edd edm edt egr elg elt eng enj etr evp exp fac fds fld flm "
    "fmd fmk fmo fmp fnd fon fpy frg gdv gis his hnr hst ill ilu ins inv isb itr ive ivr jud jug lbr lbt "
    "ldr led lee lel len let lgd lie lil lit lsa lse lso ltg lyr mcp mdc med mfp mfr mka mod mon mrb mrk "
    "msd mte mtk mup mus mxe nan nrt onp opn org orm osp oth own pad pan pat pbd pbl pdr pfr pht plt pma "
    "pmn pop ppm ppt pra prc prd pre prf prg prm prn pro prp prs prt prv pta pte ptf pth ptt pup rap rbr "
    "rcd rce rcp rdd red ren res rev rpc rps rpt rpy rse rsg rsp rsr rst rth rtm sad sce scl scr sde sds "
    "sec sfx sgd sgn sht sll sng spk spn spy srv std stg stl stm stn str swd tau tcd tch ths tld tlg tlh "
    "tlp trc trl tyd tyg uvp vac vdg vfx wac wal wam wat wdc wde win wit wpr wst"
)
RELATORS = frozenset(_MARC.split())
# The roles of a book, by name: what an editor is likely to write, and the codes offered for a misspelled one.
_ROLES = {
    "author": "aut", "editor": "edt", "translator": "trl", "illustrator": "ill", "annotator": "ann",
    "author of introduction": "aui", "author of afterword": "aft", "compiler": "com", "composer": "cmp",
    "contributor": "ctb", "photographer": "pht", "publisher": "pbl", "proofreader": "pfr",
    "transcriber": "trc", "cover designer": "cov", "book designer": "bkd", "typographer": "tyg",
    "commentator": "cwt", "researcher": "res", "interviewer": "ivr", "interviewee": "ive",
    "markup editor": "mrk", "other": "oth", "abridger": "abr", "adapter": "adp", "artist": "art",
    "cartographer": "ctg", "funder": "fnd", "writer of preface": "wpr",
}  # fmt: skip


def _relator(value: str) -> str:
    if value not in RELATORS:
        code = _ROLES.get(value.lower())
        otherwise = "for instance aut (author), edt (editor), trl (translator)"
        hint = f"write {code}" if code else did_you_mean(value.lower(), _ROLES.values(), otherwise)
        raise fault("config-relator", f"{quoted(value)} is no MARC relator code", hint)
    return value


Relator = Annotated[str, AfterValidator(_relator)]


# --- files


def path(value: str) -> str:
    """A relative POSIX path as written, at most one `../` at its head; a fault otherwise."""
    said = f"{quoted(value)} is no path within the edition"
    if value.startswith(("/", "\\")) or re.match("[A-Za-z]:", value):
        raise fault("config-path", said, "write it relative to the folder of edition.yaml")
    if "\\" in value:
        raise fault("config-path", said, f"write {value.replace(chr(92), '/')}")
    parts = value.removeprefix("../").split("/")
    if any(part in ("", ".", "..") for part in parts) or value != value.strip():
        hint = "only the first step may be “../”; no empty steps, no “.”, no space at either end"
        raise fault("config-path", said, hint)
    return value


Path = Annotated[str, AfterValidator(path)]


def section(value: str) -> str:
    """The name of a generated section; a fault where there is none of that name."""
    if value not in SECTIONS:
        hint = did_you_mean(value, SECTIONS) or "a file is written with its folder or ending: text/preface.md"
        raise fault("config-section", f"{quoted(value)} is no generated section", hint)
    return value


Section = Annotated[str, AfterValidator(section), WithJsonSchema({"enum": list(SECTIONS)})]
