import { deflateSync } from 'node:zlib'
import type { ApiPerson } from './demo-activity.ts'

const ROOM = '/api/rooms/problem'

/** A party as the list gives it. */
type Row = {
  groupId: string
  studentId: string
  studentName: string
  itemId: string | null
  itemVersion: number | null
}

/** The party of that name in one of the lists. */
async function partyOf(person: ApiPerson, view: 'handle' | 'review' | 'arbitrate' | 'all', name: string): Promise<Row> {
  const { rows } = await person.send<{ rows: Row[] }>('POST', `${ROOM}/parties/search`, {
    view,
    studentName: name,
    limit: 50,
  })
  const found = rows.find((row) => row.studentName === name)
  if (!found) throw new Error(`${name} is not in the list ${view}`)
  return found
}

/** Files a handling with a picture of its own. */
export async function fileHandling(
  person: ApiPerson,
  name: string,
  handling: 'attest' | 'remove' | 'amend',
  amendment?: { name: string; identityType: string; identityNumber: string | null },
): Promise<void> {
  const { studentId } = await partyOf(person, 'handle', name)
  const { id } = await person.upload<{ id: string }>('/api/evidence', '户口簿.png', plainPng())
  const target = { studentId, evidenceIds: [id], ...(amendment ? { amendment } : {}) }
  await person.send('POST', `${ROOM}/handlings`, { handling, targets: [target] })
}

/** Approves what waits for somebody. */
export async function approveHandling(person: ApiPerson, name: string): Promise<void> {
  const { itemId, itemVersion } = await partyOf(person, 'review', name)
  await person.send('POST', `${ROOM}/items/${itemId}/commands`, { command: 'approve', version: itemVersion })
}

/** Carries problem records of the demo on, each to another state: waiting for a leader, for a county, for an arbiter of every level. */
export async function playProblems(person: (username: string) => Promise<ApiPerson>): Promise<void> {
  const attest = async (name: string, registrar: string, ...reviewers: string[]): Promise<void> => {
    await fileHandling(await person(registrar), name, 'attest')
    for (const reviewer of reviewers) await approveHandling(await person(reviewer), name)
  }
  await attest('曾予墨', 'sunshine.registrar')
  await attest('吴景行', 'sunshine.registrar', 'sunshine.leader')
  await attest('谢辰', 'virtue.registrar', 'virtue.leader')
  await attest('梁思远', 'sunshine.registrar', 'sunshine.leader', 'county440203')
  await attest('梁思源', 'virtue.registrar', 'virtue.leader', 'county440203')
  await attest('邓子安', 'sunshine.registrar', 'sunshine.leader', 'county440203')
  await attest('邓子安', 'bay.registrar', 'bay.leader', 'county440303')
  await attest('何嘉禾', 'sunshine.registrar', 'sunshine.leader', 'county440203')
  await attest('王知行', 'lakeside.registrar', 'lakeside.leader', 'county370102')
}

/** A small picture: a page with lines, drawn here, nobody's document. */
export function plainPng(width = 240, height = 320): Buffer {
  const rows = Buffer.alloc((width + 1) * height, 0xff)
  for (let y = 0; y < height; y++) {
    rows[y * (width + 1)] = 0
    if (y % 24 < 3 && y > 30) rows.fill(0x40, y * (width + 1) + 20, y * (width + 1) + width - 20 - (y % 5) * 9)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Eight bits, grey.
  header.set([8, 0, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}
