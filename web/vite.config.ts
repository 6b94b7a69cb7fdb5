import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const page = (name: string): string => fileURLToPath(new URL(`${name}.html`, import.meta.url));
const pages = ['index', 'phone', 'customer'].filter((name) => existsSync(page(name)));

/** Three pages, so that a phone and a customer load nothing of the desk. */
export default defineConfig({
  base: '/console/',
  plugins: [react()],
  build: {
    target: 'es2022',
    // Small enough to stand in a page would need a weaker policy for scripts and images.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2_000,
    // The worker of the phone pages reads here what it has to keep.
    manifest: 'files.json',
    rollupOptions: {
      input: {
        ...Object.fromEntries(pages.map((name) => [name, page(name)])),
        sw: fileURLToPath(new URL('phone/sw.ts', import.meta.url)),
      },
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
});
