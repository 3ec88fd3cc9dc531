import { errorSentences } from '../../../protocol/errors.ts'

/** The registry's own sentences are the English ones. */
export const errors = errorSentences
