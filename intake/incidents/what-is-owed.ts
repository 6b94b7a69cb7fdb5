/** What an incident holds of what has to be done (T3.4). */
export interface IncidentState {
  readonly apologyAt: string | null;
  readonly compensationFen: number | null;
  readonly cause: string | null;
  readonly stopInForce: boolean;
}

export type OwedPart = 'restoration' | 'apology' | 'compensation' | 'cause';

/** What a wrongful stop still owes its customer, the light first; closed only once nothing is left (T3.4). */
export const whatIsOwed = (incident: IncidentState): OwedPart[] => [
  ...(incident.stopInForce ? (['restoration'] as const) : []),
  ...(incident.apologyAt === null ? (['apology'] as const) : []),
  ...(incident.compensationFen === null ? (['compensation'] as const) : []),
  ...(incident.cause === null ? (['cause'] as const) : []),
];
