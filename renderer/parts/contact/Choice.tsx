import TextField from '@mui/material/TextField'

/** Chooses one of a few words in the system's own list: arrows and first letters work. */
export function Choice<T extends string>({
  label,
  value,
  options,
  word,
  none,
  autoFocus = false,
  onChange,
}: {
  label: string
  value: T | null
  options: readonly T[]
  word: (option: T) => string
  /** What is shown while nothing is chosen; left out where a choice is required. */
  none?: string
  autoFocus?: boolean
  onChange: (value: T | null) => void
}) {
  return (
    <TextField
      select
      autoFocus={autoFocus}
      label={label}
      value={value ?? ''}
      slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
      onChange={(event) => onChange(options.find((option) => option === event.target.value) ?? null)}
    >
      {none !== undefined && <option value="">{none}</option>}
      {options.map((option) => (
        <option key={option} value={option}>
          {word(option)}
        </option>
      ))}
    </TextField>
  )
}
