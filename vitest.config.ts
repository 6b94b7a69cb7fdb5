import { defineConfig } from 'vitest/config';

/** Tests that need no server: the rules, and checks on the files themselves. */
const pure = [
  'test/rules/**/*.test.ts',
  'test/papers/**/*.test.ts',
  'test/house/**/*.test.ts',
  'test/docs/**/*.test.ts',
  'test/tidy.test.ts',
];

export default defineConfig({
  test: {
    // Two cores run the tests, PostgreSQL and Temporal; more workers only make them wait for each other.
    maxWorkers: 2,
    passWithNoTests: false,
    projects: [
      { extends: true, test: { name: 'pure', include: pure, testTimeout: 60_000, hookTimeout: 60_000 } },
      {
        extends: true,
        test: {
          name: 'real',
          include: ['test/**/*.test.ts'],
          exclude: [...pure, '**/node_modules/**'],
          globalSetup: ['test/support/global-setup.ts'],
          // Real servers and browsers share two cores: a busy machine may make one run of a story late.
          retry: process.env['CI'] === undefined ? 0 : 1,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
