/** Why a file was not read. Each code is one thing to tell the person who uploaded it. */
export type RefusalCode =
  /** Nothing in it. */
  | 'empty'
  /** Plain text under a workbook's name; detail 'html', 'xml' or 'csv'. `openAnyWorkbook` reads the last. */
  | 'text'
  /** Neither of the above nor a workbook; detail may say what it is ('word', 'pdf' …). */
  | 'notWorkbook'
  /** Excel 97–2003 (.xls); `openAnyWorkbook` reads it. */
  | 'legacyXls'
  /** Excel's binary .xlsb. */
  | 'binaryWorkbook'
  /** LibreOffice's .ods; `openAnyWorkbook` reads it. */
  | 'openDocument'
  /** An .xls, .ods or .csv too large for the slower road it goes; as .xlsx it might be read. */
  | 'tooLargeUnlessXlsx'
  /** Protected by a password. */
  | 'encrypted'
  | 'macro'
  | 'externalLink'
  /** A document type declaration, the door to entity attacks; no spreadsheet program writes one. */
  | 'doctype'
  | 'tooManyEntries'
  /** Larger than the limits once unpacked; detail names the limit. */
  | 'tooLarge'
  /** Packed suspiciously well. */
  | 'ratio'
  /** The end of the file is missing. */
  | 'truncated'
  /** Not readable, or not what its own directory says; detail names the part. */
  | 'damaged'
  /** A workbook without a worksheet. */
  | 'noSheet'

export type Refusal = { readonly code: RefusalCode; readonly detail?: string }

/**
 * Carries a refusal up through streams and scanners. It never leaves the package: `openWorkbook` and `readRows` turn it
 * into a value.
 */
export class RefusedError extends Error {
  readonly refusal: Refusal

  constructor(code: RefusalCode, detail?: string) {
    super(detail === undefined ? code : `${code}: ${detail}`)
    this.refusal = detail === undefined ? { code } : { code, detail }
  }
}

/** The refusal inside `error`; anything else is a bug or a failing disk and is thrown on. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof RefusedError) return error.refusal
  throw error
}
