import pg from 'pg'

/** A text as the database sent it: UTF-8, from one place of some bytes to another. */
export type SentText = { readonly bytes: Uint8Array; readonly from: number; readonly to: number }

/** As `Executor.query`, but the texts of the column, null or `SentText`, stay as they were sent. */
export type QueryLeavingSent = <Row>(
  column: keyof Row & string,
  text: string,
  values: readonly unknown[],
) => Promise<Row[]>

const DATA_ROW = 'D'.charCodeAt(0)
/** Type and length of a message; the length counts itself. */
const HEAD = 5
const LENGTH = 4
const FIRST_SIZE = 64 * 1024

/** Answers whose texts are in their places at a time: one being used, one waiting, one under way. */
export const ANSWERS_KEPT = 3

/**
 * Prepares statements on a connection, where the texts of one column stay the bytes they came as: `pg` makes strings of everything, and what is only to be
 * written into a file would be taken apart and put together twice for nothing (decision 0022). All else is as by `client.query`: parameters, types, errors,
 * limits of time. What an answer left in its place is written over by the third asked for after it: new memory for each would keep the collector busy.
 */
export function leavingSent(client: pg.ClientBase): QueryLeavingSent {
  const turns = Array.from({ length: ANSWERS_KEPT }, () => new SentRows())
  let turn = 0
  return <Row>(column: keyof Row & string, text: string, values: readonly unknown[]) =>
    new Promise<Row[]>((resolve, reject) => {
      const rows = turns[turn]!
      turn = (turn + 1) % ANSWERS_KEPT
      const query = new pg.Query({ text, values: [...values] }, (error, result) => {
        if (error) return reject(error)
        try {
          resolve(rows.read(result.fields, column) as Row[])
        } catch (fault) {
          reject(fault as Error)
        }
      })
      const { submit } = query
      query.submit = (connection) => {
        rows.takeFrom(connection)
        return submit.call(query, connection)
      }
      client.query(query)
    })
}

/** Takes the rows out of what a connection receives and lets all other messages through to `pg`. */
class SentRows {
  private bytes = Buffer.allocUnsafeSlow(FIRST_SIZE)
  private length = 0
  /** Where each row begins. */
  private starts: number[] = []
  /** The head of a message, of which so many bytes have come. */
  private readonly head = Buffer.alloc(HEAD)
  private headLength = 0
  /** What is still to come of the message under way, and whether it is a row. */
  private left = 0
  private isRow = false
  private isOver = false

  /** Until the statement is over, with or without an error. */
  takeFrom(connection: pg.Connection): void {
    this.length = 0
    this.starts = []
    this.isOver = false
    const { stream } = connection
    const [parse, ...others] = stream.listeners('data') as ((chunk: Buffer) => void)[]
    if (!parse || others.length > 0) throw new Error('the connection is not read as it was thought to be')
    const take = (chunk: Buffer): void => this.take(chunk, parse)
    stream.on('data', take)
    stream.off('data', parse)
    // Before `pg` hears of it, for then it sends the next statement at once.
    connection.prependOnceListener('readyForQuery', () => {
      this.isOver = true
      stream.on('data', parse)
      stream.off('data', take)
    })
  }

  /** The rows by field; texts of the column are left in their place. */
  read(fields: readonly pg.FieldDef[], column: string): Record<string, unknown>[] {
    const readers = fields.map(({ name, dataTypeID }) => ({
      name,
      parse: name === column ? undefined : (pg.types.getTypeParser(dataTypeID, 'text') as (text: string) => unknown),
    }))
    const { bytes } = this
    return this.starts.map((start) => {
      const row: Record<string, unknown> = {}
      // Behind the number of fields.
      let at = start + 2
      for (const { name, parse } of readers) {
        const size = bytes.readInt32BE(at)
        at += 4
        const to = at + Math.max(size, 0)
        if (size < 0) row[name] = null
        else row[name] = parse ? parse(bytes.toString('utf8', at, to)) : { bytes, from: at, to }
        at = to
      }
      return row
    })
  }

  private take(chunk: Buffer, parse: (chunk: Buffer) => void): void {
    let at = 0
    while (at < chunk.length) {
      if (this.isOver) {
        parse(chunk.subarray(at))
        return
      }
      if (this.left === 0) at = this.begin(chunk, at, parse)
      else {
        const to = Math.min(at + this.left, chunk.length)
        this.left -= to - at
        if (this.isRow) this.keep(chunk, at, to)
        else parse(chunk.subarray(at, to))
        at = to
      }
    }
  }

  /** Reads a message's head, or as much of it as came; returns where it goes on. */
  private begin(chunk: Buffer, at: number, parse: (chunk: Buffer) => void): number {
    const to = Math.min(at + HEAD - this.headLength, chunk.length)
    chunk.copy(this.head, this.headLength, at, to)
    this.headLength += to - at
    if (this.headLength < HEAD) return to
    this.headLength = 0
    this.left = this.head.readInt32BE(1) - LENGTH
    this.isRow = this.head[0] === DATA_ROW
    if (this.isRow) this.starts.push(this.length)
    // A copy, for `pg` may keep it until the rest has come.
    else parse(Buffer.from(this.head))
    return to
  }

  private keep(chunk: Buffer, from: number, to: number): void {
    const length = this.length + to - from
    if (length > this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(length * 2)
      this.bytes.copy(larger, 0, 0, this.length)
      this.bytes = larger
    }
    chunk.copy(this.bytes, this.length, from, to)
    this.length = length
  }
}
