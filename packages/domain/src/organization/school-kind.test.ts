import { describe, expect, it } from 'vitest'
import type { FlowSchoolKind, SchoolShape, Stage } from './school-kind.ts'
import { flowSchoolKindOf, isVocational, stagesOf, stageYears } from './school-kind.ts'

describe('开设阶段(codes 2.26)', () => {
  it.each<[string, Stage[], string]>([
    ['211', [1], '小学'],
    ['218', [1], '小学教学点'],
    ['311', [2], '初级中学'],
    ['312', [1, 2], '九年一贯制学校'],
    ['341', [2, 3], '完全中学'],
    ['342', [3], '高级中学'],
    ['345', [1, 2, 3], '十二年一贯制学校'],
    ['111', [], '幼儿园不在学籍之列'],
  ])('%s → %j(%s)', (schoolType, expected) => {
    expect(stagesOf({ schoolType })).toEqual(expected)
  })

  it.each<[string, SchoolShape, Stage[]]>([
    ['工读学校按学制', { schoolType: '371', juniorYears: 3 }, [2]],
    ['工读学校初中加高中', { schoolType: '371', juniorYears: 3, seniorYears: 3 }, [2, 3]],
    ['特教学校按学制', { schoolType: '512', primaryYears: 6, juniorYears: 3 }, [1, 2]],
    ['特教学校未填学制', { schoolType: '514' }, []],
    ['学制为 0 或空不算开设', { schoolType: '511', primaryYears: 0, juniorYears: null, seniorYears: 3 }, [3]],
    ['定型的学校不看学制', { schoolType: '211', juniorYears: 3, seniorYears: 3 }, [1]],
    ['小学附设普通初中班', { schoolType: '211', attachedClassTypes: ['附设普通初中班'] }, [1, 2]],
    ['高级中学附设小学班,次序从低到高', { schoolType: '342', attachedClassTypes: ['附设小学班'] }, [1, 3]],
    ['初级中学附设普通高中班', { schoolType: '311', attachedClassTypes: ['附设普通高中班'] }, [2, 3]],
    ['附设班与已有阶段相同', { schoolType: '211', attachedClassTypes: ['附设小学班'] }, [1]],
    ['附设中职班不在学籍之列', { schoolType: '311', attachedClassTypes: ['附设中职班'] }, [2]],
    [
      '特教学校学制与附设班叠加',
      { schoolType: '513', primaryYears: 6, attachedClassTypes: ['附设普通初中班', '附设普通高中班'] },
      [1, 2, 3],
    ],
    ['没有附设班', { schoolType: '311', attachedClassTypes: [] }, [2]],
  ])('%s', (_title, school, expected) => {
    expect(stagesOf(school)).toEqual(expected)
  })
})

describe('中职(codes 2.26,只作对接来源)', () => {
  it.each<[string, SchoolShape, boolean]>([
    ['调整后中等职业学校', { schoolType: '361' }, true],
    ['技工学校', { schoolType: '366' }, true],
    ['完全中学附设中职班', { schoolType: '341', attachedClassTypes: ['附设中职班'] }, true],
    ['高级中学', { schoolType: '342' }, false],
    ['职业初中', { schoolType: '321', attachedClassTypes: ['附设职业初中班'] }, false],
  ])('%s', (_title, school, expected) => {
    expect(isVocational(school)).toBe(expected)
    if (school.schoolType.startsWith('36')) expect(stagesOf(school)).toEqual([])
  })
})

describe('流程用办学类型(codes 2.27)', () => {
  it.each<[string, FlowSchoolKind]>([
    ['511', 'special'],
    ['512', 'special'],
    ['513', 'special'],
    ['514', 'special'],
    ['371', 'reform'],
    ['211', 'ordinary'],
    ['312', 'ordinary'],
    ['345', 'ordinary'],
    ['321', 'ordinary'],
  ])('%s → %s', (schoolType, expected) => {
    expect(flowSchoolKindOf(schoolType)).toBe(expected)
  })
})

describe('学制(codes §4)', () => {
  it.each<[string, SchoolShape, Stage, number]>([
    ['小学缺省 6 年', { schoolType: '211' }, 1, 6],
    ['初中缺省 3 年', { schoolType: '311' }, 2, 3],
    ['高中缺省 3 年', { schoolType: '342' }, 3, 3],
    ['空值取缺省', { schoolType: '211', primaryYears: null }, 1, 6],
    ['五年制小学', { schoolType: '211', primaryYears: 5 }, 1, 5],
    ['四年制初中', { schoolType: '312', primaryYears: 5, juniorYears: 4 }, 2, 4],
    ['一个阶段的学制不影响另一个', { schoolType: '345', primaryYears: 5, juniorYears: 4 }, 3, 3],
  ])('%s', (_title, school, stage, years) => {
    expect(stageYears(school, stage)).toBe(years)
  })
})
