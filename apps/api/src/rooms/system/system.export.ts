import type { ConditionWords, ExportConditions } from '@xueji/contracts/pipeline/export.api'
import { ORG_LEVEL_WORDS } from '@xueji/contracts/platform/organization.api'
import { BUREAU_REGISTRARS } from '@xueji/domain/access/roles'
import { z } from 'zod'
import type { ExportList, ExportRoom } from '../../pipeline/export-list.ts'
import { momentText, type TextColumn, textsOf, writtenColumns } from '../../pipeline/export-whole.ts'
import { countLiveUsers, type LiveUser, listLiveUsers } from '../../platform/http/online-users.ts'
import { refuse } from '../../platform/refusal.ts'

/** Columns of 在线用户 (menu §9). */
const USER_COLUMNS: readonly TextColumn<LiveUser>[] = [
  ['username', '用户名', 24, (user) => user.username],
  ['displayName', '姓名', 14, (user) => user.displayName],
  ['orgName', '单位', 28, (user) => user.orgName],
  ['orgLevel', '单位级别', 12, (user) => ORG_LEVEL_WORDS[user.orgLevel] ?? user.orgLevel],
  ['ip', 'IP', 18, (user) => user.ip],
  ['signedInAt', '登录时间', 18, (user) => momentText(user.signedInAt)],
  ['lastSeenAt', '最后操作', 18, (user) => momentText(user.lastSeenAt)],
]

const Search = z.object({ search: z.string().trim().max(40).optional() })

/** 在线用户 as a list to be exported (SEC-002). An office has one system administrator as a rule: a registrar of it may authorise. */
const sessionExport: ExportList = {
  name: 'sessions',
  title: '在线用户',
  readers: ['systemAdministrator', ...BUREAU_REGISTRARS, 'ministryRegistrar'],
  askers: ['systemAdministrator'],
  namesChildren: false,
  columns: writtenColumns('在线用户', USER_COLUMNS),
  describe: async (_db, conditions) => describe(parseOwn(conditions)),
  count: (db, { now }, conditions, most) => countLiveUsers(db, now, parseOwn(conditions).search, most),
  read: ({ now }, conditions, chosen) => {
    const { search } = parseOwn(conditions)
    const write = textsOf(USER_COLUMNS, chosen)
    return async (db, after, limit) => {
      const from = after as readonly [Date, string] | undefined
      const users = await listLiveUsers(db, { now, search, limit, ...(from ? { after: from } : {}) })
      const last = users.at(-1)
      return { rows: users.map(write), ...(last ? { last: [last.lastSeenAt, last.sessionKey] } : {}) }
    }
  },
}

/** The lists of 系统管理 that can be exported. */
export const systemLists: ExportRoom = { name: 'system', title: '系统管理', lists: [sessionExport] }

const parseOwn = ({ own }: ExportConditions): z.infer<typeof Search> =>
  Search.safeParse(own ?? {}).data ?? refuse('request.invalid', [{ field: 'own', message: '查询条件不符合要求' }])

const describe = ({ search }: z.infer<typeof Search>): ConditionWords[] =>
  search ? [{ label: '用户', text: search }] : []
