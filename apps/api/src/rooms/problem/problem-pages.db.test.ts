import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { runExport } from '../../pipeline/export-run.ts'
import { askExport } from '../../testing/corridor.ts'
import { readExported } from '../../testing/exported-file.ts'
import { buildTestApp, type TestApp } from '../../testing/http.ts'
import { openProblemDesk, PROBLEM_PEOPLE } from '../../testing/problem-desk.ts'
import { buildWorld, type World } from '../../testing/world.ts'
import { findReviewRoom } from '../index.ts'
import type { IdentityRegister } from './problem.precheck.ts'

const ROOM = '/api/rooms/problem'
const at = PROBLEM_PEOPLE

let world: World
let test: TestApp
let desk: ReturnType<typeof openProblemDesk>
/** Numbers the register answers in a special way. */
const answers = { duplicate: new Set<string>(), notFound: new Set<string>(), away: new Set<string>() }
const register: IdentityRegister = {
  checkDuplicates: async (persons) =>
    persons.map(({ ref, identityNumber }) =>
      answers.away.has(identityNumber)
        ? { ref, outcome: 'unavailable' as const, reason: 'timeout' }
        : { ref, outcome: answers.duplicate.has(identityNumber) ? ('duplicate' as const) : ('clear' as const) },
    ) as never,
  verifyIdentities: async (persons) =>
    persons.map(({ ref, identityNumber }) => ({
      ref,
      outcome: answers.notFound.has(identityNumber) ? ('notFound' as const) : ('match' as const),
    })) as never,
}

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  test = await buildTestApp(world, { register })
  desk = openProblemDesk(world, test)
})
afterAll(async () => {
  await test.close()
  await world.database.drop()
})

describe('提交前的查重认证（PROB-008、flows §4.2）', () => {
  const amend = async (identityNumber: string) => {
    const { studentIds } = await desk.lone('notFound')
    const answer = await desk.file('registrar', studentIds[0]!, 'amend', {
      name: '赵一',
      identityType: '1',
      identityNumber,
    })
    const items = await desk.owner('select 1 from review_item where student_id = $1', [studentIds[0]])
    return { answer, filed: items.length }
  }

  it('本系统已有他人、全国库重复、公安部不认、服务不可用：都不提交，仍在待处理', async () => {
    const held = await desk.pair(['schoolC', 'farSchool'])
    const { identity } = await desk.studentOf(held.studentIds[1]!)
    const [twice, unknown, away] = [desk.newNumber(), desk.newNumber(), desk.newNumber()]
    answers.duplicate.add(twice)
    answers.notFound.add(unknown)
    answers.away.add(away)
    for (const [number, refusal, detail] of [
      [identity!, 'problem.numberHeld', '山东省教育厅'],
      [twice, 'problem.numberHeld', undefined],
      [unknown, 'problem.unverified', '身份证号不存在'],
      [away, 'problem.registerAway', undefined],
    ] as const) {
      const { answer, filed } = await amend(number)
      expect(desk.idOf(answer)).toBe(refusal)
      expect(answer.body.error.details?.[0]?.message).toBe(detail)
      expect(filed).toBe(0)
    }
  })

  it('PROB-007 同时改姓名和证件号、姓名不开放、号码不成号：提交即拒绝', async () => {
    const { studentIds } = await desk.lone('notFound')
    const send = (amendment: object) => desk.file('registrar', studentIds[0]!, 'amend', amendment)
    expect(desk.idOf(await send({ name: '赵二', identityType: '1', identityNumber: desk.newNumber() }))).toBe(
      'problem.nameAndNumber',
    )
    const { identity } = await desk.studentOf(studentIds[0]!)
    expect(desk.idOf(await send({ name: '赵二', identityType: '1', identityNumber: identity }))).toBe(
      'problem.nameClosed',
    )
    expect(desk.idOf(await send({ name: '赵一', identityType: '1', identityNumber: '44020320190520001' }))).toBe(
      'register.rowInvalid',
    )
    const mismatch = await desk.lone('nameMismatch')
    const own = await desk.studentOf(mismatch.studentIds[0]!)
    await desk.carryOut(at.school!, mismatch.studentIds[0]!, 'amend', {
      name: '赵二',
      identityType: '1',
      identityNumber: own.identity,
    })
    expect(await desk.studentOf(mismatch.studentIds[0]!)).toMatchObject({
      name: '赵二',
      number: `G${own.identity}`,
      problem: false,
    })
  })
})

