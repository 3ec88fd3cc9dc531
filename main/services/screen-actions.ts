import { ok } from '../../protocol/errors.ts'
import type { Log } from '../log.ts'
import type { ActionAnswers } from './action-answers.ts'

export interface ScreenActionsOptions {
  readonly log: Pick<Log, 'info'>
}

/** Actions with which the screens report on themselves. */
export const screenActions = ({ log }: ScreenActionsOptions) =>
  ({
    'screen.failed': async ({ part, kind, places }) => {
      log.info('a part of the screen failed', { part, kind, places: places.join(' < ') })
      return ok(null)
    },
  }) satisfies Partial<ActionAnswers>
