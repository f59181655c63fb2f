const hour = 3_600_000;

/** Milliseconds by event code: how long what states no end stands. proto/jp/codes.cpp says so, and a test compares. */
export const categoryLife: Readonly<Record<string, number>> = {
  "evac.l3": 48 * hour, "evac.l4": 48 * hour, "evac.l5": 48 * hour, "evac.zone": 48 * hour, "evac.none": 6 * hour,
  "shelter": 48 * hour, "stay": 48 * hour, "hq": 72 * hour, "damage": 72 * hour,
  "notice.transport": 72 * hour, "notice.lifeline": 72 * hour, "notice.living": 72 * hour, "notice.pr": 72 * hour,
  "notice.culture": 72 * hour, "notice.other": 72 * hour,
  "outage.power": 24 * hour, "outage.gas": 24 * hour, "outage.water": 24 * hour, "outage.telecom": 24 * hour,
  "river": 6 * hour, "waterlevel": 6 * hour, "rain": 6 * hour, "tide": 6 * hour,
  "urgentmail": hour, "urgentmail.result": hour, "civil": 24 * hour, "sys.probe": hour / 6,
};
