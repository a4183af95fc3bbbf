import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type AuditAnchor, verifyAudit } from '../apps/api/src/platform/audit.ts'
import { createDatabase, JOB_LIMITS } from '../apps/api/src/platform/db.ts'
import { openDatabase } from './lib/system.ts'

const FAULTS = {
  edited: '内容被改动',
  broken: '链条断开',
  missing: '缺少记录',
  cutTail: '末尾被截断',
  stray: '多出记录',
} as const

const dataFolder = resolve(process.env.XUEJI_DATA ?? 'data')
const database = await openDatabase(dataFolder, Number(process.env.XUEJI_PORT ?? 8400), console.log, {
  joinRunning: true,
})
const db = createDatabase(database.url, JOB_LIMITS)
try {
  const { lines, faults } = await verifyAudit(db.system, readAnchors(join(dataFolder, 'audit-anchors.jsonl')))
  for (const fault of faults) console.log(`链 ${fault.chain} 第 ${fault.seq} 条：${FAULTS[fault.fault]}`)
  console.log(
    faults.length === 0
      ? `审计记录完整：共 ${lines} 条，未发现改动。`
      : `共 ${lines} 条，发现 ${faults.length} 处异常。`,
  )
  process.exitCode = faults.length === 0 ? 0 : 1
} finally {
  await db.close()
  await database.stop()
}
process.exit(process.exitCode)

/** Every anchored head: a chain must still hold each of them. */
function readAnchors(file: string): AuditAnchor[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .flatMap((line) => (JSON.parse(line) as { heads: AuditAnchor[] }).heads)
}
