import type { Quote } from '../../protocol/entities.ts'
import type { QuoteLine } from '../../protocol/entities/quote.ts'
import { checkPrice, quotedAs, toldIn } from '../price-guard.ts'
import { closeOfWorkingDay, officeHours } from '../working-time.ts'
import { allOf, changes, defineCommand, lastTold, one, refused, taken, unusable, upsert } from './define.ts'
import { newTask } from './task-commands.ts'

/** PRODUCT.md D: a quote is followed up three working days after issue. */
export const FOLLOW_UP_WORKING_DAYS = 3

export const issueQuote = defineCommand('quote.issue', {
  reads: (a) => [
    one('customer', a.customerId), one('quote', a.quoteId), ...(a.supersedes ? [one('quote', a.supersedes)] : []),
    ...a.lines.flatMap((l) => [one('product', l.productId), lastTold(a.customerId, l.productId)]),
  ],
  // An organisation and who calls for it are one buyer. Two of its people are quoted one after the other, so that the second price is held against the first.
  alsoReads: (rows, a) => {
    const organisationId = rows.get('customer', a.customerId)?.organisationId
    return organisationId ? [one('customer', organisationId)] : []
  },
  effect(rows, a, by) {
    const customer = rows.get('customer', a.customerId)
    if (!customer) return refused('CUSTOMER_UNKNOWN')
    const ofBuyer = (quote: Quote | null) => (quote && quotedAs(customer).includes(quote.customerId) ? quote : null)
    const there = rows.get('quote', a.quoteId)
    // An issued quote never changes.
    if (there) return ofBuyer(there) ? changes() : taken('quoteId')
    const lines: QuoteLine[] = []
    let { currency } = customer
    let belowFloor = false
    for (const line of a.lines) {
      const product = rows.get('product', line.productId)
      if (!product) return refused('PRODUCT_UNKNOWN')
      // A quote has one sum, in one currency.
      if (lines.length > 0 && product.currency !== currency) return unusable('lines', 'severalCurrencies')
      const told = rows.lastTold(a.customerId, product.id)
      const check = checkPrice(line.unitPriceMinor, product, told && toldIn(told, product.id))
      if (check.deviates && !line.reason?.trim()) {
        return refused('PRICE_NEEDS_REASON', { reference: check.reference.kind, referenceMinor: check.reference.unitPriceMinor, currency: check.reference.currency })
      }
      belowFloor ||= check.belowFloor
      currency = product.currency
      lines.push({
        productId: product.id, sku: product.sku, name: product.name, quantity: line.quantity, unitPriceMinor: line.unitPriceMinor,
        listPriceMinor: product.listPriceMinor, floorPriceMinor: product.floorPriceMinor, reason: line.reason,
      })
    }
    const mayApprove = by.actor.role === 'supervisor' || by.actor.role === 'manager'
    const issued = upsert('quote', {
      id: a.quoteId, customerId: a.customerId, number: by.issueNumber('quote'), issuedAt: by.at, issuedBy: by.actor.userId,
      validUntil: a.validUntil, status: 'issued', approval: belowFloor ? (mayApprove ? 'granted' : 'needed') : 'none',
      supersedes: a.supersedes, currency, totalMinor: lines.reduce((sum, l) => sum + l.quantity * l.unitPriceMinor, 0),
      lines, scope: 'org',
    })
    const followUp = newTask({
      id: a.followUpTaskId, customerId: a.customerId, kind: 'quoteFollowUp', title: lines.map((l) => l.sku).join(', ').slice(0, 300),
      detail: '', dueAt: closeOfWorkingDay(by.at, FOLLOW_UP_WORKING_DAYS, officeHours(by.timeZone)), ownerUserId: by.actor.userId,
      sourceId: a.quoteId,
    }, by)
    const superseded = a.supersedes ? ofBuyer(rows.get('quote', a.supersedes)) : null
    return superseded
      ? changes(issued, followUp, upsert('quote', { ...superseded, status: 'superseded' }))
      : changes(issued, followUp)
  },
})

export const answerQuote = defineCommand('quote.answer', {
  reads: (a) => [allOf('quote', a.customerId), allOf('task', a.customerId)],
  effect(rows, a, by) {
    const quote = rows.ofCustomer('quote', a.customerId).find((q) => q.id === a.quoteId)
    if (!quote) return refused('ROW_UNKNOWN')
    if (quote.status !== 'issued') return refused('STEP_NO_LONGER_FITS')
    // A price below the floor is no promise before somebody who may has said yes.
    if (a.answer === 'accepted' && (quote.approval === 'needed' || quote.approval === 'refused')) return refused('NOT_ALLOWED')
    const followUps = rows.ofCustomer('task', a.customerId).filter((t) => t.sourceId === quote.id && t.status === 'open')
    return changes(
      upsert('quote', { ...quote, status: a.answer }),
      ...followUps.map((t) => upsert('task', { ...t, status: 'done', doneAt: by.at })),
    )
  },
})
