import { errorSentences } from '../../../protocol/errors.ts'

/** The sentences in the error registry are the English ones. */
export const errors = errorSentences
