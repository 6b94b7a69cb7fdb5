import type { Mutation } from './mutation.ts';
import { OF_ACTS } from './of-acts.ts';
import { OF_DOORS } from './of-doors.ts';
import { OF_RULES } from './of-rules.ts';

/** Every guard that is broken on purpose. */
export const MUTATIONS: readonly Mutation[] = [...OF_RULES, ...OF_ACTS, ...OF_DOORS];
