import { styled } from '@mui/material/styles'
import { keys, type KeyName } from './keys.ts'
import type { Place } from './workspace.ts'
import { useWatch } from '../bridge/use-watch.ts'
import { narrowWindow } from './window-sizes.ts'
import { useWords } from '../i18n/use-words.ts'
import { Icon, type IconName } from '../parts/icon/Icon.tsx'
import { shortcut } from '../parts/key/Key.tsx'

const Nav = styled('nav')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  width: 76,
  overflowY: 'auto',
  overflowX: 'hidden',
  [narrowWindow]: { width: 66 },
  borderRight: `1px solid ${theme.vars.palette.divider}`,
  backgroundColor: theme.vars.palette.background.paper,
  '& button': {
    font: 'inherit',
    fontSize: 11,
    lineHeight: '14px',
    color: theme.vars.palette.text.secondary,
    background: 'none',
    border: 0,
    borderLeft: '3px solid transparent',
    padding: '8px 2px',
    cursor: 'pointer',
    display: 'grid',
    justifyItems: 'center',
    gap: 2,
  },
  '& button[aria-current=page]': {
    color: theme.vars.palette.primary.main,
    borderLeftColor: theme.vars.palette.primary.main,
    fontWeight: 600,
  },
  '& .count': { fontWeight: 700, fontVariantNumeric: 'tabular-nums' },
  '& .key': { fontSize: 10, color: theme.vars.palette.text.secondary, fontWeight: 400 },
}))

const icons: Record<Place, IconName> = {
  calls: 'phone',
  search: 'search',
  callbacks: 'callback',
  complaints: 'complaint',
  approvals: 'check',
}
const keyOfPlace: Record<Place, KeyName> = {
  calls: 'calls',
  search: 'search',
  callbacks: 'callbacks',
  complaints: 'complaints',
  approvals: 'approvals',
}

/** The user's places, each with its key and the number of things that wait there for the user. */
export function Rail({
  places,
  place,
  onGo,
}: {
  places: readonly Place[]
  place: Place
  onGo: (place: Place) => void
}) {
  const { say } = useWords()
  const counts: Partial<Record<Place, number>> = useWatch('work.counts', {}).value ?? {}
  return (
    <Nav aria-label={say('shell/places')}>
      {places.map((name) => (
        <button
          key={name}
          type="button"
          aria-current={name === place ? 'page' : undefined}
          aria-keyshortcuts={shortcut(keyOfPlace[name])}
          onClick={() => onGo(name)}
        >
          <Icon name={icons[name]} size={18} />
          <span>
            {say(`shell/place/${name}`)}
            {counts[name] ? (
              <>
                {' '}
                <span className="count">{counts[name]}</span>
              </>
            ) : null}
          </span>
          <span className="key" aria-hidden="true">
            {keys[keyOfPlace[name]]}
          </span>
        </button>
      ))}
    </Nav>
  )
}
