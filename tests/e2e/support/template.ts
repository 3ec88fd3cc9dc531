/** Where the centers of the browser tests find their PostgreSQL (an environment variable), and in it the database that each copies its own from. */
export const CLUSTER = 'RINGSIDE_E2E_CLUSTER'
export const TEMPLATE = 'ringside_e2e_template'
