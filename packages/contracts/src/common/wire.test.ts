import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { IssueRowQuery } from '../pipeline/import.api.ts'
import {
  BatchCommandRequest,
  CommandRequest,
  CorrectionRequest,
  ItemFilter,
  ItemQuery,
  SummaryQuery,
} from '../pipeline/review.api.ts'
import { ChangePasswordRequest, ForceOutRequest, LoginRequest } from '../platform/auth.api.ts'
import { CreateClassRequest, CreateGradeRequest, OrganizationQuery, RegionQuery } from '../platform/organization.api.ts'
import { COUNT_CAP, Day, Done, ErrorBody, Id, Instant, PageQuery, pageOf } from './wire.ts'

const ID = '01990000-0000-7000-8000-000000000001'

describe('基本类型', () => {
  it.each<[string, z.ZodType, unknown, boolean]>([
    ['标识', Id, ID, true],
    ['标识:不是 UUID', Id, '1', false],
    ['时刻', Instant, '2026-09-01T08:00:00.000Z', true],
    ['时刻:没有时区', Instant, '2026-09-01T08:00:00', false],
    ['日期', Day, '2026-09-01', true],
    ['日期:不存在', Day, '2026-02-30', false],
    ['日期:紧凑写法', Day, '20260901', false],
    ['办毕', Done, { ok: true }, true],
    ['办毕只能是 true', Done, { ok: false }, false],
    ['错误体', ErrorBody, { error: { id: 'notFound', message: '没有', requestId: 'r' } }, true],
    ['错误体缺请求编号', ErrorBody, { error: { id: 'notFound', message: '没有' } }, false],
  ])('%s', (_title, schema, value, accepted) => {
    expect(schema.safeParse(value).success).toBe(accepted)
  })

  it('一页:行按所给模式检查,总数封顶在十万', () => {
    const page = pageOf(z.object({ id: Id }))
    expect(page.safeParse({ rows: [{ id: ID }], next: 'k', total: COUNT_CAP, capped: true }).success).toBe(true)
    expect(page.safeParse({ rows: [] }).success).toBe(true)
    expect(page.safeParse({ rows: [{ id: '1' }] }).success).toBe(false)
    expect(page.safeParse({ rows: [], total: 1.5 }).success).toBe(false)
    expect(page.safeParse({}).success).toBe(false)
    expect(COUNT_CAP).toBe(100_000)
  })
})

