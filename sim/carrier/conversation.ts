import type { CallBehaviour } from './behaviour.ts';
import type { TwimlVerb } from './twiml.ts';
import { parseTwiml } from './twiml.ts';

/** Something the customer heard, in order. */
export interface Heard {
  say: string;
  language: string | undefined;
}

/** What came of a call that was answered. */
export interface Conversation {
  heard: Heard[];
  pressed: string[];
  /** Twilio's code when our TwiML could not be had (11200) or read (12100). */
  errorCode: number | undefined;
}

/** Fetches the TwiML at a URL, signed, with what is particular to this step (`Digits`). */
export type FetchTwiml = (url: string, extra: Record<string, string>) => Promise<TwimlAnswer>;
export type TwimlAnswer = { ok: true; document: string } | { ok: false };

type Next = { kind: 'end' } | { kind: 'fetch'; url: string; extra: Record<string, string> };

const mostDocuments = 20;

/** Plays the customer's part against our TwiML until one side hangs up. */
export async function converse(parts: {
  start: { url: string } | { twiml: string };
  behaviour: CallBehaviour;
  fetchTwiml: FetchTwiml;
}): Promise<Conversation> {
  const talk: Conversation = { heard: [], pressed: [], errorCode: undefined };
  if (parts.behaviour === 'hang-up') return talk;
  let url = 'url' in parts.start ? parts.start.url : '';
  let document = 'twiml' in parts.start ? parts.start.twiml : undefined;
  let extra: Record<string, string> = {};
  for (let count = 0; count < mostDocuments; count += 1) {
    if (document === undefined) {
      const answer = await parts.fetchTwiml(url, extra);
      if (!answer.ok) return { ...talk, errorCode: 11200 };
      document = answer.document;
    }
    let verbs: TwimlVerb[];
    try {
      verbs = parseTwiml(document);
    } catch {
      return { ...talk, errorCode: 12100 };
    }
    const next = play(verbs, url, parts.behaviour, talk);
    if (next.kind === 'end') return talk;
    ({ url, extra } = next);
    document = undefined;
  }
  return { ...talk, errorCode: 11210 };
}

function play(verbs: readonly TwimlVerb[], url: string, behaviour: CallBehaviour, talk: Conversation): Next {
  for (const verb of verbs) {
    if (verb.name === 'Hangup' || verb.name === 'Reject') return { kind: 'end' };
    if (verb.name === 'Redirect') return goTo(verb.text.trim(), url, {});
    if (verb.name !== 'Gather') hear(verb, talk);
    else {
      for (const child of verb.children) hear(child, talk);
      const digits = digitsFor(verb, behaviour);
      if (digits !== undefined) {
        talk.pressed.push(digits);
        return goTo(verb.attributes['action'] ?? '', url, { Digits: digits });
      }
      if (verb.attributes['actionOnEmptyResult'] === 'true') {
        return goTo(verb.attributes['action'] ?? '', url, { Digits: '' });
      }
    }
  }
  return { kind: 'end' };
}

function hear(verb: TwimlVerb, talk: Conversation): void {
  if (verb.name === 'Say') talk.heard.push({ say: verb.text.trim(), language: verb.attributes['language'] });
}

/** What the customer presses when asked, no more than the <Gather> takes. */
function digitsFor(gather: TwimlVerb, behaviour: CallBehaviour): string | undefined {
  const pressed = behaviour === 'ack' ? '1' : /^press-(.+)$/.exec(behaviour)?.[1];
  if (pressed === undefined) return undefined;
  const limit = Number(gather.attributes['numDigits'] ?? Number.POSITIVE_INFINITY);
  return pressed.slice(0, limit);
}

function goTo(target: string, from: string, extra: Record<string, string>): Next {
  return { kind: 'fetch', url: from ? new URL(target, from).href : target, extra };
}
