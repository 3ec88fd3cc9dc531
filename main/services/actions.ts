import type { ActionAnswers } from './action-answers.ts'
import { deskActions, type DeskActionsOptions } from './desk-actions.ts'
import { draftActions, type DraftActionsOptions } from './draft-actions.ts'
import { eraseAction } from './erase-action.ts'
import { screenActions, type ScreenActionsOptions } from './screen-actions.ts'
import { sessionActions, type SessionActionsOptions } from './session-actions.ts'
import { syncActions, type SyncActionsOptions } from './sync-actions.ts'

/** All actions that screens may ask for; the workstation does them itself or asks the server at once. */
export const createActions = (
  options: SessionActionsOptions & DraftActionsOptions & DeskActionsOptions & SyncActionsOptions & ScreenActionsOptions,
): ActionAnswers => ({
  ...sessionActions(options),
  ...draftActions(options),
  ...deskActions(options),
  ...syncActions(options),
  ...eraseAction(options),
  ...screenActions(options),
})
