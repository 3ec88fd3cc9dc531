import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { commands } from '../../../protocol/commands.ts'
import { entities } from '../../../protocol/entities.ts'
import { errorSentences } from '../../../protocol/errors.ts'
import { CACHE_SCHEMA, PROTOCOL_VERSION } from '../../../protocol/version.ts'
import {
  AgentStatesReply,
  Handshake,
  pushes,
  requests,
  SignInReply,
  SignInRequest,
  SnapshotManifest,
} from '../../../protocol/wire.ts'

/**
 * Everything that another version of Ringside may read. It is compared as JSON Schema, so that a refactoring of the
 * source changes nothing.
 */
function wireContract(): unknown {
  const json = (schema: z.ZodType) => z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' })
  return {
    cacheSchema: CACHE_SCHEMA,
    entities: Object.fromEntries(
      Object.entries(entities).map(([name, e]) => [name, { ...json(e.schema), clustering: e.clustering }]),
    ),
    commands: Object.fromEntries(
      Object.entries(commands).map(([name, c]) => [name, { version: c.version, args: json(c.args) }]),
    ),
    requests: Object.fromEntries(
      Object.entries(requests).map(([name, r]) => [name, { args: json(r.args), reply: json(r.reply) }]),
    ),
    pushes: Object.fromEntries(Object.entries(pushes).map(([name, p]) => [name, json(p)])),
    http: [SignInRequest, SignInReply, SnapshotManifest, Handshake, AgentStatesReply].map(json),
    errors: Object.keys(errorSentences).toSorted(),
  }
}

test('the wire contract is the one that its protocol version names in docs/protocol-versions.md', () => {
  const hash = createHash('sha256').update(JSON.stringify(wireContract())).digest('hex').slice(0, 16)
  const versions = readFileSync(new URL('../../../docs/protocol-versions.md', import.meta.url), 'utf8')
  const line = versions.split('\n').find((text) => text.startsWith(`| ${PROTOCOL_VERSION} |`))
  expect(line, 'a changed contract needs a new PROTOCOL_VERSION and a line that says who may upgrade first').toContain(
    hash,
  )
})
