import { sealOf, type SealingKey } from '../../db/journal/command-seal.ts'
import { expect, it } from 'vitest'
import type { CommandStore, CommandTransaction } from '../../server/commands/command-store.ts'
import type { FeedStore } from '../../server/feed/feed-store.ts'
import type { PendingChange } from '../../server/feed/pending.ts'
import type { Row } from '../../protocol/entities.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { CommandEnvelope } from '../../protocol/wire.ts'
import { entityExamples } from './entity-examples.ts'

export interface StoreUnderTest {
  readonly commands: CommandStore
  readonly feed: FeedStore
  /** A device at which the user has signed in. */
  readonly deviceId: string
  readonly userId: string
  /** The sign-in of that user at that device, as the workstation stores it. */
  readonly session: SealingKey
  erase(customerId: CustomerId): Promise<unknown>
}

/** What the store promises to commands and feed. PostgreSQL and its model must both pass. */
export function describeStore(make: () => Promise<StoreUnderTest>): void {
  const newTask = (more: Partial<Row<'task'>> = {}): Row<'task'> => ({
    ...entityExamples.task(),
    customerId: null,
    ...more,
  })
  const changeOf = (row: Row<'task'>, leftScope: string | null = null): PendingChange => ({
    entity: 'task',
    id: row.id,
    version: row.version,
    scope: row.scope,
    leftScope,
    row,
  })
  const gone = (row: Row<'task'>): PendingChange => ({ ...changeOf(row), version: row.version + 1, row: null })
  const save = (store: CommandStore, row: Row<'task'>) =>
    store.transaction(async (transaction) => {
      await transaction.insert('task', row)
      await transaction.leavePending([changeOf(row)])
    })
  const envelope = (deviceUser: string): CommandEnvelope => ({
    seq: 1,
    commandId: crypto.randomUUID(),
    name: 'task.add',
    version: 1,
    args: { a: 1 },
    userId: deviceUser as never,
    at: 1,
    hash: 'f'.repeat(64),
    seal: null,
  })
  const sequenceAll = async (feed: FeedStore) => {
    while ((await feed.sequence('full')).moved > 0) {
      /* until nothing is left */
    }
  }
  /** A transaction that stays open until the test ends it. */
  const open = (store: CommandStore, work: (transaction: CommandTransaction) => Promise<unknown>) => {
    const [begun, ending] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const done = store.transaction(async (transaction) => {
      await work(transaction)
      begun.resolve()
      await ending.promise
    })
    done.catch(begun.reject)
    return {
      begun: begun.promise,
      end: async () => {
        ending.resolve()
        await done
      },
    }
  }
  /** Whether something ends within a moment; work that waits for a lock does not. */
  const endsSoon = (work: Promise<unknown>) =>
    Promise.race([
      work.then(
        () => true,
        () => true,
      ),
      new Promise<boolean>((resolve) => {
        setTimeout(() => {
          resolve(false)
        }, 150)
      }),
    ])

  it('commits all of a transaction or nothing of it', async () => {
    const { commands } = await make()
    const [kept, lost] = [newTask(), newTask()]
    await save(commands, kept)
    await expect(
      commands.transaction(async (transaction) => {
        await transaction.insert('task', lost)
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    await commands.transaction(async (transaction) => {
      expect(await transaction.row('task', kept.id)).toEqual(kept)
      expect(await transaction.row('task', lost.id)).toBeNull()
    })
  })

  it('undoes what a part of a transaction wrote if that part fails, and nothing else', async () => {
    const { commands } = await make()
    const [first, second] = [newTask(), newTask()]
    await commands.transaction(async (transaction) => {
      await transaction.insert('task', first)
      await transaction
        .undoneIfThrown(async () => {
          await transaction.insert('task', second)
          throw new Error('part')
        })
        .catch(() => null)
      expect(await transaction.row('task', second.id)).toBeNull()
    })
    await commands.transaction(async (transaction) => {
      expect(await transaction.row('task', first.id)).toEqual(first)
    })
  })

  it('lets no other transaction read a row for a change until the first one has ended, and then shows it the row of that moment', async () => {
    const { commands } = await make()
    const row = newTask({ title: 'before' })
    await save(commands, row)
    const first = open(commands, async (transaction) => {
      await transaction.row('task', row.id, true)
      await transaction.update('task', { ...row, title: 'after', version: row.version + 1 })
    })
    await first.begun
    const second = commands.transaction((transaction) => transaction.row('task', row.id, true))
    expect(await endsSoon(second)).toBe(false)
    // A read without a lock waits for no transaction and sees what is committed.
    expect(await commands.transaction((transaction) => transaction.row('task', row.id))).toMatchObject({
      title: 'before',
    })
    await first.end()
    expect(await second).toMatchObject({ title: 'after' })
  })

  it('finds the newest quote that still tells a buyer a price, whether it was told to the customer, to their organisation or to anybody else there', async () => {
    const { commands } = await make()
    const firm = { ...entityExamples.customer(), kind: 'organisation' as const, organisationId: null }
    const [wei, jie, stranger] = [firm.id, firm.id, null].map((organisationId) => ({
      ...entityExamples.customer(),
      organisationId,
    })) as [Row<'customer'>, Row<'customer'>, Row<'customer'>]
    const productId = crypto.randomUUID()
    const quote = (to: Row<'customer'>, issuedAt: number, fields: Partial<Row<'quote'>> = {}): Row<'quote'> => {
      const example = entityExamples.quote()
      return {
        ...example,
        customerId: to.id,
        issuedAt,
        status: 'issued',
        lines: [example.lines[0]!, { ...example.lines[0]!, productId }],
        ...fields,
      }
    }
    const held = quote(jie, 5)
    const others = [
      quote(firm, 4),
      quote(wei, 6, { status: 'rejected' }),
      quote(wei, 7, { status: 'superseded' }),
      quote(firm, 8, { lines: entityExamples.quote().lines }),
      quote(wei, 9, { scope: 'team:other' }),
      quote(stranger, 10),
    ]
    await commands.transaction(async (transaction) => {
      for (const customer of [firm, wei, jie, stranger]) await transaction.insert('customer', customer)
      for (const row of [held, ...others]) await transaction.insert('quote', row)
    })
    await commands.transaction(async (transaction) => {
      for (const asked of [wei, jie, firm])
        expect((await transaction.lastTold(asked.id, productId, ['org']))?.id).toBe(held.id)
      expect((await transaction.lastTold(stranger.id, productId, ['org']))?.id).toBe(others.at(-1)!.id)
      expect(await transaction.lastTold(wei.id, crypto.randomUUID(), ['org'])).toBeNull()
    })
  })

  it('ends one of two transactions that wait for each other, with the code for it', async () => {
    const { commands } = await make()
    const [a, b] = [newTask(), newTask()]
    for (const row of [a, b]) await save(commands, row)
    const both = [
      [a, b],
      [b, a],
    ].map(([one, other]) => {
      const here = Promise.withResolvers<void>()
      return {
        here,
        run: (there: Promise<void>) =>
          commands.transaction(async (transaction) => {
            await transaction.row('task', one!.id, true)
            here.resolve()
            await there
            await transaction.row('task', other!.id, true)
          }),
      }
    })
    const ended = await Promise.allSettled([both[0]!.run(both[1]!.here.promise), both[1]!.run(both[0]!.here.promise)])
    expect(ended.filter(({ status }) => status === 'rejected')).toMatchObject([{ reason: { code: '40P01' } }])
  })

  it('refuses a second row and a second result under one id, even while the first is not committed', async () => {
    const { commands, deviceId, userId } = await make()
    const row = newTask()
    const first = open(commands, (transaction) => transaction.insert('task', row))
    await first.begun
    const second = commands.transaction((transaction) => transaction.insert('task', row))
    expect(await endsSoon(second)).toBe(false)
    await first.end()
    await expect(second).rejects.toMatchObject({ code: '23505' })

    const [journal, said] = [{ deviceId, incarnation: crypto.randomUUID() }, envelope(userId)]
    const store = () =>
      commands.transaction((transaction) =>
        transaction.storeResult(journal, said, { kind: 'applied', versions: [] }, 1),
      )
    await store()
    await expect(store()).rejects.toMatchObject({ code: '23505' })
    expect(await commands.transaction((transaction) => transaction.storedResult(said.commandId))).toMatchObject({
      hash: said.hash,
      name: said.name,
      args: said.args,
      outcome: { kind: 'applied' },
    })
  })

  it('counts a journal from 1, for one transaction at a time, and does not count what was rolled back', async () => {
    const { commands, deviceId } = await make()
    const journal = { deviceId, incarnation: crypto.randomUUID() }
    const next = () => commands.transaction((transaction) => transaction.lockNextSeq(journal, 1))
    expect(await next()).toBe(1)
    const first = open(commands, async (transaction) => {
      await transaction.lockNextSeq(journal, 1)
      await transaction.setNextSeq(journal, 2, 1)
    })
    await first.begun
    const second = next()
    expect(await endsSoon(second)).toBe(false)
    await first.end()
    expect(await second).toBe(2)
    await commands
      .transaction(async (transaction) => {
        await transaction.lockNextSeq(journal, 1)
        await transaction.setNextSeq(journal, 3, 1)
        throw new Error('no')
      })
      .catch(() => null)
    expect(await next()).toBe(2)
  })

  it('knows which user a sign-in belongs to, at which device, and whether a seal was made with its key', async () => {
    const { commands, deviceId, userId, session } = await make()
    const found = await commands.transaction((transaction) => transaction.sealingSession(session.sessionId))
    expect(found).toMatchObject({ userId, deviceId, endedAt: null })
    const said = envelope(userId)
    const other = { ...session, sealKey: Buffer.alloc(32, 9).toString('base64url') }
    expect([
      found?.fits({ ...said, seal: sealOf(session, said) }),
      found?.fits({ ...said, seal: sealOf(other, said) }),
      found?.fits(said),
    ]).toEqual([true, false, false])
    expect(await commands.transaction((transaction) => transaction.sealingSession(crypto.randomUUID()))).toBeNull()
  })

  it('replaces the result of a command by a new one', async () => {
    const { commands, deviceId, userId } = await make()
    const [journal, said] = [{ deviceId, incarnation: crypto.randomUUID() }, envelope(userId)]
    await commands.transaction((transaction) =>
      transaction.storeResult(journal, said, { kind: 'parked', error: { code: 'SEAL_UNKNOWN', params: {} } }, 1),
    )
    const again = { ...said, seq: 2, hash: 'e'.repeat(64) }
    await commands.transaction((transaction) =>
      transaction.replaceResult(journal, again, { kind: 'applied', versions: [] }, 2),
    )
    expect(await commands.transaction((transaction) => transaction.storedResult(said.commandId))).toMatchObject({
      hash: again.hash,
      outcome: { kind: 'applied' },
    })
  })

  it('numbers what is committed without gaps, each transaction together, and nothing that is not committed', async () => {
    const { commands, feed } = await make()
    await sequenceAll(feed)
    const { head } = await feed.place()
    const held = newTask()
    const open_ = open(commands, async (transaction) => {
      await transaction.insert('task', held)
      await transaction.leavePending([changeOf(held)])
    })
    await open_.begun
    const pair = [newTask(), newTask()]
    await commands.transaction(async (transaction) => {
      for (const row of pair) await transaction.insert('task', row)
      await transaction.leavePending(pair.map((row) => changeOf(row)))
    })
    await sequenceAll(feed)
    const lines = await feed.log(head, 100)
    expect(lines.map(({ seq, id, endsTransaction }) => [seq, id, endsTransaction])).toEqual([
      [head + 1, pair[0]!.id, false],
      [head + 2, pair[1]!.id, true],
    ])
    // This row was written first but committed last, so it comes last.
    await open_.end()
    await sequenceAll(feed)
    expect((await feed.log(head + 2, 100)).map(({ seq, id, row }) => [seq, id, row])).toEqual([
      [head + 3, held.id, held],
    ])
    expect(await feed.place()).toMatchObject({ head: head + 3 })
  })

  it('gives a reader who was away the newest version of each row they may have, and tells them which rows they may no longer have', async () => {
    const { commands, feed } = await make()
    await sequenceAll(feed)
    const { head } = await feed.place()
    const [changed, left, removed, finance] = [newTask(), newTask(), newTask(), newTask({ scope: 'finance' })]
    for (const row of [changed, left, removed, finance]) await save(commands, row)
    const then = async (row: Row<'task'>, change: PendingChange) => {
      await sequenceAll(feed)
      await commands.transaction(async (transaction) => {
        await transaction.row('task', row.id, true)
        if (change.row) await transaction.update('task', change.row as Row<'task'>)
        await transaction.leavePending([change])
      })
    }
    const now = { ...changed, title: 'now', version: 2 }
    const away = { ...left, scope: 'finance', version: 2 }
    await then(changed, changeOf(now))
    await then(left, changeOf(away, 'org'))
    await then(away, changeOf({ ...away, version: 3 }))
    await then(removed, gone(removed))
    await sequenceAll(feed)
    const seen = async (scopes: string[]) =>
      (await feed.page(scopes, head, 100)).changes.map(({ id, version, row }) => [id, version, row?.['title'] ?? null])
    // A row that has left the scope is sent as it was and then as gone: the reader may not see its newest line and so
    // cannot skip the older one.
    expect(await seen(['org'])).toEqual([
      [left.id, 1, left.title],
      [changed.id, 2, 'now'],
      [left.id, 2, null],
      [removed.id, 2, null],
    ])
    expect(await seen(['finance', 'org'])).toEqual([
      [finance.id, 1, finance.title],
      [changed.id, 2, 'now'],
      [left.id, 3, left.title],
      [removed.id, 2, null],
    ])
    const page = await feed.page(['org'], head, 100)
    expect([page.after, page.upTo, page.head]).toEqual([head, head + 8, head + 8])
  })

  it('erases a customer when no transaction holds them any more: rows, content of feed lines and texts go, numbers and ids stay known', async () => {
    const { commands, feed, deviceId, userId, erase } = await make()
    const customer = entityExamples.customer()
    const task = newTask({ customerId: customer.id })
    await commands.transaction(async (transaction) => {
      await transaction.insert('customer', customer)
      await transaction.insert('task', task)
      await transaction.leavePending([
        { entity: 'customer', id: customer.id, version: 1, scope: 'org', leftScope: null, row: customer },
        changeOf(task),
      ])
    })
    await sequenceAll(feed)
    const { head } = await feed.place()
    const said = { ...envelope(userId), args: { customerId: customer.id, text: 'typed' } }
    await commands.transaction((transaction) =>
      transaction.storeResult(
        { deviceId, incarnation: crypto.randomUUID() },
        said,
        { kind: 'refused', error: { code: 'NOT_ALLOWED', params: { a: 'typed' } } },
        1,
      ),
    )

    const holding = open(commands, (transaction) => transaction.holdCustomers([customer.id]))
    await holding.begun
    const erasing = erase(customer.id)
    expect(await endsSoon(erasing)).toBe(false)
    await holding.end()
    await erasing
    await commands.transaction(async (transaction) => {
      expect([await transaction.row('customer', customer.id), await transaction.row('task', task.id)]).toEqual([
        null,
        null,
      ])
      expect([
        await transaction.erasedAmong([crypto.randomUUID(), task.id]),
        await transaction.erasedAmong([customer.id]),
        await transaction.erasedAmong([crypto.randomUUID()]),
      ]).toEqual([true, true, false])
      expect(await transaction.storedResult(said.commandId)).toMatchObject({
        hash: said.hash,
        args: null,
        outcome: { kind: 'refused', error: { code: 'CUSTOMER_ERASED', params: {} } },
      })
    })
    await sequenceAll(feed)
    const lines = await feed.log(head - 2, 100)
    expect(lines.map(({ seq, row }) => [seq, row])).toEqual(
      [head - 1, head, head + 1, head + 2].map((seq) => [seq, null]),
    )
    expect(new Set(lines.slice(2).map(({ id, version }) => `${id} ${version}`))).toEqual(
      new Set([`${customer.id} 2`, `${task.id} 2`]),
    )
  })

  it('tells listeners that there is something new', async () => {
    const { commands, feed } = await make()
    const heard = Promise.withResolvers<void>()
    const listening = await feed.listen(() => {
      heard.resolve()
    })
    // A notification may be lost; the next one comes soon.
    const again = setInterval(() => {
      void save(commands, newTask())
        .then(() => feed.sequence('full'))
        .catch(() => null)
    }, 50)
    await heard.promise
    clearInterval(again)
    await listening.stop()
  })
}
