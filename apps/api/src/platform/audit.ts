import { createHash } from 'node:crypto'
import type { Clock } from './clock.ts'
import type { Executor, Transaction } from './db.ts'

/** One thing somebody did, before it is chained. */
export type AuditLine = {
  readonly actorId: string | null
  readonly actorName: string
  readonly orgPath: string
  readonly action: string
  readonly target: string
  readonly detail: Readonly<Record<string, unknown>>
  readonly requestId: string
}

/** Number of chains (security: Audit): enough that writers rarely wait for one another. */
export const AUDIT_CHAINS = 16

const COLUMNS = 'chain, seq, at, actor_id, actor_name, org_path, action, target, detail, request_id, prev_hash, hash'

/**
 * Appends lines to one chain inside the transaction of the change they speak of: if they cannot be written, the change fails. Three statements
 * however many lines. Call it last, so that the head is locked briefly.
 */
export async function appendAudit(tx: Transaction, clock: Clock, lines: readonly AuditLine[]): Promise<void> {
  if (lines.length === 0) return
  const chain = chainOf(lines[0]!.actorId ?? lines[0]!.orgPath)
  const [head] = await tx.query<{ seq: string; hash: string }>(
    'select seq, hash from audit_chain where chain = $1 for update',
    [chain],
  )
  let seq = BigInt(head!.seq)
  let hash = head!.hash
  const at = clock.now().toISOString()
  const rows = lines.map((line) => {
    seq += 1n
    // As the table will give it back: a Date becomes its text, what is undefined is not there.
    const detail = JSON.parse(JSON.stringify(line.detail)) as AuditLine['detail']
    const row = { chain, seq: seq.toString(), at, ...line, detail, prevHash: hash }
    hash = hashLine(row)
    return { ...row, hash }
  })
  const column = <Key extends keyof (typeof rows)[number]>(key: Key) => rows.map((row) => row[key])
  await tx.query(
    `insert into audit_event (${COLUMNS})
     select $1, line.seq, $2, line.actor_id, line.actor_name, line.org_path, line.action, line.target, line.detail, line.request_id, line.prev_hash, line.hash
     from unnest($3::bigint[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::jsonb[], $10::text[], $11::text[], $12::text[])
       as line (seq, actor_id, actor_name, org_path, action, target, detail, request_id, prev_hash, hash)`,
    [
      chain,
      at,
      column('seq'),
      column('actorId'),
      column('actorName'),
      column('orgPath'),
      column('action'),
      column('target'),
      rows.map(({ detail }) => JSON.stringify(detail)),
      column('requestId'),
      column('prevHash'),
      column('hash'),
    ],
  )
  await tx.query('update audit_chain set seq = $2, hash = $3 where chain = $1', [chain, seq.toString(), hash])
}

/** A fault of a chain: where, and what is wrong. `stray` lines stand where no chain runs. */
export type AuditFault = {
  readonly chain: number
  readonly seq: string
  readonly fault: 'edited' | 'broken' | 'missing' | 'cutTail' | 'stray'
}

/** Heads as they were anchored outside the table: chain → seq and hash. */
export type AuditAnchor = { readonly chain: number; readonly seq: string; readonly hash: string }

type StoredLine = Omit<AuditLine, 'actorId'> & {
  readonly chain: number
  readonly seq: string
  readonly at: string
  readonly actorId: string | null
  readonly prevHash: string
  readonly hash: string
}

/** Where a chain stands: its last line. */
type ChainEnd = { readonly seq: bigint; readonly hash: string }

const CHAIN_START: ChainEnd = { seq: 0n, hash: '0'.repeat(64) }
const PAGE = 5000

/**
 * Reads every chain in order and recomputes every hash: finds edits, deletions, insertions and cut tails, the latter against the heads and the
 * anchors. Returns the number of lines read and every fault. What no verifier can find without anchors is a tail cut together with its head.
 */
export async function verifyAudit(
  db: Executor,
  anchors: readonly AuditAnchor[] = [],
): Promise<{ lines: number; faults: AuditFault[] }> {
  const stray = await db.query<{ chain: number; seq: string }>(
    'select e.chain, e.seq::text from audit_event e where e.chain not between 0 and $1 or e.seq < 1 order by e.chain, e.seq limit 1000',
    [AUDIT_CHAINS - 1],
  )
  const faults: AuditFault[] = stray.map((line) => ({ ...line, fault: 'stray' }))
  let lines = 0
  for (let chain = 0; chain < AUDIT_CHAINS; chain++) {
    const anchored = new Map(
      anchors.filter((anchor) => anchor.chain === chain).map((anchor) => [anchor.seq, anchor.hash]),
    )
    let end = CHAIN_START
    for (;;) {
      const page = await readChain(db, chain, end.seq)
      for (const line of page) {
        faults.push(...faultsOf(line, end, anchored.get(line.seq)))
        end = { seq: BigInt(line.seq), hash: line.hash }
      }
      lines += page.length
      if (page.length < PAGE) break
    }
    faults.push(...(await checkEnd(db, chain, end, anchored)))
  }
  return { lines, faults }
}

const readChain = (db: Executor, chain: number, after: bigint): Promise<StoredLine[]> =>
  db.query<StoredLine>(
    `select chain, seq::text, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, actor_id as "actorId",
       actor_name as "actorName", org_path as "orgPath", action, target, detail, request_id as "requestId", prev_hash as "prevHash", hash
     from audit_event e where e.chain = $1 and e.seq > $2 order by e.seq limit ${PAGE}`,
    [chain, after.toString()],
  )

function faultsOf(line: StoredLine, before: ChainEnd, anchoredHash: string | undefined): AuditFault[] {
  const { chain, seq } = line
  const faults: AuditFault[] = []
  const next = before.seq + 1n
  if (BigInt(seq) !== next) faults.push({ chain, seq: next.toString(), fault: 'missing' })
  else if (line.prevHash !== before.hash) faults.push({ chain, seq, fault: 'broken' })
  const isEdited = hashLine(line) !== line.hash || (anchoredHash !== undefined && anchoredHash !== line.hash)
  if (isEdited) faults.push({ chain, seq, fault: 'edited' })
  return faults
}

/** The head must name the very last line: one short of it is a cut tail, one beyond it a line put behind its back. */
async function checkEnd(
  db: Executor,
  chain: number,
  end: ChainEnd,
  anchored: ReadonlyMap<string, string>,
): Promise<AuditFault[]> {
  const [head] = await db.query<{ seq: string; hash: string }>(
    'select seq::text, hash from audit_chain where chain = $1',
    [chain],
  )
  const promised = [head?.seq ?? '1', ...anchored.keys()].map(BigInt)
  const furthest = promised.sort((a, b) => Number(b - a))[0]!
  if (furthest > end.seq) return [{ chain, seq: furthest.toString(), fault: 'cutTail' }]
  if (head?.hash !== end.hash || BigInt(head.seq) !== end.seq)
    return [{ chain, seq: end.seq.toString(), fault: 'broken' }]
  return []
}

function chainOf(key: string): number {
  return createHash('sha256').update(key).digest()[0]! % AUDIT_CHAINS
}

function hashLine(line: Omit<StoredLine, 'hash'>): string {
  const content = [
    line.prevHash,
    line.chain,
    line.seq,
    line.at,
    line.actorId,
    line.actorName,
    line.orgPath,
    line.action,
    line.target,
    canonical(line.detail),
    line.requestId,
  ]
  return createHash('sha256').update(JSON.stringify(content)).digest('hex')
}

// jsonb keeps no key order, so the hash must not depend on it.
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`
  }
  return JSON.stringify(value) ?? 'null'
}
