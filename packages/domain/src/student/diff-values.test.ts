import { describe, expect, it } from 'vitest'
import { diffValues } from './diff-values.ts'
import type { StudentValues } from './field-catalogue.ts'

const FIELDS = ['name', 'gender', 'phone', 'guardians.0.name', 'guardians.0.phone', 'guardians.1.name']
const child: StudentValues = {
  name: '张三',
  gender: '1',
  phone: '13800000000',
  guardians: [{ name: '张父', phone: '13900000000' }],
}

describe('what an update changes, field by field', () => {
  const cases: [string, StudentValues, StudentValues, readonly string[], unknown][] = [
    ['nothing', child, { ...child }, FIELDS, []],
    ['nothing of nothing', {}, {}, FIELDS, []],
    [
      'one field',
      child,
      { ...child, phone: '13800000001' },
      FIELDS,
      [{ field: 'phone', before: '13800000000', after: '13800000001' }],
    ],
    [
      'an emptied field',
      child,
      { ...child, phone: undefined },
      FIELDS,
      [{ field: 'phone', before: '13800000000', after: '' }],
    ],
    [
      'a field that was empty',
      { name: '张三' },
      { name: '张三', gender: '2' },
      FIELDS,
      [{ field: 'gender', before: '', after: '2' }],
    ],
    [
      'a field of a family member',
      child,
      { ...child, guardians: [{ name: '张父', phone: '13900000001' }] },
      FIELDS,
      [{ field: 'guardians.0.phone', before: '13900000000', after: '13900000001' }],
    ],
    [
      'a family member more',
      child,
      { ...child, guardians: [...child.guardians!, { name: '李母' }] },
      FIELDS,
      [{ field: 'guardians.1.name', before: '', after: '李母' }],
    ],
    [
      'every family member gone',
      child,
      { name: '张三', gender: '1', phone: '13800000000' },
      FIELDS,
      [
        { field: 'guardians.0.name', before: '张父', after: '' },
        { field: 'guardians.0.phone', before: '13900000000', after: '' },
      ],
    ],
    ['nothing that the template has no column for', child, { name: '张三' }, ['name'], []],
    [
      'in the order of the template',
      child,
      { name: '李四', gender: '2' },
      ['gender', 'name'],
      [
        { field: 'gender', before: '1', after: '2' },
        { field: 'name', before: '张三', after: '李四' },
      ],
    ],
    ['no field by the name of an inherited one', child, child, ['constructor', 'guardians.0.toString'], []],
  ]
  it.each(cases)('%s', (_what, before, after, fields, expected) => {
    expect(diffValues(before, after, fields)).toEqual(expected)
  })
})
