"""An SVG of lines over N, with a logarithmic scale, readable on light and on dark."""

import math

WIDTH, HEIGHT = 760, 440
LEFT, RIGHT, TOP, BOTTOM = 92, 130, 56, 52
# Of equal lightness, so that they stand out from white as from black.
COLOURS = {"hub": "#e4572e", "reference": "#8a8a8a", "redis": "#c2459b", "rabbitmq": "#b98a00",
           "nats": "#2f8fd0", "mosquitto": "#3f9d5a"}
STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #333 }
  .title { font-size: 15px; font-weight: 600 }
  .grid { stroke: #999; stroke-opacity: .35; stroke-width: 1 }
  .paper { fill: #fff }
  @media (prefers-color-scheme: dark) { text { fill: #ddd } .paper { fill: #161616 } }
"""


def svg(title, lines):
    """`lines`: name → [(N, rate)], each with at least one point."""
    points = [point for line in lines.values() for point in line]
    many = sorted({n for n, _ in points})
    low = 10 ** math.floor(math.log10(min(rate for _, rate in points)))
    high = 10 ** math.ceil(math.log10(max(rate for _, rate in points)))

    def x(n):
        span = math.log(many[-1] / many[0]) if len(many) > 1 else 1
        return LEFT + (WIDTH - LEFT - RIGHT) * (math.log(n / many[0]) / span)

    def y(rate):
        share = math.log(rate / low) / math.log(high / low)
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
             f'role="img" aria-label="{title}">', f"<style>{STYLE}</style>",
             f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}" rx="6"/>',
             f'<text class="title" x="{LEFT}" y="28">{title}</text>']
    decade = low
    while decade <= high:
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(decade):.1f}" '
                     f'y2="{y(decade):.1f}"/><text x="{LEFT - 8}" y="{y(decade) + 4:.1f}" '
                     f'text-anchor="end">{decade:,}</text>')
        decade *= 10
    for n in many:
        parts.append(f'<text x="{x(n):.1f}" y="{HEIGHT - BOTTOM + 22}" '
                     f'text-anchor="middle">{n:,}</text>')
    parts.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 10}" '
                 'text-anchor="middle">subscribers (N)</text>')
    labels = _apart({name: y(line[-1][1]) for name, line in lines.items()})
    for name, line in lines.items():
        colour = COLOURS.get(name, "#888")
        path = " ".join(f"{x(n):.1f},{y(rate):.1f}" for n, rate in line)
        width = 3 if name == "hub" else 2
        dashes = ' stroke-dasharray="6 4"' if name == "reference" else ""
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" '
                     f'stroke-width="{width}"{dashes}/>')
        parts += [f'<circle cx="{x(n):.1f}" cy="{y(rate):.1f}" r="{width + 1}" fill="{colour}"/>'
                  for n, rate in line]
        # A line that ends early is named where it ends.
        at = x(line[-1][0]) + 10
        parts.append(f'<text x="{at:.1f}" y="{labels[name] + 4:.1f}" '
                     f'style="fill:{colour};font-weight:600">{name}</text>')
    return "\n".join(parts) + "\n</svg>\n"


def _apart(wanted, gap=17):
    """Moves labels down until none covers another."""
    placed, last = {}, -gap
    for name, at in sorted(wanted.items(), key=lambda item: item[1]):
        last = placed[name] = max(at, last + gap)
    return placed
