import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { may, type Permission } from '../../../domain/permissions.ts'
import { Role } from '../../../protocol/entities/user.ts'

const runsTheFloor = ['supervisor', 'manager']

test.each<[Permission, readonly string[]]>([
  ['customer.erase', runsTheFloor],
  ['device.renewToken', runsTheFloor],
  ['server.operate', runsTheFloor],
  ['price.approve', runsTheFloor],
  ['customer.worth', ['manager']],
  ['note.reviseOthers', []],
])('%s is only for %j', (permission, roles) => {
  expect(Role.options.filter((role) => may(role, permission))).toEqual(roles)
})

test('permissions are decided in one place, and no other code compares a role', () => {
  const files = ['domain', 'db', 'main', 'renderer', 'server'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => join(folder, file)),
  )
  expect(files.length).toBeGreaterThan(300)
  expect(files.filter((file) => /\brole [=!]== '/.test(readFileSync(file, 'utf8')))).toEqual([])
})
