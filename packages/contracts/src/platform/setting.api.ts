import { z } from 'zod'
import { Instant } from '../common/wire.ts'

type Spec = {
  readonly title: string
  readonly explanation: string
  readonly unit?: string
  /** Closed range of a number; absent for a switch. */
  readonly range?: readonly [number, number]
}

/** 参数 that people set, with what they mean (`cfg.*` of the rules). */
export const SETTING_SPECS = {
  'entryAge.primary': {
    title: '小学新生入学年龄',
    explanation: '入学当年 8 月 31 日须满的周岁数，学校信息另有规定的从其规定；超出 4 岁的按非小学新生注册。',
    unit: '周岁',
    range: [5, 8],
  },
  'register.blockOnAuthFail': {
    title: '认证不通过不允许注册',
    explanation: '关闭时，人口库认证不通过的学生可以审核通过，分配临时学籍号并生成问题学籍；打开后不能审核通过。',
  },
  'register.requirePreschoolList': {
    title: '小学新生须在学前调档名单中',
    explanation: '打开时，不在本校学前调档名单中的小学新生不能注册；关闭后可直接导入、录入。',
  },
  'preschool.supplementUnmatched': {
    title: '未查到学前学籍的可在页面补录',
    explanation: '关闭时，未查到学前学籍的学生导出模板补全后导入；打开后也可在学前档案信息补录中逐个补录。',
  },
  'studentNo.issueJ': {
    title: '无身份证件学生分配 J 号',
    explanation: '关闭时分配 L 开头的临时学籍号；打开后新注册的分配 J 开头的临时学籍号，已分配的不变。',
  },
  'arbitration.allowAllPass': {
    title: '仲裁可各方均通过',
    explanation: '关闭时，一组问题学籍仲裁须恰好一方通过；打开后可以各方均通过。',
  },
  'evidence.maxCount': {
    title: '证明材料张数上限',
    explanation: '一次提交最多可附的图片张数。',
    unit: '张',
    range: [1, 30],
  },
  'deadline.register': {
    title: '新生注册期限',
    explanation: '自 9 月 1 日入学起多少天内须完成注册；只作提示和统计，超期仍可办理。',
    unit: '天',
    range: [7, 180],
  },
  'deadline.vocational': {
    title: '中职新生注册期限',
    explanation: '自 9 月 1 日入学起多少个工作日内须完成注册，不计周末；只作提示，超期仍可办理。',
    unit: '个工作日',
    range: [5, 90],
  },
  'import.keepDays': {
    title: '未提交的导入保留天数',
    explanation: '未通过校验或未提交的名单，最后一次操作后保留的天数，到期连同文件自动删除。',
    unit: '天',
    range: [1, 180],
  },
  'export.countyEnabled': {
    title: '县级导出功能',
    explanation: '打开后，区县教育部门可在页面导出，仍须本单位另一账号授权；关闭时走依申请后台导出。',
  },
  'export.keepHours': {
    title: '导出文件保留时间',
    explanation: '导出的文件生成后可下载的小时数，到期自动删除。',
    unit: '小时',
    range: [1, 168],
  },
  'password.validDays': {
    title: '密码有效期',
    explanation: '到期须修改密码后才能办理业务，页眉提示剩余天数。',
    unit: '天',
    range: [30, 365],
  },
} as const satisfies Record<string, Spec>

/** Name of a setting people may set. */
export type EditableSetting = keyof typeof SETTING_SPECS

/** Its explanation, as any other. */
export const settingSpec = (key: EditableSetting): Spec => SETTING_SPECS[key]

/** All of them, in the order of the page. */
export const EDITABLE_SETTINGS = Object.keys(SETTING_SPECS) as readonly EditableSetting[]

/** May this value stand for this setting? */
export function isSettingValue(key: EditableSetting, value: number | boolean): boolean {
  const { range } = settingSpec(key)
  if (!range) return typeof value === 'boolean'
  return typeof value === 'number' && Number.isInteger(value) && value >= range[0] && value <= range[1]
}

/** A setting as it holds for one's organisation: the value set nearest above, or the system's own. */
export const SettingRow = z.object({
  key: z.string(),
  value: z.union([z.number(), z.boolean()]),
  /** What would hold without any setting. */
  usual: z.union([z.number(), z.boolean()]),
  /** Where it was set; null for the system's own. */
  setAt: z.object({ orgName: z.string(), own: z.boolean() }).nullable(),
  setBy: z.string().nullable(),
  updatedAt: Instant.nullable(),
})
export type SettingRow = z.infer<typeof SettingRow>

/** A new value; null takes one's own away, so that the one above holds again. */
export const SettingChange = z.object({ value: z.union([z.number(), z.boolean()]).nullable() })
