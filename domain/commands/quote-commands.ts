import type { Quote } from '../../protocol/entities.ts'
import type { QuoteLine } from '../../protocol/entities/quote.ts'
import { LARGEST_AMOUNT } from '../../protocol/scalars.ts'
import { may } from '../permissions.ts'
import { checkPrice, isOpenQuote, quotedAs, toldIn, waitsForApproval } from '../price-guard.ts'
import { mayTakeBack, TAKE_BACK_MS } from '../take-back.ts'
import { isBlank } from '../visible-text.ts'
import { untouched } from '../untouched-rows.ts'
import { closeOfWorkingDay, officeHours } from '../working-time.ts'
import {
  allOf,
  changes,
  defineCommand,
  lastTold,
  one,
  refused,
  taken,
  unusable,
  upsert,
  type CommandContext,
  type RowUpsert,
} from './define.ts'
import { buyerRead, buyerRefusal } from './one-buyer.ts'
import { doneTask, newTask, reopenedTask } from './task-commands.ts'
import { validUntilRefusal } from './times.ts'

/** PRODUCT.md D: a quote is followed up three working days after it was issued. */
export const FOLLOW_UP_WORKING_DAYS = 3

export const issueQuote = defineCommand('quote.issue', {
  reads: (a) => [
    one('customer', a.customerId),
    one('quote', a.quoteId),
    ...(a.supersedes ? [one('quote', a.supersedes)] : []),
    ...a.lines.flatMap((l) => [one('product', l.productId), lastTold(a.customerId, l.productId)]),
  ],
  // An organisation and the people who call for it are one buyer. Reading the organisation makes two quotes for its
  // people run one after the other, so that the second price is compared with the first.
  alsoReads: (rows, a) => {
    const organisationId = rows.get('customer', a.customerId)?.organisationId
    const named = a.supersedes ? rows.get('quote', a.supersedes) : null
    return [
      ...(organisationId ? [one('customer', organisationId)] : []),
      ...buyerRead(named),
      ...(named?.supersedes ? [one('quote', named.supersedes)] : []),
    ]
  },
  effect(rows, a, by) {
    const customer = rows.get('customer', a.customerId)
    if (!customer) return refused('CUSTOMER_UNKNOWN')
    const ofBuyer = (quote: Quote | null) => (quote && quotedAs(customer).includes(quote.customerId) ? quote : null)
    const there = rows.get('quote', a.quoteId)
    // An issued quote never changes, so entering it again changes nothing.
    if (there) return ofBuyer(there) ? changes() : taken('quoteId')
    const validity =
      validUntilRefusal(a.validUntil, by) ??
      (a.supersedes ? buyerRefusal(rows, customer, rows.get('quote', a.supersedes), by, 'supersedes') : null)
    if (validity) return validity
    const lines: QuoteLine[] = []
    let { currency } = customer
    let belowFloor = false
    for (const line of a.lines) {
      const product = rows.get('product', line.productId)
      if (!product) return refused('PRODUCT_UNKNOWN')
      if (!product.active) return refused('PRODUCT_INACTIVE', { sku: product.sku })
      // A quote has one total, in one currency.
      if (lines.length > 0 && product.currency !== currency) return unusable('lines', 'severalCurrencies')
      const told = rows.lastTold(a.customerId, product.id)
      const check = checkPrice(line.unitPriceMinor, product, told && toldIn(told, product.id))
      if (check.deviates && isBlank(line.reason ?? '')) {
        return refused('PRICE_NEEDS_REASON', {
          reference: check.reference.kind,
          referenceMinor: check.reference.unitPriceMinor,
          currency: check.reference.currency,
        })
      }
      belowFloor ||= check.belowFloor
      currency = product.currency
      lines.push({
        productId: product.id,
        sku: product.sku,
        name: product.name,
        quantity: line.quantity,
        unitPriceMinor: line.unitPriceMinor,
        listPriceMinor: product.listPriceMinor,
        floorPriceMinor: product.floorPriceMinor,
        reason: line.reason,
      })
    }
    const totalMinor = lines.reduce((sum, l) => sum + l.quantity * l.unitPriceMinor, 0)
    if (totalMinor > LARGEST_AMOUNT) return unusable('lines', 'sumTooLarge')
    const grants = belowFloor && may(by.actor.role, 'price.approve')
    const waits = belowFloor && !grants
    const named = a.supersedes ? ofBuyer(rows.get('quote', a.supersedes)) : null
    // An accepted quote is not replaced, nor is a price that a colleague asked for: the new quote stands beside it.
    const ownWish = named && waitsForApproval(named) && named.issuedBy === by.actor.userId ? named : null
    // If the user's own waiting price is rewritten, the new one replaces the quote that the first one was going to
    // replace.
    const open = ownWish?.supersedes ? ofBuyer(rows.get('quote', ownWish.supersedes)) : named
    const replaced = open && isOpenQuote(open) ? open : null
    const quote: Omit<Quote, 'version'> = {
      id: a.quoteId,
      customerId: a.customerId,
      number: by.issueNumber('quote'),
      issuedAt: by.at,
      issuedBy: by.actor.userId,
      validUntil: a.validUntil,
      status: 'issued',
      approval: waits ? 'needed' : grants ? 'granted' : 'none',
      supersedes: replaced?.id ?? null,
      currency,
      totalMinor,
      lines,
      ...untouched.quote,
      askedAt: belowFloor ? by.at : null,
      ...(grants
        ? {
            decidedBy: by.actor.userId,
            decidedAt: by.at,
            decisionReason: lines.find((l) => l.reason !== null)?.reason ?? null,
            decisionSeenAt: by.at,
          }
        : {}),
      scope: 'org',
    }
    // The customer was not told this price yet, so the earlier quote stands until it is granted; only the user's own
    // earlier request is withdrawn at once.
    const withdrawn = ownWish ? [superseded(ownWish)] : []
    if (waits) return changes(upsert('quote', quote), ...withdrawn)
    return changes(
      upsert('quote', quote),
      followUpOf(quote, a.followUpTaskId, by),
      ...withdrawn,
      ...(replaced ? [superseded(replaced)] : []),
    )
  },
})

