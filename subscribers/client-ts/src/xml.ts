/** An element of a CAP document, of which the name without its prefix and the text are of interest. */
export interface Element {
  readonly name: string;
  /** Its own text, entities and CDATA undone, white space collapsed. */
  text: string;
  readonly children: Element[];
}

const depthMax = 64;
const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const token = /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<\/([^\s>]+)\s*>|<([^\s\/>!?]+)((?:[^>"'\/]|"[^"]*"|'[^']*'|\/(?!>))*)(\/?)>|([^<]+)/gy;

/**
 * The root of a document as the hub accepts them: well formed, without a document type. Of anything
 * else undefined, or a tree that says less; it is no judge of XML.
 */
export function parse(bytes: Uint8Array): Element | undefined {
  const text = decode(bytes);
  if (text === undefined) return undefined;
  const top: Element = { name: "", text: "", children: [] };
  const open: Element[] = [top];
  let end = 0;
  for (const found of text.matchAll(token)) {
    end = found.index! + found[0].length;
    const [, data, closed, opened, , empty, words] = found;
    const inner = open.at(-1)!;
    if (data !== undefined) inner.text += data;
    else if (words !== undefined) inner.text += undone(words);
    else if (closed !== undefined) {
      if (open.length < 2 || localOf(closed) !== inner.name) return undefined;
      inner.text = inner.text.replace(/[\t\n\r ]+/g, " ").trim();
      open.pop();
    } else if (opened !== undefined) {
      const element: Element = { name: localOf(opened), text: "", children: [] };
      inner.children.push(element);
      if (empty === "") open.push(element);
      if (open.length > depthMax) return undefined;
    }
  }
  return end === text.length && open.length === 1 && top.children.length === 1 ? top.children[0] : undefined;
}

function localOf(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

function undone(text: string): string {
  return text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-z]+));/g, (whole, hex, decimal, name) => {
    if (name !== undefined) return entities[name] ?? whole;
    const code = hex !== undefined ? parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

function decode(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 200)).toString("latin1");
  const label = bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be"
    : bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le"
    : /^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding=["']([A-Za-z0-9._-]+)["']/.exec(head)?.[1] ?? "utf-8";
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
