import { describe, expect, it } from 'vitest'
import { createSeeded, NASTY_PIECES } from '../testing/seeded.ts'
import { lengthOf, normalizeText, withoutBlanks } from './text.ts'

describe('normalizeText', () => {
  it.each<[string, string, string]>([
    ['普通汉字不变', '张三', '张三'],
    ['首尾空格去掉', '  张三 ', '张三'],
    ['单个空格保留', '某某路 1 号', '某某路 1 号'],
    ['连续空格并为一个', '某某路   1  号', '某某路 1 号'],
    ['全角数字字母变半角', '４４０２０２ＡＺａｚＸｘ', '440202AZazXx'],
    ['全角标点变半角', '（０７５１）－８８８，．／：；～！', '(0751)-888,./:;~!'],
    ['全角空格', '\u3000张\u3000\u3000三\u3000', '张 三'],
    ['不间断空格', '\u00a0张三\u00a0', '张三'],
    ['换行、回车、制表符变空格', '现住址\r\n某路\t1号\n', '现住址 某路 1号'],
    ['零宽字符去掉', '张\u200b三\u200c\u200d\u200e\u200f\ufeff\u2060', '张三'],
    ['控制字符去掉', '\u0000张\u0001三\u001f', '张三'],
    ['零宽字符两侧的空格并为一个', 'a \u200b b', 'a b'],
    ['汉字之外的标点保留', '阿卜杜拉·买买提—“测”', '阿卜杜拉·买买提—“测”'],
    ['BMP 以外的汉字保留', '𠮷田\u3000𪚥', '𠮷田 𪚥'],
    ['只有空白为空', ' \u3000\t\n\u200b', ''],
    ['空串', '', ''],
    ['全角边界:！与～', '！～', '!~'],
    ['全角区之外的 ｟ ￠ 不变', '｟￠', '｟￠'],
    ['回车之后的控制字符去掉而不是变空格', '张\u000e三', '张三'],
    ['零宽区之外的 \u2010 不变', '\u2010\u200a1', '\u2010\u200a1'],
  ])('%s', (_title, raw, expected) => {
    expect(normalizeText(raw)).toBe(expected)
  })

  it('任意文本:再次规范不变,没有首尾空白、连续空格、控制字符与零宽字符', () => {
    const seeded = createSeeded(20260901)
    for (let run = 0; run < 20_000; run++) {
      const raw = seeded.text(NASTY_PIECES, 12)
      const once = normalizeText(raw)
      if (normalizeText(once) !== once) expect.fail(`not stable: ${JSON.stringify(raw)}`)
      if (once !== once.trim() || once.includes('  ')) expect.fail(`blanks left: ${JSON.stringify(raw)}`)
      for (const char of once) {
        const code = char.codePointAt(0)!
        const unwanted =
          code < 32 || code === 0xa0 || code === 0x3000 || code === 0xfeff || (code >= 0x200b && code <= 0x200f)
        if (unwanted || (code >= 0xff01 && code <= 0xff5e)) expect.fail(`U+${code.toString(16)} left`)
      }
    }
  })

  it('一格装得下的最长文本(32767 字)及更长的不出错', () => {
    for (const length of [32_767, 1_000_000]) {
      expect(normalizeText('学'.repeat(length))).toHaveLength(length)
      expect(normalizeText(`${'a'.repeat(length)}  `)).toHaveLength(length)
      expect(normalizeText('１'.repeat(length))).toBe('1'.repeat(length))
    }
  })
})

describe('withoutBlanks', () => {
  it.each([
    ['4402 0219 9001', '440202199001'],
    [' 张\t三\n', '张三'],
    ['\u3000a\u00a0b\u2003c', 'abc'],
    ['', ''],
  ])('%j → %j', (raw, expected) => {
    expect(withoutBlanks(raw)).toBe(expected)
  })
})

describe('lengthOf', () => {
  it.each([
    ['', 0],
    ['张三', 2],
    ['𠮷田', 2],
    ['😀', 1],
    ['a\u0301', 2],
  ])('%j 有 %i 个字符', (text, length) => {
    expect(lengthOf(text)).toBe(length)
  })
})
