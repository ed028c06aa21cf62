import { defineConfig, mergeConfig } from 'vitest/config';
import base from '../../vitest.config.ts';
import { WarmWorker } from './warm-worker.mjs';

/** Stryker asks for threads by name; this puts the warm one in their place. */
const warm = {
  name: 'warm',
  configureVitest({ project }) {
    project.config.pool = 'warm';
    project.config.poolRunner = { name: 'warm', createPoolWorker: (options) => new WarmWorker(options) };
  },
};

export default mergeConfig(
  base,
  defineConfig({ plugins: [warm], test: { isolate: false, setupFiles: ['test/mutation/no-mutant.mjs'] } }),
);
