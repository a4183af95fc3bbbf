import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** What a process may cost before it is ended. */
export type ChildLimits = {
  readonly timeMillis: number
  readonly heapMegabytes: number
  readonly residentMegabytes: number
}

/** Three minutes, and memory for the largest file that is accepted. */
export const CHILD_LIMITS: ChildLimits = { timeMillis: 180_000, heapMegabytes: 384, residentMegabytes: 768 }

/** Processes that read what people upload; each is a file beside this one. */
type ChildName = 'roster-child' | 'marked-file-child' | 'image-child'

/** Starts a process with a limited heap that is told what to do by message and answers on its standard output. */
export function startChild(
  name: ChildName,
  input: 'ignore' | 'pipe',
  { heapMegabytes }: ChildLimits = CHILD_LIMITS,
): ChildProcess {
  // Built, the program lies beside this file as .js; in development it runs through tsx.
  const typescript = import.meta.url.endsWith('.ts')
  const file = fileURLToPath(new URL(`./${name}.${typescript ? 'ts' : 'js'}`, import.meta.url))
  const child = fork(file, [], {
    execArgv: [`--max-old-space-size=${heapMegabytes}`, ...(typescript ? ['--import', 'tsx'] : [])],
    // No database, no secrets: nothing of this process's environment.
    env: { PATH: process.env.PATH, NODE_PATH: process.env.NODE_PATH },
    stdio: [input, 'pipe', 'inherit', 'ipc'],
    // Bytes in a message stay bytes.
    serialization: 'advanced',
  })
  // One that could not start answers nothing, and that is looked for; without a listener it would end this process.
  child.on('error', () => {})
  return child
}

/** Watches time and resident memory (Buffers lie outside the heap limit); returns a stop. */
export function guard(child: ChildProcess, limits: ChildLimits, end: (code: string) => void): () => void {
  const timer = setTimeout(() => end('tooSlow'), limits.timeMillis)
  const watch = setInterval(() => {
    void residentMegabytes(child.pid).then((megabytes) => {
      if (megabytes > limits.residentMegabytes) end('tooLarge')
    })
  }, 250)
  return () => {
    clearTimeout(timer)
    clearInterval(watch)
  }
}

// Linux only; elsewhere the heap and time limits stand alone.
async function residentMegabytes(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
}

/** Node aborts when its heap limit is reached; another attempt with the same file would end alike. */
export async function hasRunOutOfMemory(child: ChildProcess): Promise<boolean> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return child.signalCode === 'SIGABRT' || child.exitCode === 134
}
