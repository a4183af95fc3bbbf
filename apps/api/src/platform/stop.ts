import type { Logger } from 'pino'

const PATIENCE_MILLIS = 10_000

/** Ends the process cleanly on Ctrl-C or a stop signal; a second signal, or ten seconds, end it at once. */
export function onStopSignal(log: Logger, stop: () => Promise<void>): void {
  let stopping = false
  const handle = (): void => {
    if (stopping) process.exit(1)
    stopping = true
    setTimeout(() => process.exit(1), PATIENCE_MILLIS).unref()
    stop()
      .catch((error: unknown) =>
        log.error({ err: error instanceof Error ? error.stack : String(error) }, 'stop failed'),
      )
      .finally(() => process.exit(0))
  }
  process.on('SIGTERM', handle)
  process.on('SIGINT', handle)
  // Started by a parent that is gone: nobody would ever stop this process.
  process.on('disconnect', handle)
}
