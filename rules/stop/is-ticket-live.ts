import { against, NOTHING_AGAINST, type Finding, type StopFacts } from './facts.ts';

/** Is there an open stop ticket for this attempt (T2.3)? A recalled one is dead, also when the crew stands at the meter. */
export function isTicketLive(facts: StopFacts): Finding {
  const { ticket } = facts;
  if (ticket === null) return against({ code: 'no-ticket', clause: 'T2.3' });
  switch (ticket.status) {
    case 'raised':
    case 'dispatched':
      return NOTHING_AGAINST;
    case 'recalled':
    case 'recall-acknowledged':
      return against({ code: 'ticket-recalled', clause: 'T1.2' });
    case 'done':
      return against({ code: 'ticket-done', clause: 'T2.3' });
    case 'not-done':
      return against({ code: 'ticket-not-done', clause: 'T2.3' });
  }
}
