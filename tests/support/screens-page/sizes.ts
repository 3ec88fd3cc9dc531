/**
 * The window sizes in which every screen must fit, in CSS pixels: the smallest allowed, a 1366 × 768 screen at each
 * scale, and a large one.
 */
export const sizes = {
  'smallest window': { width: 900, height: 500 },
  '1366 at 150 %': { width: 911, height: 512 },
  '1024 × 700': { width: 1024, height: 700 },
  '1366 at 125 %': { width: 1093, height: 614 },
  '1366 at 110 %': { width: 1242, height: 698 },
  '1366 × 768': { width: 1366, height: 768 },
  '1920 × 1080': { width: 1920, height: 1080 },
} as const
