"""Texts of our own for single behaviours of the parser."""

PREFIX = "Resolution\n\n2049/1\n\nCare of lamps\n\nThe Economic and Social Council,\n\n"


def resolution(*paragraphs: str, preamble: str = "Recalling its resolution 2044/17,") -> str:
    """Set paragraphs as a resolution of the Economic and Social Council of 2049."""
    numbered = [f"{number}. {words}" for number, words in enumerate(paragraphs, start=1)]
    foot = "3rd plenary meeting\n9 July 2049"
    return PREFIX + "\n\n".join([preamble, *numbered, foot]) + "\n"


FULL = """United Nations                                       A/RES/70/999
General Assembly                                     Distr.: General
                                                     2 February 2016

Seventieth session
Agenda item 16

Resolution adopted by the General Assembly on 22 December 2015

[on the report of the Second Committee (A/70/470)]

70/999. Lamps for lighthouses

The General Assembly,

Recalling its resolutions 56/183 of 21 December 2001 and 68/198 of 20 December 2013,

Noting that, in its resolution 66/288, it requested the Secretary-General to report,

Keeping lamps

1. Calls upon all Member States:

(a) To ratify the Convention on Lamps;

(b) To review their laws, including:

(i) Laws on oil;

(ii) Laws on wicks;

(c) To report annually to the Human Rights Council on progress made;

2. Takes note of the report of the Secretary-General,1 which calls for urgent action and requests
further study, and in this regard strongly encourages Governments to share lamps;

Closing

3. Decides to remain seized of the matter.

81st plenary meeting
22 December 2015

1 A/70/63–E/2015/10.

Annex

Terms of reference

1. The group shall have ten members.

2. The group shall meet every year.
"""
