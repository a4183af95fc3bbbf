import { QUEUES } from '@xueji/db/queues'
import { applyAnswer, type CheckAnswer } from '@xueji/domain/duplicates/verdict'
import { type IdentityType, identityClassOf } from '@xueji/domain/identity/identity-type'
import type { ChainNode } from '@xueji/domain/review/chain'
import { afterCheck } from '@xueji/domain/review/machine'
import type { Transaction } from '../platform/db.ts'
import type { IdentityGateway } from '../platform/identity/identity-gateway.ts'
import { publishAll } from '../platform/live-events.ts'
import type { Platform } from '../platform/platform.ts'
import { endLease, leaseDue, secondsUntilDue } from './check-lease.ts'
import { appendEvents, SYSTEM } from './review-store.ts'
import { createTurns } from './turns.ts'

/** Items asked about in one go, and how many goes run side by side: a person the register hangs on holds up one of them, not all. */
const TAKE = 500
const LANES = 4
/** Lanes take items one after the other: those that wait hold no connection. */
const taking = createTurns(1)

/** Longest pause between two attempts on one item, in seconds (DUP-010, TIME-009). */
const LONGEST_PAUSE_SECONDS = 60

type DueItem = {
  id: string
  orgPath: string
  name: string
  identityType: IdentityType
  identityNumber: string
  chain: ChainNode[]
  round: number
  applicantId: string
  attempts: number
}

/**
 * Asks the national base and the population register about every item whose check is due (DUP-001…006), in sets: take, ask, write. What cannot be answered
 * stays 查重认证中 and is asked again later; nothing passes unchecked (DUP-010). Killed between asking and writing, the items come due again.
 */
export async function runIdentityCheck(platform: Platform, gateway: IdentityGateway): Promise<void> {
  await Promise.all(Array.from({ length: LANES }, () => runLane(platform, gateway)))
  const seconds = await secondsUntilDue(platform.db.system, platform.clock.now())
  // A key of its own: a delayed job must not keep an immediate one out.
  if (seconds !== undefined)
    await platform.jobs.send(
      QUEUES.identityCheck,
      {},
      { key: 'later', afterSeconds: Math.min(seconds, LONGEST_PAUSE_SECONDS) },
    )
}

async function runLane(platform: Platform, gateway: IdentityGateway): Promise<void> {
  for (;;) {
    const leaseId = platform.clock.newId()
    const end = await taking.take()
    const due = await platform.db.inSystem((tx) => takeDue(tx, leaseId, platform.clock.now())).finally(end)
    if (due.length === 0) return
    const answers = await ask(gateway, due)
    await platform.db.inSystem(async (tx) => {
      await writeAnswers(tx, platform, due, answers)
      await endLease(tx, leaseId)
    })
    const schools = [...new Set(due.map((item) => item.orgPath))]
    await publishAll(
      platform.db.system,
      schools.map((orgPath) => ({ topic: 'queue', id: 'identity-check', orgPath })),
    )
  }
}

async function takeDue(tx: Transaction, leaseId: string, now: Date): Promise<DueItem[]> {
  const ids = await leaseDue(tx, { id: leaseId, most: TAKE, now })
  if (ids.length === 0) return []
  return tx.query<DueItem>(
    `select id, org_path as "orgPath", student_name as name, identity_type as "identityType", identity_number as "identityNumber", chain, round,
       applicant_id as "applicantId", check_attempts as attempts from review_item where id = any($1::uuid[]) order by id`,
    [ids],
  )
}

type Answer = { readonly answer: CheckAnswer; readonly holder: string | null }

