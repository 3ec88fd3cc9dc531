import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { readBankCalls } from '../../../demo/readers/bank-file.ts'
import { readCdnow } from '../../../demo/readers/cdnow-file.ts'
import { DataFileError } from '../../../demo/readers/data-file.ts'
import { readHotel } from '../../../demo/readers/hotel-file.ts'

const many = (line: (n: number) => string) => Array.from({ length: 2000 }, (_, n) => line(n)).join('\n')
const files = {
  'cdnow-orders.txt.gz': {
    read: readCdnow,
    text: ` customer_id  date number_of_cds  dollar_value\n${many((n) => ` ${n} 19970101  1   11.77`)}\n`,
    wrong: ' 00002 19970112  five   77.00',
  },
  'hotel-bookings.csv.gz': {
    read: readHotel,
    text: `hotel,lead_time,arrival_date_year,arrival_date_month,arrival_date_day_of_month,stays_in_weekend_nights,stays_in_week_nights,adults,children,babies,adr,required_car_parking_spaces,total_of_special_requests,reservation_status\n${many((n) => `Resort Hotel,${n},2015,July,1,0,1,2,NA,0,75.5,0,1,Check-Out`)}\n`,
    wrong: 'Resort Hotel,12,2015,Brumaire,1,0,1,2,0,0,75.5,0,1,Check-Out',
  },
  'bank-calls-1999-02.tsv.gz': {
    read: readBankCalls,
    text: `call_id\tcustomer_id\tpriority\ttype\tdate\tvru_entry\tvru_time\tq_time\toutcome\tser_time\tserver\n${many((n) => `${n}\t0\t0\tPS\t990201\t7:02:47\t9\t0\tAGENT\t166\tDORIT`)}\n`,
    wrong: '34537\t0\t0\tPS\t990201\t7 past\t10\t0\tAGENT\t5\tNO_SERVER',
  },
}
type Name = keyof typeof files

async function reading(name: Name, put: (path: string) => void): Promise<{ rows: number; said: string | null }> {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-data-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, name)
  put(path)
  let rows = 0
  try {
    for await (const _ of files[name].read(path)) rows += 1
    return { rows, said: null }
  } catch (error) {
    if (!(error instanceof DataFileError) || !error.message.includes(path)) throw error
    return { rows, said: error.message }
  }
}

for (const name of Object.keys(files) as Name[]) {
  const { text, wrong } = files[name]
  test(`${name} is read completely`, async () => {
    expect(await reading(name, (path) => writeFileSync(path, gzipSync(text)))).toEqual({ rows: 2000, said: null })
  })

  test.each<[string, (path: string) => void, RegExp]>([
    [
      'cut off',
      (path) => {
        const whole = gzipSync(text)
        writeFileSync(path, whole.subarray(0, Math.floor(whole.length / 2)))
      },
      /ends in its middle, after line \d+: .* Get it again/,
    ],
    ['not packed', (path) => writeFileSync(path, text), /is no gzip file\./],
    ['empty', (path) => writeFileSync(path, ''), /(holds no rows|ends in its middle)/],
    ['packed and empty', (path) => writeFileSync(path, gzipSync('')), /holds no rows/],
    ['nothing but its header', (path) => writeFileSync(path, gzipSync(`${text.split('\n')[0]}\n`)), /holds no rows/],
    [
      'another file',
      (path) => writeFileSync(path, gzipSync('name;number\nAnna;12\nBen;13\n')),
      /(, line [12]: |holds no rows)/,
    ],
    ['noise', (path) => writeFileSync(path, gzipSync(Buffer.alloc(5000, 0xa5))), /(, line \d+: |holds no rows)/],
    [
      'damaged in its middle',
      (path) => {
        const whole = gzipSync(text)
        whole.fill(0xff, Math.floor(whole.length / 2), Math.floor(whole.length / 2) + 40)
        writeFileSync(path, whole)
      },
      /(is damaged|, line \d+:|ends in its middle)/,
    ],
    [
      'with a line that cannot be read',
      (path) => writeFileSync(path, gzipSync(text.replace(/\n([^\n]*)\n$/, `\n${wrong}\n$1\n`))),
      /, line 2001: /,
    ],
    ['a folder', (path) => mkdirSync(path), /is a folder/],
  ])(`${name} that is %s is refused in a sentence that names it`, async (_, put, says) => {
    expect((await reading(name, put)).said).toMatch(says)
  })
}
