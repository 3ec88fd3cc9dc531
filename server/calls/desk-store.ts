import type { AgentCall } from '../../protocol/calls.ts'
import type { AgentDuty } from '../../domain/agent-state.ts'
import type { Pool } from '../db/connect.ts'
import type { CallRecord } from './call-recorder.ts'

/** Keeps what the telephones are at, so that a restarted server knows it. Writes in order, behind what the agents see. */
export interface DeskStore {
  load(): Promise<{ duties: AgentDuty[]; calls: AgentCall[] }>
  saveDuty(duty: AgentDuty): void
  saveCall(call: AgentCall): void
  dropCall(call: AgentCall): void
  logCall(record: CallRecord): void
  logWrapUp(callId: string, wrapMs: number): void
  /** Answers when everything so far is written. */
  idle(): Promise<void>
}

export function createDeskStore(pool: Pool, onError: (error: Error) => void): DeskStore {
  let last: Promise<unknown> = Promise.resolve()
  const write = (name: string, text: string, values: unknown[]) => {
    last = last.then(() => pool.query({ name, text, values })).catch(onError)
  }
  return {
    load: async () => {
      const { rows: duties } = await pool.query<AgentDuty>('select state, next from agent_state')
      const { rows: calls } = await pool.query<{ call: AgentCall }>('select call from agent_call')
      return { duties, calls: calls.map((row) => row.call) }
    },
    saveDuty: ({ state, next }) => {
      write('desk.duty', `insert into agent_state (user_id, revision, state, next) values ($1, $2, $3, $4)
        on conflict (user_id) do update set revision = $2, state = $3, next = $4 where agent_state.revision < $2`,
      [state.userId, state.revision, JSON.stringify(state), JSON.stringify(next)])
    },
    saveCall: (call) => {
      write('desk.call', `insert into agent_call (user_id, call_id, revision, call) values ($1, $2, $3, $4)
        on conflict (user_id, call_id) do update set revision = $3, call = $4 where agent_call.revision < $3`,
      [call.userId, call.callId, call.revision, JSON.stringify(call)])
    },
    dropCall: (call) => {
      write('desk.drop', 'delete from agent_call where user_id = $1 and call_id = $2', [call.userId, call.callId])
    },
    logCall: (record) => {
      write('desk.log', `insert into call_log (call_id, direction, queue, line, user_id, offered_at, answered_at, ended_at, wait_ms, talk_ms, hold_ms, outcome)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing`,
      [record.callId, record.direction, record.queue, record.line, record.userId, record.offeredAt, record.answeredAt, record.endedAt,
        record.waitMs, record.talkMs, record.holdMs, record.outcome])
    },
    logWrapUp: (callId, wrapMs) => {
      write('desk.wrap', 'update call_log set wrap_ms = $2 where call_id = $1 and wrap_ms is null', [callId, wrapMs])
    },
    idle: async () => { await last },
  }
}
