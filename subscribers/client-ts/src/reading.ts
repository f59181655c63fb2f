import { timestampMs } from "@bufbuild/protobuf/wkt";
import { createHash } from "node:crypto";
import { categoryLife } from "./category_life.js";
import type { Delivery } from "./generated/noroshi/v1/stream_pb.js";
import type { Held, State } from "./held.js";
import type { Position } from "./item.js";
import { type Element, parse } from "./xml.js";

export interface Read {
  /** Its state: stands, or said when it orders nothing. */
  readonly held: Held;
  /** What those it refers to become. */
  readonly ends: State;
  /** By their names in CAP. */
  readonly references: readonly { sender: string; identifier: string }[];
}

const profile = "profile:CAP-JP:0.1";
/** The first words of the events that somebody has to lift: as proto/jp/event_life.cpp has them. */
const liftedBySomebody = ["evac", "shelter", "stay", "hq", "outage"];
const nullReport = "evac.none";

/** A document that cannot be read is taken by its summary alone, on the safe side: it stands. */
export function read(position: Position, delivery: Delivery): Read {
  const summary = delivery.summary;
  const held: Held = {
    positions: [position],
    publisher: delivery.publisher,
    sender: summary?.sender ?? "",
    identifier: summary?.identifier ?? "",
    sha256: createHash("sha256").update(delivery.capXml ?? "").digest("hex"),
    document: summary?.document ?? "",
    revision: summary?.revision ?? 0,
    status: summary?.status ?? "",
    event: summary?.event ?? "",
    headline: summary?.headline ?? "",
    level: summary?.level ?? 0,
    areas: summary?.areaCodes ?? [],
    acceptedMs: delivery.acceptedAt ? timestampMs(delivery.acceptedAt) : 0,
    state: "stands",
    changedMs: 0,
    untilLifted: false,
  };
  const alert = delivery.capXml && parse(delivery.capXml);
  const life = alert ? lifeOf(alert) : {};
  const references = alert ? referencesOf(alert) : [];
  if (summary?.messageType === "Cancel")
    return { held: said({ ...held, ...life }), ends: "cancelled", references };
  if (life.state === "said") return { held: said({ ...held, ...life }), ends: "lifted", references };
  return { held: { ...held, ...life }, ends: "superseded", references };
}

function said(held: Held): Held {
  const { untilMs: _, ...rest } = held;
  return { ...rest, state: "said" };
}

const textsOf = (element: Element, name: string): string[] =>
  element.children.filter((child) => child.name === name).map((child) => child.text);
const textOf = (element: Element, name: string): string | undefined => textsOf(element, name)[0];
const valued = (info: Element, list: string, name: string): string | undefined =>
  info.children.filter((child) => child.name === list && textOf(child, "valueName") === name)
    .map((child) => textOf(child, "value") ?? "")[0];

/** Of several ends the last; what has none never runs out. */
function lastOf(ends: readonly (number | undefined)[]): { untilMs?: number } {
  if (ends.length === 0 || ends.includes(undefined)) return {};
  return { untilMs: Math.max(...(ends as number[])) };
}

/** The one form of time CAP knows. */
function instant(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/.test(text)
    ? Date.parse(text) : undefined;
}

type Life = Partial<Pick<Held, "state" | "level" | "untilMs" | "untilLifted">>;

function lifeOf(alert: Element): Life {
  const infos = alert.children.filter((child) => child.name === "info");
  if (!textsOf(alert, "code").includes(profile))
    return lastOf(infos.map((info) => instant(textOf(info, "expires"))));
  const issued = linesOf(infos, instant(textOf(alert, "sent"))).filter((line) => !line.lift && line.event !== nullReport);
  if (issued.length === 0) return infos.length === 0 ? {} : { state: "said", level: 0 };
  const untilLifted = issued.filter((line) => liftedBySomebody.includes(line.event.split(".")[0]!));
  return {
    ...lastOf((untilLifted.length > 0 ? untilLifted : issued).map((line) => line.untilMs)),
    level: Math.max(...issued.map((line) => line.level)),
    untilLifted: untilLifted.length > 0,
  };
}

interface Line {
  readonly event: string;
  readonly lift: boolean;
  readonly level: number;
  readonly untilMs: number | undefined;
  readonly japanese: boolean;
}

/** Each kind, hazard, issue or lift once: from the Japanese block where there is one. */
function linesOf(infos: readonly Element[], sentMs: number | undefined): Line[] {
  const lines = new Map<string, Line>();
  for (const info of infos) {
    const event = valued(info, "eventCode", "profile:CAP-JP:Event:0.1") ?? textOf(info, "event") ?? "";
    const hazard = valued(info, "eventCode", "profile:CAP-JP:Hazard:0.1") ?? "";
    const lift = valued(info, "parameter", "layer:CAP-JP:0.1:IssueOrLift") === "lift";
    const japanese = /^ja(-jp)?$/i.test(textOf(info, "language") ?? "");
    const key = JSON.stringify([event, hazard, lift]);
    const known = lines.get(key);
    if (known && (known.japanese || !japanese)) continue;
    const stated = valued(info, "parameter", "layer:CAP-JP:0.1:WarningLevel");
    const untilMs = instant(textOf(info, "expires")) ?? endOfCategory(event, sentMs);
    lines.set(key, { event, lift, japanese, level: levelOf(stated, event), untilMs });
  }
  return [...lines.values()];
}

function endOfCategory(event: string, sentMs: number | undefined): number | undefined {
  const life = Object.hasOwn(categoryLife, event) ? categoryLife[event] : undefined;
  return life === undefined || sentMs === undefined ? undefined : sentMs + life;
}

function levelOf(stated: string | undefined, event: string): number {
  if (stated !== undefined) return /^[1-5]$/.test(stated) ? Number(stated) : 255;
  return Number(/^evac\.l([345])$/.exec(event)?.[1] ?? 0);
}

function referencesOf(alert: Element): { sender: string; identifier: string }[] {
  return (textOf(alert, "references") ?? "").split(" ").flatMap((triple) => {
    const [sender, identifier, sent, ...more] = triple.split(",");
    return sender && identifier && sent && more.length === 0 ? [{ sender, identifier }] : [];
  });
}
