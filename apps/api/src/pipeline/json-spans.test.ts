import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { JsonSpans } from './json-spans.ts'

/** As PostgreSQL writes it: a blank behind each colon and comma. */
const asPostgres = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(asPostgres).join(', ')}]`
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, below]) => `${JSON.stringify(key)}: ${asPostgres(below)}`)
      .join(', ')}}`
  return JSON.stringify(value)
}

const without = (value: object, key: string): object =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))

/** What is found by building everything first. */
function parsedTexts(json: string, paths: readonly string[]): string[] {
  return paths.map((path) => {
    let value: unknown = JSON.parse(json)
    for (const name of path.split('.'))
      value =
        typeof value === 'object' && value !== null && Object.hasOwn(value, name)
          ? (value as Record<string, unknown>)[name]
          : undefined
    return typeof value === 'string' ? value : ''
  })
}

/** The texts found in the JSON as it lies among other bytes, each by both ways to get at it. */
function reader(paths: readonly (string | undefined)[]): (json: string) => string[] {
  const spans = new JsonSpans(paths)
  return (json) => {
    const bytes = Buffer.from(`"前"${json}, "后": "x"`)
    const from = Buffer.byteLength('"前"')
    spans.find(bytes, from, from + Buffer.byteLength(json))
    return paths.map((_, slot) => {
      if (spans.to[slot] && spans.isPlain(slot))
        expect(bytes.toString('utf8', spans.from[slot], spans.to[slot])).toBe(spans.text(slot))
      return spans.text(slot)
    })
  }
}

describe('texts in JSON', () => {
  const child = {
    name: '欧阳一',
    note: '"引号"、\\ 与\n换行😀',
    '': '无名',
    guardians: [{ name: '甲', phone: '13800000000' }, { name: '乙' }],
    count: 3,
    absent: null,
    yes: true,
    deep: { list: [[1, 'x'], {}], name: '别的' },
    last: '末',
  }

  test.each([
    ['as PostgreSQL writes it', asPostgres],
    ['without blanks', JSON.stringify],
  ])('the texts asked for, by the position of their paths, %s', (_name, write) => {
    const read = reader(['last', 'guardians.1.name', undefined, 'name', 'note', 'guardians.0.phone', 'deep.name', ''])
    const texts = ['末', '乙', '', '欧阳一', child.note, '13800000000', '别的', '无名']
    expect(read(write(child))).toEqual(texts)
    // Fields that come and go are found where they then stand, and what was found before is forgotten.
    expect(read(write(without(child, 'name')))).toEqual(texts.with(3, ''))
    expect(read(write({ count: 0, last: '末', ...without(child, 'last') }))).toEqual(texts)
    expect(read(write({ name: '欧阳二' }))).toEqual(['', '', '', '欧阳二', '', '', '', ''])
  })

  test('what is no text, or nowhere, is empty', () => {
    const paths = ['count', 'absent', 'yes', 'deep', 'guardians', 'none', 'name.first']
    expect(reader(paths)(asPostgres(child))).toEqual(Array(7).fill(''))
    for (const json of ['{}', 'null', '']) expect(reader(['name'])(json)).toEqual([''])
  })

  test('as by JSON.parse, whatever lies there and whatever was read before', () => {
    const name = fc.constantFrom('a', 'ab', 'b', 'c"', '学', '\\', '0', '1')
    const json = fc
      .letrec<{ any: unknown; object: object }>((tie) => ({
        any: fc.oneof(
          { depthSize: 'small' },
          fc.oneof(
            fc.string({ unit: 'binary' }),
            fc.integer(),
            fc.double({ noNaN: true }),
            fc.boolean(),
            fc.constant(null),
          ),
          fc.array(tie('any'), { maxLength: 3 }),
          tie('object'),
        ),
        object: fc.dictionary(name, tie('any'), { maxKeys: 5 }),
      }))
      .object.map((value) => asPostgres(JSON.parse(JSON.stringify(value))))
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('.'))
    fc.assert(
      fc.property(fc.array(path, { maxLength: 8 }), fc.array(json, { maxLength: 6 }), (asked, rows) => {
        const paths = [...new Set(asked)]
        const read = reader(paths)
        for (const row of rows) expect(read(row)).toEqual(parsedTexts(row, paths))
      }),
      { numRuns: 2_000 },
    )
  })

  test('what is no JSON comes to an end', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', ' ', 'a', '1'), maxLength: 40 }),
        (text) => {
          const spans = new JsonSpans(['a', '1.a'])
          try {
            spans.find(Buffer.from(text), 0, Buffer.byteLength(text))
          } catch (error) {
            // A name that ends in the middle of an escape.
            expect(error).toBeInstanceOf(SyntaxError)
          }
        },
      ),
      { numRuns: 2_000 },
    )
  })
})
