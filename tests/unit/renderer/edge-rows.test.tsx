import { screen, waitFor, within } from '@testing-library/react'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { popOf } from '../../../db/queries/caller.ts'
import { customerRecord } from '../../../db/queries/customer-record.ts'
import { colleagues } from '../../../db/queries/people.ts'
import { priceMemory } from '../../../db/queries/price-memory.ts'
import { searchProducts } from '../../../db/queries/product-search.ts'
import { searchCustomers } from '../../../db/queries/search/search-customers.ts'
import { customerTimeline } from '../../../db/queries/timeline.ts'
import { decidedApprovals, waitingApprovals } from '../../../db/queries/approvals.ts'
import { revisionsOf } from '../../../db/queries/revisions.ts'
import { openComplaints, openTasks, taskList, workCounts } from '../../../db/queries/work-lists.ts'
import type { AgentCall } from '../../../protocol/calls.ts'
import { emptyDraft } from '../../../protocol/draft.ts'
import { ok, type Result } from '../../../protocol/errors.ts'
import type { CallId } from '../../../protocol/scalars.ts'
import { commandNames } from '../../../protocol/ipc-channels.ts'
import { queries, type QueryArgs, type QueryName } from '../../../protocol/workstation.ts'
import { cacheWith } from '../../support/edge-cache.ts'
import { edgeRows, siteOf, strayRows } from '../../support/edge-rows.ts'
import { createRecordedBridge, type RecordedBridge } from '../../support/recorded-bridge.ts'
import { words } from '../../../renderer/i18n/words.ts'
import { createOpenTabs } from '../../../renderer/app/open-tabs.ts'
import { userId } from '../../support/recorded/rows.ts'
import { emptyStorage, openWindow, type Stand } from './stand.tsx'

