/** Paths of a 16 × 16 grid, drawn with a stroke. */
const paths = {
  phone: 'M3 2.5h2.5l1 3-1.6 1.2a8 8 0 0 0 4.4 4.4L10.5 9.5l3 1V13a1 1 0 0 1-1 1A10.5 10.5 0 0 1 2 3.5a1 1 0 0 1 1-1z',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.5 10.5 14 14',
  callback: 'M8 2.5a5.5 5.5 0 1 1-5.3 4M2.5 2.5v4h4M8 5v3.2l2.2 1.3',
  complaint: 'M8 2 14.5 13.5h-13zM8 6.5v3M8 11.4v.4',
  close: 'M4 4l8 8M12 4l-8 8',
  sun: 'M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM8 1.5V3M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M12.6 3.4l-1 1M4.4 11.6l-1 1',
  moon: 'M13 9.5A5.5 5.5 0 1 1 6.5 3 4.5 4.5 0 0 0 13 9.5z',
  check: 'M3 8.5 6.5 12 13 4.5',
  person: 'M8 2.5a2.75 2.75 0 1 1 0 5.5 2.75 2.75 0 0 1 0-5.5zM2.5 14c.5-3 2.7-4.5 5.5-4.5s5 1.5 5.5 4.5',
} as const

export type IconName = keyof typeof paths

/** A small picture beside a word. It adds no information, so screen readers skip it. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.4}
      strokeLinejoin="round"
      strokeLinecap="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  )
}
