import { pinyin } from 'pinyin-pro'

/** How a name is read, syllables without tone in a row: names that sound alike give the same text. */
export const pinyinOf = (name: string): string =>
  pinyin(name, { toneType: 'none', surname: 'head', type: 'array', nonZh: 'consecutive' }).join('')