describe('一次处理多名（peers 4）', () => {
  it('每名各有结果，一名不合不误他人；语句数与人数无关', async () => {
    const groups = [
      await desk.lone('notFound'),
      await desk.lone('notFound'),
      await desk.lone('checkCharacter'),
      await desk.pair(['schoolC', 'school']),
    ]
    const ids = groups.map((group) => group.studentIds.at(-1)!)
    const targets = await Promise.all(
      ids.map(async (studentId) => ({ studentId, evidenceIds: [await desk.evidenceOf('registrar')] })),
    )
    const answer = await desk.post('registrar', '/handlings', { handling: 'attest', targets })
    expect(answer.body.outcomes.map((one: { refusal: string | null }) => one.refusal)).toEqual([
      null,
      null,
      'problem.cannotAttest',
      'problem.locked',
    ])
    const { platform } = test
    const counted = async (work: () => Promise<unknown>): Promise<number> => {
      const before = platform.db.statementCount()
      await work()
      return platform.db.statementCount() - before
    }
    const count = async (n: number): Promise<number[]> => {
      const wanted: { studentId: string; evidenceIds: string[] }[] = []
      for (let index = 0; index < n; index++) {
        const [studentId] = (await desk.lone('notFound')).studentIds
        wanted.push({ studentId: studentId!, evidenceIds: [await desk.evidenceOf('registrar')] })
      }
      const filed = await counted(() => desk.post('registrar', '/handlings', { handling: 'attest', targets: wanted }))
      const items: { id: string }[] = []
      for (const { studentId } of wanted) items.push(await desk.itemOf(studentId))
      const ids = items.map((item) => item.id)
      await desk.post('leader', '/review-batches', { command: 'approve', ids })
      const decided = await counted(async () => {
        const done = await desk.post('county', '/review-batches', { command: 'approve', ids })
        expect(done.body).toMatchObject({ done: n, failed: 0 })
      })
      return [filed, decided]
    }
    const few = await count(2)
    const many = await count(30)
    // A session notes now and then that it was seen.
    for (const [index, statements] of many.entries()) expect(statements).toBeLessThanOrEqual(few[index]! + 2)
  })
})

