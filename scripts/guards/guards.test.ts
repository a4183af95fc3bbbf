import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as deadCode from './dead-code.mjs'
import * as domainPurity from './domain-purity.mjs'
import * as fileLength from './file-length.mjs'
import * as glossary from './glossary.mjs'
import * as importWalls from './import-walls.mjs'
import { findDrift } from './migration-drift.ts'
import * as traces from './traces.mjs'

// Every guard is proved by a planted violation: a guard that finds nothing anywhere guards nothing.
const ROOT = resolve(import.meta.dirname, '..', '..')
let tree: string

beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), 'xueji-guard-'))
})
afterEach(() => rmSync(tree, { recursive: true, force: true }))

/** Plants files in an otherwise empty tree. */
function plant(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true })
    writeFileSync(join(tree, path), text)
  }
}

const lines = (count: number): string =>
  Array.from({ length: count }, (_, index) => `export const n${index} = ${index}`)
    .join('\n')
    .concat('\n')

describe('import walls', () => {
  const B = 'export const b = 1\n'
  it.each([
    [
      'domain-is-alone',
      {
        'packages/domain/src/a.ts': `import { b } from '../../contracts/src/b.ts'\nexport const a = b\n`,
        'packages/contracts/src/b.ts': B,
      },
    ],
    [
      'domain-is-alone',
      { 'packages/domain/src/a.ts': `import { readFileSync } from 'node:fs'\nexport const a = readFileSync\n` },
    ],
    [
      'no-sibling-room',
      {
        'apps/api/src/rooms/transfer/a.ts': `import { b } from '../registration/b.ts'\nexport const a = b\n`,
        'apps/api/src/rooms/registration/b.ts': B,
      },
    ],
    [
      'no-sibling-room',
      {
        'apps/web/src/rooms/transfer/a.ts': `import { b } from '../registration/b.ts'\nexport const a = b\n`,
        'apps/web/src/rooms/registration/b.ts': B,
      },
    ],
    [
      'corridor-knows-no-room',
      {
        'apps/api/src/pipeline/a.ts': `import { b } from '../rooms/registration/b.ts'\nexport const a = b\n`,
        'apps/api/src/rooms/registration/b.ts': B,
      },
    ],
    [
      'platform-is-below-the-corridor',
      {
        'apps/api/src/platform/a.ts': `import { b } from '../pipeline/b.ts'\nexport const a = b\n`,
        'apps/api/src/pipeline/b.ts': B,
      },
    ],
    [
      'web-reaches-no-server',
      { 'apps/web/src/a.ts': `import { b } from '../../api/src/b.ts'\nexport const a = b\n`, 'apps/api/src/b.ts': B },
    ],
    [
      'workbook-runs-in-browsers',
      { 'packages/workbook/src/read/a.ts': `import { inflateRaw } from 'node:zlib'\nexport const a = inflateRaw\n` },
    ],
    [
      'packages-do-not-import-apps',
      {
        'packages/contracts/src/a.ts': `import { b } from '../../../apps/api/src/b.ts'\nexport const a = b\n`,
        'apps/api/src/b.ts': B,
      },
    ],
    [
      'seed-is-not-runtime',
      {
        'apps/api/src/a.ts': `import { b } from '../../../prisma/seed/b.ts'\nexport const a = b\n`,
        'prisma/seed/b.ts': B,
      },
    ],
    [
      'no-cycle',
      {
        'packages/domain/src/a.ts': `import { b } from './b.ts'\nexport const a = b\n`,
        'packages/domain/src/b.ts': `import { a } from './a.ts'\nexport const b = a\n`,
      },
    ],
  ])('finds %s', (rule, files) => {
    plant({ ...(files as Record<string, string>), 'tsconfig.base.json': '{}' })
    expect(importWalls.check(tree, ROOT)).toEqual(expect.arrayContaining([expect.stringContaining(rule)]))
  })

  it('lets an import downwards pass', () => {
    plant({
      'tsconfig.base.json': '{}',
      'packages/contracts/src/a.ts': `import { b } from '../../domain/src/b.ts'\nexport const a = b\n`,
      'packages/domain/src/b.ts': B,
    })
    expect(importWalls.check(tree, ROOT)).toEqual([])
  })
})

