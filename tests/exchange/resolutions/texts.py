"""Two resolutions of our own, one year after the other, and a report."""

from tests.lib.resolutions.texts import resolution

SYMBOL, NEXT = "E/RES/2049/1", "E/RES/2050/1"

LAMPS = resolution(
    "Notes the report of the Secretary-General (A/102/7-E/2049/3);",
    "Requests the Secretary-General to submit to the Commission on Science and Technology for "
    "Development, on a yearly basis, a report on lamps;",
    "Invites Member States to share oil before the end of 2049;",
    "Calls upon all stakeholders:\n\n(a) To trim wicks;\n\n(b) To clean glasses.",
)

LATER = (
    resolution(
        "Notes the report of the Secretary-General (A/102/7-E/2049/3);",
        "Urges Member States to share oil before the end of 2050;",
        "Calls upon all stakeholders:\n\n(a) To trim wicks;\n\n(b) To clean glasses.",
        preamble="Recalling its resolution 2049/1,",
    )
    .replace("2049/1\n\nCare", "2050/1\n\nCare")
    .replace("9 July 2049", "8 July 2050")
)

REPORT = """Report on lamps

1. Lamps

1.1 There are lamps in two harbours.

1.2 The keepers requested:

• oil for the winter

• wicks

2. Conclusion

2.1 The group agreed to meet again.
"""
