import { describe, expect, it } from 'vitest'
import { matchPhotoName, type Photographed, type PhotoName, parsePhotoName, photoFileName } from './photo-name.ts'

const SCHOOL = '2144000001'
const child = (id: string, name: string, more: Partial<Photographed> = {}): Photographed => ({
  id,
  name,
  identityNumber: null,
  studentNumber: `L44020320190315${id.padStart(4, '0')}`,
  classNumber: '2026101',
  ...more,
})

describe('PHO-005、PHO-006 文件名', () => {
  it.each<[string, PhotoName | { fault: string }]>([
    ['44020320190315001X.jpg', { by: 'number', identityNumber: '44020320190315001X' }],
    ['44020320190315001x.JPG', { by: 'number', identityNumber: '44020320190315001X' }],
    [' 44020320190315001X .jpeg', { by: 'number', identityNumber: '44020320190315001X' }],
    ['H12345678.jpg', { by: 'number', identityNumber: 'H12345678' }],
    [
      '2144000001_2026101_甲某某.jpg',
      { by: 'class', schoolCode: SCHOOL, classNumber: '2026101', studentName: '甲某某', tail: undefined },
    ],
    [
      '2144000001_2026101_甲某某_001x.jpg',
      { by: 'class', schoolCode: SCHOOL, classNumber: '2026101', studentName: '甲某某', tail: '001X' },
    ],
    [
      '2144000001_2026101_阿依·古丽.jpg',
      { by: 'class', schoolCode: SCHOOL, classNumber: '2026101', studentName: '阿依·古丽', tail: undefined },
    ],
    ['44020320190315001X.png', { fault: 'format' }],
    ['44020320190315001X', { fault: 'format' }],
    ['.jpg', { fault: 'wrongName' }],
    ['甲某某.jpg', { fault: 'wrongName' }],
    ['2026101_甲某某.jpg', { fault: 'wrongName' }],
    ['2144000001_202610_甲某某.jpg', { fault: 'wrongName' }],
    ['2144000001_2026101_.jpg', { fault: 'wrongName' }],
    ['IMG_0001.jpg', { fault: 'wrongName' }],
  ])('%j', (fileName, name) => expect(parsePhotoName(fileName)).toEqual(name))

  const children = [
    child('1', '甲某某', { identityNumber: '44020320190315001X' }),
    child('2', '乙某'),
    child('3', '丙某'),
    child('4', '丙某'),
    child('5', '丙某', { classNumber: '2026102' }),
  ]
  const match = (fileName: string): string => {
    const name = parsePhotoName(fileName)
    if ('fault' in name) return name.fault
    const found = matchPhotoName(name, SCHOOL, children)
    return 'fault' in found ? found.fault : found.id
  }
  it.each<[string, string, string]>([
    ['有证件号', '44020320190315001X.jpg', '1'],
    ['按班级姓名', '2144000001_2026101_乙某.jpg', '2'],
    ['有证件号的也可按班级姓名', '2144000001_2026101_甲某某.jpg', '1'],
    ['唯一者带后缀也须相符', '2144000001_2026101_乙某_0002.jpg', '2'],
    ['后缀不符', '2144000001_2026101_乙某_0003.jpg', 'noStudent'],
    ['同班同名', '2144000001_2026101_丙某.jpg', 'ambiguous'],
    ['同班同名有后缀', '2144000001_2026101_丙某_0004.jpg', '4'],
    ['别班同名', '2144000001_2026102_丙某.jpg', '5'],
    ['别校', '2144000002_2026101_乙某.jpg', 'otherSchool'],
    ['没有这个号', '440203201903150028.jpg', 'noStudent'],
    ['没有这个人', '2144000001_2026101_丁某.jpg', 'noStudent'],
  ])('%s：%s → %s', (_title, fileName, outcome) => expect(match(fileName)).toBe(outcome))

  it('EXP-011 导出的文件名再传回来，各归各人', () => {
    const names = children.map((one) =>
      photoFileName(SCHOOL, one, one.classNumber === '2026101' && one.name === '丙某'),
    )
    expect(names).toEqual([
      '44020320190315001X.jpg',
      '2144000001_2026101_乙某.jpg',
      '2144000001_2026101_丙某_0003.jpg',
      '2144000001_2026101_丙某_0004.jpg',
      '2144000001_2026102_丙某.jpg',
    ])
    expect(names.map(match)).toEqual(children.map(({ id }) => id))
  })
})