describe('domain purity', () => {
  it.each([
    ['a clock', 'export const now = () => new Date()\n'],
    ['chance', 'export const roll = () => Math.random()\n'],
    ['the outside world', 'export const a = () => fetch("x")\n'],
    ['an import from outside the domain', `import { z } from 'zod'\nexport const a = z\n`],
    ['a dynamic import', 'export const a = () => import("./b.ts")\n'],
  ])('finds %s', (what, code) => {
    plant({ 'packages/domain/src/a.ts': code })
    expect(domainPurity.check(tree)).toEqual([`packages/domain/src/a.ts: uses ${what}`])
  })

  it('finds a dependency, and lets words in comments pass', () => {
    plant({
      'packages/domain/package.json': '{"dependencies":{"zod":"4"}}',
      'packages/domain/src/a.ts': '// new Date() would be wrong here\nexport const a = 1\n',
    })
    expect(domainPurity.check(tree)).toEqual(['packages/domain/package.json: the domain has no dependency'])
  })
})

describe('file length', () => {
  it.each([
    ['packages/domain/src/long.ts', 401],
    ['apps/api/src/rooms/transfer/transfer.room.ts', 61],
    ['packages/domain/src/rooms/transfer/transfer.rules.ts', 151],
    ['packages/contracts/src/rooms/transfer/transfer.template.ts', 121],
    ['apps/web/src/rooms/transfer/transfer.page.tsx', 121],
  ])('finds %s with %i lines', (file, count) => {
    plant({ [file]: lines(count) })
    expect(fileLength.check(tree)).toHaveLength(1)
    plant({ [file]: lines(count - 1) })
    expect(fileLength.check(tree)).toEqual([])
  })

  it('finds a vague name in a room', () => {
    plant({ 'apps/api/src/rooms/transfer/utils.ts': lines(1) })
    expect(fileLength.check(tree)).toEqual([expect.stringContaining('names its files by what they do')])
  })
})

describe('glossary', () => {
  const GLOSSARY =
    '| Term | Identifier | Never |\n|---|---|---|\n| 撤销 | `recall` | `withdraw` |\n| 参数 | `setting` | |\n| 姓名 | `name` | |\n'

  it('finds a banned word used as an identifier, not in a string or comment', () => {
    plant({ 'docs/glossary.md': GLOSSARY, 'apps/api/src/a.ts': `// withdraw\nexport const text = 'withdraw'\n` })
    expect(glossary.check(tree)).toEqual([])
    plant({ 'apps/api/src/a.ts': 'export const withdrawTransfer = 1\n' })
    expect(glossary.check(tree)).toEqual(['apps/api/src/a.ts: "withdraw" — the glossary says recall'])
  })

  it('finds a table, a field and a role without an entry', () => {
    plant({
      'docs/glossary.md': GLOSSARY,
      'prisma/models/a.prisma': 'model A {\n  @@map("unheard_of")\n}\nmodel B {\n  @@map("setting")\n}\n',
      'packages/domain/src/student/field-catalogue.ts': `basic('name', '姓名', 'text')\nbasic('shoeSize', '鞋码', 'text')\n`,
      'packages/domain/src/access/roles.ts': `  janitor: { mark: 'X' }\n`,
    })
    expect(glossary.check(tree)).toEqual([
      expect.stringContaining('field shoeSize'),
      expect.stringContaining('role janitor'),
      expect.stringContaining('table unheard_of'),
    ])
  })
})

describe('traces of a machine', () => {
  it.each([
    ['a path', ['const at = "', 'home', 'somebody', 'project"\n'].join('/')],
    ['a registry', `fetch("https://${'registry'}.example.org/x")\n`],
    ['a key', `-----BEGIN ${'PRIVATE'} KEY-----\n`],
  ])('finds %s', (_what, text) => {
    plant({ 'apps/api/src/a.ts': text })
    expect(traces.check(tree)).toHaveLength(1)
  })
})

describe('dead code', () => {
  it('finds a file, an export and a dependency nobody uses', { timeout: 60_000 }, () => {
    plant({
      'package.json': '{"name":"tree","type":"module","dependencies":{"left-pad":"1.0.0"}}',
      'knip.json': '{"entry":["main.ts"],"project":["*.ts"]}',
      'main.ts': `import { used } from './lib.ts'\nprocess.stdout.write(String(used))\n`,
      'lib.ts': 'export const used = 1\nexport const unused = 2\n',
      'alone.ts': 'export const alone = 1\n',
    })
    const faults = deadCode.check(tree, ROOT).join('\n')
    expect(faults).toContain('alone.ts')
    expect(faults).toContain('unused')
    expect(faults).toContain('left-pad')
  })
})

describe('migration drift', () => {
  it('finds a model without a migration', { timeout: 60_000 }, async () => {
    expect(await findDrift('model Planted {\n  id String @id\n  @@map("planted")\n}\n')).toContain(
      'CREATE TABLE "planted"',
    )
  })
})
