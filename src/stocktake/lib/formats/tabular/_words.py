"""Words in the names of columns: those that may mean two things, and the names of languages."""

# Names that do not say which field they mean: they are never guessed.
AMBIGUOUS: dict[str, tuple[str, ...]] = {
    "date|fecha|дата|التاريخ|日期|year|année|año|год|السنة|年份": ("start", "end"),
    "period|duration|période|durée|período|duración|период|المدة|期间": ("start", "end"),
    "type|tipo|тип|النوع|类型": ("type", "organization_type"),
    "target|targets|cible|meta|metas|goal|goals|objective|objectives|objectif|objectifs|"
    "objetivo|objetivos|цель|цели|الهدف|الأهداف|目标": ("sdg", "wsis_target", "description"),
    "organizations|organisations|organisation partenaire": ("organization", "partner"),
    "area|areas|place": ("country", "region"),
    "framework|category|categories|theme|topic": ("action_line", "sdg"),
}

# How languages are named in a column's name, besides their codes: "Title (French)".
LANGUAGES: dict[str, tuple[str, ...]] = {
    "ar": ("arabic", "arabe", "árabe", "арабский", "العربية", "阿拉伯文", "阿拉伯语"),
    "zh": ("chinese", "chinois", "chino", "китайский", "الصينية", "中文", "汉语", "cn"),
    "en": ("english", "anglais", "inglés", "английский", "الإنجليزية", "英文", "英语"),
    "fr": ("french", "français", "francés", "французский", "الفرنسية", "法文", "法语"),
    "ru": ("russian", "russe", "ruso", "русский", "الروسية", "俄文", "俄语"),
    "es": (
        "spanish",
        "espagnol",
        "español",
        "испанский",
        "الإسبانية",
        "西班牙文",
        "西班牙语",
        "sp",
    ),
}
