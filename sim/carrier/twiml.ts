/** One TwiML verb with its attributes, the verbs inside it and its text. */
export interface TwimlVerb {
  name: string;
  attributes: Record<string, string>;
  children: TwimlVerb[];
  text: string;
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const token =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/gy;
const attribute = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** Reads a TwiML document into the verbs of its <Response>. @throws Error (Twilio's 12100) when it is none */
export function parseTwiml(document: string): TwimlVerb[] {
  const root: TwimlVerb = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  let readTo = 0;
  for (const match of document.trim().matchAll(token)) {
    readTo = match.index + match[0].length;
    const [, cdata, closing, name, attributes, selfClosing, text] = match;
    const current = open.at(-1);
    if (!current) break;
    if (name === undefined) current.text += cdata ?? unescape(text ?? '');
    else if (closing) {
      if (current.name !== name || open.length === 1) throw new Error(`TwiML: </${name}> closes nothing`);
      open.pop();
    } else {
      const verb: TwimlVerb = { name, attributes: attributesOf(attributes ?? ''), children: [], text: '' };
      current.children.push(verb);
      if (!selfClosing) open.push(verb);
    }
  }
  const response = root.children[0];
  if (readTo !== document.trim().length || open.length !== 1 || response?.name !== 'Response') {
    throw new Error('TwiML: the document is not a <Response>');
  }
  return response.children;
}

function attributesOf(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name, double, single] of text.matchAll(attribute)) {
    if (name !== undefined) found[name] = unescape(double ?? single ?? '');
  }
  return found;
}

function unescape(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (typeof hex === 'string') return String.fromCodePoint(Number.parseInt(hex, 16));
    if (typeof decimal === 'string') return String.fromCodePoint(Number(decimal));
    return named[String(name)] ?? whole;
  });
}
