import { useQueryClient } from '@tanstack/react-query'
import type { RowIssue } from '@xueji/contracts/pipeline/import.api'
import { Form, type FormInstance } from 'antd'
import { useCallback, useDeferredValue, useMemo, useState } from 'react'
import { ApiError } from '../../../shared/api-client.ts'
import { useNotice } from '../../../shared/notice.ts'
import { useSession } from '../../../shared/session.tsx'
import { forgetItems, KEYS } from '../registration.queries.ts'
import { checkCorrection } from './correction-check.ts'
import { followsNumber, valuesOfNumber } from './derived-values.ts'
import { changedKeys, type FormValues, initialValues, wireValues } from './form-values.ts'

/** What a form is about: the values it begins with, the school, and how it is filed. */
export type FormSubject<Filed> = {
  readonly values: Readonly<Record<string, string>>
  readonly schoolCode: string
  /** Sends the values; refused with `register.rowInvalid` where the server finds something wrong. */
  readonly file: (values: Record<string, string>) => Promise<Filed>
}

/** The form of one student: values, what is wrong with them, and filing it. */
export type Correction<Filed = unknown> = {
  readonly form: FormInstance<Record<string, string>>
  readonly first: Record<string, string>
  readonly values: FormValues
  readonly changed: ReadonlySet<string>
  /** Messages to show: of the fields left so far, and of all once filing was tried. */
  readonly issues: readonly RowIssue[]
  readonly attempted: boolean
  readonly busy: boolean
  readonly onChange: (part: FormValues, all: FormValues) => void
  readonly onLeave: (key: string) => void
  /** True once filed; otherwise the first field to look at, if it is known. */
  readonly submit: () => Promise<{ filed: true; answer: Filed } | { filed: false; field?: string | undefined }>
}

/** Holds the form together: derived values follow the number, checks run as one types, the server has the last word. */
export function useCorrection<Filed>(
  subject: FormSubject<Filed>,
  classNumbers: ReadonlySet<string>,
): Correction<Filed> {
  const { today, schoolYear } = useSession()
  const client = useQueryClient()
  const notice = useNotice()
  const [form] = Form.useForm<Record<string, string>>()
  const first = useMemo(() => initialValues(subject.values), [subject.values])
  const [values, setValues] = useState<FormValues>(first)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [attempted, setAttempted] = useState(false)
  const [refused, setRefused] = useState<readonly RowIssue[]>([])
  const [busy, setBusy] = useState(false)

  const facts = useMemo(
    () => ({ today, schoolCode: subject.schoolCode, entryYear: schoolYear, classNumbers }),
    [today, subject.schoolCode, schoolYear, classNumbers],
  )
  const settled = useDeferredValue(values)
  const own = useMemo(() => checkCorrection(wireValues(settled), facts), [settled, facts])
  const changed = useMemo(() => changedKeys(settled, subject.values), [settled, subject.values])
  const issues = [...refused, ...own.filter((issue) => attempted || left.has(issue.field ?? ''))]

  const onChange = useCallback(
    (part: FormValues, all: FormValues): void => {
      const next = { ...all }
      if (('identityNumber' in part || 'identityType' in part) && followsNumber(all.identityType)) {
        const derived = valuesOfNumber(all.identityNumber)
        form.setFieldsValue(derived)
        Object.assign(next, derived)
      }
      setValues(next)
      // What the server found wrong with a value says nothing about another one.
      setRefused((before) =>
        before.some((issue) => (issue.field ?? '') in part)
          ? before.filter((issue) => !((issue.field ?? '') in part))
          : before,
      )
    },
    [form],
  )
  const submit: Correction<Filed>['submit'] = async () => {
    setAttempted(true)
    const wire = wireValues(form.getFieldsValue(true) as FormValues)
    const wrong = checkCorrection(wire, facts).find((issue) => issue.severity === 'error')
    if (wrong) return { filed: false, field: wrong.field }
    setBusy(true)
    try {
      const answer = await subject.file(wire)
      void client.invalidateQueries({ queryKey: KEYS.allItems })
      void forgetItems(client)
      return { filed: true, answer }
    } catch (error) {
      const found = error instanceof ApiError && error.id === 'register.rowInvalid' ? (error.details as RowIssue[]) : []
      setRefused(found)
      if (found.length === 0) notice.error(error)
      return { filed: false, field: found[0]?.field }
    } finally {
      setBusy(false)
    }
  }
  return {
    form,
    first,
    values: settled,
    changed,
    issues,
    attempted: attempted || refused.length > 0,
    busy,
    onChange,
    onLeave: (key) => setLeft((before) => (before.has(key) ? before : new Set([...before, key]))),
    submit,
  }
}
