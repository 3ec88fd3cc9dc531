/** The agent whom `npm start` signs in. */
export const DEMO_LOGIN = 'wang'
/** The password of all users in a demo; a real site has no such password. */
export const DEMO_PASSWORD = 'ringside'
