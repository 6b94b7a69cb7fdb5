import type { Context } from './http/route.ts';
import { say } from './http/say.ts';
import { mayEndHold } from './may-end-hold.ts';
import type { HoldEnd } from './shapes/hold.ts';

/** How this person may end a hold, said in their language. */
export function endOf(hold: { kind: string; setBy: string }, context: Context): HoldEnd {
  const { endings, reasons } = mayEndHold(hold, context.caller);
  return { endings, reasons: say(reasons, context.lang) };
}
