import { UserId } from '../../protocol/scalars.ts'
import type { Line, User } from '../../protocol/entities.ts'
import { chinesePerson } from '../people/chinese-names.ts'
import { namedCountries, westernPerson } from '../people/western-names.ts'
import { Random } from '../random.ts'

/** The staff of the demo company; `npm start` signs in the first agent. */
export interface Staff {
  readonly users: readonly User[]
  readonly agents: readonly User[]
  readonly lines: readonly Line[]
}

export function buildStaff(seed: string, agents: number, madeAt: number): Staff {
  const random = new Random(seed, 'staff')
  const user = (
    login: string,
    displayName: string,
    nativeName: string | null,
    role: User['role'],
    team: string,
    extension: string,
  ): User => ({
    id: UserId.parse(random.uuid(madeAt)),
    login,
    displayName,
    nativeName,
    role,
    team,
    extension,
    active: true,
    version: 1,
    scope: 'org',
  })
  const users: User[] = [
    user('wang', 'Wang Fang', '王芳', 'agent', 'support', '101'),
    user('chen', 'Chen Jie', '陈杰', 'agent', 'support', '102'),
    user('anna', 'Anna Weber', null, 'agent', 'sales', '103'),
    user('song', 'Song Meiyun', '宋梅云', 'frontDesk', 'hotel', '104'),
    user('zhao', 'Zhao Qiang', '赵强', 'supervisor', 'support', '110'),
    user('lin', 'Lin Yue', '林月', 'manager', 'management', '111'),
    user('pedro', 'Pedro Costa', null, 'fieldSales', 'sales', '105'),
  ]
  for (let extension = 120; users.filter((u) => u.role === 'agent').length < agents; extension++) {
    const person = random.chance(0.6) ? chinesePerson(random) : westernPerson(random.pick(namedCountries), random)
    users.push(
      user(
        `a${extension}`,
        person.displayName,
        person.nativeName,
        'agent',
        random.pick(['support', 'sales']),
        String(extension),
      ),
    )
  }
  const line = (label: string, number: string, country: string, areaCode: string | null): Line => ({
    id: random.uuid(madeAt),
    label,
    number,
    country,
    areaCode,
    outsidePrefixes: [],
    e164WithoutPlus: false,
    version: 1,
    scope: 'org',
  })
  const lines = [
    line('Support', '+8675586000100', 'CN', '0755'),
    line('Sales', '+8675586000200', 'CN', '0755'),
    line('Hotel', '+351289000300', 'PT', null),
    line('Europe', '+493055557400', 'DE', '030'),
  ]
  return { users, agents: users.filter((u) => u.role === 'agent'), lines }
}
