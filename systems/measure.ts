import { SystemRefused } from './errors.ts';
import type { Systems } from './systems.ts';

/** One call to an outside system, when it is over. Names only: never whom it was about. */
export interface MeasuredCall {
  readonly system: keyof Systems;
  readonly operation: string;
  /** `refused`: understood and declined; `unavailable`: nothing is known. */
  readonly outcome: 'ok' | 'refused' | 'unavailable';
  readonly seconds: number;
}

type Method = (...args: unknown[]) => Promise<unknown>;

function measurePort<P extends object>(
  system: keyof Systems,
  port: P,
  observe: (call: MeasuredCall) => void,
): P {
  const wrap = (operation: string, method: Method): Method =>
    async function measured(...args) {
      const since = performance.now();
      const tell = (outcome: MeasuredCall['outcome']) =>
        observe({ system, operation, outcome, seconds: (performance.now() - since) / 1000 });
      try {
        const answer = await method.apply(port, args);
        tell('ok');
        return answer;
      } catch (error) {
        tell(error instanceof SystemRefused ? 'refused' : 'unavailable');
        throw error;
      }
    };
  const wrapped = Object.entries(port).map(([name, method]) => [name, wrap(name, method as Method)]);
  return Object.fromEntries(wrapped) as P;
}

/** The same systems; whoever observes hears of each call how long it took and how it ended. */
export function measureSystems(systems: Systems, observe: (call: MeasuredCall) => void): Systems {
  return {
    billing: measurePort('billing', systems.billing, observe),
    sms: measurePort('sms', systems.sms, observe),
    voice: measurePort('voice', systems.voice, observe),
    wechat: measurePort('wechat', systems.wechat, observe),
    mail: measurePort('mail', systems.mail, observe),
    events: measurePort('events', systems.events, observe),
    fieldWork: measurePort('fieldWork', systems.fieldWork, observe),
    meter: measurePort('meter', systems.meter, observe),
    government: measurePort('government', systems.government, observe),
    creditPlatform: measurePort('creditPlatform', systems.creditPlatform, observe),
    blobs: measurePort('blobs', systems.blobs, observe),
    // Once a night: the schedule's own alarm is enough.
    anchors: systems.anchors,
  };
}
