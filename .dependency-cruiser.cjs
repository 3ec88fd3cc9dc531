// The walls of DESIGN §2: a folder's path says what its code may touch.
const only = (folder, allowed, comment) => ({
  name: `${folder}-imports`,
  comment,
  severity: 'error',
  from: { path: `^${folder}/` },
  to: {
    path: '^(protocol|domain|resources|db|demo|main|preload|renderer|server|launch|tests|bench)/',
    pathNot: `^(${[folder, ...allowed].join('|')})/`,
  },
})

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^electron$|\\?|^virtual:' },
    },
    only('protocol', [], 'the contracts stand on nothing'),
    only('domain', ['protocol'], 'the rules are pure'),
    only('resources', ['protocol'], 'words stand under names that the contracts give'),
    only('db', ['protocol', 'domain'], 'the files of the workstation know no network and no screen'),
    only('demo', ['protocol', 'domain'], 'demo data are rows of the contract and nothing else'),
    only('main', ['protocol', 'domain', 'resources', 'db'], 'the core never knows a screen or the server'),
    only('preload', ['protocol'], 'the preload passes on'),
    only('renderer', ['protocol', 'domain', 'resources'], 'screens know the contract only'),
    only('server', ['protocol', 'domain', 'resources', 'db'], 'the server never imports the workstation'),
    only('launch', ['protocol', 'domain', 'db', 'demo', 'main', 'server'], 'the launcher composes processes'),
    {
      name: 'server-uses-db-for-snapshots',
      severity: 'error',
      from: { path: '^server/', pathNot: '^server/snapshots/' },
      to: { path: '^db/' },
    },
    {
      name: 'screens-do-not-import-screens',
      severity: 'error',
      from: { path: '^renderer/screens/([^/]+)/' },
      to: { path: '^renderer/screens/', pathNot: '^renderer/screens/$1/' },
    },
    {
      name: 'pure-means-no-node',
      severity: 'error',
      from: { path: '^(protocol|domain|resources)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'screens-have-no-node',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'electron-in-its-files-only',
      severity: 'error',
      from: {
        path: '^(protocol|domain|db|demo|main|server|renderer)/',
        pathNot: '(\\.electron\\.ts$|^main/index\\.ts$)',
      },
      to: { path: '(^electron$|node_modules/electron/)', dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
