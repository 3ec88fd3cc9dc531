import { loadSpend } from '../parts/record/load-spend.ts'

/** Code that is first needed in the middle of a call. */
const chunks = [loadSpend, async () => import('../screens/callbacks/CallbacksScreen.tsx'), async () => import('../screens/complaints/ComplaintsScreen.tsx')]

const idle = async (): Promise<void> => new Promise((resolve) => { requestIdleCallback(() => resolve()) })

/**
 * Fetches what a first call would wait for, a piece at a time while nothing else is to be done: the chunks, and the
 * family's files (a name may hold any character, and one whose file comes late would jump on the screen).
 */
export async function warmUp(fonts: FontFaceSet): Promise<void> {
  for (const load of chunks) {
    await idle()
    // A chunk that does not come is asked for again when it is needed.
    await load().catch(() => null)
  }
  for (const face of fonts) {
    await idle()
    await face.load().catch(() => null)
  }
}
