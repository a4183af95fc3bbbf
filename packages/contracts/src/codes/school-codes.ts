import type { CodeTable } from './code-table.ts'
import { defineCodeList, defineCodes } from './code-table.ts'

/** 办学类型 (GB/T 33782; codes 2.26). */
export const SCHTYPE: CodeTable = defineCodes(
  'SCHTYPE',
  '211-小学 218-小学教学点 311-初级中学 312-九年一贯制学校 321-职业初中 341-完全中学 342-高级中学 345-十二年一贯制学校 371-工读学校 511-盲人学校 512-聋人学校 513-弱智学校 514-其他特教学校',
)
/** 流程用办学类型 (codes 2.27). */
export const FLOWSCH: CodeTable = defineCodes('FLOWSCH', 'ordinary-普通中小学 special-特教学校 reform-工读学校')
/** 驻地城乡类型 (codes 2.28). */
export const URBAN: CodeTable = defineCodes(
  'URBAN',
  '111-主城区 112-城乡结合区 121-镇中心区 122-镇乡结合区 123-特殊区域 210-乡中心区 220-村庄',
)
/** 举办者类型 (codes 2.29); 12 is the only private one. */
export const FOUNDER: CodeTable = defineCodes(
  'FOUNDER',
  '01-中央 02-省级教育部门 03-省级其他部门 04-地级教育部门 05-地级其他部门 06-县级教育部门 07-县级其他部门 08-地方企业 09-事业单位 10-部队 11-集体 12-民办',
)
/** 班级类型 (codes 2.30). */
export const CLASSTYPE: CodeTable = defineCodes(
  'CLASSTYPE',
  '10-普通小学班 11-少数民族小学班 12-小学复式班 13-小学教学点班 14-小学特长班 15-小学视力残疾班 16-小学听力残疾班 17-小学智力残疾班 20-普通初中班 21-少数民族初中班 22-初中复式班 23-初中教学点班 24-初中特长班 25-初中视力残疾班 26-初中听力残疾班 27-初中智力残疾班 40-普通高中班 41-少数民族高中班 42-高中特长班',
)
/** 业务类别 1…45 (codes 2.23; 42–45 are the platform's own, flows §14). */
export const BIZ: CodeTable = defineCodeList(
  'BIZ',
  [
    '居民身份证小学新生注册',
    '居民身份证非小学新生注册',
    '港澳台和外籍小学新生注册',
    '无身份证件小学新生注册',
    '港澳台和外籍非小学新生注册',
    '无身份证件非小学新生注册',
    '学籍申诉',
    '学籍变更',
    '恢复入学资格',
    '休学',
    '复学',
    '留级',
    '跳级',
    '开除',
    '退学',
    '死亡',
    '失踪',
    '出境',
    '入境复学',
    '省内转学',
    '小学毕业',
    '小学结业',
    '初中毕业',
    '辍学',
    '初中结业',
    '去中职就读',
    '高中毕业',
    '高中结业',
    '省内转学(转出)',
    '升级转学',
    '小学招生录取',
    '初中招生录取',
    '高中招生录取',
    '问题学籍变更',
    '问题学籍佐证',
    '问题学籍删除',
    '问题学籍变更(无身份证件号)',
    '跨省问题学籍变更',
    '肄业',
    '跨省问题学籍佐证',
    '跨省问题学籍删除',
    '跨省问题学籍变更(无身份证件号)',
    '学籍删除(误操作)',
    '跨省转学',
    '毕业后跨省就学',
  ].map((name, index) => [String(index + 1), name] as const),
)
