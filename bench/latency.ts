import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/** Asked every so many milliseconds, one after the other. */
const PAUSE = 20

/** Runs in the thread: asks until told to end, then tells how long each answer took. */
const ASK = `
  const { parentPort, workerData } = require('node:worker_threads')
  let running = true
  parentPort.once('message', () => { running = false })
  const ask = async () => {
    const times = []
    // The first loads what it needs to ask, which is not the time of an answer.
    await (await fetch(workerData)).arrayBuffer()
    while (running) {
      const from = performance.now()
      await (await fetch(workerData)).arrayBuffer()
      times.push(performance.now() - from)
      await new Promise((resolve) => setTimeout(resolve, ${PAUSE}))
    }
    return times
  }
  ask().then((times) => parentPort.postMessage(times), (fault) => { throw fault })
`

/** Asks something trivial again and again, from a thread of its own: in the bench's it would wait for the bench, which puts a roster of 16 MB together meanwhile. */
export class LatencyProbe {
  private readonly worker: Worker
  private readonly times: Promise<number[]>

  constructor(url: string) {
    this.worker = new Worker(ASK, { eval: true, workerData: url })
    this.times = once(this.worker, 'message').then(([times]) => times as number[])
    // A system that ends under the probe is told by whoever asks for the result.
    this.times.catch(() => undefined)
  }

  /** Ends the probe; the 99th percentile in milliseconds. */
  async stop(): Promise<number> {
    this.worker.postMessage('end')
    const sorted = (await this.times).sort((a, b) => a - b)
    await this.worker.terminate()
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] ?? 0
  }
}
