import { cleanup, configure } from '@testing-library/react'
import { afterEach, vi } from 'vitest'

// Runs before each test file of the screens. The files share their imported modules, because importing takes longer
// than most of the tests.

// To find out what is hidden, jsdom would compute the style of every ancestor. There are no style rules here, so
// nothing is hidden.
configure({ defaultHidden: true })
// A machine that runs other suites at the same time needs longer to render a whole window; the result is the same.
vi.setConfig({ testTimeout: 30_000 })

afterEach(cleanup)
