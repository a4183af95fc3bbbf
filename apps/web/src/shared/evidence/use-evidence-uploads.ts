import type { Evidence } from '@xueji/contracts/pipeline/evidence.api'
import { useEffect, useRef, useState } from 'react'
import { apiSend, apiUpload } from '../api-client.ts'
import { errorText } from '../notice.ts'
import { headOf, whyNotEvidence } from './evidence-file.ts'

/** A picture on its way, or one that was not taken. */
export type EvidenceTask = {
  readonly key: number
  readonly name: string
  /** 0…1 while it travels. */
  readonly share: number
  readonly refusal?: string
}

let lastKey = 0

/** Uploads pictures one after another and adds each to the value as it arrives; what was refused stays with its reason until it is waved away. */
export function useEvidenceUploads(
  value: readonly Evidence[],
  onChange: (value: readonly Evidence[]) => void,
  most: number,
): {
  readonly tasks: readonly EvidenceTask[]
  readonly add: (files: readonly File[]) => void
  readonly remove: (id: string) => void
  readonly dismiss: (key: number) => void
} {
  const [tasks, setTasks] = useState<readonly EvidenceTask[]>([])
  // Pictures arrive later than they were sent: the value they join is the one of then.
  const latest = useRef({ value, onChange })
  useEffect(() => {
    latest.current = { value, onChange }
  })
  const queue = useRef(Promise.resolve())
  const put = (next: readonly Evidence[]): void => {
    latest.current.value = next
    latest.current.onChange(next)
  }
  const change = (key: number, changes: Partial<EvidenceTask>): void =>
    setTasks((now) => now.map((task) => (task.key === key ? { ...task, ...changes } : task)))
  const dismiss = (key: number): void => setTasks((now) => now.filter((task) => task.key !== key))

  const send = async (key: number, file: File): Promise<void> => {
    const refusal = latest.current.value.length >= most ? `最多 ${most} 张` : whyNotEvidence(file, await headOf(file))
    if (refusal) return change(key, { refusal })
    try {
      const evidence = await apiUpload<Evidence>('/api/evidence', file, (share) => change(key, { share }))
      put([...latest.current.value, evidence])
      dismiss(key)
    } catch (error) {
      change(key, { refusal: errorText(error) })
    }
  }
  return {
    tasks,
    dismiss,
    add: (files) => {
      for (const file of files) {
        const key = ++lastKey
        setTasks((now) => [...now, { key, name: file.name, share: 0 }])
        queue.current = queue.current.then(() => send(key, file))
      }
    },
    remove: (id) => {
      put(latest.current.value.filter((one) => one.id !== id))
      // What is not filed is deleted; what cannot be reached goes by itself some days later.
      void apiSend('DELETE', `/api/evidence/${id}`).catch(() => undefined)
    },
  }
}