describe('一组一页（DUP-007、PROB-025）', () => {
  it('本方全部字段；对方只有省份、学校、状态、处理方式；名单以外的人看不到', async () => {
    const { groupId, studentIds } = await desk.pair(['school', 'farSchool'])
    await desk.carryOut(at.school!, studentIds[0]!, 'attest')
    const seen = async (who: string) => (await (await test.as(who)).get(`${ROOM}/groups/${groupId}`)).body
    for (const [who, own, other] of [
      ['registrar', 0, 1],
      ['leaderFar', 1, 0],
      ['county', 0, 1],
      ['province', 0, 1],
    ] as const) {
      const view = await seen(who)
      expect(view.parties[own]).toMatchObject({ isOwn: true, record: { studentNumber: expect.any(String) } })
      expect(view.parties[other]).toMatchObject({
        isOwn: false,
        record: null,
        amendment: null,
        itemId: null,
        handlings: [],
        commands: [],
      })
      expect(view.parties[other].schoolName).toBeTruthy()
      expect(view.parties[other].same).toMatchObject({ identityNumber: true, name: false })
      const text = JSON.stringify(view)
      const secret = await desk.studentOf(studentIds[other]!)
      for (const value of [secret.name, secret.number]) expect(text.includes(value), `${who} sees ${value}`).toBe(false)
      if (who === 'leaderFar') {
        // Who decided, and in what words, is the other side's own.
        expect(text).not.toMatch(/registrar甲|leader甲|county甲/)
        expect(view.timeline.map((line: { title: string }) => line.title)).toContain(
          '历下小学：对方已佐证，解除锁定，请处理',
        )
      }
    }
    expect((await seen('ministry')).parties.every((party: { isOwn: boolean }) => party.isOwn)).toBe(true)
    for (const who of ['registrarB', 'sibling', 'leaderC'])
      expect((await (await test.as(who)).get(`${ROOM}/groups/${groupId}`)).status).toBe(404)
    expect((await (await test.as('clerk')).get(`${ROOM}/groups/${groupId}`)).status).toBe(403)
    expect(await seen('registrarFar')).toMatchObject({
      next: '历下小学（处理）',
      advice: '请本校处理：可选择变更、佐证、删除，均须上传证明材料',
    })
    expect(await seen('registrar')).toMatchObject({ advice: '正在等待历下小学（处理）' })
  })

  it('名单各归各处：处理、审核、仲裁、查询，省内与跨省分开（PROB-002）', async () => {
    const near = await desk.pair(['schoolB', 'school'])
    const far = await desk.pair(['schoolB', 'farSchool'])
    const list = async (who: string, body: object) =>
      (await desk.post(who, '/parties/search', { limit: 200, count: '1', ...body })).body.rows.map(
        (row: { groupId: string; statusText: string }) => row.groupId,
      ) as string[]
    expect(await list('registrarB', { view: 'handle', isCrossProvince: false })).toContain(near.groupId)
    expect(await list('registrarB', { view: 'handle', isCrossProvince: true })).toEqual([far.groupId])
    expect(await list('registrar', { view: 'handle', isLocked: true })).toContain(near.groupId)
    expect(await list('leaderB', { view: 'review' })).toEqual([])
    await desk.file('registrarB', near.studentIds[0]!, 'attest')
    expect(await list('leaderB', { view: 'review', handling: 'attest' })).toEqual([near.groupId])
    expect(await list('county', { view: 'review' })).not.toContain(near.groupId)
    await desk.decide('leaderB', near.studentIds[0]!)
    expect(await list('county', { view: 'review', schoolName: '第二' })).toContain(near.groupId)
    await desk.decide('county', near.studentIds[0]!)
    await desk.carryOut(at.school!, near.studentIds[1]!, 'attest')
    expect(await list('county', { view: 'arbitrate', isCrossProvince: false })).toContain(near.groupId)
    expect(await list('city', { view: 'arbitrate' })).not.toContain(near.groupId)
    expect(await list('farCounty', { view: 'all', studentName: '李明' })).toContain(far.groupId)
    expect(await list('otherProvince', { view: 'all' })).not.toContain(near.groupId)
  })

  it('首页：待本校处理、待审核、待仲裁各有几件，省内跨省分开', async () => {
    const lineOf = async (who: string, title: string) =>
      (await (await test.as(who)).get('/api/home')).body.queue.find((line: { title: string }) => line.title === title)
    const before = (await lineOf('registrarCity', '跨省问题学籍·待本校处理')).count
    const { studentIds } = await desk.pair(['cityDirect', 'farSchool'])
    expect(await lineOf('registrarCity', '跨省问题学籍·待本校处理')).toMatchObject({
      count: before + 1,
      page: 'problem/cross/handle',
    })
    await desk.file('registrarCity', studentIds[0]!, 'attest')
    expect((await lineOf('registrarCity', '跨省问题学籍·待本校处理')).count).toBe(before)
    expect(await lineOf('leaderCity', '跨省问题学籍·待审核')).toMatchObject({ count: 1, page: 'problem/cross/review' })
    expect(await lineOf('leaderCity', '省内问题学籍·待仲裁')).toBeUndefined()
    for (const who of ['leaderCity', 'city']) await desk.decide(who, studentIds[0]!)
    await desk.carryOut(at.farSchool!, studentIds[1]!, 'attest')
    expect(await lineOf('ministry', '跨省问题学籍·待仲裁')).toMatchObject({ count: 1, page: 'problem/cross/arbitrate' })
  })

  it('原因分组：本校待处理的按可能原因归在一起，建议号码只给本校自己的学生', async () => {
    const right = desk.newNumber()
    const wrong = `${right.slice(0, 12)}${right[13]}${right[12]}${right.slice(14)}`
    const { studentIds } = await desk.lone('checkCharacter', { identityNumber: wrong })
    const groups = (await (await test.as('registrar')).get(`${ROOM}/causes`)).body
    const slip = groups.find((group: { kind: string }) => group.kind === (wrong === right ? '' : 'swappedDigits'))
    expect(slip.rows.find((row: { studentId: string }) => row.studentId === studentIds[0])).toMatchObject({
      suggestion: right,
    })
    expect((await (await test.as('leader')).get(`${ROOM}/causes`)).status).toBe(403)
  })
})

