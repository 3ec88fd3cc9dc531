export { reasons } from '../../../protocol/reasons.ts'
