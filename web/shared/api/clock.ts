/** What the service last said about the time, and when that was on this page's own stopwatch. */
let heard: { atMs: number; tickMs: number } | undefined;

/** Takes the time from an answer's head; an answer without one changes nothing. */
export function hearTime({ headers }: Response): void {
  const atMs = Date.parse(headers.get('date') ?? '');
  if (Number.isFinite(atMs)) heard = { atMs, tickMs: performance.now() };
}

/** The service's time now, epoch ms: the clock of the computer in front of somebody may be wrong by days. */
export const serviceNowMs = (): number =>
  heard === undefined ? Date.now() : heard.atMs + performance.now() - heard.tickMs;
