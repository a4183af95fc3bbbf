import { RefusedError } from '../read/refusal.ts'

const QUOTE = '"'
const LF = 0x0a
const CR = 0x0d

/** Up to here a delimiter is looked for. */
const PROBE = 64 * 1024

/**
 * The records of a CSV text by RFC 4180 as spreadsheets understand it: any line end, a quote doubled inside quotes, quotes inside a field
 * that does not start with one are text, and so is what follows a closing quote. Refuses a quote never closed: it would swallow the
 * rest of the file.
 */
export function* csvRecords(text: string, delimiter: string, from = 0): Generator<string[]> {
  const separator = delimiter.charCodeAt(0)
  let at = from
  while (at < text.length) {
    const record: string[] = []
    for (;;) {
      let field = ''
      if (text[at] === QUOTE) {
        const close = closingQuote(text, at)
        field = text.slice(at + 1, close).replaceAll('""', QUOTE)
        at = close + 1
      }
      const end = endOfPlain(text, at, separator)
      record.push(end === at ? field : field + text.slice(at, end))
      at = end
      if (text.charCodeAt(at) !== separator) break
      at++
    }
    if (text.charCodeAt(at) === CR) at++
    if (text.charCodeAt(at) === LF) at++
    yield record
  }
}

/**
 * What separates the fields, and where they start. Excel writes commas or, where the comma is a decimal sign, semicolons; 'Unicode text' has
 * tabs; a first line `sep=;` says it.
 */
export function findDelimiter(text: string): { readonly delimiter: string; readonly start: number } {
  const said = /^sep=([,;\t|])\r?\n/i.exec(text.slice(0, 10))
  if (said !== null) return { delimiter: said[1]!, start: said[0].length }
  const counts = new Map([',', '\t', ';'].map((mark) => [mark, 0]))
  let quoted = false
  for (const char of text.slice(0, PROBE)) {
    if (char === QUOTE) quoted = !quoted
    else if (!quoted && counts.has(char)) counts.set(char, counts.get(char)! + 1)
  }
  const [best] = [...counts].sort(([, a], [, b]) => b - a)
  return { delimiter: best![0], start: 0 }
}

function closingQuote(text: string, open: number): number {
  for (let at = text.indexOf(QUOTE, open + 1); at >= 0; at = text.indexOf(QUOTE, at + 2)) {
    if (text[at + 1] !== QUOTE) return at
  }
  throw new RefusedError('damaged', 'quote')
}

function endOfPlain(text: string, from: number, separator: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === separator || code === LF || code === CR) return at
  }
  return text.length
}
