import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ISSUE_CATALOGUE, wordIssue } from './catalogue.ts'
import { FILE_REFUSALS, REFUSALS, type RefusalId, refusalMessage, refusalStatus } from './refusals.ts'

/** Sources of the two pure packages, tests apart. */
const SOURCES = ['../../../domain/src', '..'].flatMap((folder) => {
  const root = new URL(folder, import.meta.url).pathname
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.endsWith('issues/catalogue.ts'))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
})

/** String literals 'prefix.name' of the sources, with the files they stand in. */
function literals(prefixes: string, except = /$^/): Map<string, string> {
  const found = new Map<string, string>()
  for (const { path, text } of SOURCES)
    if (!except.test(path))
      for (const [, code] of text.matchAll(new RegExp(`'((?:${prefixes})\\.[a-zA-Z]+)'`, 'g'))) found.set(code!, path)
  return found
}

const ISSUE_CODES = literals(
  'shape|cell|identity|duplicate|register|region|category|guardian|check',
  /(refusals|setting\.api)\.ts$/,
)
const PARAMS = {
  max: 50,
  suggestion: '汉族',
  region: '440299',
  expected: '2020-03-15',
  rows: '3、4',
  where: '山东省',
  year: 2026,
  from: 6,
  to: 10,
  age: 5,
  member: 1,
  fault: 'nameMismatch',
  identityClass: 'overseas',
}
const HAN = /\p{Script=Han}/u

