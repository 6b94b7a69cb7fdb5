import pc from 'picocolors';
import type { CaseView } from './cases.ts';
import { when, yuan } from './print.ts';
import { stepWords, taskWords, wordsFor, type Lang } from './words.ts';

const plain = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(plain).filter(Boolean).join(', ');
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([key, inner]) => `${key} ${plain(inner)}`)
      .join(' ');
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const isInstant = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/.test(value);

/** The details of a line in words: ids left out, money and times as people write them. */
export function detailText(detail: Record<string, unknown>): string {
  return Object.entries(detail)
    .filter(
      ([key, value]) =>
        !/(?:Id|Ids|Sha256|sha256|Hash|Key|^proofs)$/.test(key) && value !== null && value !== '',
    )
    .map(([key, value]) => {
      if (key.endsWith('Fen') && typeof value === 'number') return `${key.slice(0, -3)} ${yuan(value)}`;
      return `${key.replace(/At$/, '')} ${isInstant(value) ? when(value) : plain(value)}`;
    })
    .filter((part) => !part.endsWith(' '))
    .join(', ');
}

interface Line {
  readonly at: string;
  readonly text: string;
}

function pastLines(view: CaseView, lang: Lang): Line[] {
  // A decision stands in the list of decisions with its reasons.
  const past = view.past.filter(({ action }) => action !== 'decision.taken');
  const facts = past.map(({ at, action, actor, detail }) => {
    const words = wordsFor(action, detail, lang);
    const more = words === undefined ? detailText(detail) : '';
    const by = ['fudian', 'webhook', 'carrier'].includes(actor) ? '' : pc.dim(`  ${actor}`);
    return { at, text: `${words ?? action}${by}${more === '' ? '' : `  ${pc.dim(more)}`}` };
  });
  const decisions = view.decisions.map(({ occurredAt, question, outcome, reasons }) => ({
    at: occurredAt,
    text: [
      `${pc.bold(`? ${question}`)} ${outcome === 'permitted' ? pc.green(outcome) : pc.yellow(outcome)}`,
      ...reasons.map(({ text, code, clause }) => `${' '.repeat(20)}${text ?? code} (${clause})`),
    ].join('\n'),
  }));
  const messages = view.messages.map(({ occurredAt, channel, purpose, status, failure }) => ({
    at: occurredAt,
    text: `> ${channel} ${pc.dim(`${purpose}, ${status}${failure === null ? '' : `: ${failure}`}`)}`,
  }));
  return [...facts, ...decisions, ...messages].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** What happened, why, and what comes next, in Shanghai time. */
export function timeline(view: CaseView, lang: Lang = 'en'): string {
  const state = view.status === 'open' ? `${view.stage}, attempt ${view.attempt}` : `closed: ${view.outcome}`;
  const zh = lang === 'zh';
  const allowed = view.allowedActions.filter((action) => action.allowed).map((action) => action.action);
  return [
    pc.bold(`${view.accountNo}  ${state}`),
    pc.dim(`case ${view.caseId}, centre ${view.centreId}, case time ${when(view.nowAt)}`),
    '',
    ...pastLines(view, lang).map(({ at, text }) => `${when(at)}    ${text}`),
    ...(view.waitsFor.length === 0 ? [] : ['', zh ? '等待：' : 'Waits for:']),
    ...view.waitsFor.map(
      ({ kind, role, assignee, dueAt }) =>
        `${when(dueAt)}    ${taskWords(kind, lang)}${pc.dim(`  ${assignee ?? role}, ${zh ? '在此之前' : 'by then'}`)}`,
    ),
    ...(view.planned.length === 0 ? [] : ['', zh ? '若无变化：' : 'If nothing intervenes:']),
    ...view.planned.map(({ at, step }) => `${when(at)}    ${pc.dim(stepWords(step, lang))}`),
    ...(allowed.length === 0 ? [] : ['', `${zh ? '您可以' : 'You may'}: ${allowed.join(', ')}`]),
  ].join('\n');
}
