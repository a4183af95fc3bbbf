import { STUDENT_FIELDS } from '@xueji/domain/student/field-catalogue'
import { describe, expect, it } from 'vitest'
import { pinyinOfName, withPinyin } from './name-pinyin.ts'

describe('姓名拼音(fields 1.2)', () => {
  it('大写,不分开:孙佳怡 → SUNJIAYI', () => {
    expect(pinyinOfName('孙佳怡')).toBe('SUNJIAYI')
  })

  it.each(
    `单小明 SHAN|仇小明 QIU|曾小明 ZENG|解小明 XIE|尉迟小明 YUCHI|欧阳小明 OUYANG|任小明 REN|区小明 OU|朴小明 PIAO|查小明 ZHA|盖小明 GE
华小明 HUA|缪小明 MIAO|翟小明 ZHAI|员小明 YUN|逄小明 PANG|种小明 CHONG|万俟小明 MOQI|澹台小明 TANTAI|长孙小明 ZHANGSUN|令狐小明 LINGHU
单于小明 CHANYU|尉小明 WEI|葛小明 GE|纪小明 JI|宁小明 NING|瞿小明 QU|折小明 SHE|谌小明 CHEN|牟小明 MOU|冼小明 XIAN|洗小明 XIAN|祭小明 ZHAI
卜小明 BU|柏小明 BAI|薄小明 BO|臧小明 ZANG|藏小明 ZANG|俞小明 YU|於小明 YU|石小明 SHI|车小明 CHE|哈小明 HA|那小明 NA|秘小明 BI|黑小明 HE
上官小明 SHANGGUAN|司马小明 SIMA|诸葛小明 ZHUGE|夏侯小明 XIAHOU|皇甫小明 HUANGFU|宇文小明 YUWEN|呼延小明 HUYAN|慕容小明 MURONG`
      .split(/[|\n]/)
      .map((line) => line.split(' ') as [string, string]),
  )('多音字姓、复姓:%s → %sXIAOMING', (name, surname) => {
    expect(pinyinOfName(name)).toBe(`${surname}XIAOMING`)
  })

  it.each([
    ['张单', 'ZHANGDAN'],
    ['王乐', 'WANGLE'],
    ['李长乐', 'LICHANGLE'],
    ['张重阳', 'ZHANGCHONGYANG'],
    ['王朝阳', 'WANGCHAOYANG'],
    ['刘解', 'LIUJIE'],
    ['欧阳', 'OUYANG'],
  ])('名里的字不按姓读,词不跨姓名之界:%s → %s', (name, expected) => {
    expect(pinyinOfName(name)).toBe(expected)
  })

  it.each([
    ['吕绿', 'LYULYU'],
    ['王略', 'WANGLYUE'],
    ['女娲', 'NYUWA'],
    ['虐小', 'NYUEXIAO'],
    ['余玉', 'YUYU'],
  ])('ü 写作 YU(GB/T 28039):%s → %s', (name, expected) => {
    expect(pinyinOfName(name)).toBe(expected)
  })

  it.each([
    ['买买提·艾力', 'MAIMAITI AILI'],
    ['阿依古丽·吐尔逊', 'AYIGULI TUERXUN'],
    ['扎西·多吉', 'ZHAXI DUOJI'],
    ['解放·单增', 'JIEFANG DANZENG'],
  ])('少数民族姓名以空格代“·”,不当作汉姓:%s → %s', (name, expected) => {
    expect(pinyinOfName(name)).toBe(expected)
  })

  it.each(['张𰻝', '张\u{323af}', 'Zhang San', '张a', '', '·'])('认不得就不填:%j', (name) => {
    expect(pinyinOfName(name)).toBeUndefined()
  })

  it('二字以上的生僻字认得的照填', () => {
    expect(pinyinOfName('张𫖯')).toBe('ZHANGFU')
  })

  it('结果总合字段的格式,不超长', () => {
    const { max } = STUDENT_FIELDS.find((field) => field.key === 'namePinyin')!
    for (let code = 0x4e00; code < 0x9fff; code += 3) {
      const made = pinyinOfName(`王${String.fromCodePoint(code)}`)
      if (made !== undefined && !(/^[A-Z ]+$/.test(made) && made.length <= max!)) expect.fail(`${code} ${made}`)
    }
  })
})

describe('自动填写', () => {
  it.each(['1', 'Z'])('证件类型 %s:没写就由姓名生成,写了照写的', (identityType) => {
    expect(withPinyin({ name: '单小明', identityType })).toMatchObject({ namePinyin: 'SHANXIAOMING' })
    const written = { name: '单小明', identityType, namePinyin: 'DANXIAOMING' }
    expect(withPinyin(written)).toBe(written)
  })

  it.each(['6', '7', '8', '9', 'A', undefined])('证件类型 %s:不生成', (identityType) => {
    const values = { name: '单小明', ...(identityType ? { identityType } : {}) }
    expect(withPinyin(values)).toBe(values)
  })

  it('姓名没写或认不得,不填', () => {
    expect(withPinyin({ identityType: '1' })).toEqual({ identityType: '1' })
    expect(withPinyin({ identityType: '1', name: '张𰻝' })).not.toHaveProperty('namePinyin')
  })
})
