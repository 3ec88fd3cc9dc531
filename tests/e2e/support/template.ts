/**
 * The environment variable with the PostgreSQL of the browser tests, and the name of the database in it that each
 * server copies.
 */
export const CLUSTER = 'RINGSIDE_E2E_CLUSTER'
export const TEMPLATE = 'ringside_e2e_template'
