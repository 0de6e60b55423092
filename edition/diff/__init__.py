"""`edition diff`: what a reader would notice between two versions of an edition.

sides finds the two versions, differences compares them, shown tells it (text, JSON, a page of HTML, an errata leaf).
"""
