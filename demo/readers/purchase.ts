/** One purchase of the CDNOW form. `day` counts days from 1 January 1997; money in cents. */
export interface Purchase {
  readonly customer: number
  readonly day: number
  readonly units: number
  readonly cents: number
}
