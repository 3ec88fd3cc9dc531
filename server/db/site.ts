import type { Queryable } from './connect.ts'

/** The settings of the site that the server tells workstations. */
export interface SiteSettings {
  readonly name: string
  readonly timeZone: string
  readonly currency: string
  readonly country: string
}

export interface Site extends SiteSettings {
  /** Identifies this server, whatever its address. It stays the same through moves and restores. */
  readonly serverId: string
  /** Changes when the database is restored. */
  readonly epoch: string
  /** The lowest cursor that can be followed. */
  readonly floor: number
}

/** Makes the site row of a new database. An existing row is not changed. */
export async function ensureSite(db: Queryable, settings: SiteSettings, epoch: string): Promise<Site> {
  await db.query(
    'insert into site (epoch, floor, name, time_zone, currency, country) values ($1, 0, $2, $3, $4, $5) on conflict do nothing',
    [epoch, settings.name, settings.timeZone, settings.currency, settings.country],
  )
  return readSite(db)
}

export async function readSite(db: Queryable): Promise<Site> {
  const { rows } = await db.query<Site>(
    'select server_id as "serverId", epoch, floor, name, time_zone as "timeZone", currency, country from site',
  )
  const [site] = rows
  if (!site) throw new Error('The database has no site row.')
  return site
}
