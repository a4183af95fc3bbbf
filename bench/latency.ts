/** Asks one trivial request every 20 ms and remembers how long each took. */
export class LatencyProbe {
  private readonly times: number[] = []
  private running = true
  private readonly ended: Promise<void>
  private fault: unknown

  constructor(url: string) {
    // A system that ends under the probe is told by whoever asks for the result.
    this.ended = this.run(url).catch((error: unknown) => {
      this.fault = error
    })
  }

  /** Ends the probe; the 99th percentile in milliseconds. */
  async stop(): Promise<number> {
    this.running = false
    await this.ended
    if (this.fault) throw this.fault
    const sorted = this.times.sort((a, b) => a - b)
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] ?? 0
  }

  private async run(url: string): Promise<void> {
    while (this.running) {
      const from = performance.now()
      await (await fetch(url)).arrayBuffer()
      this.times.push(performance.now() - from)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}
