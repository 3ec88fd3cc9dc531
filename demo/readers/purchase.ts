/** One purchase in the form of CDNOW. `day` counts days from 1 January 1997; money is in cents. */
export interface Purchase {
  readonly customer: number
  readonly day: number
  readonly units: number
  readonly cents: number
}
