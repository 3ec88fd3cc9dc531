import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDeepLink, readStartArguments } from '../../../main/calls/deep-link.ts'

describe('a deep link', () => {
  it.each([
    ['ringside://call?number=13800138000', '13800138000'],
    ['ringside://call?number=%2B86%20138%200013%208000', '+86 138 0013 8000'],
    ['ringside://call/?number=(010)%206552-9988', '(010) 6552-9988'],
    ['ringside:call?number=02065529988', '02065529988'],
    ['RINGSIDE://call?number=１３８００１３８０００', '１３８００１３８０００'],
    ['ringside://call?number=+13636502691', '+13636502691'],
    ['ringside://call?number=+86+138+0013+8000', '+86 138 0013 8000'],
    ['ringside://call?number=138+0013+8000', '138 0013 8000'],
    ['ringside://call?number=(%2B86)+138+0013+8000', '(+86) 138 0013 8000'],
    ['ringside://call?number=tel:+8613800138000', 'tel:+8613800138000'],
    ['ringside://call?number=tel%3A%2B8613800138000%3Bext%3D12', 'tel:+8613800138000;ext=12'],
    ['ringside://call?number=sip:+8613800138000@pbx.example.com', 'sip:+8613800138000@pbx.example.com'],
    ['ringside://call?number=callto:13800138000', 'callto:13800138000'],
    ['ringside://call?number=Li+Wei+%3C+13636502691%3E', 'Li Wei <+13636502691>'],
    ['ringside://call?number=%22Li%20Wei%22%20%3C13800138000%3E', '"Li Wei" <13800138000>'],
    ['ringside://call?number=%E2%80%AA+8613800138000%E2%80%AC', '\u202a+8613800138000\u202c'],
    ['ringside://call?number=%D9%A0%D9%A5%D9%A0%D9%A1%D9%A2%D9%A3%D9%A4%D9%A5%D9%A6%D9%A7', '٠٥٠١٢٣٤٥٦٧'],
    ['ringside://call?number=010-62551234%20%E8%BD%AC%208001', '010-62551234 转 8001'],
    ['ringside://call?number=1-800-FLOWERS', '1-800-FLOWERS'],
    ['ringside://call?number=Anonymous', 'Anonymous'],
    ['ringside://call?number=+5215512345678', '+5215512345678'],
  ])('%s names a number', (link, number) => {
    expect(readDeepLink(link)).toEqual({ ok: true, value: { kind: 'call', number } })
  })

  it.each([
    ['', 'noAddress'],
    ['ringside', 'noAddress'],
    ['http://call?number=13800138000', 'notForRingside'],
    ['javascript:alert(1)', 'notForRingside'],
    ['file:///etc/passwd', 'notForRingside'],
    ['ringside://delete?number=13800138000', 'noSuchPlace'],
    ['ringside://call/../../admin?number=1380013800', 'noSuchPlace'],
    ['ringside://call', 'notOneNumber'],
    ['ringside://call?number=138&number=139', 'notOneNumber'],
    ['ringside://call?number=13800138000&run=rm', 'notOneNumber'],
    ['ringside://user:pw@call?number=13800138000', 'meaninglessParts'],
    ['ringside://call:22?number=13800138000', 'meaninglessParts'],
    ['ringside://call?number=13800138000#x', 'meaninglessParts'],
    ['ringside://call?number=', 'numberLength'],
    [`ringside://call?number=${'1'.repeat(41)}`, 'numberLength'],
    ['ringside://call?number=--data%20/tmp', 'numberCharacters'],
    ['ringside://call?number=<script>', 'numberCharacters'],
    ['ringside://call?number=138;reboot', 'numberCharacters'],
    ['ringside://call?number=138%0A139', 'numberCharacters'],
    ['ringside://call?number=%00138', 'numberCharacters'],
    ['ringside://call?number=123%0D%0AAction:%20Originate', 'numberCharacters'],
    ['ringside://call?number=sip:alice@example.com', 'numberCharacters'],
    ['ringside://call?number=*21*13900139000', 'numberCharacters'],
    ['ringside://call?number=1', 'noNumber'],
    [`ringside://call?number=138${'&'.repeat(600)}`, 'tooLarge'],
  ])('%s is refused: %s', (link, problem) => {
    expect(readDeepLink(link)).toEqual({ ok: false, error: { code: 'DEEP_LINK_UNUSABLE', params: { problem } } })
  })

  it('never repeats its content when it is refused', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) => {
        const read = readDeepLink(`ringside://call?number=CANARY${text}`)
        expect(JSON.stringify(read)).not.toContain('CANARY')
      }),
      { seed: 7, numRuns: 300 },
    )
  })

  it('never throws, whatever it contains', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.string().map((text) => `ringside:${text}`),
        ),
        (text) => {
          expect(typeof readDeepLink(text).ok).toBe('boolean')
        },
      ),
      { seed: 8, numRuns: 1000 },
    )
  }, 30_000)
})

describe('the arguments of a start', () => {
  it('may contain a number or a link among the switches of other programs', () => {
    expect(readStartArguments(['--no-sandbox', '.', '--call', '13800138000'])).toEqual({
      ok: true,
      value: { kind: 'call', number: '13800138000' },
    })
    expect(readStartArguments(['--call=13800138000'])).toEqual({
      ok: true,
      value: { kind: 'call', number: '13800138000' },
    })
    expect(readStartArguments(['/opt/ringside', 'ringside://call?number=13800138000'])).toEqual({
      ok: true,
      value: { kind: 'call', number: '13800138000' },
    })
    expect(readStartArguments(['tel:+8613800138000'])).toEqual({
      ok: true,
      value: { kind: 'call', number: 'tel:+8613800138000' },
    })
    expect(readStartArguments(['--call', '13900139000', 'ringside://call?number=13800138000'])).toMatchObject({
      value: { number: '13800138000' },
    })
    expect(readStartArguments(['--server', 'http://127.0.0.1'])).toBeNull()
    expect(readStartArguments(['--call'])).toMatchObject({ ok: false, error: { code: 'DEEP_LINK_UNUSABLE' } })
  })
})
