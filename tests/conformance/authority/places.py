"""Japan's codes as the model needs them: written down from the official list, wards one by one,
and the check digit computed from its definition. No range, no prefix: sets."""

# 政令指定都市 and the numbers of their wards; 浜松市 has those of before and of since 2024.
CITY_WARDS = {
    "01100": range(1101, 1111), "04100": range(4101, 4106), "11100": range(11101, 11111),
    "12100": range(12101, 12107), "14100": range(14101, 14119), "14130": range(14131, 14138),
    "14150": range(14151, 14154), "15100": range(15101, 15109), "22100": range(22101, 22104),
    "22130": [22131, 22132, 22133, 22134, 22135, 22136, 22137, 22138, 22139, 22140],
    "23100": range(23101, 23117), "26100": range(26101, 26112),
    "27100": [27102, 27103, 27104, 27106, 27107, 27108, 27109, 27111, *range(27113, 27129)],
    "27140": range(27141, 27148),
    "28100": [28101, 28102, 28105, 28106, 28107, 28108, 28109, 28110, 28111],
    "33100": range(33101, 33105), "34100": range(34101, 34109),
    "40100": [40101, 40103, 40105, 40106, 40107, 40108, 40109],
    "40130": range(40131, 40138), "43100": range(43101, 43106),
}
# Some that are no ward and no designated city, several of them next in number to one.
OTHERS = ["01202", "04202", "11201", "12202", "13101", "13123", "14201", "15202", "22203", "23201",
          "26201", "27202", "28201", "33202", "34202", "36201", "36202", "36203", "36301", "37201",
          "40202", "43202", "47382", "36000", "14000", "22000"]


def six(five):
    """JIS X 0402: the check digit makes the weighted sum, weights 6 to 1, a multiple of 11; where
    that would take 10 or 11 its last digit is taken."""
    total = sum(int(digit) * weight for digit, weight in zip(five, (6, 5, 4, 3, 2)))
    needed = next(n for n in range(1, 12) if (total + n) % 11 == 0)
    return five + str(needed)[-1]


WARDS_OF = {six(city): {six(f"{ward:05d}") for ward in wards} for city, wards in CITY_WARDS.items()}
ALL = sorted({six(five) for five in OTHERS} | set(WARDS_OF) |
             {ward for wards in WARDS_OF.values() for ward in wards})


def reach(area):
    """Every code of ALL that whoever is registered for `area` may speak for."""
    if area == "*":
        return set(ALL)
    if len(area) == 2:
        return {code for code in ALL if int(code) // 10000 == int(area)}
    return {area} | WARDS_OF.get(area, set())
