// Says what a new room is made of: `npm run new-room -- transfer`. The two rooms built by hand are its measure (see the test).
import { fileURLToPath } from 'node:url'

/** One file of a room: where, and what for; `when` says which rooms have it. */
export type RoomFile = { readonly path: string; readonly purpose: string; readonly when?: 'fromFiles' | 'ownItems' }

/** The files of a room in the order in which they are written. */
export function roomFiles(name: string): readonly RoomFile[] {
  const domain = `packages/domain/src/rooms/${name}`
  const contracts = `packages/contracts/src/rooms/${name}`
  const api = `apps/api/src/rooms/${name}`
  const web = `apps/web/src/rooms/${name}`
  return [
    { path: `${domain}/${name}.rules.ts`, purpose: 'what may be filed: issues and refusals as values' },
    { path: `${domain}/${name}.review.ts`, purpose: 'business numbers (codes 2.23) and what 不通过 means' },
    { path: `${domain}/${name}.effects.ts`, purpose: 'what the final approval changes, as RecordChange data' },
    { path: `${domain}/${name}.effects.test.ts`, purpose: 'tables of cases with rule numbers' },
    { path: `${contracts}/${name}.template.ts`, purpose: 'columns of the workbook', when: 'fromFiles' },
    { path: `${contracts}/${name}.api.ts`, purpose: 'payloads, read by both sides' },
    { path: `${api}/${name}.room.ts`, purpose: 'Room or ReviewRoom: the object the corridor works with' },
    { path: `${api}/${name}.facts.ts`, purpose: 'facts in bulk for the rules', when: 'fromFiles' },
    { path: `${api}/${name}.store.ts`, purpose: 'reads and locks in one order', when: 'ownItems' },
    { path: `${api}/${name}.filing.ts`, purpose: 'how items come to be', when: 'ownItems' },
    { path: `${api}/${name}.routes.ts`, purpose: 'what only this room offers', when: 'ownItems' },
    { path: `${api}/${name}.db.test.ts`, purpose: 'through the front door, on a real database' },
    { path: `${web}/${name}.pages.ts`, purpose: 'menu entries with their roles' },
    { path: `${web}/${name}.queries.ts`, purpose: 'calls and keys of the cache' },
    { path: `e2e/rooms/${name}.spec.ts`, purpose: 'one journey each, in a real browser' },
  ]
}

/** Where a room is made known. */
export const ROOM_LINES: readonly RoomFile[] = [
  { path: 'apps/api/src/rooms/index.ts', purpose: 'ROOMS (items from files) or REVIEW_ROOMS' },
  { path: 'apps/api/src/app.ts', purpose: 'its own routes; commandRoutes for a ReviewRoom' },
  { path: 'apps/web/src/app/room-list.ts', purpose: 'its pages' },
  {
    path: 'apps/api/src/testing/sample-requests.ts',
    purpose: 'a request of every route: the authorisation matrix tries them',
  },
  { path: 'apps/api/src/testing/scoped-tables.ts', purpose: 'its tables, scoped or with a reason why not' },
  { path: 'packages/contracts/src/issues/refusals.ts', purpose: 'a sentence for every refusal' },
  { path: 'docs/glossary.md', purpose: 'its words' },
]

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const name = process.argv[2]
  if (!name || !/^[a-z][a-z-]*$/.test(name)) throw new Error('usage: npm run new-room -- name-in-kebab-case')
  const mark = { fromFiles: ' [items from files]', ownItems: ' [items made in the room]' }
  for (const { path, purpose, when } of roomFiles(name)) console.log(`${path}\n    ${purpose}${when ? mark[when] : ''}`)
  console.log('\nthen a line in:')
  for (const { path, purpose } of ROOM_LINES) console.log(`${path}\n    ${purpose}`)
}
