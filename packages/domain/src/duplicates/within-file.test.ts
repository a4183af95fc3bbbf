import { describe, expect, it } from 'vitest'
import type { StudentValues } from '../student/field-catalogue.ts'
import { checkWithinFile } from './within-file.ts'

/** Rows from Excel row 2 on (REG-008). */
const rowsOf = (...values: StudentValues[]) => values.map((one, index) => ({ row: index + 2, values: one }))
const told = (...values: StudentValues[]) =>
  Object.fromEntries(
    [...checkWithinFile(rowsOf(...values))].map(([row, issues]) => [
      row,
      issues.map((issue) => `${issue.field}: ${issue.code} ${issue.params?.rows}`),
    ]),
  )

const N1 = '440202202003150012'
const N2 = '440202202003150020'

describe('REG-010 同一文件内证件号重复', () => {
  it('互不相同没有问题;空文件没有问题', () => {
    expect(told({ identityNumber: N1 }, { identityNumber: N2 }, {})).toEqual({})
    expect(told()).toEqual({})
  })

  it('重复的每一行都报,各说对方的行号,并带原值', () => {
    const issues = checkWithinFile(rowsOf({ identityNumber: N1 }, { identityNumber: N2 }, { identityNumber: N1 }))
    expect([...issues.keys()]).toEqual([2, 4])
    expect(issues.get(2)).toStrictEqual([
      { code: 'duplicate.inFile', severity: 'error', field: 'identityNumber', value: N1, params: { rows: '4' } },
    ])
    expect(issues.get(4)).toStrictEqual([
      { code: 'duplicate.inFile', severity: 'error', field: 'identityNumber', value: N1, params: { rows: '2' } },
    ])
  })

  it('证件类型不同、号码相同不算重复;没有类型按居民身份证', () => {
    expect(told({ identityType: '1', identityNumber: N1 }, { identityType: 'A', identityNumber: N1 })).toEqual({})
    expect(told({ identityType: '1', identityNumber: N1 }, { identityNumber: N1 })).toEqual({
      2: ['identityNumber: duplicate.inFile 3'],
      3: ['identityNumber: duplicate.inFile 2'],
    })
  })

  it('没有号码的行互不重复', () => {
    expect(told({ identityType: '1' }, { identityType: '1' }, { identityType: '1', identityNumber: '' })).toEqual({})
  })

  it('六行重复:列出全部五行;七行重复:列五行并说共几行', () => {
    const same = { identityNumber: N1 }
    const six = told(same, same, same, same, same, same)
    expect(six[2]).toEqual(['identityNumber: duplicate.inFile 3、4、5、6、7'])
    expect(six[5]).toEqual(['identityNumber: duplicate.inFile 2、3、4、6、7'])
    const seven = told(same, same, same, same, same, same, same)
    expect(seven[2]).toEqual(['identityNumber: duplicate.inFile 3、4、5、6、7等6'])
    expect(seven[8]).toEqual(['identityNumber: duplicate.inFile 2、3、4、5、6等6'])
    expect(Object.keys(seven)).toHaveLength(7)
  })

  it('整份同一个号:每一行都报,每一行只看有限几行', () => {
    let looks = 0
    const rows = Array.from({ length: 5_000 }, (_, index) => ({
      get row() {
        looks++
        return index + 2
      },
      values: { identityNumber: N1 },
    }))
    const issues = checkWithinFile(rows)
    expect(issues.size).toBe(5_000)
    expect(issues.get(2)![0]!.params).toEqual({ rows: '3、4、5、6、7等4999' })
    expect(issues.get(5_001)![0]!.params).toEqual({ rows: '2、3、4、5、6等4999' })
    expect(looks).toBeLessThan(5_000 * 20)
  })
})

describe('fields 1.3 学籍辅号校内唯一、班内学号班内唯一', () => {
  it('学籍辅号', () => {
    expect(told({ auxiliaryNumber: 'F1' }, { auxiliaryNumber: 'F2' }, { auxiliaryNumber: 'F1' })).toEqual({
      2: ['auxiliaryNumber: duplicate.auxiliaryNumberInFile 4'],
      4: ['auxiliaryNumber: duplicate.auxiliaryNumberInFile 2'],
    })
  })

  it('同班同号重复,异班同号、未分班不重复', () => {
    const one = { classNumber: '2026101', seatNumber: '1' }
    expect(told(one, { classNumber: '2026102', seatNumber: '1' }, { seatNumber: '1' }, { seatNumber: '1' })).toEqual({})
    expect(told(one, { classNumber: '2026101', seatNumber: '2' }, one, { classNumber: '2026101' })).toEqual({
      2: ['seatNumber: duplicate.seatNumberInFile 4'],
      4: ['seatNumber: duplicate.seatNumberInFile 2'],
    })
  })

  it('班号与学号连起来相同不算:2026101 的 12 号不是 2026101 班 1 的 2 号', () => {
    expect(told({ classNumber: '2026101', seatNumber: '12' }, { classNumber: '20261011', seatNumber: '2' })).toEqual({})
  })

  it('一行几处重复一并报出', () => {
    const twin = { identityNumber: N1, auxiliaryNumber: 'F1', classNumber: '2026101', seatNumber: '1' }
    expect(told(twin, twin)[2]).toEqual([
      'identityNumber: duplicate.inFile 3',
      'auxiliaryNumber: duplicate.auxiliaryNumberInFile 3',
      'seatNumber: duplicate.seatNumberInFile 3',
    ])
  })
})
