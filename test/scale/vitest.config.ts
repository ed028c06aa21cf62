import { defineConfig } from 'vitest/config';

/** What takes minutes: `npm run test:scale`. */
export default defineConfig({
  test: {
    include: ['test/scale/*.scale.ts'],
    testTimeout: 900_000,
    hookTimeout: 900_000,
    env: { LC_ALL: 'C' },
  },
});
