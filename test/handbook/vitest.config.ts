import { defineConfig } from 'vitest/config';

/** Types every command of every page: many minutes of real runs, so it has a command of its own. */
export default defineConfig({
  test: { include: ['test/handbook/*.handbook.ts'], hookTimeout: 900_000 },
});
