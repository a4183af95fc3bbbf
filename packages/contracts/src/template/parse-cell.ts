import { canonicalIdentityNumber } from '@xueji/domain/identity/identity-type'
import { isLatinName, isPersonName } from '@xueji/domain/identity/person-name'
import { parsePlainDate } from '@xueji/domain/kernel/plain-date'
import { lengthOf, normalizeText, withoutBlanks } from '@xueji/domain/kernel/text'
import type { FieldKind } from '@xueji/domain/student/field-catalogue'
import { codeTable } from '../codes/code-tables.ts'
import { YESNO } from '../codes/student-codes.ts'
import { offeredCodes, type TemplateColumn } from './template.ts'

/** A cell as a typed value: code, 'YYYY-MM-DD', digits; or why it is none. Empty optional cells are `{}`. */
export type ParsedCell = {
  readonly value?: string
  readonly fault?: { readonly code: string; readonly params?: Readonly<Record<string, string | number>> }
}

/** Reads one cell by its column. Full-width forms, stray blanks and the usual ways to write a date are understood; nothing is guessed. */
export function parseCell(column: TemplateColumn, raw: string): ParsedCell {
  const text = normalizeText(raw)
  if (text === '') return column.required ? { fault: { code: 'shape.required' } } : {}
  const parsed = PARSERS[column.kind](text, column)
  if (parsed.value !== undefined && column.max && lengthOf(parsed.value) > column.max)
    return { fault: { code: 'shape.tooLong', params: { max: column.max } } }
  return parsed
}

type Parser = (text: string, column: TemplateColumn) => ParsedCell

const valueOr = (fine: boolean, value: string, code: string): ParsedCell => (fine ? { value } : { fault: { code } })

const PARSERS: Readonly<Record<FieldKind, Parser>> = {
  text: (text) => ({ value: text }),
  personName: (text, column) => {
    // A family member may be a foreigner; the holder of a resident card has a Chinese name.
    const latin = column.latin ?? column.key.startsWith('guardians.')
    if (latin && isPersonName(text, true)) return { value: text }
    const name = text.replace(/[•・‧∙.]/g, '·')
    return valueOr(isPersonName(name), name, column.latin ? 'shape.foreignName' : 'shape.personName')
  },
  latinName: (text) => valueOr(isLatinName(text), text, 'shape.latinName'),
  // 大写拼音 (fields 1.2): either case is read, one is kept.
  pinyin: (text) => valueOr(/^[A-Za-z ]+$/.test(text), text.toUpperCase(), 'shape.pinyin'),
  code: (text, column) => parseCode(text, column),
  yesNo: (text) => {
    const value = YESNO.parse(text) ?? YESNO.parse(withoutBlanks(text))
    return value === undefined ? { fault: { code: 'shape.code', params: { suggestion: '是”或“否' } } } : { value }
  },
  date: (text) => {
    // A true date cell arrives with a time when it was typed with one.
    const day = parsePlainDate(withoutBlanks(text.replace(/ 00:00:00$/, '')))
    return day ? { value: day } : { fault: { code: 'shape.date' } }
  },
  yearMonth: (text) => parseYearMonth(withoutBlanks(text)),
  region: (text) => {
    const code = withoutBlanks(text)
    return valueOr(/^\d{6}(\d{6})?$/.test(code), code.length === 6 ? `${code}000000` : code, 'shape.region')
  },
  identityNumber: (text) => ({ value: canonicalIdentityNumber(text) }),
  phone: (text) => {
    const phone = withoutBlanks(text).replace(/[—–]/g, '-')
    return valueOr(/^(1\d{10}|(0\d{2,3}-?)?\d{7,8}(-\d{1,6})?)$/.test(phone), phone, 'shape.phone')
  },
  postcode: (text) => valueOr(/^\d{6}$/.test(withoutBlanks(text)), withoutBlanks(text), 'shape.postcode'),
  email: (text) => valueOr(/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text), text, 'shape.email'),
  decimal: (text) =>
    valueOr(/^\d{1,3}(\.\d)?$/.test(text.replace(/\.0+$/, '')), text.replace(/\.0+$/, ''), 'shape.decimal'),
  digits: (text) => valueOr(/^\d+$/.test(withoutBlanks(text)), withoutBlanks(text), 'shape.digits'),
  validPeriod: (text) => parseValidPeriod(withoutBlanks(text)),
}

function parseCode(text: string, column: TemplateColumn): ParsedCell {
  const table = codeTable(column.codes ?? '')
  const code = table.parse(text) ?? table.parse(withoutBlanks(text))
  if (code !== undefined && (!column.allow || column.allow.includes(code))) return { value: code }
  const suggestion = suggest(text, column)
  return { fault: { code: 'shape.code', ...(suggestion ? { params: { suggestion } } : {}) } }
}

/** The one admitted name that holds the text or is held by it: 汉 → 汉族. */
function suggest(text: string, column: TemplateColumn): string | undefined {
  const names = codeTable(column.codes ?? '')
    .entries.filter((entry) => offeredCodes(column)?.includes(entry.code) ?? true)
    .map((entry) => entry.name)
  const near = names.filter((name) => name.includes(text) || text.includes(name))
  return near.length === 1 ? near[0] : undefined
}

function parseYearMonth(text: string): ParsedCell {
  const match = /^(\d{4})[-/.年]?(\d{1,2})(?:月|[-/.]\d{1,2}.*)?$/.exec(text)
  const month = Number(match?.[2])
  const fine = match !== null && month >= 1 && month <= 12 && match[1]! >= '1900'
  return valueOr(fine, fine ? `${match[1]}${String(month).padStart(2, '0')}` : '', 'shape.yearMonth')
}

function parseValidPeriod(text: string): ParsedCell {
  if (text === '长期') return { value: text }
  const match = /^(\d{4}\.?\d{2}\.?\d{2})[-—–~至](\d{4}\.?\d{2}\.?\d{2}|长期)$/.exec(text)
  if (!match) return { fault: { code: 'shape.validPeriod' } }
  const from = parsePlainDate(match[1]!)
  const to = match[2] === '长期' ? '长期' : parsePlainDate(match[2]!)
  if (!from || !to || (to !== '长期' && from > to)) return { fault: { code: 'shape.validPeriod' } }
  return { value: `${from.replaceAll('-', '.')}-${to.replaceAll('-', '.')}` }
}