describe('请求的界限', () => {
  it('QRY-008 缺省每页 20 条,条数可由查询串给出', () => {
    expect(PageQuery.parse({})).toEqual({ limit: 20 })
    expect(PageQuery.parse({ limit: '50' }).limit).toBe(50)
    expect(ItemQuery.parse({})).toEqual({ limit: 20, view: 'all' })
    expect(SummaryQuery.parse({ view: 'review' })).toEqual({ view: 'review', limit: 20 })
  })

  it('缺省意见为空,首尾空白去掉', () => {
    expect(CommandRequest.parse({ command: 'approve', version: 1 }).opinion).toBe('')
    expect(CommandRequest.parse({ command: 'refuse', opinion: ' 材料不全 ', version: 1 }).opinion).toBe('材料不全')
    expect(BatchCommandRequest.parse({ command: 'approve', ids: [ID] }).opinion).toBe('')
    expect(CreateClassRequest.parse({ gradeId: ID, classType: '10' }).count).toBe(1)
    expect(LoginRequest.parse({ username: ' xa ', password: ' p ' })).toEqual({ username: 'xa', password: ' p ' })
  })

  it.each<[string, z.ZodType, unknown, boolean]>([
    ['每页 1 条', PageQuery, { limit: 1 }, true],
    ['每页 200 条', PageQuery, { limit: 200 }, true],
    ['每页 0 条', PageQuery, { limit: 0 }, false],
    ['每页 201 条', PageQuery, { limit: 201 }, false],
    ['每页半条', PageQuery, { limit: 1.5 }, false],
    ['续页键过长', PageQuery, { after: 'x'.repeat(201) }, false],
    ['要总数', PageQuery, { count: '1' }, true],
    ['要总数的写法只有一种', PageQuery, { count: 'true' }, false],
    ['登录缺用户名', LoginRequest, { username: ' ', password: 'x' }, false],
    ['登录缺密码', LoginRequest, { username: 'x', password: '' }, false],
    ['登录密码过长', LoginRequest, { username: 'x', password: 'x'.repeat(129) }, false],
    ['改密码', ChangePasswordRequest, { oldPassword: 'a', newPassword: 'b' }, true],
    ['改密码缺新密码', ChangePasswordRequest, { oldPassword: 'a', newPassword: '' }, false],
    ['SEC-003 删除所有', ForceOutRequest, { all: true }, true],
    ['SEC-003 删除所有不能为否', ForceOutRequest, { all: false }, false],
    ['SEC-003 删除所选', ForceOutRequest, { sessionKeys: ['a'.repeat(64)] }, true],
    ['SEC-003 删除所选为空', ForceOutRequest, { sessionKeys: [] }, false],
    ['SEC-003 会话键长度不对', ForceOutRequest, { sessionKeys: ['a'] }, false],
    ['审核', CommandRequest, { command: 'refuse', version: 1 }, true],
    ['审核:没有重提(另有入口)', CommandRequest, { command: 'resubmit', version: 1 }, false],
    ['F-008 审核须带版本', CommandRequest, { command: 'approve' }, false],
    ['审核意见 500 字', CommandRequest, { command: 'refuse', opinion: '意'.repeat(500), version: 1 }, true],
    ['审核意见 501 字', CommandRequest, { command: 'refuse', opinion: '意'.repeat(501), version: 1 }, false],
    ['批量:按条件', BatchCommandRequest, { command: 'approve', filter: { category: 'R11' } }, true],
    ['批量:一个也没有选', BatchCommandRequest, { command: 'approve', ids: [] }, false],
    ['批量:5000 个', BatchCommandRequest, { command: 'approve', ids: Array(5000).fill(ID) }, true],
    ['批量:5001 个', BatchCommandRequest, { command: 'approve', ids: Array(5001).fill(ID) }, false],
    ['修改', CorrectionRequest, { values: { name: '张三' }, version: 2 }, true],
    ['修改:值过长', CorrectionRequest, { values: { name: 'x'.repeat(501) }, version: 2 }, false],
    ['修改:键过长', CorrectionRequest, { values: { ['k'.repeat(61)]: 'x' }, version: 2 }, false],
    ['修改:值不是文字', CorrectionRequest, { values: { name: 1 }, version: 2 }, false],
    ['条件:未知状态', ItemFilter, { status: 'open' }, false],
    ['条件:待上报', ItemFilter, { status: 'escalate' }, true],
    ['条件:未查重认证', ItemFilter, { check: 'unchecked' }, true],
    ['条件:日期不存在', ItemFilter, { appliedFrom: '2026-02-30' }, false],
    ['列表:未知视图', ItemQuery, { view: 'mine' }, false],
    ['汇总须说明哪个视图', SummaryQuery, {}, false],
    ['问题行:按代码', IssueRowQuery, { code: 'shape.required', severity: 'error' }, true],
    ['问题行:未知程度', IssueRowQuery, { severity: 'fatal' }, false],
    ['建年级', CreateGradeRequest, { stage: 1, entryYear: 2026 }, true],
    ['建年级:没有第四学段', CreateGradeRequest, { stage: 4, entryYear: 2026 }, false],
    ['建年级:入学年份过早', CreateGradeRequest, { stage: 1, entryYear: 1989 }, false],
    ['建班:一次 20 个', CreateClassRequest, { gradeId: ID, classType: '10', count: 20 }, true],
    ['建班:一次 21 个', CreateClassRequest, { gradeId: ID, classType: '10', count: 21 }, false],
    ['建班:类型两位', CreateClassRequest, { gradeId: ID, classType: '1' }, false],
    ['机构:按级', OrganizationQuery, { level: 'county' }, true],
    ['机构:没有部一级的查询', OrganizationQuery, { level: 'ministry' }, false],
    ['机构:查询文字为空', OrganizationQuery, { search: ' ' }, false],
    ['区划:上级 6 位', RegionQuery, { parentCode: '440200' }, true],
    ['区划:上级 12 位', RegionQuery, { parentCode: '440200000000' }, false],
  ])('%s', (_title, schema, value, accepted) => {
    expect(schema.safeParse(value).success).toBe(accepted)
  })
})
