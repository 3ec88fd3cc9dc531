import { complaintDueAt, nextComplaintStep, owedBy } from '../../domain/complaint-chain.ts'
import { officeHours } from '../../domain/working-time.ts'
import { addDays } from '../../domain/zoned-time.ts'
import type { Complaint, Customer, Order } from '../../protocol/entities.ts'
import type { ComplaintStep, StepTaken } from '../../protocol/entities/complaint.ts'
import type { UserId } from '../../protocol/scalars.ts'
import type { Random } from '../random.ts'
import { stored, type BuildContext } from './build-context.ts'
import type { CustomerSeed } from './customer-seed.ts'
import { spokenIn } from './interaction-rows.ts'
import { doneAfter } from './pace.ts'

/** How many days of complaints there are: those of the last week are still in progress, the others are history. */
const DAYS = 120
const subjects = [
  'scratches on the front',
  'benzene smell in moulding',
  'two pieces missing',
  'colour differs from the sample',
  'late for the third time',
  '包装破损',
  '尺寸与样品不符',
  'invoice charged twice',
] as const

/** The customer's words on the phone, by subject. */
const words: Readonly<Record<string, string>> = {
  'scratches on the front':
    'Three of the panels came with scratches on the front, as if they had been stacked without paper.',
  'benzene smell in moulding':
    'The parts smell of solvent when the bags are opened. The line was stopped until we hear from you.',
  'two pieces missing': 'The box was closed, but two pieces are missing. The delivery note says all of them.',
  'colour differs from the sample': 'Next to the sample of last spring these are clearly greener. We cannot mix them.',
  'late for the third time': 'This is the third delivery in a row that came late, and nobody told us before.',
  包装破损: '外箱压坏，里面两件边角有裂痕，已拍照。',
  尺寸与样品不符: '这批比样品短两毫米，装不上去。',
  'invoice charged twice': 'The same invoice was debited twice this month. Please pay one of them back.',
}
const comments: Partial<Record<ComplaintStep, string>> = {
  informed: 'Photos are with the order.',
  investigated: 'Packed by the new shift without the inlay. Inlay is back; replacements go out.',
  confirmed: 'Checked on five boxes, holds.',
  told: 'Replacement is on its way, no charge. Customer agrees.',
}

/** A complaint of the last months, as far along its chain as the departments have brought it by now; some are late. */
export function complaintRow(
  context: BuildContext,
  seed: CustomerSeed,
  customer: Customer,
  order: Order | null,
  random: Random,
): Complaint {
  const { calendar, staff } = context
  const openedAt = Math.min(
    calendar.at(addDays(calendar.today, -random.int(0, DAYS)), random.int(9 * 3600, 18 * 3600)),
    calendar.asOf - 600_000,
  )
  const by = random.pick(staff.agents).id
  const { step, reachedAt, taken } = progress(openedAt, context, random)
  // The demo has no staff in the departments: a user of the demo holds the step instead, and sometimes nobody does yet.
  const holder = random.chance(0.85) ? random.pick(staff.users).id : null
  const department = owedBy(step, random.pick(['production', 'purchasing', 'logistics']))
  const id = random.uuid(openedAt)
  const subject = random.pick(spokenIn(customer.country, subjects))
  return {
    id,
    customerId: customer.id,
    number: `C-${1000 + seed.index}`,
    subject,
    description: words[subject] ?? '',
    severity: random.weighted({ normal: 6, low: 2, high: 2 }),
    step,
    department,
    ownerUserId: department === 'sales' ? by : holder,
    orderId: order?.id ?? null,
    openedAt,
    openedBy: by,
    dueAt: complaintDueAt(step, reachedAt, officeHours(calendar.timeZone)),
    closedAt: nextComplaintStep(step) === null ? reachedAt : null,
    steps: stepsOf(taken, department, by, holder, openedAt),
    ...stored,
  }
}

type Reached = { readonly to: ComplaintStep; readonly at: number }

/**
 * The steps with their texts and authors. The authors are users of the demo, because it has no staff in the
 * departments.
 */
function stepsOf(
  taken: readonly Reached[],
  department: Complaint['department'],
  by: UserId,
  holder: UserId | null,
  openedAt: number,
): StepTaken[] {
  let before: StepTaken['before'] = { step: 'logged', department: 'sales', ownerUserId: by, dueAt: openedAt }
  return taken.map(({ to, at }) => {
    const step: StepTaken = {
      to,
      by: before.department === 'sales' ? by : (holder ?? by),
      at,
      comment: comments[to] ?? '',
      before,
      takenBackBy: null,
      takenBackAt: null,
    }
    before = { step: to, department: owedBy(to, department), ownerUserId: null, dueAt: at }
    return step
  })
}

/** Takes one step after another until a step is not done yet. */
function progress(
  openedAt: number,
  { calendar }: BuildContext,
  random: Random,
): { step: ComplaintStep; reachedAt: number; taken: Reached[] } {
  const taken: Reached[] = []
  let step: ComplaintStep = 'logged'
  let reachedAt = openedAt
  for (;;) {
    const dueAt = complaintDueAt(step, reachedAt, officeHours(calendar.timeZone))
    const next = nextComplaintStep(step)
    if (dueAt === null || next === null) return { step, reachedAt, taken }
    const done = doneAfter(reachedAt, dueAt, random)
    if (done > calendar.asOf) return { step, reachedAt, taken }
    step = next
    reachedAt = done
    taken.push({ to: step, at: done })
  }
}
