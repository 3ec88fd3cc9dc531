import { loadSpend } from '../parts/record/load-spend.ts'

/** Code that is first needed in the middle of a call. */
const chunks = [
  loadSpend,
  async () => import('../screens/callbacks/CallbacksScreen.tsx'),
  async () => import('../screens/complaints/ComplaintsScreen.tsx'),
]

/** Safari has no `requestIdleCallback`; a short pause does the same there. */
const idle = async (): Promise<void> =>
  new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve())
    else setTimeout(resolve, 50)
  })

/** The sizes and weights of the theme. Each pair is a font of its own, and the first text in it is slow. */
const looks = [13, 12, 11, 18, 15, 10].flatMap((size) => [400, 600].map((weight) => ({ size, weight })))

/** Lays out a few characters of each kind, hidden. */
function layOut({ size, weight }: (typeof looks)[number]): void {
  const probe = document.createElement('span')
  probe.textContent = 'Ag 0 中文'
  probe.setAttribute('aria-hidden', 'true')
  Object.assign(probe.style, {
    position: 'absolute',
    visibility: 'hidden',
    fontSize: `${size}px`,
    fontWeight: String(weight),
  })
  document.body.append(probe)
  probe.getBoundingClientRect()
  probe.remove()
}

/**
 * Loads what the first call would wait for, piece by piece while the browser is idle: the code chunks, and the font
 * family's files (a name may hold any character, and a late font file would make it jump on the screen).
 */
export async function warmUp(fonts: FontFaceSet): Promise<void> {
  for (const load of chunks) {
    await idle()
    // A chunk that fails to load is requested again when it is needed.
    await load().catch(() => null)
  }
  for (const look of looks) {
    await idle()
    layOut(look)
  }
  for (const face of fonts) {
    await idle()
    await face.load().catch(() => null)
  }
}
