import { describe, expect, it } from 'vitest'
import type { Field } from './field-catalogue.ts'
import { GUARDIAN_FIELDS, STUDENT_FIELDS } from './field-catalogue.ts'

const students: readonly Field[] = STUDENT_FIELDS
const guardians: readonly Omit<Field, 'group'>[] = GUARDIAN_FIELDS

describe('字段目录(fields 1.1–1.7)', () => {
  it.each([
    ['学生', 50, students],
    ['家庭成员', 12, guardians],
  ])('%s字段 %i 个,标识符与中文名都不重复', (_title, count, fields) => {
    expect(new Set(fields.map((field) => field.key)).size).toBe(count)
    expect(new Set(fields.map((field) => field.label)).size).toBe(count)
    expect(fields).toHaveLength(count)
  })

  it('KEY-001 模板里的受控字段:姓名、性别、出生日期、国籍/地区、证件类型、证件号、班号', () => {
    expect(students.filter((field) => field.controlled).map((field) => field.key)).toEqual([
      'name',
      'gender',
      'birthDate',
      'nationality',
      'identityType',
      'identityNumber',
      'classNumber',
    ])
  })

  it('代码字段都有代码表,其余都没有', () => {
    for (const field of [...students, ...guardians]) {
      if ((field.kind === 'code') !== (field.codes !== undefined)) expect.fail(field.key)
    }
  })

  it.each<[string, number]>([
    ['name', 50],
    ['englishName', 100],
    ['identityNumber', 30],
    ['nativePlace', 100],
    ['namePinyin', 100],
    ['formerName', 50],
    ['identityValidPeriod', 21],
    ['auxiliaryNumber', 30],
    ['seatNumber', 10],
    ['campusNumber', 4],
    ['classNumber', 7],
    ['currentAddress', 200],
    ['phone', 30],
    ['email', 60],
    ['homepage', 100],
  ])('%s 最长 %i 个字符', (key, max) => {
    expect(students.find((field) => field.key === key)?.max).toBe(max)
  })

  it('家庭成员与学生同名的字段取同样的写法', () => {
    for (const field of guardians) {
      const twin = students.find((one) => one.key === field.key)
      if (twin) expect([field.key, field.kind, field.max]).toEqual([field.key, twin.kind, twin.max])
    }
  })

  it.each([
    ['name', 'basic'],
    ['householdType', 'auxiliary'],
    ['namePinyin', 'auxiliary'],
    ['enrolledMonth', 'enrolment'],
    ['phone', 'contact'],
    ['schoolDistance', 'commute'],
  ])('%s 属于 %s 组', (key, group) => {
    expect(students.find((field) => field.key === key)?.group).toBe(group)
  })

  it.each(['isOnlyChild', 'isLeftBehind', 'isRuralLeftBehind', 'isMigrant', 'isDisabled'])('%s 是是否项', (key) => {
    expect(students.find((field) => field.key === key)).toMatchObject({ kind: 'yesNo', group: 'extended' })
  })
})
