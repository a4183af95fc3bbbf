// Reads damaged files one after the other, told which by number, and says so after each: who listens can tell a hang from a long list.
import { portableCodec } from '../codec/portable-codec.ts'
import { nodeCodec } from '../node/node-codec.ts'
import { refusalOfAny } from './any-rows.ts'
import { mutatedFile } from './mutations.ts'

export type FuzzReport = { readonly number: number; readonly outcome: string; readonly residentBytes: number }

process.once('message', ({ from, to }: { from: number; to: number }) => {
  void readAll(from, to).finally(() => process.disconnect())
})

async function readAll(from: number, to: number): Promise<void> {
  for (let number = from; number < to; number++) {
    const codec = number % 2 === 0 ? portableCodec : nodeCodec
    const outcome = await refusalOfAny(mutatedFile(number), { codec }).then(
      (refusal) => refusal?.code ?? 'read',
      (error: unknown) => `threw ${error instanceof Error ? error.stack : String(error)}`,
    )
    process.send!({ number, outcome, residentBytes: process.memoryUsage.rss() } satisfies FuzzReport)
    // Messages leave between two files, not at the end.
    await new Promise((resolve) => setImmediate(resolve))
  }
}
