import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { ROOM_LINES, roomFiles } from './new-room.ts'

const missing = (paths: readonly string[]): string[] =>
  paths.filter((path) => !existsSync(fileURLToPath(new URL(`../${path}`, import.meta.url))))

it.each([
  ['registration', 'ownItems'],
  ['problem', 'fromFiles'],
] as const)('%s is made as new-room says', (name, without) => {
  const files = roomFiles(name).filter((file) => file.when !== without)
  // The queries and pages of registration stand in folders by page; its files are named alike all the same.
  expect(missing(files.map((file) => file.path))).toEqual([])
})

it('the places where rooms are made known exist', () => {
  expect(missing(ROOM_LINES.map((line) => line.path))).toEqual([])
})
