/** One call to the bank's call center. `day` 0 is 1 February 1999 (a Monday); seconds are local time of day. */
export interface BankCall {
  readonly id: number
  /** The bank's customer; 0 where they did not identify themselves. */
  readonly customer: number
  readonly priority: number
  readonly type: string
  readonly day: number
  readonly entrySecond: number
  readonly menuSeconds: number
  /** 0: the caller did not queue. */
  readonly queueSeconds: number
  readonly outcome: 'AGENT' | 'HANG' | 'PHANTOM'
  readonly serviceSeconds: number
  /** null where no agent served the caller. */
  readonly server: string | null
}
