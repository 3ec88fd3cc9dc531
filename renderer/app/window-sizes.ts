/** Below this width the calls have their own line in the strip, and rail, tabs and panel are narrower. */
export const narrowWindow = '@media (max-width: 1180px)'
/** From this width on the record has two columns, and the note beside it is wider. */
export const wideWindow = '@media (min-width: 1600px)'
