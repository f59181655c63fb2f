import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { type Receipt, Receipt_State, ReceiptSchema } from "./generated/noroshi/v1/stream_pb.js";
import type { Held } from "./held.js";
import type { Item, Position } from "./item.js";

/** The media of the contract. */
export const media = ["tv.lshape", "tv.data", "radio", "signage", "app", "web", "carnav", "cell"] as const;
export type Medium = (typeof media)[number];

export interface Report {
  /** Of the alert, as it came. */
  readonly position: Position;
  readonly state: "shown" | "withdrawn" | "refused";
  readonly medium: Medium;
  /** For people, at most 200 bytes; needed with `refused`. */
  readonly detail?: string;
  /** By this machine's clock; now unless given. */
  readonly at?: Date;
  /** 1 to 64 characters of A-Z a-z 0-9 . _ : -, unique for ever; made of the rest unless given. */
  readonly id?: string;
}

const states = {
  shown: Receipt_State.SHOWN, withdrawn: Receipt_State.WITHDRAWN, refused: Receipt_State.REFUSED,
};

/**
 * The id is made of the log, the sequence, the medium and the state unless the report has one: the
 * same report again changes nothing, and an alert that is on air a second time needs an id.
 */
export function receiptOf(report: Report): Receipt {
  const { position, state, medium } = report;
  return create(ReceiptSchema, {
    id: report.id ?? `${position.epoch}-${position.sequence}-${medium}-${state}`,
    sequence: position.sequence,
    state: states[state],
    at: timestampFromDate(report.at ?? new Date()),
    medium,
    detail: report.detail ?? "",
  });
}

/** A report, and the log of the alert it is about. */
export interface Said {
  readonly epoch: bigint;
  readonly receipt: Receipt;
}

/**
 * What a receiver reports whose every stored alert is on air on `medium`: shown, of a Cancel
 * withdrawn of everything it refers to, and nothing of an alert that the hub has passed over.
 */
export function onAir(item: Item, medium: Medium): Said[] {
  if (item.content.kind !== "delivery") return [];
  const { epoch } = item.position;
  const summary = item.content.delivery.summary;
  if (summary?.messageType !== "Cancel")
    return [{ epoch, receipt: receiptOf({ position: item.position, state: "shown", medium }) }];
  return summary.referencedSequences.map((sequence) =>
    ({ epoch, receipt: receiptOf({ position: { epoch, sequence }, state: "withdrawn", medium }) }));
}

/** Withdrawn of what is over; of what a revision replaced the hub says so itself. */
export function offAir(held: Held, medium: Medium): Said[] {
  if (held.state !== "cancelled" && held.state !== "lifted" && held.state !== "expired") return [];
  return held.positions.map((position) =>
    ({ epoch: position.epoch, receipt: receiptOf({ position, state: "withdrawn", medium }) }));
}
