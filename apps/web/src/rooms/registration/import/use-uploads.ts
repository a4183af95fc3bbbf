import { useQueryClient } from '@tanstack/react-query'
import type { UploadResponse } from '@xueji/contracts/pipeline/import.api'
import { useCallback, useRef, useState } from 'react'
import { errorText } from '../../../shared/notice.ts'
import { KEYS } from '../registration.queries.ts'
import { uploadRoster, whyNotUploadable } from './upload-file.ts'

/** One file on its way. `sent` means received by the server: from then on the record below tells the rest. */
export type UploadTask = {
  readonly key: number
  readonly fileName: string
  readonly state: 'waiting' | 'sending' | 'retrying' | 'sent' | 'failed'
  readonly share: number
  readonly problem?: string
  readonly answer?: UploadResponse
}

let nextKey = 1

/** Uploads files one after another: a registrar may drop the lists of several classes at once. */
export function useUploads(): {
  tasks: readonly UploadTask[]
  add: (category: string, files: readonly File[]) => void
  dismiss: (key: number) => void
} {
  const client = useQueryClient()
  const [tasks, setTasks] = useState<readonly UploadTask[]>([])
  const line = useRef<Promise<void>>(Promise.resolve())

  const change = useCallback((key: number, more: Partial<UploadTask>) => {
    setTasks((before) => before.map((task) => (task.key === key ? { ...task, ...more } : task)))
  }, [])

  const send = useCallback(
    async (key: number, category: string, file: File): Promise<void> => {
      change(key, { state: 'sending' })
      try {
        const answer = await uploadRoster(
          category,
          file,
          (share) => change(key, { state: 'sending', share }),
          () => change(key, { state: 'retrying', share: 0 }),
        )
        change(key, { state: 'sent', share: 1, answer })
        void client.invalidateQueries({ queryKey: KEYS.imports })
      } catch (error) {
        change(key, { state: 'failed', problem: errorText(error) })
      }
    },
    [change, client],
  )

  const add = useCallback(
    (category: string, files: readonly File[]) => {
      for (const file of files) {
        const key = nextKey++
        const problem = whyNotUploadable(file)
        const task: UploadTask = { key, fileName: file.name, state: problem ? 'failed' : 'waiting', share: 0 }
        setTasks((before) => [...before.slice(-7), problem ? { ...task, problem } : task])
        if (!problem) line.current = line.current.then(() => send(key, category, file))
      }
    },
    [send],
  )

  const dismiss = useCallback((key: number) => setTasks((before) => before.filter((task) => task.key !== key)), [])
  return { tasks, add, dismiss }
}
