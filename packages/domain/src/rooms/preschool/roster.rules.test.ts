import { describe, expect, it } from 'vitest'
import { checkListed } from './roster.rules.ts'

const NUMBER = '440202202003150011'

describe('PRE-002 已录入的证件号', () => {
  it('已在名单与已有学籍说法不同', () => {
    expect(checkListed({ identityNumber: NUMBER }, true)[0]).toMatchObject({ code: 'preschool.listed', value: NUMBER })
    expect(checkListed({ identityNumber: NUMBER }, { where: '山东省' })[0]).toMatchObject({
      code: 'preschool.registered',
      params: { where: '山东省' },
    })
  })
})
