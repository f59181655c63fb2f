// Evacuation orders as CAP-JP documents, as a city's system writes them.
import { randomUUID } from "node:crypto";

const japan = (at: Date): string => new Date(at.getTime() + 9 * 3_600_000).toISOString().slice(0, 19) + "+09:00";
const valued = (name: string, key: string, value: string | number): string =>
  `<${name}><valueName>${key}</valueName><value>${value}</value></${name}>`;

export type MessageType = "Alert" | "Update" | "Cancel";

/** One document and its revisions. */
export class Order {
  readonly #id = randomUUID();
  #revision = 0;
  #references: string[] = [];

  /** `drill`: the session whose exercise it is. */
  constructor(private readonly drill?: string) {}

  /** The next revision, which refers to all before. */
  next(type: MessageType = this.#revision === 0 ? "Alert" : "Update", kind: "issue" | "lift" = "issue"): string {
    this.#revision += 1;
    const sent = japan(new Date());
    const identifier = `jp-362018-${this.#id}-${this.#revision}`;
    const references = this.#references.join(" ");
    this.#references.push(`city.example,${identifier},${sent}`);
    const lift = kind === "lift";
    const layer = "layer:CAP-JP:0.1:";
    const event = lift ? "避難指示 解除" : "避難指示";
    const parameters: [string, string | number][] = [
      ["UpdateKind", { Alert: "new", Update: "update", Cancel: "cancel" }[type]],
      ["Alerting", lift ? "quiet" : "loud"], ["DocumentId", this.#id],
      ["DocumentRevision", this.#revision], ["IssueOrLift", kind], ["WarningLevel", 4],
      ...(this.drill ? [["DrillId", this.drill] as [string, string]] : []),
    ];
    return `<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>${identifier}</identifier>` +
      `<sender>city.example</sender><sent>${sent}</sent><status>${this.drill ? "Exercise" : "Actual"}</status>` +
      `<msgType>${type}</msgType><scope>Public</scope><code>profile:CAP-JP:0.1</code>` +
      (type === "Cancel" ? "<note>誤って発令したため取り消します。</note>" : "") +
      (references === "" ? "" : `<references>${references}</references>`) +
      `<info><language>ja-JP</language><category>Safety</category><event>${event}</event>` +
      `<responseType>${lift ? "AllClear" : "Evacuate"}</responseType><urgency>${lift ? "Past" : "Immediate"}</urgency>` +
      `<severity>${lift ? "Minor" : "Severe"}</severity><certainty>${lift ? "Unlikely" : "Likely"}</certainty>` +
      valued("eventCode", "profile:CAP-JP:Event:0.1", "evac.l4") +
      valued("eventCode", "profile:CAP-JP:Hazard:0.1", "flood") +
      `<effective>${sent}</effective><onset>${sent}</onset>` +
      `<expires>${japan(new Date(Date.now() + 48 * 3_600_000))}</expires><senderName>徳島県徳島市</senderName>` +
      `<headline>${this.drill ? "【訓練】" : ""}徳島県徳島市 洪水 警戒レベル4 ${event}</headline>` +
      `<description>吉野川の水位が上がっています。</description>` +
      `<instruction>${lift ? "避難の必要はなくなりました。" : "危険な場所から全員避難"}</instruction>` +
      parameters.map(([name, value]) => valued("parameter", layer + name, value)).join("") +
      `<area><areaDesc>徳島県徳島市</areaDesc>` +
      valued("geocode", "profile:CAP-JP:LGCode:0.1", "362018") +
      valued("geocode", "profile:CAP-JP:District:0.1", "362018:*") + "</area></info></alert>\n";
  }
}