/** Duplicates first; only who is clear and holds a resident card is verified (DUP-001, DUP-002). */
async function ask(gateway: IdentityGateway, due: readonly DueItem[]): Promise<Map<string, Answer>> {
  const duplicates = await gateway.checkDuplicates(
    due.map(({ id, identityType, identityNumber }) => ({ ref: id, identityType, identityNumber })),
  )
  const answers = new Map<string, Answer>(
    duplicates.map((one) => [
      one.ref,
      { answer: { duplicate: one.outcome }, holder: 'holder' in one ? (one.holder?.provinceName ?? null) : null },
    ]),
  )
  const toVerify = due.filter(
    (item) => answers.get(item.id)?.answer.duplicate === 'clear' && identityClassOf(item.identityType) === 'resident',
  )
  const verified = await gateway.verifyIdentities(
    toVerify.map(({ id, name, identityNumber }) => ({ ref: id, name, identityNumber })),
  )
  for (const one of verified)
    answers.set(one.ref, { answer: { duplicate: 'clear', identity: one.outcome }, holder: null })
  return answers
}

async function writeAnswers(
  tx: Transaction,
  platform: Platform,
  due: readonly DueItem[],
  answers: ReadonlyMap<string, Answer>,
): Promise<void> {
  const now = platform.clock.now()
  const at = now.toISOString()
  // Taken back meanwhile, an item is asked about no more. By its key and before the rest: told of the state as well, the planner expects next to nothing
  // and goes through the whole table once for every answer.
  const live = await tx.query<{ id: string }>(
    `select id from review_item where id = any($1::uuid[]) and status = 'checking' order by id for no key update`,
    [due.map((item) => item.id)],
  )
  const still = new Set(live.map((row) => row.id))
  const waiting = due.filter((item) => still.has(item.id))
  if (waiting.length === 0) return
  const outcomes = waiting.map((item) => {
    const identityClass = identityClassOf(item.identityType) ?? 'resident'
    const given = answers.get(item.id) ?? { answer: { duplicate: 'unavailable' as const }, holder: null }
    const check = applyAnswer(identityClass, given.answer)
    const status = afterCheck({ identityClass }, check)
    const pause = Math.min(LONGEST_PAUSE_SECONDS, 2 ** Math.min(item.attempts + 1, 6))
    const first = item.chain[0]!
    return {
      item,
      id: item.id,
      status,
      duplicateStatus: check.duplicateStatus,
      verificationStatus: check.verificationStatus,
      fault: check.verificationFault ?? null,
      holder: given.holder,
      waitingPath: status === 'open' ? first.orgPath : null,
      waitingAct: status === 'open' ? first.act : null,
      nextCheckAt: status === 'checking' ? new Date(now.getTime() + pause * 1000).toISOString() : null,
    }
  })
  await tx.query(
    `update review_item i set status = w.status, duplicate_status = w."duplicateStatus", verification_status = w."verificationStatus", verification_fault = w.fault,
       duplicate_holder = w.holder, waiting_path = w."waitingPath", waiting_act = w."waitingAct", next_check_at = w."nextCheckAt",
       waiting_since = case when w.status = 'checking' then i.waiting_since else $2::timestamptz end,
       version = case when w.status = 'checking' then i.version else i.version + 1 end,
       check_attempts = i.check_attempts + 1
     from jsonb_to_recordset($1::jsonb) as w (id uuid, status text, "duplicateStatus" smallint, "verificationStatus" smallint, fault text, holder text,
       "waitingPath" text, "waitingAct" text, "nextCheckAt" timestamptz)
     where i.id = w.id`,
    [JSON.stringify(outcomes.map(({ item: _, ...row }) => row)), at],
  )
  const events = outcomes
    .filter((one) => one.status !== 'checking')
    .map(({ item, duplicateStatus, verificationStatus, fault }) => ({
      itemId: item.id,
      orgPath: item.orgPath,
      kind: 'check',
      round: item.round,
      step: null,
      opinion: '',
      detail: { duplicateStatus, verificationStatus, ...(fault ? { fault } : {}) },
      applicantId: item.applicantId,
    }))
  await appendEvents(tx, events, SYSTEM, at)
}
