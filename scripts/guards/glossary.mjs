import { listFiles, read, sources } from './files.mjs'

export const name = 'glossary'

/** Rows of the tables in docs/glossary.md: Chinese term, identifier, words that must not stand for it. */
export function parseGlossary(text) {
  return text.split('\n').flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim())
    if (cells.length < 4 || !/^`.+`$/.test(cells[2] ?? '')) return []
    const words = (cell) => [...(cell ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1])
    return [{ term: cells[1], identifiers: words(cells[2]), banned: words(cells[3]) }]
  })
}

/** Every field of the catalogue, every table and every role is in the glossary; no banned word is used as an identifier; no pinyin. */
export function check(root) {
  if (!listFiles(root).includes('docs/glossary.md')) return ['docs/glossary.md is missing']
  const rows = parseGlossary(read(root, 'docs/glossary.md'))
  const known = new Set(rows.flatMap((row) => row.identifiers))
  return [...missing(root, known), ...bannedWords(root, rows)]
}

function missing(root, known) {
  const faults = []
  const need = (file, pattern, kind) => {
    if (!listFiles(root).includes(file)) return
    for (const [, word] of read(root, file).matchAll(pattern))
      if (!known.has(word)) faults.push(`${file}: ${kind} ${word} is not in docs/glossary.md`)
  }
  need(
    'packages/domain/src/student/field-catalogue.ts',
    /(?:basic|auxiliary|enrolment|contact|extended|commute|yesNo)\('(\w+)',/g,
    'field',
  )
  need('packages/domain/src/student/field-catalogue.ts', /\{ key: '(\w+)'/g, 'field')
  need('packages/domain/src/access/roles.ts', /^ {2}(\w+): \{ mark:/gm, 'role')
  for (const file of listFiles(root).filter((one) => /^prisma\/models\/.*\.prisma$/.test(one)))
    need(file, /@@map\("(\w+)"\)/g, 'table')
  return faults
}

function bannedWords(root, rows) {
  const banned = rows.flatMap((row) =>
    row.banned.map((word) => ({
      word,
      instead: row.identifiers[0],
      pattern: new RegExp(`\\b${word}\\b|\\b${word}(?=[A-Z])`),
    })),
  )
  // The guards' own tests plant banned words.
  return sources(root)
    .filter((file) => !file.startsWith('scripts/guards/'))
    .flatMap((file) => {
      const code = read(root, file)
        .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
        .replace(/(['"`])(?:\\.|(?!\1)[^\\])*\1/g, '')
      return banned.flatMap(({ word, instead, pattern }) =>
        pattern.test(code) ? [`${file}: "${word}" — the glossary says ${instead}`] : [],
      )
    })
}
