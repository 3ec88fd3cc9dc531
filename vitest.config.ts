import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Many files wait for processes and timers: one more goes at once than there are cores.
    maxWorkers: availableParallelism() + 1,
    // No file leaves anything behind in its process, so they share it: to read everything in anew took longer than most
    // of them. A timeout ends what hangs. It costs a green run nothing, so it leaves room for a busy machine.
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          environment: 'node',
          testTimeout: 30_000,
          hookTimeout: 60_000,
          isolate: false,
        },
      },
      {
        test: {
          name: 'screens',
          include: ['tests/unit/**/*.test.tsx'],
          environment: 'jsdom',
          setupFiles: ['tests/support/screens-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          isolate: false,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/{integration,security}/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['tests/support/built-workstation.ts', 'tests/support/postgres-cluster.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          isolate: false,
        },
      },
      {
        test: {
          name: 'simulation',
          include: ['tests/simulation/**/*.test.ts'],
          environment: 'node',
          testTimeout: 180_000,
          isolate: false,
        },
      },
    ],
  },
})
