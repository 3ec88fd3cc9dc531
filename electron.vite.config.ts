import { fileURLToPath } from 'node:url'
import { defineConfig } from 'electron-vite'
import renderer from './vite.renderer.config.ts'
import { inlined } from './vite.workstation.config.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * The desktop: the core with its two threads, the preload as one CommonJS file for the sandbox, the screens as the
 * browser host has them.
 */
export default defineConfig({
  main: {
    build: {
      outDir: at('out/main'),
      externalizeDeps: { exclude: inlined },
      rollupOptions: {
        input: {
          index: at('main/index.ts'),
          'writer-thread': at('db/worker/writer-thread.ts'),
          'reader-thread': at('db/worker/reader-thread.ts'),
          'rekey-thread': at('db/worker/rekey-thread.ts'),
        },
        // The threads are looked for beside the file that starts them.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: at('out/preload'),
      // A sandboxed preload may require nothing but Electron: all else is in the file.
      externalizeDeps: false,
      rollupOptions: {
        input: { index: at('preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    ...renderer,
    build: { ...renderer.build, rollupOptions: { input: at('renderer/index.html') } },
  },
})
