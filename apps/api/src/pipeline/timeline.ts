import type { TimelineEntry } from '@xueji/contracts/pipeline/review.api'
import { ROLES, reviewerRoleOf } from '@xueji/domain/access/roles'
import { type VerificationFault, verificationFaultText } from '@xueji/domain/duplicates/verdict'
import type { ChainNode } from '@xueji/domain/review/chain'
import type { StoredItem } from './review-store.ts'

/** An event as stored. */
export type StoredEvent = {
  kind: string
  round: number
  step: number | null
  opinion: string
  detail: {
    duplicateStatus?: number
    verificationStatus?: number
    fault?: VerificationFault
    studentNumber?: string
  } | null
  actorName: string
  actorOrg: string
  at: Date
}

const TITLES: Readonly<Record<string, string>> = {
  submit: '发起注册',
  approve: '审核通过',
  refuse: '审核不通过',
  escalate: '上报',
  resubmit: '修改后重新提交',
  remove: '删除',
  recall: '撤回',
  end: '查重不通过，系统结束该业务',
  effect: '注册完成',
}

/** What happened, who has the item now and since when, and who is next: one line each (peers 10). */
export function timelineOf(
  item: StoredItem & { readonly waitingSince: Date },
  events: readonly StoredEvent[],
): TimelineEntry[] {
  return [...events.map(pastEntry), ...openEntries(item)]
}

/** Who has the item now, in words. */
export function holderOf(item: Pick<StoredItem, 'status' | 'chain' | 'step' | 'orgName'>): string {
  const node = item.chain[item.step]
  switch (item.status) {
    case 'checking':
      return '系统正在查重认证'
    case 'duplicate':
      return '系统将结束该业务'
    case 'open':
      return node ? `${node.orgName}(${roleName(node)})` : ''
    case 'returned':
      return `${item.orgName}(${ROLES.schoolRegistrar.name})`
    default:
      return '已办结'
  }
}

function pastEntry(event: StoredEvent): TimelineEntry {
  const refused =
    event.kind === 'refuse' || event.kind === 'end' || (event.kind === 'check' && event.detail?.duplicateStatus === 3)
  return {
    kind: event.kind,
    title: event.kind === 'check' ? checkTitle(event.detail ?? {}) : (TITLES[event.kind] ?? event.kind),
    who: event.actorName,
    org: event.actorOrg,
    opinion: event.kind === 'effect' ? '分配全国学籍号' : event.opinion,
    at: event.at.toISOString(),
    state: refused ? 'refused' : 'done',
    round: event.round,
  }
}

function checkTitle(detail: NonNullable<StoredEvent['detail']>): string {
  if (detail.duplicateStatus === 3) return '查重不通过'
  if (detail.verificationStatus === 3)
    return `查重通过，认证不通过：${verificationFaultText(detail.fault ?? 'notFound')}`
  return '查重认证通过'
}

function openEntries(item: StoredItem & { readonly waitingSince: Date }): TimelineEntry[] {
  const since = item.waitingSince.toISOString()
  if (item.status === 'checking') return [current('查重认证中', '系统', '', since, item.round), ...coming(item, 0)]
  if (item.status === 'returned')
    return [current('待修改后重新提交', ROLES.schoolRegistrar.name, item.orgName, since, item.round)]
  if (item.status !== 'open') return []
  const node = item.chain[item.step]!
  return [current(titleOf(node), roleName(node), node.orgName, since, item.round), ...coming(item, item.step + 1)]
}

const coming = (item: StoredItem, from: number): TimelineEntry[] =>
  item.chain.slice(from).map((node) => ({
    kind: node.act,
    title: titleOf(node),
    who: roleName(node),
    org: node.orgName,
    opinion: '',
    at: null,
    state: 'coming',
    round: item.round,
  }))

const current = (title: string, who: string, org: string, at: string, round: number): TimelineEntry => ({
  kind: 'waiting',
  title,
  who,
  org,
  opinion: '',
  at,
  state: 'current',
  round,
})

const titleOf = (node: ChainNode): string =>
  node.act === 'escalate' ? '待上报' : node.level === 'school' ? '待学校审核' : '待主管部门审核'

const roleName = (node: ChainNode): string =>
  node.act === 'escalate' ? ROLES.schoolRegistrar.name : ROLES[reviewerRoleOf(node.level)].name
