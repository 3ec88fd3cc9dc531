import type { z } from 'zod'

/**
 * What `{problem}` and `{reason}` of a refusal can be; the name crosses the wire. The words are English, for logs and
 * command lines, and follow a colon; the screens have their own words in the language files (`reasons.NAME`). A value
 * that is no name of this map, such as a telephone system's own words, is shown as it came.
 */
export const reasons = {
  // Reasons about values.
  tooLarge: 'it is too long or too large',
  tooSmall: 'it is missing or too small',
  unknownParts: 'it has unknown parts',
  wrongForm: 'it does not have the right form',
  tooDeep: 'it is nested too deep',
  unreadable: 'it cannot be read',
  unkeptCharacter: 'it has a character that cannot be saved',
  taken: 'it is already taken',
  idTaken: 'this id is already in use',
  tooManyWatched: 'too many are open at once',
  noTime: 'a callback needs a time',
  noDepartment: 'the responsible department is missing',
  emptyNote: 'an empty note cannot replace a written one',
  noCause: 'the cause is missing',
  noReason: 'the reason is missing',
  blank: 'nothing of it can be seen',
  controlCharacter: 'it has a line break or a control character',
  hiddenCharacter: 'it has hidden characters, such as marks of direction. Type it instead of pasting it',
  inThePast: 'this time has passed',
  inTheFuture: 'this day has not come yet',
  tooFarAhead: 'it is too far in the future',
  endsBeforeItBegins: 'the end is before the beginning',
  longerThanTheCall: 'it is longer than the call',
  otherCustomer: 'it belongs to another customer',
  nobodyHere: 'this person does not work here now',
  othersCall: 'this was the call of a colleague',
  sumTooLarge: 'the total is too large',
  severalCurrencies: 'its prices are in more than one currency',
  damagedOnTheWay: 'it was damaged on its way',
  clockOff: 'the clock of that computer was wrong, so the time of arrival was used',
  noHandshake: 'this is not the handshake of a workstation',
  // Reasons about links and numbers from outside.
  noAddress: 'it is not an address',
  notForRingside: 'it is not for Ringside',
  meaninglessParts: 'it has parts that have no meaning here',
  noSuchPlace: 'it asks for something that does not exist',
  notOneNumber: 'it must name a number and nothing else',
  numberLength: 'the number is missing or too long',
  numberCharacters: 'the number has characters that do not belong in a number',
  noNumber: 'it does not contain a number',
  // Reasons about calls.
  noExtension: 'there is no extension {extension} to transfer to',
  extensionBusy: 'extension {extension} is busy',
  nobodyThere: 'nobody is signed in at extension {extension}, so the caller stays with you',
  noTelephone: 'you have no telephone',
  anotherCall: 'another call is active',
  notRinging: 'this call is not ringing',
  nobodyTalking: 'nobody is talking on this call',
  notOnHold: 'this call is not on hold',
  neverAnswered: 'only a call that was answered can be transferred',
  callGoesOn: 'the call is still active',
  draftOfCall: 'the note of a call stays until the call is wrapped up',
} as const
export type ReasonName = keyof typeof reasons

export const isReason = (name: unknown): name is ReasonName => typeof name === 'string' && Object.hasOwn(reasons, name)

/** The reason why a value did not pass its schema, without the value itself. */
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
