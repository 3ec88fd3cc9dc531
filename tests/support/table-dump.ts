import type { Pool } from '../../server/db/connect.ts'

/** Every table of the database as text: everything that somebody who searches the whole database could find. */
export async function tableDump(pool: Pool): Promise<{ table: string; text: string }[]> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public' order by tablename`,
  )
  const dumps: { table: string; text: string }[] = []
  for (const { name } of tables) {
    const {
      rows: [dump],
    } = await pool.query<{ text: string | null }>(`select string_agg(t::text, E'\\n') as text from ${name} t`)
    dumps.push({ table: name.replaceAll('"', ''), text: dump?.text ?? '' })
  }
  return dumps
}
