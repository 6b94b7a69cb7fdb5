import { compareDates, type CivilDate } from '../calendar/civil-date.ts';
import { GRADES, placeOf, type Grade } from './scheme.ts';
import type { Sentence } from './explain.ts';

/** Somebody in a queue. */
export interface Candidate {
  readonly id: string;
  readonly grade: Grade;
  /** Kind of user, as the rationing plan names it; only within one kind does the grade decide (G3.2). */
  readonly kind: string;
  /** When they asked; civil date and time as text compares. */
  readonly since: string;
  /** Life support or a vulnerable person (L11). */
  readonly protected: boolean;
  /** Days of the oldest arrears, for the order of collection work. */
  readonly oldestDays: number;
}

export interface Placed {
  readonly id: string;
  /** 1 is first. */
  readonly place: number;
  readonly why: Sentence;
}

type Compare = (a: Candidate, b: Candidate) => number;

const firstOf =
  (...compares: Compare[]): Compare =>
  (a, b) =>
    compares.map((compare) => compare(a, b)).find((order) => order !== 0) ?? 0;
const better: Compare = (a, b) => placeOf(a.grade) - placeOf(b.grade);
const earlier: Compare = (a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0);
const byId: Compare = (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

function placed(sorted: readonly Candidate[], why: (one: Candidate) => Sentence): Placed[] {
  return sorted.map((one, index) => ({ id: one.id, place: index + 1, why: why(one) }));
}

/** Who is served first when requests compete: the better grade, then the earlier request (G3.1, G3.A). */
export const serviceOrder = (candidates: readonly Candidate[]): Placed[] =>
  placed([...candidates].sort(firstOf(better, earlier, byId)), (one) => ({
    zh: `信用等级 ${one.grade}，申请于 ${one.since}：等级优先，同级按申请先后。`,
    en: `grade ${one.grade}, asked at ${one.since}: the better grade first, then the earlier request.`,
  }));

/**
 * Who is cut first under rationing (G3.2): the kinds in the order the plan gives them; within a kind the worse grade first; a
 * protected person last of all, whatever the grade (L11).
 */
export function rationingOrder(candidates: readonly Candidate[], kinds: readonly string[]): Placed[] {
  const kindOf = (one: Candidate): number =>
    kinds.includes(one.kind) ? kinds.indexOf(one.kind) : kinds.length;
  const sorted = [...candidates].sort(
    firstOf(
      (a, b) => Number(a.protected) - Number(b.protected),
      (a, b) => kindOf(a) - kindOf(b),
      (a, b) => better(b, a),
      byId,
    ),
  );
  return placed(sorted, (one) =>
    one.protected
      ? {
          zh: '登记为受保护用户，排在最后，不受等级影响。',
          en: 'a protected person: last of all, whatever the grade.',
        }
      : {
          zh: `同类“${one.kind}”用户中，信用等级 ${one.grade}：等级越好越后限电。`,
          en: `among users of kind "${one.kind}", grade ${one.grade}: the better grade is cut later.`,
        },
  );
}

/** In which order collection is worked on: the worse grade and the older debt first (R3); nobody's clock becomes shorter by it. */
export const dunningOrder = (candidates: readonly Candidate[]): Placed[] =>
  placed(
    [...candidates].sort(
      firstOf(
        (a, b) => better(b, a),
        (a, b) => b.oldestDays - a.oldestDays,
        byId,
      ),
    ),
    (one) => ({
      zh: `信用等级 ${one.grade}，最早欠费 ${one.oldestDays} 天：等级低、欠费久者先办。`,
      en: `grade ${one.grade}, oldest arrears ${one.oldestDays} days: the worse grade and the older debt first.`,
    }),
  );

/** A time at which works could be done, and whom it does not suit. */
export interface WorksWindow {
  readonly id: string;
  readonly on: CivilDate;
  readonly unsuited: readonly Grade[];
}

/** Which time suits better grades best (G3.4): the fewest A customers whom it does not suit, then B, C, D; then the earlier. */
export function maintenanceOrder(windows: readonly WorksWindow[]): Placed[] {
  const count = (window: WorksWindow, grade: Grade): number =>
    window.unsuited.filter((one) => one === grade).length;
  const sorted = [...windows].sort((a, b) => {
    const decided = GRADES.map((grade) => count(a, grade) - count(b, grade)).find((order) => order !== 0);
    return decided ?? (compareDates(a.on, b.on) || (a.id < b.id ? -1 : 1));
  });
  return sorted.map((window, index) => {
    const counts = GRADES.map((grade) => `${grade} ${count(window, grade)}`).join(', ');
    return {
      id: window.id,
      place: index + 1,
      why: {
        zh: `不便的用户：${counts}；先照顾等级好的用户。`,
        en: `customers whom it does not suit: ${counts}; better grades are heeded first.`,
      },
    };
  });
}
