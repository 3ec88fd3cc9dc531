/** One booking of a resort hotel. `arrivalDay` counts days from 1 July 2015; the daily rate is in cents. */
export interface Booking {
  readonly arrivalDay: number
  readonly nights: number
  readonly leadDays: number
  readonly adults: number
  readonly children: number
  readonly meal: string
  /** ISO 3166 alpha-3, as in the file. */
  readonly country: string
  readonly segment: string
  readonly repeatGuest: boolean
  readonly reservedRoom: string
  readonly assignedRoom: string
  readonly specialRequests: number
  readonly parking: number
  readonly rateCents: number
  readonly status: 'Check-Out' | 'Canceled' | 'No-Show'
}
