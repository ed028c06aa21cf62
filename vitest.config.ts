import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'console/src/**/*.test.ts', 'test/**/*.test.ts'],
    setupFiles: ['src/cli/speaking.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // What commands print is compared in English, whatever the locale of whoever runs the tests.
    env: { LC_ALL: 'C' },
  },
});
