import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { build, preview } from 'vite'

const root = fileURLToPath(new URL('.', import.meta.url))
const outDir = `${fileURLToPath(new URL('../../../out', import.meta.url))}/screens-page`

/** Builds the page of the recorded screens and serves it on the loopback address. */
export async function serveScreens(): Promise<{ readonly address: string; close(): Promise<void> }> {
  await build({
    root,
    base: './',
    configFile: false,
    plugins: [react()],
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, minify: false, assetsInlineLimit: 0 },
  })
  const server = await preview({
    root,
    base: './',
    configFile: false,
    logLevel: 'error',
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0, strictPort: false },
  })
  return { address: server.resolvedUrls?.local[0] ?? '', close: () => server.close() }
}
