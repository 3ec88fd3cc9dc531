import { complaintDueAt, nextComplaintStep, owedBy } from '../../domain/complaint-chain.ts'
import { officeHours } from '../../domain/working-time.ts'
import { untouched } from '../../domain/untouched-rows.ts'
import { addDays } from '../../domain/zoned-time.ts'
import type { Complaint, Customer, Order } from '../../protocol/entities.ts'
import type { ComplaintStep } from '../../protocol/entities/complaint.ts'
import type { Random } from '../random.ts'
import { stored, type BuildContext } from './build-context.ts'
import type { CustomerSeed } from './customer-seed.ts'
import { spokenIn } from './interaction-rows.ts'
import { doneAfter } from './pace.ts'

/** Complaints of so many days: the last week's are still on their way, the others are history. */
const DAYS = 120
const subjects = ['scratches on the front', 'benzene smell in moulding', 'two pieces missing', 'colour differs from the sample', 'late for the third time', '包装破损', '尺寸与样品不符', 'invoice charged twice'] as const

/** A complaint of the last months, as far along its chain as the departments have brought it by now; some are behind. */
export function complaintRow(context: BuildContext, seed: CustomerSeed, customer: Customer, order: Order | null, random: Random): Complaint {
  const { calendar, staff } = context
  const openedAt = Math.min(calendar.at(addDays(calendar.today, -random.int(0, DAYS)), random.int(9 * 3600, 18 * 3600)), calendar.asOf - 600_000)
  const by = random.pick(staff.agents).id
  const { step, reachedAt } = progress(openedAt, context, random)
  // Departments are not staffed in the demo: one of the house looks after it there, now and then nobody yet.
  const holder = random.chance(0.85) ? random.pick(staff.users).id : null
  const department = owedBy(step, random.pick(['production', 'purchasing', 'logistics']))
  return {
    id: random.uuid(openedAt), customerId: customer.id, number: `C-${1000 + seed.index}`, subject: random.pick(spokenIn(customer.country, subjects)), description: '',
    severity: random.weighted({ normal: 6, low: 2, high: 2 }), step, department, ownerUserId: department === 'sales' ? by : holder, orderId: order?.id ?? null, openedAt, openedBy: by,
    dueAt: complaintDueAt(step, reachedAt, officeHours(calendar.timeZone)), closedAt: nextComplaintStep(step) === null ? reachedAt : null, ...untouched.complaint, ...stored,
  }
}

/** Takes step after step until one of them is not done yet. */
function progress(openedAt: number, { calendar }: BuildContext, random: Random): { step: ComplaintStep; reachedAt: number } {
  let step: ComplaintStep = 'logged'
  let reachedAt = openedAt
  for (;;) {
    const dueAt = complaintDueAt(step, reachedAt, officeHours(calendar.timeZone))
    const next = nextComplaintStep(step)
    if (dueAt === null || next === null) return { step, reachedAt }
    const done = doneAfter(reachedAt, dueAt, random)
    if (done > calendar.asOf) return { step, reachedAt }
    step = next
    reachedAt = done
  }
}