const notAnswered = { answeredBy: null, answeredAt: null, answerReason: null }

const superseded = (quote: Quote): RowUpsert => upsert('quote', { ...quote, status: 'superseded' })

/** The task to call and ask what the customer thinks of the quote, for the user who gave it. */
const followUpOf = (quote: Omit<Quote, 'version'>, taskId: string, by: CommandContext): RowUpsert =>
  newTask(
    {
      id: taskId,
      customerId: quote.customerId,
      kind: 'quoteFollowUp',
      title: quote.lines
        .map((l) => l.sku)
        .join(', ')
        .slice(0, 300),
      detail: '',
      dueAt: closeOfWorkingDay(by.at, FOLLOW_UP_WORKING_DAYS, officeHours(by.timeZone)),
      ownerUserId: quote.issuedBy,
      sourceId: quote.id,
      callbackNumber: null,
    },
    by,
  )

export const decideQuote = defineCommand('quote.decide', {
  // The customer is read first, so that a command that issues a quote for the same customer waits here and the two
  // prices are told one after the other.
  reads: (a) => [one('customer', a.customerId), one('quote', a.quoteId), one('task', a.followUpTaskId)],
  alsoReads: (rows, a) => {
    const [customer, quote] = [rows.get('customer', a.customerId), rows.get('quote', a.quoteId)]
    return [
      ...(customer?.organisationId ? [one('customer', customer.organisationId)] : []),
      ...(quote?.supersedes ? [one('quote', quote.supersedes)] : []),
    ]
  },
  effect(rows, a, by) {
    const quote = rows.get('quote', a.quoteId)
    if (!quote || quote.customerId !== a.customerId) return refused('ROW_UNKNOWN')
    if (!may(by.actor.role, 'price.approve')) return refused('NOT_ALLOWED')
    if (quote.issuedBy === by.actor.userId) return refused('APPROVAL_OWN')
    if (!waitsForApproval(quote))
      return refused('APPROVAL_DECIDED', { decision: quote.approval === 'needed' ? quote.status : quote.approval })
    if (rows.get('task', a.followUpTaskId)) return taken('followUpTaskId')
    const decided = { decidedBy: by.actor.userId, decidedAt: by.at, decisionReason: a.reason, decisionSeenAt: null }
    if (a.decision === 'refuse')
      return changes(upsert('quote', { ...quote, ...decided, status: 'rejected', approval: 'refused' }))
    if (quote.validUntil < by.at) return refused('APPROVAL_LAPSED')
    // The quote is issued now, not when it was asked for: prices that were told meanwhile are older.
    const issued = { ...quote, ...decided, approval: 'granted' as const, issuedAt: by.at }
    const replaced = quote.supersedes ? rows.get('quote', quote.supersedes) : null
    return changes(
      upsert('quote', issued),
      followUpOf(issued, a.followUpTaskId, by),
      ...(replaced && isOpenQuote(replaced) ? [superseded(replaced)] : []),
    )
  },
})

