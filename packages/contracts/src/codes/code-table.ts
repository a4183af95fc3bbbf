/** A code table: pages and workbooks show names, the database keeps codes (codes.md). */
export type CodeTable = {
  readonly name: string
  readonly entries: readonly CodeEntry[]
  /** The code for a name, an alias or a code as typed; undefined when none fits. */
  readonly parse: (text: string) => string | undefined
  /** The name of a code, or the code itself when it is unknown. */
  readonly label: (code: string | null | undefined) => string
}

/** One line of a table. */
export type CodeEntry = { readonly code: string; readonly name: string }

/** A table from pairs. `aliases` are further names accepted on import only. */
export function defineCodeList(
  name: string,
  pairs: readonly (readonly [string, string])[],
  aliases: Readonly<Record<string, string>> = {},
): CodeTable {
  const entries = pairs.map(([code, label]) => ({ code, name: label }))
  const byText = new Map<string, string>(Object.entries(aliases))
  for (const entry of entries) byText.set(entry.code, entry.code)
  // A name wins over an equal code of another line.
  for (const entry of entries) {
    byText.set(canonical(entry.name), entry.code)
    byText.set(entry.name, entry.code)
  }
  const byCode = new Map(entries.map((entry) => [entry.code, entry.name]))
  return {
    name,
    entries,
    // Nearly every cell holds a name as it stands in the list.
    parse: (text) => byText.get(text) ?? byText.get(canonical(text)) ?? byText.get(text.toUpperCase()),
    label: (code) => (code == null ? '' : (byCode.get(code) ?? code)),
  }
}

/** A table written as `code-name code-name …`. */
export const defineCodes = (name: string, text: string, aliases?: Readonly<Record<string, string>>): CodeTable =>
  defineCodeList(
    name,
    text.split(/\s+/).map((pair) => [pair.slice(0, pair.indexOf('-')), pair.slice(pair.indexOf('-') + 1)] as const),
    aliases,
  )

// Names hold full-width brackets and commas in the original; typing either form must do.
const canonical = (text: string): string =>
  text
    .replace(/[（）]/g, (bracket) => (bracket === '（' ? '(' : ')'))
    .replace(/，/g, '、')
    .replace(/,/g, '、')
