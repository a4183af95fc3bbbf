import type { ChildProcess } from 'node:child_process'
import type { FastifyBaseLogger } from 'fastify'
import type { ImageMessage, ImageOutcome, ImageRequest } from './image-protocol.ts'
import { type ChildLimits, guard, startChild } from './limited-child.ts'
import { createTurns } from './turns.ts'

/** Reads pictures in a process of its own, one after another. */
export type ImageReader = {
  /** The picture written anew, or why not. A picture that ends the process is damaged; throws only when no process can be had at all. */
  readonly read: (bytes: Uint8Array) => Promise<ImageOutcome>
  /** Ends the process. */
  readonly close: () => void
}

/** A picture of two megabytes takes a fraction of a second; forty million pixels take 160 MB. */
export const IMAGE_LIMITS: ChildLimits = { timeMillis: 15_000, heapMegabytes: 128, residentMegabytes: 640 }

/** Pictures one process reads before another takes over, so that nothing gathers in it. */
const PICTURES_A_PROCESS = 200
const IDLE_MILLIS = 30_000

type Running = { readonly child: ChildProcess; readonly ready: Promise<boolean>; left: number }

/** A reader whose process starts with the first picture and ends when nothing has come for a while. */
export function createImageReader(log: FastifyBaseLogger, limits: ChildLimits = IMAGE_LIMITS): ImageReader {
  const turns = createTurns(1)
  let running: Running | undefined
  let idle: NodeJS.Timeout | undefined
  let number = 0

  const close = (): void => {
    clearTimeout(idle)
    running?.child.kill('SIGKILL')
    running = undefined
  }
  const current = (): Running => {
    clearTimeout(idle)
    if (!running || running.left === 0) {
      close()
      running = start(limits)
    }
    running.left--
    return running
  }
  const readNow = async (bytes: Uint8Array): Promise<ImageOutcome> => {
    const { child, ready } = current()
    if (!(await ready)) {
      close()
      throw new Error('the process that reads images does not start')
    }
    const outcome = await ask(child, { number: ++number, bytes }, limits)
    if (outcome === 'ended' || outcome === 'tooSlow' || outcome === 'tooLarge') {
      log.warn({ how: outcome, size: bytes.length }, 'an image ended its reader')
      close()
      return { fault: outcome === 'tooSlow' ? 'tooSlow' : outcome === 'tooLarge' ? 'tooManyPixels' : 'damaged' }
    }
    idle = setTimeout(close, IDLE_MILLIS)
    idle.unref()
    return outcome
  }
  return {
    read: async (bytes) => {
      const endTurn = await turns.take()
      try {
        return await readNow(bytes)
      } finally {
        endTurn()
      }
    },
    close,
  }
}

function start(limits: ChildLimits): Running {
  const child = startChild('image-child', 'ignore', limits)
  const ready = new Promise<boolean>((resolve) => {
    child.once('message', () => resolve(true))
    child.once('close', () => resolve(false))
    child.once('error', () => resolve(false))
  })
  return { child, ready, left: PICTURES_A_PROCESS }
}

/** One picture there, one answer back; or how the process came to its end over it. */
function ask(
  child: ChildProcess,
  request: ImageRequest,
  limits: ChildLimits,
): Promise<ImageOutcome | 'ended' | 'tooSlow' | 'tooLarge'> {
  return new Promise((resolve) => {
    const settle = (outcome: ImageOutcome | 'ended' | 'tooSlow' | 'tooLarge'): void => {
      stop()
      child.off('message', hear)
      child.off('close', end)
      resolve(outcome)
    }
    const hear = (message: ImageMessage): void => {
      if ('number' in message && message.number === request.number) settle(message.outcome)
    }
    const end = (): void => settle('ended')
    const stop = guard(child, limits, (code) => settle(code === 'tooSlow' ? 'tooSlow' : 'tooLarge'))
    child.on('message', hear)
    child.once('close', end)
    child.send(request, (error) => {
      if (error) end()
    })
  })
}
