"""Names of the months in six languages, folded (no case, no accents, no Arabic marks)."""

import unicodedata

_NAMES = {
    1: "january jan janvier enero ene январь января янв يناير كانونالثاني جانفي",
    2: "february feb février févr fév febrero февраль февраля фев فبراير شباط فيفري",
    3: "march mar mars marzo март марта мар مارس آذار",
    4: "april apr avril avr abril abr апрель апреля апр أبريل إبريل نيسان أفريل",
    5: "may mai mayo май мая مايو أيار ماي",
    6: "june jun juin junio июнь июня июн يونيو حزيران جوان",
    7: "july jul juillet juil julio июль июля июл يوليو تموز جويلية",
    8: "august aug août agosto ago август августа авг أغسطس آب أوت",
    9: "september sep sept septembre septiembre setiembre сентябрь сентября сен سبتمبر أيلول",
    10: "october oct octobre octubre октябрь октября окт أكتوبر",
    11: "november nov novembre noviembre ноябрь ноября ноя نوفمبر",
    12: "december dec décembre déc diciembre dic декабрь декабря дек ديسمبر",
}


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word).casefold()
    return "".join(c for c in plain if not unicodedata.combining(c))


MONTHS: dict[str, int] = {
    _folded(word): month for month, words in _NAMES.items() for word in words.split()
}
