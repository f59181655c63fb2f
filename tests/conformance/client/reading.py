"""What a CAP 1.2 document says, as the JSON of noroshi.v1.Reading: an own reading of the XML, to
compare the hub's with. Of documents with nothing unusual in their white space."""

import xml.etree.ElementTree as ElementTree

from . import cap

# The elements that hold others, and the lists among the children of each.
LISTS = {
    "alert": ("code", "info"),
    "info": ("category", "responseType", "eventCode", "parameter", "resource", "area"),
    "area": ("polygon", "circle", "geocode"),
    "resource": (), "eventCode": (), "parameter": (), "geocode": (),
}


def reading_of(document):
    """`document` is bytes; numbers are floats, as they are after json.loads()."""
    return _group(ElementTree.fromstring(document), "alert")


def numbers_as_floats(reading):
    """The hub's reading with 1 and 1.0 told apart no more."""
    if isinstance(reading, dict):
        return {name: numbers_as_floats(value) for name, value in reading.items()}
    if isinstance(reading, list):
        return [numbers_as_floats(value) for value in reading]
    return float(reading) if isinstance(reading, int) else reading


def _group(element, name):
    said = {child: [] for child in LISTS[name]}
    for child in element:
        assert child.tag.startswith("{" + cap.NAMESPACE + "}"), child.tag
        of = child.tag.rpartition("}")[2]
        value = _group(child, of) if of in LISTS else _simple(of, child.text or "")
        if of in LISTS[name]:
            said[of].append(value)
        else:
            said[of] = value
    return said


def _point(text):
    return [float(number) for number in text.split(",")]


def _simple(name, text):
    if name == "polygon":
        return [_point(point) for point in text.split()]
    if name == "circle":
        centre, radius = text.split()
        return {"centre": _point(centre), "radiusKm": float(radius)}
    if name in ("altitude", "ceiling"):
        return float(text)
    return text