describe('导出Excel（menu §3.1）', () => {
  it('按本列表的条件导出，号码为全号；审计里姓名、号码不写全', async () => {
    const { studentIds } = await desk.pair(['schoolB', 'schoolC'], ['导出甲', '导出乙'])
    const { platform } = test
    const id = await askExport(platform, world.actor('registrarB'), world.actor('leaderB'), {
      room: 'problem',
      list: 'parties',
      conditions: { view: 'all', own: { view: 'handle', studentName: '导出甲' } },
      columns: ['studentName', 'identityNumber', 'fault', 'statusText', 'otherProvince', 'otherStatus'],
    })
    await runExport(platform, findReviewRoom, id)
    const [job] = await desk.owner<{ file: string; words: string }>(
      'select file_id as file, conditions_text as words from export_job where id = $1',
      [id],
    )
    const { identity } = await desk.studentOf(studentIds[0]!)
    expect(await readExported(platform.files.pathOf(job!.file))).toEqual([
      {
        学生姓名: '导出甲',
        身份证件号: identity,
        错误类型: '省内重复',
        处理状态: '待处理',
        // The other side by its named fields, and no more of it (PROB-025).
        对方省份: '广东省',
        对方处理状态: '待对方先处理',
      },
    ])
    const preview = await desk.post('registrarB', '/exports/preview', {
      list: 'parties',
      conditions: { own: { view: 'handle', identityNumber: identity, isLocked: false } },
    })
    expect(preview.body).toMatchObject({ total: 1 })
    expect(JSON.stringify(preview.body.words)).toContain('待本校处理')
    for (const own of [{ view: 'nowhere' }, { problemType: 9 }, { studentName: 3 }])
      expect(
        desk.idOf(await desk.post('registrarB', '/exports/preview', { list: 'parties', conditions: { own } })),
      ).toBe('request.invalid')
    expect(JSON.stringify(preview.body.words)).not.toContain(identity)
    const lines = await desk.owner<{ detail: object }>(
      `select detail from audit_event where action = 'export.finish' and target = $1`,
      [id],
    )
    expect(JSON.stringify(lines)).toContain('导*')
    expect(JSON.stringify(lines)).not.toContain('导出甲')
  })
})

describe('时间线不可改', () => {
  it('应用账号不得改删，库主也被触发器拦下', async () => {
    for (const text of [
      'update problem_event set opinion = opinion',
      'delete from problem_event',
      'truncate problem_event',
    ]) {
      await expect(test.platform.db.inSystem((tx) => tx.query(text))).rejects.toThrow(/permission denied/)
      await expect(desk.owner(text)).rejects.toThrow(/append-only/)
    }
    await expect(test.platform.db.inSystem((tx) => tx.query('delete from problem_group'))).rejects.toThrow(
      /permission denied/,
    )
  })
})