describe('问题目录（architecture §6.7）', () => {
  it('源代码里确实找得到问题代码', () => {
    expect(ISSUE_CODES.size).toBeGreaterThan(45)
    for (const code of ['shape.required', 'identity.checkCharacter', 'guardian.sameAsStudent', 'register.numberTaken'])
      expect(ISSUE_CODES.has(code)).toBe(true)
  })

  it.each([...ISSUE_CODES])('%s（%s）有措辞', (code) => {
    expect(Object.hasOwn(ISSUE_CATALOGUE, code)).toBe(true)
  })

  it.each(Object.keys(ISSUE_CATALOGUE))('%s 的两句话都是中文，参数齐全', (code) => {
    const { message, advice } = wordIssue({ code, value: '某值', params: PARAMS }, '姓名')
    for (const sentence of [message, advice]) {
      expect(sentence).toMatch(HAN)
      expect(sentence).not.toMatch(/undefined|NaN|\[object|null|\$\{/)
      expect(sentence).toBe(sentence.trim())
    }
    expect(message).not.toBe(advice)
  })

  it('REG-008、REG-009 措辞依规定', () => {
    const say = (code: string, label: string, params = {}) => wordIssue({ code, params }, label).message
    expect(say('shape.required', '籍贯')).toBe('籍贯不能为空')
    expect(say('shape.code', '民族')).toBe('民族填写不正确')
    expect(say('shape.personName', '成员1姓名')).toBe('成员1姓名格式不正确')
    expect(say('register.entryAge', '出生日期')).toBe('入学年龄不符合要求')
  })

  it.each<[string, Record<string, string | number>, string]>([
    ['shape.code', { suggestion: '汉族' }, '请填“汉族”，或从下拉列表中选择'],
    ['shape.code', {}, '请从该列的下拉列表中选择，填写名称'],
    ['shape.tooLong', { max: 50 }, '请缩短到50个字符以内'],
    ['register.notThisYear', { year: 2026 }, '小学新生只能注册到 2026 年入学的一年级，例如 202609'],
    ['register.otherSchool', { expected: '2144000001' }, '本校标识码是 2144000001，请核对是否误用了其他学校的名单'],
    ['identity.birthDateMismatch', { expected: '2020-03-15' }, '证件号中的出生日期是 2020-03-15，请核对'],
    [
      'register.entryAge',
      { year: 2026, from: 6, to: 10, age: 5 },
      '2026 年 8 月 31 日应满 6 至 10 周岁，按出生日期为 5 周岁',
    ],
  ])('%s %j 的建议用上参数', (code, params, advice) => {
    expect(wordIssue({ code, params }, '该列').advice).toBe(advice)
  })

  it.each<[string, Record<string, string | number>, string]>([
    ['duplicate.inFile', { rows: '3、4' }, '身份证件号与第 3、4 行重复'],
    ['duplicate.elsewhere', { where: '山东省' }, '该身份证件号已由山东省登记'],
    ['identity.regionUnknown', { region: '440299' }, '身份证件号前 6 位 440299 不在现行区划表中'],
    ['guardian.relationNoteMissing', { member: 2 }, '成员2关系说明不能为空'],
    ['register.nationalityNotChina', { identityClass: 'undocumented' }, '国籍/地区填写不正确'],
    ['register.nationalityNotChina', { identityClass: 'resident' }, '国籍/地区与居民身份证不一致'],
    ['category.compulsoryOnly', {}, '高中阶段身份证件号只能填“否”'],
    ['check.unverified', { fault: 'nameMismatch' }, '人口库认证不通过：身份证号与姓名不匹配'],
    ['check.unverified', { fault: 'notFound' }, '人口库认证不通过：身份证号不存在'],
  ])('%s %j 的问题用上参数', (code, params, message) => {
    expect(wordIssue({ code, params }, '身份证件号').message).toBe(message)
  })

  it('没有参数也有话说', () => {
    expect(wordIssue({ code: 'shape.code' }, '民族')).toEqual({
      message: '民族填写不正确',
      advice: '请从该列的下拉列表中选择，填写名称',
    })
  })

  it.each(['no.such', '', 'constructor', '__proto__'])('没有措辞的代码 %j 是程序错误', (code) => {
    expect(() => wordIssue({ code }, '姓名')).toThrow(`issue ${code} has no wording`)
  })
})

describe('整体拒绝（architecture §6.15）', () => {
  const ids = Object.keys(REFUSALS) as RefusalId[]

  it.each(ids)('%s:状态码合法，有中文说明', (id) => {
    expect([400, 401, 403, 404, 409, 410, 413, 422, 423, 429, 500, 503]).toContain(refusalStatus(id))
    expect(refusalMessage(id)).toMatch(HAN)
    expect(refusalMessage(id)).not.toMatch(/undefined|\$\{/)
  })

  it.each<[number, string, RegExp]>([
    [400, '请求本身不成立', /^(request\.(invalid|keyMissing)|(import|evidence|photo)\.noFile)$/],
    [401, '须（重新）登录', /^auth\.(required|invalid)$/],
    [
      403,
      '不许',
      /^(auth\.(passwordExpired|mustChangePassword|csrf)|forbidden|review\.(notYourStep|selfReview)|problem\.notArbiter)$/,
    ],
    [404, '没有，或不在范围内', /^notFound$/],
    [410, '曾有，已删除', /^export\.gone$/],
    [413, '过大', /^((request|import|evidence)\.tooLarge|photo\.packageTooLarge)$/],
    [
      422,
      '内容不合要求',
      /^(auth\.(wrong|weak)Password|review\.(opinionRequired|batchTooLarge)|register\.rowInvalid|(preschool|vocational)\.lineInvalid|export\.(ownAccount|notAuthorised|unknownColumn|tooMany|tooManyPhotos)|import\.cellUnknown|photo\.(format|wrongName|tooLarge|notImage|damaged|animated|trailing|tooManyPixels|tooSlow|tooSmall|wrongRatio|otherSchool|noStudent|notInTarget|ambiguous|twice)|evidence\.(wrongName|notImage|wrongKind|damaged|animated|trailing|tooManyPixels|tooSlow|tooMany)|problem\.(verdicts|nothingAmended|amendmentMissing|nameAndNumber|nameClosed|formalToUndocumented|guardianCard)|class\.type|grade\.stage|setting\.value|workflow\.(notUpward|must\w+|unknownBusiness))$/,
    ],
    [423, '账号锁定', /^auth\.locked$/],
    [429, '过于频繁', /^request\.tooMany$/],
    [500, '程序错误', /^internal$/],
    [503, '暂时不可用', /^(unavailable|problem\.registerAway)$/],
  ])('%i(%s)', (status, _title, which) => {
    expect(ids.filter((id) => refusalStatus(id) === status)).toEqual(ids.filter((id) => which.test(id)))
    expect(ids.some((id) => which.test(id))).toBe(true)
  })

  it('领域里每个审核、流程、取号的拒绝理由都有说明', () => {
    const found = [
      ...literals('review|workflow|problem|business', /refusals\.ts$/).keys(),
      'register.numberTaken',
      'register.numbersExhausted',
    ]
    expect(found.length).toBeGreaterThan(12)
    expect(found.filter((id) => !Object.hasOwn(REFUSALS, id))).toEqual([])
  })

  it.each(['preschool', 'vocational'])('%s 接续的每个理由都有说明，或作为问题，或作为拒绝', (room) => {
    const found = [...literals(room, /(refusals|setting\.api)\.ts$/).keys()]
    expect(found.length).toBeGreaterThan(10)
    expect(found.filter((id) => !Object.hasOwn(REFUSALS, id) && !Object.hasOwn(ISSUE_CATALOGUE, id))).toEqual([])
  })

  it.each(Object.entries(FILE_REFUSALS))('文件问题 %s:标题与办法都是中文，彼此不同', (_code, [title, advice]) => {
    expect(title).toMatch(HAN)
    expect(advice).toMatch(HAN)
    expect(title).not.toBe(advice)
  })
})