const folder = mkdtempSync(join(tmpdir(), 'ringside-edges-'))
const opened: { close(): void }[] = []
afterAll(() => {
  for (const db of opened) db.close()
  rmSync(folder, { recursive: true, force: true })
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** Such rows in a real cache, and a bridge that answers questions about the record from it. */
function siteWith(name: string, make: Parameters<typeof siteOf>[0]) {
  const rows = siteOf(make)
  const db = cacheWith(rows, mkdtempSync(join(folder, name)))
  opened.push(db)
  const me = rows.user[0]!.id
  const context = () => ({ now: Date.now(), timeZone: 'Asia/Shanghai' })
  const answers: { readonly [Q in QueryName]?: (args: QueryArgs<Q>) => unknown } = {
    'customer.record': ({ customerId }) => customerRecord(db, customerId, context()),
    'customer.timeline': ({ customerId, before }) => customerTimeline(db, customerId, before),
    'customer.search': ({ text, limit }) => searchCustomers(db, text, limit),
    'price.memory': ({ customerId, productId }) => priceMemory(db, customerId, productId, Date.now()),
    'product.search': ({ text, limit }) => searchProducts(db, text, limit),
    'tasks.open': () => openTasks(db, me),
    'tasks.list': ({ view }) => taskList(db, me, view, Date.now()),
    'work.counts': () => workCounts(db, { userId: me, team: 'support', decides: true }, Date.now()),
    'approvals.waiting': () => waitingApprovals(db, me),
    'approvals.decided': () => decidedApprovals(db, me),
    'interaction.revisions': ({ interactionId }) => revisionsOf(db, interactionId),
    'complaints.open': () => openComplaints(db),
    colleagues: () => colleagues(db),
    'sync.unsent': () =>
      commandNames.map((name, n) => ({
        commandId: crypto.randomUUID(),
        seq: n + 1,
        name,
        currency: rows.product[n % rows.product.length]!.currency,
        customerName: '\u202E\uD83D',
        customerId: null,
        about: null,
        userName: '',
        at: 8.64e15,
        args: {
          note: '\uD83D',
          lines: [{ quantity: 8.64e15, unitPriceMinor: -1e300, reason: null }],
          dueAt: 9e15,
          followUp: { dueAt: 9e15 },
          title: '',
          now: { birthday: '--13-45' },
        },
        state: 'refused' as const,
        outcome: {
          kind: 'refused' as const,
          error: { code: 'CHANGED_MEANWHILE' as const, params: { field: 'birthday', value: '{value}' } },
        },
      })),
  }
  const bridge = (): RecordedBridge => {
    const recorded = createRecordedBridge()
    return {
      ...recorded,
      get asked() {
        return recorded.asked
      },
      watch: (query, args, listener) => {
        const read = answers[query] as ((args: unknown) => unknown) | undefined
        if (!read) return recorded.watch(query, args, listener)
        let here = true
        queueMicrotask(() => {
          if (here) listener(ok(queries[query].result.parse(read(args))) as Result<never>)
        })
        return () => {
          here = false
        }
      },
    }
  }
  const call = (raw: string, fields: Partial<AgentCall>) =>
    popOf(db, {
      call: {
        callId: `call-${crypto.randomUUID()}` as CallId,
        revision: 1,
        userId: me,
        direction: 'in',
        phase: 'ringing',
        party: { kind: 'number', raw, name: null },
        line: null,
        queue: null,
        waitMs: null,
        collected: null,
        forwardedBy: null,
        offeredAt: Date.now(),
        answeredAt: null,
        endedAt: null,
        talkMs: null,
        outcome: null,
        handedOver: null,
        ...fields,
        phaseAt: fields.phaseAt ?? null,
        givenTo: fields.givenTo ?? null,
        missed: fields.missed ?? null,
      },
      draft: {
        key: crypto.randomUUID(),
        interactionId: crypto.randomUUID(),
        callId: null,
        customerId: null,
        openedAt: Date.now(),
        savedAt: null,
        content: emptyDraft,
      },
      local: false,
      enriched: false,
      pickedCustomerId: null,
      country: 'CN',
      context: context(),
    })
  return { rows, bridge, call }
}

const sites = { edge: siteWith('edge', edgeRows), stray: siteWith('stray', strayRows) }
const cases = (['edge', 'stray'] as const).flatMap((kind) =>
  (['en', 'zh'] as const).map((language) => [kind, language] as const),
)

/** Expects that no part of the screen failed, and that the calls are there. */
function nothingFailed({ bridge }: Pick<Stand, 'bridge'>, language: 'en' | 'zh', where: string): void {
  const failed = bridge.asked.filter(({ name }) => name === 'screen.failed').map(({ args }) => args)
  const said = screen.queryAllByText(words[language].shell.failed.kept, { exact: false }).map((one) => one.textContent)
  expect({
    where,
    failed,
    said,
    strips: screen.getAllByRole('region', { name: words[language].call.strip }).length,
  }).toEqual({ where, failed: [], said: [], strips: 1 })
}

describe.each(cases)('with rows of the kind "%s" in %s', (kind, language) => {
  const { rows, bridge: bridgeOf, call } = sites[kind]

  test('every view of every record is shown', async () => {
    const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    // The customers' tabs, as if they had been open before the window.
    const storage = emptyStorage()
    createOpenTabs(storage, storage).write(
      userId(1),
      rows.customer.map(({ id }) => id),
    )
    const stand = await openWindow(language, storage, bridgeOf())
    const tabs = screen.getAllByRole('tablist').find((list) => list.getAttribute('aria-orientation') === 'vertical')!
    const opened = await waitFor(() => {
      const all = within(tabs).getAllByRole('tab')
      expect(all).toHaveLength(rows.customer.length)
      return all
    })
    for (const [n, tab] of opened.entries()) {
      await stand.happens(() => {
        tab.click()
      })
      const views = await waitFor(() => within(screen.getAllByRole('tabpanel')[0]!.parentElement!).getAllByRole('tab'))
      expect(views.length).toBeGreaterThan(5)
      // The first three customers have every kind of row: with them all views of all rows are seen.
      for (const view of n < 3 ? views : views.slice(0, 1)) {
        await stand.happens(() => {
          view.click()
        })
        nothingFailed(stand, language, `${view.textContent} of customer ${n}`)
      }
    }
    expect(errors.mock.calls.map(([first]) => String(first)).filter((text) => !text.includes('act('))).toEqual([])
    stand.unmount()
  }, 120_000)

  test('callbacks, complaints, the hits of the search and the palette are shown', async () => {
    const stand = await openWindow(language, undefined, bridgeOf())
    await stand.happens(() => {
      stand.bridge.setSession({
        identity: {
          userId: userId(1),
          login: 'lin.yue',
          displayName: 'Lin Yue',
          role: 'manager',
          team: 'management',
          extension: '2007',
          scopes: ['org'],
        },
      })
    })
    const places = within(screen.getByRole('navigation')).getAllByRole('button')
    expect(places.length).toBeGreaterThan(4)
    for (const place of [
      ...places,
      places.find((button) => button.textContent?.includes(words[language].shell.place.search))!,
    ]) {
      await stand.happens(() => {
        place.click()
      })
      await stand.happens(() => undefined)
      nothingFailed(stand, language, place.textContent ?? '')
    }
    for (const { displayName } of rows.customer) {
      const field = screen.getAllByRole('combobox').find((one) => one instanceof HTMLInputElement)!
      await stand.user.clear(field)
      await stand.user.click(field)
      await stand.user.paste(displayName.slice(0, 40))
      await stand.happens(() => undefined)
      nothingFailed(stand, language, 'search')
    }
    await stand.user.keyboard('{Control>}k{/Control}W')
    await stand.happens(() => undefined)
    nothingFailed(stand, language, 'palette')
    await stand.user.keyboard('{Escape}{Alt>}u{/Alt}')
    const dialog = await screen.findByRole('dialog')
    for (const change of within(dialog).queryAllByRole('button', { name: words[language].shell.sync.change }))
      await stand.happens(() => {
        change.click()
      })
    nothingFailed(stand, language, 'unsent')
    stand.unmount()
  }, 120_000)

  test('a call from every number rings, is answered and ends, and the strip stays', async () => {
    const stand = await openWindow(language, undefined, bridgeOf())
    const numbers = [...new Set(rows.contactPoint.map(({ e164, raw }) => e164 ?? raw))].slice(0, 12)
    for (const raw of numbers) {
      const { desk } = call(raw.slice(0, 128), {
        queue: '\u202E',
        waitMs: Number.MAX_SAFE_INTEGER,
        offeredAt: -8.64e15,
        party: { kind: 'number', raw: raw.slice(0, 128), name: '\uD83D' },
      })
      for (const phase of ['ringing', 'talking', 'held', 'ended'] as const) {
        await stand.happens(() => {
          stand.bridge.setCall({
            ...desk,
            call: { ...desk.call, phase, answeredAt: phase === 'ringing' ? null : 8.64e15 },
          })
        })
        nothingFailed(stand, language, phase)
      }
    }
    stand.unmount()
  }, 120_000)
})
