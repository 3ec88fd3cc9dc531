/** Below this width the strip has a line for the calls alone, and rail, tabs and panel are narrower. */
export const narrowWindow = '@media (max-width: 1180px)'
/** From this width on the record stands in two columns beside a wider note. */
export const wideWindow = '@media (min-width: 1600px)'
