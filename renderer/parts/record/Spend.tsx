import { useTheme } from '@mui/material/styles'
import { SparkLineChart } from '@mui/x-charts/SparkLineChart'
import type { CustomerFacts } from '../../../protocol/record.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Quiet } from '../list-table/ListTable.tsx'

interface SpendProps {
  readonly months: CustomerFacts['spendByMonth']
  /** The spend in other currencies: shown beside the bars, which are all in one currency. */
  readonly others: CustomerFacts['otherSpend']
  readonly currency: string
}

/** The spend of the last two years, one bar for each month. */
export default function Spend({ months, others, currency }: SpendProps) {
  const { say, formats } = useWords()
  const theme = useTheme()
  const money = (sum: { amountMinor: number; currency: string }): string => formats.money(sum.amountMinor, sum.currency)
  const beside = [...Map.groupBy(others, (other) => other.currency)]
    .map(([other, sums]) =>
      money({ amountMinor: sums.reduce((sum, { amountMinor }) => sum + amountMinor, 0), currency: other }),
    )
    .join(' + ')
  const inWords = (month: string): string =>
    [month, ...others.filter((other) => other.month === month).map(money)].join(' + ')
  const title = beside === '' ? say('record/spend') : say('record/spendBeside', { others: beside })
  if (months.every((month) => month.amountMinor === 0))
    return beside === '' ? null : (
      <Quiet title={title} style={{ padding: 0, whiteSpace: 'normal', textAlign: 'end' }}>
        {say('record/spendOther', { others: beside })}
      </Quiet>
    )
  return (
    <div role="img" aria-label={title}>
      <SparkLineChart
        data={months.map((month) => month.amountMinor)}
        plotType="bar"
        width={148}
        height={44}
        margin={2}
        showTooltip
        showHighlight
        color={theme.vars?.palette.primary.main ?? theme.palette.primary.main}
        title={title}
        skipAnimation
        valueFormatter={(value) => money({ amountMinor: value ?? 0, currency })}
        xAxis={{ data: months.map((month) => month.month), scaleType: 'band', valueFormatter: inWords }}
      />
    </div>
  )
}
