import { isOurs } from './origin.ts'

/** The frame that sent a message; null where the frame no longer exists. */
export interface SenderFrame {
  readonly url: string
  readonly parent: unknown
}

/** Whether a message comes from the screens themselves: the top frame of a window of ours, on an address of ours. */
export const isTrustedSender = (frame: SenderFrame | null | undefined): boolean =>
  !!frame && frame.parent === null && isOurs(frame.url)
