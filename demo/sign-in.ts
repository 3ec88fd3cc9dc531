/** The agent whom `npm start` signs in. */
export const DEMO_LOGIN = 'wang'
/** Everyone's password in a demo; a real site has none. */
export const DEMO_PASSWORD = 'ringside'
