import { consequenceRoutes } from './consequences.ts';
import { drawRoutes } from './draws.ts';
import { creditFileRoutes } from './file.ts';
import { creditMonthRoutes } from './months.ts';
import { creditPolicyRoutes } from './policies.ts';
import { creditRunRoutes } from './runs.ts';

/** The credit file, grading, and what follows from it. */
export const creditRoutes = [
  ...creditFileRoutes,
  ...creditMonthRoutes,
  ...creditRunRoutes,
  ...consequenceRoutes,
  ...creditPolicyRoutes,
  ...drawRoutes,
];
