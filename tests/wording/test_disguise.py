"""Look-alike names: none of thousands that imitate the police or a partnership passes, every honest one does (T29)."""

from itertools import combinations

import pytest

from plp.wording.disguise import is_name_of_police_or_partnership, is_undisguised

# For each Latin letter those that Unicode lists as taken for it: other scripts, styled, phonetic, plain digits.
ALIKE = {
    "a": "аαɑ⍺ａ𝐚𝒂ᴀᗅꓮᎪ",
    "b": "ЬВΒᏴᗷꓐｂ𝐛ʙƅ",
    "c": "сϲᴄⅽｃ𝐜ꓚᏟⲥ",
    "e": "еҽ℮ｅ𝐞ꓰᎬεє",
    "f": "ϝｆ𝐟ꓝꞙſ",
    "h": "һհｈ𝐡ꓧᎻН",
    "i": "іιɩıⅰｉ𝐢ӏⵊІɪl",
    "k": "кκｋ𝐤ꓗᏦᴋ",
    "l": "ӏוⅼｌ𝐥ꓡᏞⳑІI",
    "m": "мⅿｍ𝐦ꓟᎷᴍ",
    "n": "пոｎ𝐧ꓠɴη",
    "o": "оοօ𐐬ｏ𝐨ꓳᴏଠо",
    "p": "рρⲣｐ𝐩ꓑᏢᴘ",
    "s": "ѕꜱｓ𝐬ꓢᏚჽ",
    "t": "тτｔ𝐭ꓔᎢᴛ",
    "u": "υսｕ𝐮ꓴᴜц",
    "w": "ԝѡｗ𝐰ꓪᎳᴡ",
    "z": "ᴢｚ𝐳ꓜᏃʐΖ",
}
LABELS = (
    "police", "politie", "polizei", "plp", "lpp", "bin", "plp bin", "police locale", "police fédérale",
    "zone de police", "police montgomery", "agent de police", "inspecteur de police", "commissaire de police",
    "police de proximité", "police secours", "police judiciaire", "service de police", "poste de police",
    "lokale politie", "federale politie", "politiezone", "politiepost", "politie brussel", "politie antwerpen",
    "wijkpolitie politie", "politiechef", "politiecommissaris", "hoofdinspecteur politie", "politie gent",
    "lokale polizei", "föderale polizei", "polizeizone", "polizeiwache", "polizei eupen", "polizeichef",
    "polizeiinspektor", "polizeikommissar", "polizei malmedy", "bin plp lpp",
)  # fmt: skip
HONEST = (
    "Łukasz Nowak", "王 芳", "王 Wang", "山田 はなこ", "Jean-François d’Hôte", "O'Neill, Aoife", "Ünal Çelik",
    "Søren Åström", "Weiß", "Nguyễn Thị Ánh", "Иван Петров", "Γιώργος Παπάς", "محمد علي", "Omar bin Said",
    "Ştefan Ţepeş", "Əli Məmmədov", "Ana Policella", "Polina Binder", "Ĳsbrand", "नेहा शर्मा", "ⵉⴷⵉⵔ", "דוד לוי",
)  # fmt: skip


def imitations(label: str) -> set[str]:
    """The label itself, and with each letter, and each two letters, replaced by what looks like them."""
    made = {
        label,
        label.upper(),
        label.title(),
        label.replace(" ", "\u00a0"),
        "\u202e" + label,
        label[0] + "\u200b" + label[1:],
    }
    single = [(place, other) for place, sign in enumerate(label) for other in ALIKE.get(sign, "")]
    pairs = [(one, two) for one, two in combinations(single[:24], 2) if one[0] != two[0]]
    for swaps in [*((one,) for one in single), *pairs]:
        signs = list(label)
        for place, other in swaps:
            signs[place] = other
        made.add("".join(signs))
    return made


def test_no_imitation_passes() -> None:
    tried = {name for label in LABELS for name in imitations(label)}

    assert len(tried) > 4000
    assert [
        name
        for name in tried
        if name.isprintable() and is_undisguised(name) and not is_name_of_police_or_partnership(name)
    ] == []


@pytest.mark.parametrize(
    "name", ["Роӏісе", "PоIice", "P\u0337olice", "Polïce", "ｐｏｌｉｃｅ", "a\u0301\u0302\u0303\u0304"]
)
def test_these_do_not_pass_either(name: str) -> None:
    assert is_name_of_police_or_partnership(name) or not is_undisguised(name)


def test_every_honest_name_passes() -> None:
    assert [name for name in HONEST if not is_undisguised(name) or is_name_of_police_or_partnership(name)] == []
