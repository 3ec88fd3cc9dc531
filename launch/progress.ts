const WIDTH = 28

/** One line that shows progress; where the output is not a terminal, a line for every quarter. */
export function progressLine(
  label: string,
  out: NodeJS.WriteStream = process.stdout,
): { update(done: number, total: number): void; end(text: string): void } {
  let quarter = -1
  return {
    update(done, total) {
      const share = total === 0 ? 1 : Math.min(1, done / total)
      if (out.isTTY) {
        const filled = Math.round(share * WIDTH)
        out.write(
          `\r  ${label} ${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${String(Math.round(share * 100)).padStart(3)} %`,
        )
      } else if (Math.floor(share * 4) > quarter) {
        quarter = Math.floor(share * 4)
        out.write(`  ${label} ${Math.round(share * 100)} %\n`)
      }
    },
    end(text) {
      out.write(out.isTTY ? `\r\u001b[2K  ${text}\n` : `  ${text}\n`)
    },
  }
}
