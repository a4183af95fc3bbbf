import type { Evidence, FiledEvidence } from '@xueji/contracts/pipeline/evidence.api'
import type { Actor } from '@xueji/domain/access/roles'
import type { Clock } from '../platform/clock.ts'
import type { Executor, Transaction } from '../platform/db.ts'
import type { ReceivedFile } from '../platform/files.ts'
import type { Platform } from '../platform/platform.ts'
import { refuse } from '../platform/refusal.ts'
import { SETTINGS } from '../platform/settings.ts'
import type { CleanImage } from './image-protocol.ts'

/** Pictures one account may have waiting to be filed: nobody needs more, and nobody fills the disk. */
const MOST_PENDING = 200
const FILES_AT_ONCE = 500

const SHOWN = 'e.id, e.name, e.size, e.width, e.height'

/** Enters a picture that lies in the file store under its id: its uploader's alone until it is filed. */
export async function addEvidence(
  tx: Transaction,
  clock: Clock,
  actor: Actor,
  evidence: { readonly id: string; readonly name: string; readonly image: CleanImage } & ReceivedFile,
): Promise<Evidence> {
  const { id, name, image, size, sha256 } = evidence
  const [row] = await tx.query<Evidence>(
    `insert into evidence as e (id, org_path, account_id, uploader, name, kind, size, width, height, sha256, created_at)
     select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11
     where (select count(*) from evidence where account_id = $3 and item_id is null and gone_at is null) < $12 returning ${SHOWN}`,
    [
      id,
      actor.orgPath,
      actor.accountId,
      actor.displayName,
      name,
      image.kind,
      size,
      image.width,
      image.height,
      sha256,
      clock.now(),
      MOST_PENDING,
    ],
  )
  return row ?? refuse('evidence.pending')
}

/** Pictures to be filed with one item. */
export type EvidenceLink = { readonly itemId: string; readonly ids: readonly string[] }

/** A picture as it was filed: the hash goes into the caller's audit line. */
export type LinkedEvidence = { readonly id: string; readonly sha256: string }

/**
 * Files evidence with an item, in one statement whatever its number (REG-019, PROB-004, KEY-003): only what the caller uploaded and has not filed yet, and no
 * more than `evidence.maxCount` at a step. It takes over the item's place in the tree, so that whoever may see the item sees it, and keeps the round and step
 * the item stands at now; from here on nothing of it can be changed. Call it after the item has been written. Returns the hashes for the caller's audit line.
 */
export async function linkEvidence(
  tx: Transaction,
  clock: Clock,
  actor: Pick<Actor, 'accountId' | 'orgPath'>,
  ids: readonly string[],
  itemId: string,
): Promise<readonly LinkedEvidence[]> {
  return (await linkEvidenceSets(tx, clock, actor, [{ itemId, ids }])).get(itemId) ?? []
}

/** The same for many items in one statement; each has pictures of its own. Returns the hashes by item. */
export async function linkEvidenceSets(
  tx: Transaction,
  clock: Clock,
  actor: Pick<Actor, 'accountId' | 'orgPath'>,
  links: readonly EvidenceLink[],
): Promise<ReadonlyMap<string, readonly LinkedEvidence[]>> {
  const wanted = links.flatMap(({ itemId, ids }) => [...new Set(ids)].map((id) => ({ id, itemId })))
  if (wanted.length === 0) return new Map()
  const filed = await tx.query<LinkedEvidence & { itemId: string; most: number }>(
    `update evidence e set item_id = i.id, org_path = i.org_path, round = i.round, step = i.step, filed_at = $3
     from jsonb_to_recordset($1::jsonb) as w (id uuid, "itemId" uuid) join review_item i on i.id = w."itemId"
     where e.id = w.id and e.account_id = $2 and e.item_id is null and e.gone_at is null
     returning e.id, e.sha256, i.id as "itemId", coalesce((select s.value::int from setting s where s.key = 'evidence.maxCount' and starts_with($4, s.org_path)
       order by length(s.org_path) desc limit 1), $5) as most`,
    [JSON.stringify(wanted), actor.accountId, clock.now(), actor.orgPath, SETTINGS['evidence.maxCount']],
  )
  if (filed.length !== wanted.length) refuse('evidence.notYours')
  const found = new Map<string, LinkedEvidence[]>(links.map(({ itemId }) => [itemId, []]))
  for (const { id, sha256, itemId, most } of filed) {
    const own = found.get(itemId)!
    own.push({ id, sha256 })
    if (own.length > most) refuse('evidence.tooMany')
  }
  return found
}

