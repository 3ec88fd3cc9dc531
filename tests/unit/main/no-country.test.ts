import { describe, expect, it } from 'vitest'
import { captureArgs } from '../../../main/calls/capture.ts'
import { createToldLater } from '../../../main/calls/told-later.ts'
import { createCenter } from '../../../main/link/center.ts'
import { createSession } from '../../../main/services/session.ts'
import { writtenIn } from '../../../domain/numbers/line-rules.ts'
import { normaliseNumber } from '../../../domain/numbers/normalise-number.ts'
import { emptyDraft, type Draft } from '../../../protocol/draft.ts'
import { DeviceId } from '../../../protocol/scalars.ts'

const session = (remembered: Record<string, string>) =>
  createSession({
    center: createCenter('http://127.0.0.1:9'),
    clock: { now: () => 0, elapsed: () => 0 },
    deviceId: DeviceId.parse(crypto.randomUUID()),
    deviceLabel: 'test',
    appVersion: 'test',
    secretStore: 'file',
    remembered,
    remember: async () => {},
    ownServer: { check: async () => null, isOurs: async () => true },
    serverUrl: 'http://127.0.0.1',
    forgetSignIn: async () => undefined,
    onChanged: () => {},
  })

/** The capture of a call on this workstation when the form was filled in with `phone`. */
const captured = (raw: string, phone: string, country: string | null) => {
  const draft = {
    interactionId: crypto.randomUUID(),
    callId: 'call-1',
    content: {
      ...emptyDraft,
      capture: { name: 'Chen Jie', nativeName: '', company: '', organisationId: null, city: '', phone },
    },
  } as unknown as Draft
  return captureArgs(
    draft,
    { number: normaliseNumber(raw, writtenIn(country)), match: { kind: 'none', suggestions: [] } },
    country,
  )
}

describe('a workstation that has not been told its country', () => {
  it('does not guess one', () => {
    expect(session({}).place()).toEqual({ timeZone: 'UTC', currency: 'XXX', country: null })
    expect(
      session({
        site: JSON.stringify({ name: 'Faro', timeZone: 'Europe/Lisbon', currency: 'EUR', country: 'PT' }),
      }).place(),
    ).toEqual({ timeZone: 'Europe/Lisbon', currency: 'EUR', country: 'PT' })
  })

  it('starts with damaged remembered text as if there were none', () => {
    const damaged = session({ site: '{"name":', session: 'x', clockOffsetMs: 'soon' })
    expect([damaged.place().country, damaged.identity(), damaged.siteNow()]).toEqual([null, null, 0])
    expect(
      createToldLater({
        remembered: '["',
        remember: async () => {},
        link: {} as never,
        clock: {} as never,
        log: {} as never,
      }).callIds(),
    ).toEqual([])
  })

  it('asks for the country of a caller’s number instead of keeping it wrong or not at all', () => {
    for (const phone of ['', '138 0013 8000', '030 901820'])
      expect(captured('13800138000', phone, null)).toMatchObject({ ok: false, error: { code: 'NUMBER_NEEDS_COUNTRY' } })
    expect(captured('13800138000', '+86 138 0013 8000', null)).toMatchObject({
      ok: true,
      value: { phone: { raw: '+86 138 0013 8000', country: null } },
    })
    expect(captured('+86 138 0013 8000', '', null)).toMatchObject({
      ok: true,
      value: { phone: { raw: '+86 138 0013 8000' } },
    })
    expect(captured('13800138000', '', 'CN')).toMatchObject({
      ok: true,
      value: { phone: { raw: '13800138000', country: 'CN' } },
    })
  })
})
