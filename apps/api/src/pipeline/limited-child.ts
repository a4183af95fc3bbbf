import { type ChildProcess, fork } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const HEAP_MEGABYTES = 384
const RESIDENT_MEGABYTES = 768

/** Processes that read what people upload; each is a file beside this one. */
type ChildName = 'roster-child' | 'marked-file-child'

/** Starts a process with a limited heap that is told what to do by message and answers on its standard output. */
export function startChild(name: ChildName, input: 'ignore' | 'pipe'): ChildProcess {
  // Built, the program lies beside this file as .js; in development it runs through tsx.
  const typescript = import.meta.url.endsWith('.ts')
  const file = fileURLToPath(new URL(`./${name}.${typescript ? 'ts' : 'js'}`, import.meta.url))
  return fork(file, [], {
    execArgv: [`--max-old-space-size=${HEAP_MEGABYTES}`, ...(typescript ? ['--import', 'tsx'] : [])],
    // No database, no secrets: nothing of this process's environment.
    env: { PATH: process.env.PATH, NODE_PATH: process.env.NODE_PATH },
    stdio: [input, 'pipe', 'inherit', 'ipc'],
  })
}

/** Watches time and resident memory (Buffers lie outside the heap limit); returns a stop. */
export function guard(child: ChildProcess, timeLimitMillis: number, end: (code: string) => void): () => void {
  const timer = setTimeout(() => end('tooSlow'), timeLimitMillis)
  const watch = setInterval(() => {
    void residentMegabytes(child.pid).then((megabytes) => {
      if (megabytes > RESIDENT_MEGABYTES) end('tooLarge')
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
