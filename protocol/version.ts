/**
 * The version of everything that crosses the network or lies in a snapshot. A test hashes the wire schemas; when the
 * hash changes, raise this and say in docs/protocol-versions.md who may upgrade first. A server accepts N and N−1.
 */
export const PROTOCOL_VERSION = 3

/** Both sides speak the version before, too: whichever of them was updated first. */
export const OLDEST_PROTOCOL = PROTOCOL_VERSION - 1

/** The layout of `cache.db`. A cache of another layout is rebuilt, never migrated. */
export const CACHE_SCHEMA = 3
