import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], environment: 'node' } },
      { test: { name: 'screens', include: ['tests/unit/**/*.test.tsx'], environment: 'jsdom', setupFiles: ['tests/support/screens-setup.ts'], isolate: false } },
      { test: { name: 'integration', include: ['tests/{integration,security,simulation}/**/*.test.ts'], environment: 'node', globalSetup: ['tests/support/postgres-cluster.ts'], testTimeout: 60_000, hookTimeout: 120_000 } },
    ],
  },
})
