import type { StatusView, Table } from './status-view.ts'

/** The status for a terminal: plain text, the findings first. */
export function statusText(view: StatusView): string {
  const parts = [`${view.title}\n${view.at}  ${view.headline}`]
  for (const { is, todo } of view.findings) parts.push(`! ${clean(is)}\n  ${clean(todo)}`)
  for (const { title, figures } of view.figures) {
    const wide = Math.max(...figures.map(({ name }) => width(name)))
    const values = Math.max(...figures.map(({ value }) => width(value)))
    parts.push(
      [
        clean(title),
        ...figures.map(
          ({ name, value, means }) => `  ${fit(name, wide)}  ${fit(value, values, true)}  ${clean(means)}`,
        ),
      ].join('\n'),
    )
  }
  for (const table of view.tables) if (table.lines.length > 0) parts.push(tableText(table))
  return `${parts.join('\n\n')}\n`
}

const LONGEST_CELL = 60

function tableText({ title, columns, lines }: Table): string {
  const cells = lines.map((line) => line.cells.map((cell) => clean(cell)))
  const wide = columns.map(({ name }, index) => Math.max(width(name), ...cells.map((line) => width(line[index] ?? ''))))
  const row = (texts: readonly string[]) =>
    `  ${texts
      .map((text, index) => fit(text, wide[index] ?? 0, columns[index]?.isNumber))
      .join('  ')
      .trimEnd()}`
  return [title, row(columns.map(({ name }) => name)), ...cells.map(row)].join('\n')
}

/** Puts a text on one line and removes characters that a terminal would act on. */
const clean = (text: string) =>
  // oxlint-disable-next-line no-control-regex -- these are what has to go
  [...text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g, ' ')]
    .slice(0, text.length > 200 ? LONGEST_CELL : 200)
    .join('')

/** The number of columns that a text takes. Chinese characters and full-width signs take two. */
const width = (text: string) =>
  [...text].reduce(
    (sum, character) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(character)
        ? 2
        : 1),
    0,
  )

const fit = (text: string, to: number, right = false) =>
  right ? ' '.repeat(Math.max(0, to - width(text))) + text : text + ' '.repeat(Math.max(0, to - width(text)))
