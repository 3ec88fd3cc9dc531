import { cleanup, configure } from '@testing-library/react'
import { afterEach, vi } from 'vitest'

// Runs before each file of the screens' tests; the files share what they import, because reading it in takes longer than most of them.

// jsdom asks every ancestor's style to tell what is hidden; nothing is, without rules.
configure({ defaultHidden: true })
// A machine that is busy with other suites needs longer for a whole window, not another result.
vi.setConfig({ testTimeout: 30_000 })

afterEach(cleanup)
