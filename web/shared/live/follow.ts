import type { Api } from '../api/client.ts';

/** What the API tells of a change: which case or account, and what happened. */
export interface Change {
  topic: string;
  caseId: string | null;
  accountNo: string | null;
}

export interface LiveHandlers {
  change(change: Change): void;
  /** Something may have been missed, as it may before the first connection: read everything again. */
  reset(): void;
  /** Whether changes arrive at present. */
  state(isLive: boolean): void;
}

interface Message {
  id: string;
  event: string;
  data: string;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;
/** The server says something at least every 15 s; a line that is silent for longer is dead. */
const SILENT_MS = 40_000;

/** Splits what arrives into messages of a server-sent event stream. */
export function messagesOf(): (part: string) => Message[] {
  let rest = '';
  return (part) => {
    const blocks = (rest + part).split('\n\n');
    rest = blocks.pop() ?? '';
    return blocks.flatMap((block) => {
      const message: Message = { id: '', event: 'message', data: '' };
      for (const line of block.split('\n')) {
        const [, name, value = ''] = /^(id|event|data): ?(.*)$/.exec(line) ?? [];
        if (name !== undefined) message[name as keyof Message] = value;
      }
      return message.data === '' ? [] : [message];
    });
  };
}

/** Follows the changes until the signal aborts; a connection that breaks is taken up again where it broke. */
export async function followChanges(api: Api, handlers: LiveHandlers, signal: AbortSignal): Promise<void> {
  let cursor: string | undefined;
  let waitMs = FIRST_WAIT_MS;
  const hear = (message: Message): void => {
    // Nobody has told what happened between the first reading of the page and the first connection.
    const isFirst = cursor === undefined && message.event === 'ready';
    if (message.id !== '') cursor = message.id;
    if (isFirst || message.event === 'reset') handlers.reset();
    if (message.event === 'change') handlers.change(JSON.parse(message.data) as Change);
    waitMs = FIRST_WAIT_MS;
  };
  async function stream(): Promise<void> {
    const gone = new AbortController();
    const end = (): void => gone.abort();
    signal.addEventListener('abort', end);
    let silence = setTimeout(end, SILENT_MS);
    try {
      const response = await api.raw('/events', {
        headers: {
          accept: 'text/event-stream',
          ...(cursor === undefined ? {} : { 'last-event-id': cursor }),
        },
        signal: gone.signal,
      });
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      const split = messagesOf();
      handlers.state(true);
      for (;;) {
        const read = await reader?.read();
        if (read === undefined || read.done) return;
        clearTimeout(silence);
        silence = setTimeout(end, SILENT_MS);
        split(read.value).forEach(hear);
      }
    } finally {
      clearTimeout(silence);
      signal.removeEventListener('abort', end);
    }
  }
  while (!signal.aborted) {
    try {
      await stream();
    } catch {
      // Tried again below; until then the page says that it is not live.
    }
    if (signal.aborted) return;
    handlers.state(false);
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2);
  }
}
