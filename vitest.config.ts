import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Many files wait for processes and timers: one more goes at once than there are cores.
    maxWorkers: availableParallelism() + 1,
    // No file leaves anything behind in its process, so they share it: to read everything in anew took longer than most of them.
    projects: [
      { test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], environment: 'node', isolate: false } },
      { test: { name: 'screens', include: ['tests/unit/**/*.test.tsx'], environment: 'jsdom', setupFiles: ['tests/support/screens-setup.ts'], isolate: false } },
      { test: { name: 'integration', include: ['tests/{integration,security}/**/*.test.ts'], environment: 'node', globalSetup: ['tests/support/built-workstation.ts', 'tests/support/postgres-cluster.ts'], testTimeout: 180_000, hookTimeout: 180_000, isolate: false } },
      { test: { name: 'simulation', include: ['tests/simulation/**/*.test.ts'], environment: 'node', testTimeout: 180_000, isolate: false } },
    ],
  },
})