export const seeDecision = defineCommand('quote.seen', {
  reads: (a) => [one('quote', a.quoteId)],
  effect(rows, a, by) {
    const quote = rows.get('quote', a.quoteId)
    if (!quote || quote.customerId !== a.customerId) return refused('ROW_UNKNOWN')
    if (quote.issuedBy !== by.actor.userId) return refused('NOT_ALLOWED')
    if (quote.decidedAt === null || quote.decisionSeenAt !== null) return changes()
    return changes(upsert('quote', { ...quote, decisionSeenAt: by.at }))
  },
})

export const answerQuote = defineCommand('quote.answer', {
  reads: (a) => [allOf('quote', a.customerId), allOf('task', a.customerId)],
  effect(rows, a, by) {
    const quote = rows.ofCustomer('quote', a.customerId).find((q) => q.id === a.quoteId)
    if (!quote) return refused('ROW_UNKNOWN')
    if (quote.status !== 'issued') return refused('STEP_NO_LONGER_FITS')
    const isOthers = quote.issuedBy !== by.actor.userId
    if (waitsForApproval(quote)) {
      // A price below the floor is no promise until it was granted, so nobody can accept it. The user who asked for it
      // may withdraw it.
      if (a.answer === 'accepted' || isOthers) return refused('NOT_ALLOWED')
    }
    const reason = a.reason === null || isBlank(a.reason) ? null : a.reason.trim()
    // The customer may say no to any agent, and the user who gave the quote wants to know what the customer said.
    if (a.answer === 'rejected' && isOthers && reason === null) return unusable('reason', 'noReason')
    const followUps = rows
      .ofCustomer('task', a.customerId)
      .filter((t) => t.sourceId === quote.id && t.status === 'open')
    return changes(
      upsert('quote', {
        ...quote,
        status: a.answer,
        answeredBy: by.actor.userId,
        answeredAt: by.at,
        answerReason: reason,
      }),
      ...followUps.map((t) => doneTask(t, by)),
    )
  },
})

export const takeAnswerBack = defineCommand('quote.takeBack', {
  reads: (a) => [allOf('quote', a.customerId), allOf('task', a.customerId)],
  effect(rows, a, by) {
    const quote = rows.ofCustomer('quote', a.customerId).find((q) => q.id === a.quoteId)
    if (!quote) return refused('ROW_UNKNOWN')
    if (quote.status !== 'accepted' && quote.status !== 'rejected') return refused('STEP_NO_LONGER_FITS')
    const { answeredBy, answeredAt } = quote
    if (!mayTakeBack({ doneBy: answeredBy, doneAt: answeredAt }, by.actor, by.at))
      return refused('TAKE_BACK_TOO_LATE', { minutes: TAKE_BACK_MS / 60_000 })
    // Reopens the follow-ups that ended with the answer; tasks that were done on their own stay done.
    const followUps = rows
      .ofCustomer('task', a.customerId)
      .filter(
        (t) => t.sourceId === quote.id && t.status === 'done' && t.doneAt === answeredAt && t.doneBy === answeredBy,
      )
    return changes(
      upsert('quote', { ...quote, status: 'issued', ...notAnswered }),
      ...followUps.map((t) => reopenedTask(t, by)),
    )
  },
})
