import { useTheme } from '@mui/material/styles'
import { SparkLineChart } from '@mui/x-charts/SparkLineChart'
import type { CustomerFacts } from '../../../protocol/record.ts'
import { useWords } from '../../i18n/use-words.ts'

/** The spend of the last two years, a bar a month. */
export default function Spend({ months, currency }: { months: CustomerFacts['spendByMonth']; currency: string }) {
  const { say, formats } = useWords()
  const theme = useTheme()
  if (months.every((month) => month.amountMinor === 0)) return null
  const money = (amountMinor: number): string => formats.money(amountMinor, currency)
  return (
    <SparkLineChart
      data={months.map((month) => month.amountMinor)} plotType="bar" width={148} height={44} margin={2} showTooltip showHighlight
      color={theme.vars?.palette.primary.main ?? theme.palette.primary.main} title={say('record/spend')} skipAnimation
      valueFormatter={(value) => money(value ?? 0)}
      xAxis={{ data: months.map((month) => month.month), scaleType: 'band' }}
    />
  )
}
