/** Builds the interface: one page, its workers, nothing from the network. */
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    outDir: fileURLToPath(new URL('../out/renderer', import.meta.url)),
    emptyOutDir: true,
    target: 'chrome130',
    sourcemap: true,
    // The content security policy allows no inline data for scripts and workers.
    assetsInlineLimit: 0,
    // It comes from this machine's disk.
    chunkSizeWarningLimit: 2000,
  },
});