/** A picture the caller may see: one filed within his range, or one of his own. */
export async function findEvidence(
  tx: Executor,
  actor: Pick<Actor, 'accountId'>,
  id: string,
): Promise<{ readonly kind: 'jpeg' | 'png'; readonly size: number; readonly itemId: string | null } | undefined> {
  const [row] = await tx.query<{ kind: 'jpeg' | 'png'; size: number; itemId: string | null }>(
    `select kind, size, item_id as "itemId" from evidence where id = $1 and gone_at is null and (item_id is not null or account_id = $2)`,
    [id, actor.accountId],
  )
  return row
}

/** What was filed with an item, in the order it was; undefined when the item is out of range. */
export async function listEvidence(tx: Executor, itemId: string): Promise<FiledEvidence[] | undefined> {
  const rows = await tx.query<Omit<FiledEvidence, 'id' | 'filedAt'> & { id: string | null; filedAt: Date }>(
    `select ${SHOWN}, e.uploader, e.round, e.step, e.filed_at as "filedAt" from review_item i left join evidence e on e.item_id = i.id
     where i.id = $1 order by e.filed_at, e.id limit 500`,
    [itemId],
  )
  if (rows.length === 0) return undefined
  return rows.flatMap(({ id, filedAt, ...row }) => (id ? [{ ...row, id, filedAt: filedAt.toISOString() }] : []))
}

/** How many pictures were filed with an item so far. */
export async function countEvidence(tx: Executor, itemId: string): Promise<number> {
  const [row] = await tx.query<{ n: number }>('select count(*)::int as n from evidence where item_id = $1', [itemId])
  return row!.n
}

/** Takes back a picture that has not been filed; its file goes with the next sweep. */
export async function dropEvidence(tx: Transaction, clock: Clock, actor: Actor, id: string): Promise<void> {
  const found = await findEvidence(tx, actor, id)
  if (!found) refuse('notFound')
  if (found.itemId) refuse('evidence.filed')
  const gone = await tx.query(
    'update evidence set gone_at = $2 where id = $1 and item_id is null and gone_at is null returning 1',
    [id, clock.now()],
  )
  if (gone.length === 0) refuse('evidence.filed')
}

/**
 * Removes evidence that was taken back or never filed (`evidence.keepDays`). It is marked first, so that nobody files what is about to go; the file goes before
 * its row: whoever is killed in between finds it named here again.
 */
export async function keepEvidence({ db, clock, files }: Pick<Platform, 'db' | 'clock' | 'files'>): Promise<void> {
  const now = clock.now()
  await db.system.query(
    `update evidence e set gone_at = $1 where item_id is null and gone_at is null
       and created_at < $1::timestamptz - make_interval(days => coalesce((select s.value::int from setting s
         where s.key = 'evidence.keepDays' and starts_with(e.org_path, s.org_path) order by length(s.org_path) desc limit 1), $2))`,
    [now, SETTINGS['evidence.keepDays']],
  )
  const gone = await db.system.query<{ id: string }>(
    `select id from evidence where gone_at is not null order by gone_at limit ${FILES_AT_ONCE}`,
  )
  for (const { id } of gone) await files.remove(id)
  if (gone.length > 0)
    await db.system.query('delete from evidence where id = any($1::uuid[]) and gone_at is not null', [
      gone.map(({ id }) => id),
    ])
}
