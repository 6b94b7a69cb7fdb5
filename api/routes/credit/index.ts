import { consequenceRoutes } from './consequences.ts';
import { drawRoutes } from './draws.ts';
import { creditFileRoutes } from './file.ts';
import { creditPolicyRoutes } from './policies.ts';
import { creditRunRoutes } from './runs.ts';

/** The credit file, grading, and what follows from it. */
export const creditRoutes = [
  ...creditFileRoutes,
  ...creditRunRoutes,
  ...consequenceRoutes,
  ...creditPolicyRoutes,
  ...drawRoutes,
];
