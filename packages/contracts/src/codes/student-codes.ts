import type { CodeTable } from './code-table.ts'
import { defineCodeList, defineCodes } from './code-table.ts'

/** 是/否. */
export const YESNO: CodeTable = defineCodes('YESNO', '1-是 0-否')
/** 性别 (GB/T 2261.1); the registry admits only these two (codes 2.1). */
export const GENDER: CodeTable = defineCodes('GENDER', '1-男 2-女', { 男性: '1', 女性: '2' })
/** 身份证件类型 of students (codes 2.2). */
export const IDTYPE: CodeTable = defineCodeList(
  'IDTYPE',
  [
    ['1', '居民身份证'],
    ['6', '香港特区护照/身份证明'],
    ['7', '澳门特区护照/身份证明'],
    ['8', '台湾居民来往大陆通行证'],
    ['9', '境外永久居住证'],
    ['A', '护照'],
    ['Z', '其他'],
  ],
  { 境外永久居留证: '9', 身份证: '1' },
)
/** 身份证件类型 of family members: also the household book (codes 2.2). */
export const IDTYPE_GUARDIAN: CodeTable = defineCodeList(
  'IDTYPE_GUARDIAN',
  [...IDTYPE.entries.slice(0, -1).map((entry) => [entry.code, entry.name] as const), ['B', '户口簿'], ['Z', '其他']],
  { 户口薄: 'B', 户口本: 'B', 身份证: '1', 境外永久居留证: '9' },
)
/** 港澳台侨外 (codes 2.6). */
export const HMT: CodeTable = defineCodes(
  'HMT',
  '00-否 01-香港同胞 02-香港同胞亲属 03-澳门同胞 04-澳门同胞亲属 05-台湾同胞 06-台湾同胞亲属 11-华侨 12-侨眷 13-归侨 14-归侨子女 21-归国留学人员 31-非华裔中国人 41-外籍华裔人 51-外国人 99-其他',
)
/** 政治面貌 (GB/T 4762, the four the registry offers; codes 2.7). */
export const POLITICAL: CodeTable = defineCodes('POLITICAL', '01-中共党员 02-中共预备党员 03-共青团员 13-群众', {
  中国共产党党员: '01',
  中国共产党预备党员: '02',
  中国共产主义青年团团员: '03',
  少先队员: '13',
})
/** 健康状况 (codes 2.8). */
export const HEALTH: CodeTable = defineCodes('HEALTH', '10-健康或良好 20-一般或较弱 30-有慢性病 40-有生理缺陷 50-残疾')
/** 户口性质 (codes 2.9). */
export const HUKOU: CodeTable = defineCodes('HUKOU', '1-农业户口 2-非农业户口', { 农业: '1', 非农业: '2' })
/** 入学方式 (codes 2.10). */
export const ENROLL: CodeTable = defineCodes(
  'ENROLL',
  '11-就近入学 12-义务教育阶段其他 21-统一招生考试/普通入学 22-体育特招 23-艺术特招 99-高中阶段其他',
)
/** 就读方式 (codes 2.11). */
export const BOARD: CodeTable = defineCodes('BOARD', '1-走读 2-住校')
/** 学生来源 (codes 2.12). */
export const SOURCE: CodeTable = defineCodes('SOURCE', '1-正常入学 2-借读 9-其他')
/** 与学生关系 (GB/T 4761; codes 2.18): the five offered, the finer ones accepted on import. */
export const RELATION: CodeTable = defineCodes('RELATION', '51-父亲 52-母亲 60-祖父母或外祖父母 70-兄弟姐妹 99-其他', {
  祖父: '60',
  祖母: '60',
  外祖父: '60',
  外祖母: '60',
})
/** 血型 (codes 2.19). */
export const BLOOD: CodeTable = defineCodes(
  'BLOOD',
  '0-未知血型 1-A血型 2-B血型 3-AB血型 4-O血型 5-RH阳性血型 6-RH阴性血型 7-HLA血型 8-未定血型 9-其他血型',
  { A型: '1', B型: '2', AB型: '3', O型: '4' },
)
/** 上下学交通方式 (codes 2.20). */
export const COMMUTE: CodeTable = defineCodes(
  'COMMUTE',
  '1-步行 2-自行车(含摩托车、电动自行车) 3-公共交通(含城市公交、农村客运、地铁) 4-家长自行接送 5-校车 9-其他',
  { 自行车: '2', 公共交通: '3' },
)
/** 就读状态 (codes 2.22). */
export const STATUS: CodeTable = defineCodes(
  'STATUS',
  'ZX-在校 XX-休学 YSCX-疑似辍学 CX-辍学 CJ-出境 SZ-失踪 TX-退学 KC-开除 QTLX-其他离校 SW-死亡 QZZ-去中职就读 ZC-转出 BY-毕业 JY-结业 YY-肄业 SC-已删除',
)
/** 教育阶段 (codes 2.21). */
export const STAGE: CodeTable = defineCodes('STAGE', '1-小学 2-初中 3-高中')
/** 注册类别 (codes 2.24). */
export const REGCAT: CodeTable = defineCodes(
  'REGCAT',
  'R11-居民身份证小学新生注册 R12-港澳台和外籍小学新生注册 R13-无身份证件小学新生注册 R21-居民身份证非小学新生注册 R22-港澳台和外籍非小学新生注册 R23-无身份证件非小学新生注册',
)
/** 问题学籍类型 (codes 3.4). */
export const PROBLEM_TYPE: CodeTable = defineCodes(
  'PROBLEM_TYPE',
  '1-身份证件号错误 2-身份证件号重复 3-姓名性别出生日期重复',
)
/** 处理状态 of 学前调档名单 (codes 3.1). */
export const MATCH: CodeTable = defineCodes('MATCH', '1-已匹配学前学籍 2-待确认学前学籍 3-未查到学前学籍')
/** 是否完成补录 (codes 3.1). */
export const SUPPLEMENT: CodeTable = defineCodes('SUPPLEMENT', '0-未补录 1-已补录')
/** 学籍注册状态 of 学前调档名单 (codes 3.1). */
export const ROSTER_REGISTRATION: CodeTable = defineCodes('ROSTER_REGISTRATION', '0-未完成注册 1-注册中 2-已完成注册')
