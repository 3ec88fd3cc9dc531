import type { z } from 'zod'

/**
 * What `{problem}` and `{reason}` of a refusal can be, by the name that crosses the wire. The words are English, for logs and
 * command lines, and stand behind a colon; screens have them in their language file (`reasons.NAME`). What is no name here, a
 * telephone system's own words, stands as it came.
 */
export const reasons = {
  // Values.
  tooLarge: 'it is too long or too large',
  tooSmall: 'it is missing or too small',
  unknownParts: 'it has parts that are not known',
  wrongForm: 'it does not have the right form',
  tooDeep: 'it is nested too deep',
  unreadable: 'it cannot be read',
  unkeptCharacter: 'it holds a character that cannot be kept',
  taken: 'it is taken',
  idTaken: 'this id is in use already',
  tooManyWatched: 'there are too many at once',
  noTime: 'a callback needs a time',
  noDepartment: 'the department that is responsible has to be named',
  severalCurrencies: 'its prices are in more than one currency',
  damagedOnTheWay: 'it was damaged on its way',
  clockOff: 'the clock of that machine was off, so the time of arrival was used',
  noHandshake: 'this is no handshake of a workstation',
  // Links and numbers from outside.
  noAddress: 'it is no address',
  notForRingside: 'it is not for Ringside',
  meaninglessParts: 'it has parts that mean nothing here',
  noSuchPlace: 'it asks for something that does not exist',
  notOneNumber: 'it must name a number and nothing else',
  numberLength: 'the number is missing or too long',
  numberCharacters: 'the number has characters that no number has',
  noNumber: 'it holds no number',
  // Calls.
  noExtension: 'there is no extension {extension} to transfer to',
  extensionBusy: 'extension {extension} is busy',
  noTelephone: 'you have no telephone',
  anotherCall: 'another call is going on',
  notRinging: 'this call does not ring',
  nobodyTalking: 'nobody is talking on this call',
  notOnHold: 'this call is not on hold',
  neverAnswered: 'only a call that was answered can be transferred',
  callGoesOn: 'the call still goes on',
  draftOfCall: 'what is written in a call stays until it is wrapped up',
} as const
export type ReasonName = keyof typeof reasons

export const isReason = (name: unknown): name is ReasonName => typeof name === 'string' && Object.hasOwn(reasons, name)

/** What is wrong with a value that did not pass its schema, without what was in it. */
export function reasonOf(issue: z.core.$ZodIssue | undefined): ReasonName {
  switch (issue?.code) {
    case 'too_big':
      return 'tooLarge'
    case 'too_small':
      return 'tooSmall'
    case 'unrecognized_keys':
      return 'unknownParts'
    default:
      return 'wrongForm'
  }
}
