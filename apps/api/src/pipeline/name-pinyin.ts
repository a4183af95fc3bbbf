import { isPersonName } from '@xueji/domain/identity/person-name'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { pinyin } from 'pinyin-pro'

/** What the library says otherwise of a character, or two, that opens a name. */
const SURNAMES: Readonly<Record<string, readonly string[]>> = {
  种: ['chong'],
  洗: ['xian'],
  祭: ['zhai'],
  秘: ['bi'],
  黑: ['he'],
  藏: ['zang'],
  单于: ['chan', 'yu'],
}

/** Surnames of two characters: what follows them is read by itself, for no word reaches across. */
const DOUBLE_SURNAMES = new Set(
  (
    '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 ' +
    '司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 公户 梁丘 左丘 东门 西门 ' +
    '第五 单于 纳兰 完颜 哥舒 叱干'
  ).split(' '),
)

const READ = { toneType: 'none', type: 'array', v: true } as const

/**
 * 姓名拼音 of a Chinese name in upper case (fields.md 1.2: SUNJIAYI); undefined where a character is not known, for empty is better than wrong. The
 * surname is read as a surname (单 SHAN, 解 XIE); a name written with `·` has none in front, and its parts are set apart by a blank. ü is written
 * YU, as passports have it (GB/T 28039).
 */
export function pinyinOfName(name: string): string | undefined {
  if (!isPersonName(name)) return undefined
  const parts = name.split('·')
  const read = parts.map((part) => (parts.length > 1 ? pinyin(part, READ) : readWithSurname(part)))
  const syllables = read.flat()
  if (!syllables.every((syllable) => /^[a-z]+$/.test(syllable))) return undefined
  return read
    .map((part) => part.join(''))
    .join(' ')
    .replaceAll('v', 'yu')
    .toUpperCase()
}

function readWithSurname(name: string): string[] {
  const characters = [...name]
  const length = characters.length > 2 && DOUBLE_SURNAMES.has(characters.slice(0, 2).join('')) ? 2 : 1
  const surname = characters.slice(0, length).join('')
  const given = characters.slice(length).join('')
  return [...readSurname(surname), ...(given ? pinyin(given, READ) : [])]
}

// A roster has a few hundred surnames, and each is looked for in all tables of surnames.
const SURNAMES_KEPT = 5_000
const surnamesRead = new Map<string, readonly string[]>(Object.entries(SURNAMES))

function readSurname(surname: string): readonly string[] {
  const known = surnamesRead.get(surname)
  if (known) return known
  const read = pinyin(surname, { ...READ, surname: 'all' })
  if (surnamesRead.size < SURNAMES_KEPT) surnamesRead.set(surname, read)
  return read
}

/**
 * 姓名拼音 made from the name where none was written, undefined otherwise: for children whose name public security keeps in Chinese (resident card, or no
 * document yet); overseas children have the spelling of their document or none (fields.md 1.2).
 */
export function missingPinyin({ name, namePinyin, identityType }: StudentValues): string | undefined {
  if (namePinyin || !name || (identityType !== '1' && identityType !== 'Z')) return undefined
  return pinyinOfName(name)
}

/** The values with the pinyin that was not written. */
export function withPinyin(values: StudentValues): StudentValues {
  const namePinyin = missingPinyin(values)
  return namePinyin ? { ...values, namePinyin } : values
}
