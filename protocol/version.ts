/**
 * The version of everything that crosses the network or lies in a snapshot. A test hashes the wire schemas. When the
 * hash changes, write the new one into docs/protocol-versions.md; from the first release on, raise this number as well,
 * and say in that file whether servers or workstations have to be upgraded first.
 */
export const PROTOCOL_VERSION = 4

/** The layout of `cache.db`. A cache of another layout is rebuilt, never migrated. */
export const CACHE_SCHEMA = 4
