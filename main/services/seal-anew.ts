import { nothingTouched, type Touched } from '../../db/apply/touched.ts'
import type { Remote } from '../../db/worker/port.ts'
import type { WriterCalls } from '../../db/worker/writer.ts'
import type { SessionService } from './session.ts'

/**
 * Seals under the present sign-in what its user did here under a sign-in that the server does not know, or no longer
 * knows.
 */
export async function sealAnew(
  writer: Pick<Remote<WriterCalls>, 'sealAnew'>,
  session: Pick<SessionService, 'identity' | 'sealing'>,
): Promise<Touched> {
  const [identity, sealing] = [session.identity(), session.sealing()]
  if (!identity || !sealing) return nothingTouched
  const { touched } = await writer.sealAnew(identity.userId, sealing)
  return touched
}
