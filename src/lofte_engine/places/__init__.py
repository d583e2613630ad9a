"""Places: areas and their editions, which area a point lies in, and from one division to another."""

from lofte_engine.places.areas import SWEREF, WGS84, Areas, labels, normal_label, read_areas
from lofte_engine.places.crosswalk import Crosswalk, by_overlap, by_people, read_crosswalk
from lofte_engine.places.editions import Additivity, Change, Changes, Point, additivity, read_changes, unbroken
from lofte_engine.places.locate import Indexed, Located, Locator, Placed, index_areas, place_incidents

__all__ = [
    "SWEREF",
    "WGS84",
    "Additivity",
    "Areas",
    "Change",
    "Changes",
    "Crosswalk",
    "Indexed",
    "Located",
    "Locator",
    "Placed",
    "Point",
    "additivity",
    "by_overlap",
    "by_people",
    "index_areas",
    "labels",
    "normal_label",
    "place_incidents",
    "read_areas",
    "read_changes",
    "read_crosswalk",
    "unbroken",
]
