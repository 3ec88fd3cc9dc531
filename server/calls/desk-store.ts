import { setTimeout as pause } from 'node:timers/promises'
import type { AgentCall } from '../../protocol/calls.ts'
import type { AgentDuty } from '../../domain/agent-state.ts'
import { isPassing } from '../commands/take-command.ts'
import type { Pool } from '../db/connect.ts'
import type { CallRecord } from './call-recorder.ts'
import { logCall, type MissedCall } from './log-call.ts'

/** Keeps what the telephones are at, so that whoever has them next knows it. Writes in order, behind what the agents see. */
export interface DeskStore {
  /**
   * What was, with every revision raised by so much: above what somebody was told and nobody could write any more, and
   * above what a node that had the telephones before may still write.
   */
  load(raisedBy: number): Promise<{ duties: AgentDuty[]; calls: AgentCall[] }>
  saveDuty(duty: AgentDuty): void
  saveCall(call: AgentCall): void
  dropCall(call: AgentCall): void
  /** A finished call, once over all nodes; with it the entry of the customer who called in vain. */
  logCall(record: CallRecord, missed: MissedCall | null): void
  /** One more of those who had a finished call is done with it. */
  logWrapUp(callId: string, wrapMs: number): void
  /** Answers when everything so far is written. */
  idle(): Promise<void>
}

const TRY_AGAIN_MS = 250
const TRY_FOR_MS = 10_000

export interface DeskStoreOptions {
  readonly pool: Pool
  /** The site's. */
  readonly country: string
  /** Rows of the record have changed. */
  readonly onChanged: () => void
  readonly onError: (error: Error) => void
}

export function createDeskStore({ pool, country, onChanged, onError }: DeskStoreOptions): DeskStore {
  let last: Promise<unknown> = Promise.resolve()
  let failingSince: number | null = null
  const inTurn = (work: () => Promise<unknown>) => {
    last = last.then(() => attempt(work)).catch(onError)
  }
  const write = (name: string, text: string, values: unknown[]) => { inTurn(() => pool.query({ name, text, values })) }
  /** A database that comes back within seconds has missed nothing. */
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
        `update agent_state set revision = revision + $1, state = jsonb_set(state, '{revision}', to_jsonb(revision + $1)) returning state, next`, [raisedBy])
      // A note that was written back while its customer was erased goes here at the latest.
      const { rows: calls } = await pool.query<{ call: AgentCall }>(
        `update agent_call set revision = revision + $1, call = jsonb_set(call, '{revision}', to_jsonb(revision + $1))
           || case when exists (select from erased_row where row_id::text = call #>> '{handedOver,customerId}') then '{"handedOver": null}' else '{}' end::jsonb returning call`, [raisedBy])
      return { duties, calls: calls.map((row) => row.call) }
    },
    saveDuty: ({ state, next }) => {
      write('desk.duty', `insert into agent_state (user_id, revision, state, next) values ($1, $2, $3, $4)
        on conflict (user_id) do update set revision = $2, state = $3, next = $4 where agent_state.revision < $2`,
      [state.userId, state.revision, JSON.stringify(state), JSON.stringify(next)])
    },
    saveCall: (call) => {
      write('desk.call', `with had as (insert into call_agent (call_id, user_id, first_at) values ($2, $1, $5) on conflict do nothing)
        insert into agent_call (user_id, call_id, revision, call) values ($1, $2, $3, $4)
        on conflict (user_id, call_id) do update set revision = $3, call = $4 where agent_call.revision < $3`,
      [call.userId, call.callId, call.revision, JSON.stringify(call), call.offeredAt])
    },
    dropCall: (call) => {
      write('desk.drop', 'delete from agent_call where user_id = $1 and call_id = $2 and revision <= $3', [call.userId, call.callId, call.revision])
    },
    logCall: (record, missed) => {
      inTurn(async () => {
        if (await logCall(pool, country, record, missed)) onChanged()
      })
    },
    logWrapUp: (callId, wrapMs) => {
      write('desk.wrap', 'update call_log set wrap_ms = coalesce(wrap_ms, 0) + $2 where call_id = $1', [callId, wrapMs])
    },
    idle: async () => { await last },
  }
}
