import { setTimeout as pause } from 'node:timers/promises'
import type { AgentCall } from '../../protocol/calls.ts'
import type { AgentDuty } from '../../domain/agent-state.ts'
import { isPassing } from '../commands/take-command.ts'
import type { Pool } from '../db/connect.ts'
import type { CallRecord } from './call-recorder.ts'
import { logCall, type MissedCall } from './log-call.ts'

/**
 * Stores agent states and calls, so that the next node with the telephones knows them. It writes in order, after the
 * agents have been told.
 */
export interface DeskStore {
  /**
   * Loads everything, with each revision raised by this number: above any revision that a workstation was told but that
   * could not be written, and above any that the node before may still write.
   */
  load(raisedBy: number): Promise<{ duties: AgentDuty[]; calls: AgentCall[] }>
  saveDuty(duty: AgentDuty): void
  saveCall(call: AgentCall): void
  dropCall(call: AgentCall): void
  /**
   * Stores a finished call, once over all nodes. If nobody answered it, this also adds an entry to the customer's
   * timeline.
   */
  logCall(record: CallRecord, missed: MissedCall | null): void
  /** Adds the wrap-up time of one more agent to a finished call. */
  logWrapUp(callId: string, wrapMs: number): void
  /** Resolves when everything so far is written. */
  idle(): Promise<void>
}

const TRY_AGAIN_MS = 250
const TRY_FOR_MS = 10_000

export interface DeskStoreOptions {
  readonly pool: Pool
  /** The site's country, for reading numbers. */
  readonly country: string
  /** Called when rows of a customer's record have changed. */
  readonly onChanged: () => void
  readonly onError: (error: Error) => void
}

export function createDeskStore({ pool, country, onChanged, onError }: DeskStoreOptions): DeskStore {
  let last: Promise<unknown> = Promise.resolve()
  let failingSince: number | null = null
  const inTurn = (work: () => Promise<unknown>) => {
    last = last.then(() => attempt(work)).catch(onError)
  }
  const write = (name: string, text: string, values: unknown[]) => {
    inTurn(() => pool.query({ name, text, values }))
  }
  /** Tries again for some seconds, so that a database that comes back soon misses nothing. */
  async function attempt(work: () => Promise<unknown>): Promise<void> {
    for (;;) {
      try {
        await work()
        failingSince = null
        return
      } catch (error) {
        failingSince ??= performance.now()
        if (!isPassing(error) || performance.now() - failingSince > TRY_FOR_MS) throw error
        await pause(TRY_AGAIN_MS)
      }
    }
  }
  return {
    load: async (raisedBy) => {
      const { rows: duties } = await pool.query<AgentDuty>(
        `update agent_state set revision = revision + $1, state = jsonb_set(state, '{revision}', to_jsonb(revision + $1)) returning state, next`,
        [raisedBy],
      )
      // A note may have been written again while its customer was erased. It is removed here at the latest.
      const { rows: calls } = await pool.query<{ call: AgentCall }>(
        `update agent_call set revision = revision + $1, call = jsonb_set(call, '{revision}', to_jsonb(revision + $1))
           || case when exists (select from erased_row where row_id::text = call #>> '{handedOver,customerId}') then '{"handedOver": null}' else '{}' end::jsonb returning call`,
        [raisedBy],
      )
      return { duties, calls: calls.map((row) => row.call) }
    },
    saveDuty: ({ state, next }) => {
      write(
        'desk.duty',
        `insert into agent_state (user_id, revision, state, next) values ($1, $2, $3, $4)
        on conflict (user_id) do update set revision = $2, state = $3, next = $4 where agent_state.revision < $2`,
        [state.userId, state.revision, JSON.stringify(state), JSON.stringify(next)],
      )
    },
    saveCall: (call) => {
      write(
        'desk.call',
        `with had as (insert into call_agent (call_id, user_id, first_at) values ($2, $1, $5) on conflict do nothing)
        insert into agent_call (user_id, call_id, revision, call) values ($1, $2, $3, $4)
        on conflict (user_id, call_id) do update set revision = $3, call = $4 where agent_call.revision < $3`,
        [call.userId, call.callId, call.revision, JSON.stringify(call), call.offeredAt],
      )
    },
    dropCall: (call) => {
      write('desk.drop', 'delete from agent_call where user_id = $1 and call_id = $2 and revision <= $3', [
        call.userId,
        call.callId,
        call.revision,
      ])
    },
    logCall: (record, missed) => {
      inTurn(async () => {
        if (await logCall(pool, country, record, missed)) onChanged()
      })
    },
    logWrapUp: (callId, wrapMs) => {
      write('desk.wrap', 'update call_log set wrap_ms = coalesce(wrap_ms, 0) + $2 where call_id = $1', [callId, wrapMs])
    },
    idle: async () => {
      await last
    },
  }
}
