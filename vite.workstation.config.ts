import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Libraries of many files, which are built in; the others are loaded as they lie. */
export const inlined = ['libphonenumber-js', 'pinyin-pro', 'zod']

/** The workstation in Node: its core and its two threads, each a few files instead of 350 (`docs/adr/0015`). */
export default defineConfig({
  ssr: { noExternal: inlined },
  build: {
    ssr: true,
    outDir: at('out/workstation'),
    target: 'node24',
    rollupOptions: {
      input: {
        'browser-host': at('main/browser-host.ts'),
        'writer-thread': at('db/worker/writer-thread.ts'),
        'reader-thread': at('db/worker/reader-thread.ts'),
        'rekey-thread': at('db/worker/rekey-thread.ts'),
      },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
})
