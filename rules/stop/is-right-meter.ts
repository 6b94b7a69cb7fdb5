import type { Reason } from '../verdict.ts';
import { unknown, type Finding, type StopFacts } from './facts.ts';

/** Is it the meter of this account (T2.7)? Read on site, or the ticket's for a remote switch; in doubt the reader identifies it. */
export function isRightMeter(facts: StopFacts): Finding {
  const { onSite, ticket } = facts;
  if (onSite === null) return unknown({ code: 'meter-not-read', clause: 'T2.7' });
  const reasons: Reason[] = [];
  if (ticket !== null && ticket.meterNo !== facts.meterNo)
    reasons.push({ code: 'meter-changed', clause: 'T2.7' });
  if (onSite.seenMeterNo !== null && onSite.seenMeterNo !== facts.meterNo)
    reasons.push({ code: 'wrong-meter', clause: 'T2.7' });
  const isOpenDoubt = onSite.inDoubt && !onSite.identified;
  return { reasons, missing: isOpenDoubt ? [{ code: 'meter-in-doubt', clause: 'T2.7' }] : [] };
}
