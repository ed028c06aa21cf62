import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    // The page's policy forbids what is inline; small files stay files, but for the icon that the page names.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
  },
  // `npx vite console` beside a running service.
  server: { proxy: { '/v1': 'http://127.0.0.1:7411', '/readyz': 'http://127.0.0.1:7411' } },
});
