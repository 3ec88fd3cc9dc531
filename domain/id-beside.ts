import { v5 as uuidv5 } from 'uuid'

/**
 * The id of something that is made beside what has the id `id`: the follow-up of a quote, the number of a new customer.
 * The same two always give the same id, so that what is made twice is one.
 */
export const idBeside = (id: string, what: string): string => uuidv5(what, id)
