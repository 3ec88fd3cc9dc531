import { v5 as uuidv5 } from 'uuid'

/**
 * The id of a thing that is created along with the thing that has the id `id`: the follow-up of a quote, the number of
 * a new customer. The same two arguments always give the same id, so that a thing that is created twice is one thing.
 */
export const idBeside = (id: string, what: string): string => uuidv5(what, id)
