import { compoundStreamNames } from './compound-file.ts'
import type { RefusalCode } from './refusal.ts'
import type { RandomAccess } from './source.ts'

export type NotZip = { readonly code: RefusalCode; readonly detail?: string }

/** Enough to know text from noise and to see an HTML page's first tag. */
const SAMPLE = 4096

/** What the file is when it is not a zip; undefined when it starts like one. */
export async function findNotZip(source: RandomAccess): Promise<NotZip | undefined> {
  if (source.size === 0) return { code: 'empty' }
  const head = await source.read(0, SAMPLE)
  if (startsLikeZip(head)) return undefined
  if (startsWith(head, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])) return compoundKind(source)
  if (startsWith(head, [0x25, 0x50, 0x44, 0x46])) return { code: 'notWorkbook', detail: 'pdf' }
  // Excel 2–4 wrote the bare stream that later versions wrap.
  if (head[0] === 0x09 && (head[1] === 0x00 || head[1] === 0x02 || head[1] === 0x04) && head[3] === 0x00) {
    return { code: 'legacyXls' }
  }
  return textKind(head)
}

/** 'PK' and a record's number, which is no printable character; a CSV may well start with a column PK. */
function startsLikeZip(head: Uint8Array): boolean {
  return startsWith(head, [0x50, 0x4b]) && (head.length < 4 || head[2]! < 0x09)
}

async function compoundKind(source: RandomAccess): Promise<NotZip> {
  const names = await compoundStreamNames(source)
  if (names.has('EncryptedPackage')) return { code: 'encrypted' }
  if (names.has('Workbook') || names.has('Book')) return { code: 'legacyXls' }
  return { code: 'notWorkbook', detail: names.has('WordDocument') ? 'word' : 'compound' }
}

function textKind(head: Uint8Array): NotZip {
  const wide = startsWith(head, [0xff, 0xfe]) || startsWith(head, [0xfe, 0xff])
  if (!wide && !looksLikeText(head)) return { code: 'notWorkbook' }
  const encoding = wide ? (head[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8'
  const text = new TextDecoder(encoding).decode(head).trimStart().toLowerCase()
  if (text === '') return { code: 'empty' }
  if (/^<(!doctype html|html|head|body|table|meta)\b/.test(text)) return { code: 'text', detail: 'html' }
  if (text.startsWith('<')) return { code: 'text', detail: text.includes('<html') ? 'html' : 'xml' }
  return { code: 'text', detail: 'csv' }
}

/** Text of any encoding a roster may have (UTF-8, GBK) has no control characters but tab, line ends and form feed. */
function looksLikeText(head: Uint8Array): boolean {
  return head.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d))
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, i) => bytes[i] === byte)
}
